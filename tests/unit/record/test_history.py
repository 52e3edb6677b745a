"""Every change with who, when, before and after; what the editor saved in one go is one change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from consult_assist.domain.consultation import (
    CaseNumberSet,
    Consent,
    Finished,
    Redacted,
    Reopened,
    Resumed,
    Started,
)
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.record import (
    FieldEdited,
    LineKind,
    ReadbackDecided,
    ReadbackState,
    RecordLine,
    TemplateChosen,
)
from consult_assist.domain.review import Approved, Commented, Returned, Submitted
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.record.history import Change, list_changes, list_points

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
STARTED = Started(
    id="c1", started_at=NOON, operator="佐藤", source="none", consent=Consent.HANDWRITTEN, versions={}
)
SAID = Utterance(
    id="u1",
    channel=0,
    speaker=None,
    start_s=0.0,
    end_s=2.0,
    heard="家賃は六万円です",
    text="家賃は六万円です",
)
NAMES = {"teate": "児童扶養手当", "memo": "所見", "dv": "DVの相談"}
FORMS = {"dv": "DV相談票", "teate": "児童扶養手当 面接票"}


def stamped(*events: tuple[float, Event]) -> Sequence[StampedEvent]:
    return [
        StampedEvent(event=event, at=NOON + timedelta(seconds=at), at_s=0.0, sound_s=0.0)
        for at, event in events
    ]


def edited(before: str, after: str, by: str = "clerk", **how: int) -> FieldEdited:
    def lines(text: str) -> tuple[RecordLine, ...]:
        return tuple(RecordLine(text=row, kind=LineKind.CLERK) for row in text.split("\n") if row)

    return FieldEdited(field="memo", before=lines(before), after=lines(after), by=by, **how)


def entered(state: LedgerState, by: Literal["program", "clerk"] = "clerk") -> LedgerEntry:
    return LedgerEntry(programme="teate", state=state, utterance_id=None, by=by)


def told(changes: Sequence[Change]) -> list[tuple[object, ...]]:
    return [(change.by, change.what, change.note, change.before, change.after) for change in changes]


def test_typing_in_one_go_is_one_change_and_a_pause_begins_another() -> None:
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, edited("", "落")),
            (2, edited("落", "落ち着いて話す")),
            (90, edited("落ち着いて話す", "落ち着いて話された")),
        ),
        NAMES,
        FORMS,
    )
    assert told(changes) == [
        ("佐藤", "所見", "", (), ("落ち着いて話す",)),
        ("佐藤", "所見", "", ("落ち着いて話す",), ("落ち着いて話された",)),
    ]
    assert [change.n_edits for change in changes] == [2, 1]
    assert changes[0].at == NOON + timedelta(seconds=2)


def test_another_person_or_an_undo_is_a_change_of_its_own() -> None:
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, edited("", "甲")),
            (2, edited("甲", "乙", by="鈴木")),
            (3, edited("乙", "甲", undoes=1)),
        ),
        NAMES,
        FORMS,
    )
    assert [(change.by, change.note) for change in changes] == [
        ("佐藤", ""),
        ("鈴木", ""),
        ("佐藤", "取り消した"),
    ]


def test_corrections_the_form_and_the_end_are_told_once() -> None:
    revision = Revision(utterance_id="u1", revision=1, text="家賃は七万円です", by="clerk", operator="鈴木")
    decided = ReadbackDecided(
        utterance_id="u1",
        kind="money",
        value=70_000,
        text="家賃は七万円です",
        state=ReadbackState.CORRECTED,
        revision=1,
        start_char=3,
        end_char=6,
        words="八万円",
        revised=2,
    )
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, SAID),
            (2, Revision(utterance_id="u1", revision=1, text="家賃は六万円です", by="terms")),
            (3, Finished(duration_s=3.0)),
            (4, Reopened(by="鈴木")),
            (5, revision),
            (6, Revision(utterance_id="u1", revision=2, text="家賃は八万円です", by="clerk")),
            (7, decided),
            (8, TemplateChosen(template="dv", by="鈴木")),
        ),
        NAMES,
        FORMS,
    )
    assert told(changes) == [
        (None, "記録", "閉じた", (), ()),
        ("鈴木", "記録", "開き直した", (), ()),
        ("鈴木", "文字起こし", "", ("家賃は六万円です",), ("家賃は七万円です",)),
        ("佐藤", "復唱リスト", "金額 70,000円　訂正", ("70,000円",), ("八万円",)),
        ("鈴木", "様式", "DV相談票", (), ()),
    ]


def test_what_the_review_brought_stands_among_the_changes() -> None:
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, Submitted(by="佐藤", steps=("係長", "課長"))),
            (2, Commented(by="鈴木", field="memo", line="落ち着く", place=0, text="根拠を書く")),
            (3, Returned(by="鈴木", step="係長")),
            (4, Submitted(by="佐藤", steps=("係長", "課長"))),
            (5, Approved(by="鈴木", step="係長", final=False)),
            (6, Approved(by="田中", step="課長", final=True)),
        ),
        NAMES,
        FORMS,
    )
    assert [(change.by, change.what, change.note) for change in changes] == [
        ("佐藤", "記録", "提出した"),
        ("鈴木", "所見", "指摘: 根拠を書く"),
        ("鈴木", "記録", "差し戻した（係長）"),
        ("佐藤", "記録", "提出した"),
        ("鈴木", "記録", "承認した（係長）"),
        ("田中", "記録", "決裁した（課長）"),
    ]


def test_who_erased_and_who_gave_the_case_number_is_told() -> None:
    erased = Redacted(positions=(2,), recordings=(), reason="off_record", in_part=True)
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, replace(erased, by="program", reason="personal_number")),
            (2, replace(erased, by="clerk")),
            (3, replace(erased, by="鈴木")),
            (4, replace(erased, in_part=False, reason="consent_withdrawn")),
            (5, CaseNumberSet(case_number="R8-12", operator="佐藤", by="鈴木")),
        ),
        NAMES,
        FORMS,
    )
    assert [(change.by, change.what, change.note) for change in changes] == [
        (None, "記録", "文字を消去した"),
        ("佐藤", "記録", "文字を消去した"),
        ("鈴木", "記録", "文字を消去した"),
        ("佐藤", "記録", "文字を消去した"),
        ("鈴木", "記録", "案件番号を R8-12 にした"),
    ]


def test_the_draft_is_the_talk_without_what_anyone_typed() -> None:
    events = stamped(
        (0, STARTED), (1, SAID), (2, edited("", "甲")), (3, Finished(duration_s=3.0)), (4, edited("甲", "乙"))
    )
    draft, finished, now = list_points(events)
    assert (draft.label, draft.events) == ("下書き", (STARTED, SAID))
    assert (finished.label, len(finished.events)) == ("相談を終えたとき", 3)
    assert (now.label, len(now.events)) == ("今", 5)


def test_who_marked_a_programme_is_who_held_the_talk_then() -> None:
    changes = list_changes(
        stamped(
            (0, STARTED),
            (1, entered(LedgerState.UNTOLD, by="program")),
            (2, entered(LedgerState.TOLD)),
            (3, Resumed(sound_s=9.0, source="none")),
            (4, entered(LedgerState.CHECK)),
            (5, Resumed(sound_s=9.0, source="none", operator="鈴木")),
            (6, entered(LedgerState.NOT_APPLICABLE)),
        ),
        NAMES,
        FORMS,
    )
    assert [(change.by, change.note) for change in changes] == [
        ("佐藤", "児童扶養手当　説明済"),
        ("佐藤", "児童扶養手当　要確認"),
        ("鈴木", "児童扶養手当　対象外"),
    ]
