"""A small exercise, and attempts at it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.exercise import (
    DangerCalled,
    Exercise,
    ExerciseLine,
    ExpectedFact,
    ProgrammeRaised,
    QuestionPut,
)
from consult_assist.domain.knowledge import Name, Programme
from consult_assist.domain.record import FieldEdited, LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from tests.nothing_known import NOTHING_KNOWN

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def programme(programme_id: str, name: str, *related: str) -> Programme:
    return Programme(
        id=programme_id, name=name, category="", summary="", names=(Name(text=name),), related=related
    )


KNOWLEDGE = replace(
    NOTHING_KNOWN,
    programmes={
        item.id: item
        for item in (
            programme("teate", "児童扶養手当", "iryouhi"),
            programme("iryouhi", "ひとり親家庭の医療費助成"),
            programme("youikuhi", "養育費の相談"),
            programme("enjo", "就学援助"),
            programme("kaigo", "介護保険"),
        )
    },
)


def line(
    number: int,
    speaker: str,
    start_s: float,
    end_s: float,
    text: str,
    *,
    programmes: tuple[str, ...] = (),
    protocols: tuple[str, ...] = (),
    ask: tuple[str, ...] = (),
    facts: Sequence[tuple[str, int | str]] = (),
) -> ExerciseLine:
    return ExerciseLine(
        id=f"u{number:04d}",
        speaker=Speaker(speaker),
        channel=0,
        start_s=start_s,
        end_s=end_s,
        text=text,
        programmes=programmes,
        protocols=protocols,
        ask=ask,
        facts=tuple(ExpectedFact(name=name, value=value) for name, value in facts),
    )


LINES = (
    line(1, "clerk", 0, 4, "こんにちは。今日はどうされましたか。"),
    line(
        2,
        "resident",
        5,
        15,
        "先月離婚しまして、子ども二人と暮らしています。家賃が5万2千円で。",
        programmes=("teate",),
        ask=("離婚の届けはいつ出しましたか",),
        facts=(("marital", "離婚"), ("children", 2), ("rent_monthly", 52000)),
    ),
    line(3, "clerk", 16, 26, "そうでしたか。お子さんはおいくつですか。"),
    line(4, "resident", 27, 33, "8歳と3歳です。夫には殴られていて。", protocols=("dv",)),
    line(5, "clerk", 34, 44, "それはおつらかったですね。児童扶養手当のご案内もしますね。"),
    line(6, "resident", 45, 60, "養育費ももらっていなくて。", programmes=("youikuhi",)),
    line(7, "clerk", 61, 70, "わかりました。"),
    line(8, "resident", 71, 80, "手当があるって本当ですか。", programmes=("teate",)),
)
EXERCISE = Exercise(
    id="01-test", title="見本", level=1, goals=("気づく",), lines=LINES, programmes_ok=("enjo",), digest="d"
)


def at(sound_s: float, event: Event) -> StampedEvent:
    return StampedEvent(event=event, at=NOON, at_s=sound_s, sound_s=sound_s)


def raised(sound_s: float, programme_id: str) -> StampedEvent:
    return at(sound_s, ProgrammeRaised(programme=programme_id))


def called(sound_s: float, protocol: str) -> StampedEvent:
    return at(sound_s, DangerCalled(protocol=protocol))


def asked(sound_s: float, text: str) -> StampedEvent:
    return at(sound_s, QuestionPut(text=text))


def wrote(*texts: str, field: str = "hearing") -> Event:
    lines = tuple(RecordLine(text=text, kind=LineKind.CLERK) for text in texts)
    return FieldEdited(field=field, before=(), after=lines, by="研修生")
