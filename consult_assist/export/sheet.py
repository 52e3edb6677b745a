"""The 要約 sheet that the person takes home: what it says, whatever it is written on.

Its own words are plain Japanese with the reading beside each kanji: 制度《せいど》. Everything else is a line
of the record or the name of a programme, exactly as it stands there; nothing is rephrased and nothing added.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import LineKind, ReadbackState, RecordLine
from consult_assist.export import words

TITLE = "相談《そうだん》の まとめ"
NOTES = (
    "「 」の 中《なか》は、話《はな》した人《ひと》の 言葉《ことば》です。",
    "この 紙《かみ》は、申請書《しんせいしょ》では ありません。",
    "まちがいや、わからないことが あったら、教《おし》えてください。",
)
_TO_WRITE = "＿" * 24
"""For the clerk's hand, where the record holds nothing."""
_SPOKEN_FOR = (LineKind.QUOTED, LineKind.CONDENSED, LineKind.CLERK)
_PAPERS = re.compile(r"持って(?:き|来|い|行)|お持ち|持参|書類|写し|コピー|提出|通帳|印鑑|診断書|証明書")
_WEEKDAYS = "月火水木金土日"
_READING = re.compile(r"([一-龠々]+)《([ぁ-ん]+)》")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A heading and what stands under it."""

    title: str
    lines: tuple[str, ...] = field(repr=False)


def sheet_head(document: RecordDocument, zone: tzinfo | None) -> tuple[tuple[str, str], ...]:
    """Return day and clerk; no number by which others could ask for the record."""
    day = document.summary.started_at.astimezone(zone).date()
    return (
        ("話《はな》した日《ひ》", _day(day)),
        ("役所《やくしょ》の 人《ひと》", words.clean(document.summary.operator)),
        ("電話《でんわ》", _TO_WRITE),
    )


def sheet_parts(document: RecordDocument) -> Iterator[SheetPart]:
    """Yield the parts in the order they are read.

    Words of danger are left out: the sheet may be seen by whom they are about.
    """
    told = [line for line in _lines(document, "chief_complaint") if not _alarming(line, document)]
    coming = [line for line in _lines(document, "next") if not _alarming(line, document)]
    doing = [line for line in _lines(document, "response") if not _alarming(line, document)]
    arranged = list(dict.fromkeys([*coming, *doing]))
    papers = [line for line in arranged if _PAPERS.search(line.text)]
    yield _part("あなたが 話《はな》したこと", _texts(told))
    yield _part("説明《せつめい》した 制度《せいど》", _programmes(document, LedgerState.TOLD))
    if checking := _programmes(document, LedgerState.CHECK):
        yield _part("これから 調《しら》べる 制度《せいど》", checking)
    if doing:
        yield _part("役所《やくしょ》が したこと・すること", _texts(doing))
    yield _part("次《つぎ》に すること", _texts(coming))
    yield _part("持《も》ってくるもの・書類《しょるい》", _texts(papers))
    yield _part("いつ・いつまで", tuple(_days(document, arranged)))


def without_readings(text: str) -> str:
    """Return text with readings in brackets: 制度（せいど）."""
    return _READING.sub(r"\1（\2）", text)


def with_readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of text, each with its reading; an empty one where it needs none."""
    at = 0
    for match in _READING.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match[1], match[2]
        at = match.end()
    if at < len(text):
        yield text[at:], ""


def _part(title: str, lines: tuple[str, ...]) -> SheetPart:
    return SheetPart(title, lines or (_TO_WRITE,))


def _lines(document: RecordDocument, rule: str) -> list[RecordLine]:
    """Return what the fields of a rule say; a form without the rule may name a field like it."""
    return [
        line
        for item in document.record.fields
        if document.fills.get(item.name, item.name) == rule
        for line in item.lines
        if line.kind in _SPOKEN_FOR
    ]


def _alarming(line: RecordLine, document: RecordDocument) -> bool:
    return not document.alerted.isdisjoint(line.utterance_ids)


def _texts(lines: list[RecordLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.clean(line.text) for line in lines))


def _programmes(document: RecordDocument, state: LedgerState) -> tuple[str, ...]:
    return tuple(
        words.programme_name(entry, document) for entry in document.record.ledger if entry.state is state
    )


def _days(document: RecordDocument, lines: list[RecordLine]) -> Iterator[str]:
    """Yield the days that were named where the next steps were arranged, with the words."""
    arranged = {item for line in lines for item in line.utterance_ids}
    for item in document.record.readback:
        wanted = item.kind == "date" and item.state is not ReadbackState.DROPPED
        if wanted and item.utterance_id in arranged:
            yield f"{_day_or_words(words.readback_text(item))}（「{words.clean(item.text)}」）"


def _day_or_words(value: str) -> str:
    """Return a whole date with its weekday; what is none, such as a 31st of February, as it was said."""
    with suppress(ValueError):
        return _day(date.fromisoformat(value))
    return value


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
