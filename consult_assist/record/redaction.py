"""What has to be erased of a consultation, and what takes its place: a 個人番号, or a line off the record.

Nothing is moved: each event is kept as it is, replaced by one with the words covered, or erased. So who wrote
what, and when, stays readable, and everything derived from the events is free of the words.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from consult_assist.counter.masking import MASK, OFF_RECORD, covered_digits, mask_dictated, mask_digits
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    Fact,
    LedgerEntry,
    Question,
    QuestionsChanged,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.record import (
    ConsultationRecord,
    FieldEdited,
    LedgerLine,
    LineKind,
    ReadbackDecided,
    ReadbackItem,
    RecordLine,
)
from consult_assist.domain.review import Commented
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine

Covered = Mapping[int, Event | None]
"""Position in the chain → what takes the place of the event there; None leaves nothing."""


def covered_texts(
    lines: Sequence[TranscriptLine], heard: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Return what every line reads with every 個人番号 covered; `heard` goes before what stands there."""
    now: dict[str, str] = {}
    for channel in {line.channel for line in lines}:
        texts = {line.id: heard.get(line.id, line.text) for line in lines if line.channel == channel}
        now |= zip(texts, mask_dictated(list(texts.values())), strict=True)
    return now


def cover_number(stamped: Sequence[StampedEvent], texts: Mapping[str, tuple[str, str]]) -> Covered:
    """Cover a 個人番号 that came to light in lines which were kept before it was complete.

    Args:
        stamped: the events of one consultation, in order.
        texts: utterance id → its text as it was kept, and with the number covered, of the same length.
    """
    digits = {name: covered_digits(*both) for name, both in texts.items()}
    return _changes(stamped, _NumberCover(digits, dict(texts.values())))


def cover_figures(stamped: Sequence[StampedEvent], texts: Mapping[str, str]) -> Covered:
    """Cover every figure but amounts in all that was kept of some lines: a number was heard there later.

    Args:
        stamped: the events of one consultation, in order.
        texts: utterance id → its text as it was kept.
    """
    digits = {name: covered_digits(text, MASK * len(text)) for name, text in texts.items()}
    return _changes(stamped, _NumberCover(digits, {}))


def cover_line(stamped: Sequence[StampedEvent], utterance_id: str) -> Covered:
    """Take a line of the transcript off the record, with everything that was concluded from it.

    What a clerk typed stays; it merely names the line as its evidence no longer.
    """
    line = Transcript(item.event for item in stamped).get(utterance_id)
    if line is None:
        return {}
    alerts = [item.event for item in stamped if isinstance(item.event, Alert)]
    raised_elsewhere = {alert.protocol for alert in alerts if alert.utterance_id != utterance_id}
    raised_here = {alert.protocol for alert in alerts} - raised_elsewhere
    return _changes(stamped, _LineCover(line, raised_here))


def _changes(stamped: Iterable[StampedEvent], cover: Callable[[Event], Event | None]) -> Covered:
    changed: dict[int, Event | None] = {}
    for item in stamped:
        now = cover(item.event)
        if now != item.event and item.position is not None:
            changed[item.position] = now
    return changed


class _NumberCover:
    """Covers digits in everything that rests on some utterances."""

    def __init__(self, digits: Mapping[str, str], latest: Mapping[str, str]) -> None:
        self._digits = digits
        self._all = "/".join(digits.values())
        self._latest = latest
        self._texts: dict[tuple[str, int], str] = {}
        self._lines: dict[str, str] = {}

    def __call__(self, event: Event) -> Event | None:
        now: Event | None = event
        match event:
            case Utterance() if event.id in self._digits:
                heard = mask_digits(event.heard, self._digits[event.id])
                now = replace(event, text=self._spoken(event.id, 0, event.text), heard=heard)
            case Revision() if event.utterance_id in self._digits:
                now = replace(event, text=self._spoken(event.utterance_id, event.revision, event.text))
            case Term() | Fact() if self._is_covered(event):
                now = None
            case ReadbackDecided() if event.utterance_id in self._digits:
                now = self._decided(event)
            case SuggestionsChanged():
                why = (
                    replace(item, reason=self._if_about(item.utterance_ids, item.reason))
                    for item in event.why
                )
                now = replace(event, why=tuple(why))
            case FieldEdited():
                now = replace(event, before=self._written(event.before), after=self._written(event.after))
            case ConsultationRecord():
                now = self._record(event)
            case Commented() if event.line is not None:
                now = replace(event, line=self._lines.get(event.line, event.line))
        return now

    def _decided(self, event: ReadbackDecided) -> ReadbackDecided | None:
        """Keep what was made of an item that has nothing to do with the number."""
        if self._is_covered(event) or self._covered(event.words or "") != (event.words or ""):
            return None
        return replace(event, text=self._covered(event.text))

    def _spoken(self, utterance_id: str, revision: int, text: str) -> str:
        covered = self._latest.get(text) or mask_digits(text, self._digits[utterance_id])
        self._texts[utterance_id, revision] = covered
        return covered

    def _is_covered(self, found: Term | Fact | ReadbackDecided) -> bool:
        text = self._texts.get((found.utterance_id, found.revision), "")
        return MASK in text[found.start_char : found.end_char]

    def _covered(self, text: str) -> str:
        return mask_digits(text, self._all)

    def _if_about(self, utterance_ids: Iterable[str], text: str) -> str:
        return text if self._digits.keys().isdisjoint(utterance_ids) else self._covered(text)

    def _written(self, lines: Iterable[RecordLine]) -> tuple[RecordLine, ...]:
        covered = tuple(replace(line, text=self._if_about(line.utterance_ids, line.text)) for line in lines)
        self._lines.update((old.text, new.text) for old, new in zip(lines, covered, strict=True))
        return covered

    def _record(self, record: ConsultationRecord) -> ConsultationRecord:
        return replace(
            record,
            fields=tuple(replace(item, lines=self._written(item.lines)) for item in record.fields),
            readback=tuple(item for item in record.readback if not self._hides(item)),
            ledger=tuple(
                line
                if line.quote is None
                else replace(line, quote=self._if_about(line.utterance_ids, line.quote))
                for line in record.ledger
            ),
        )

    def _hides(self, item: ReadbackItem) -> bool:
        return item.utterance_id in self._digits and self._covered(item.text) != item.text


class _LineCover:
    """Takes one line away, and what rests on it."""

    def __init__(self, line: TranscriptLine, protocols: Collection[str]) -> None:
        """Take the line, and the danger protocols that nothing else raised."""
        self._line = line
        self._protocols = protocols
        self._programmes: Collection[str] = ()
        self._gone: set[str] = set()

    def __call__(self, event: Event) -> Event | None:
        now: Event | None = event
        match event:
            case Utterance() if event.id == self._line.id:
                now = replace(event, heard=OFF_RECORD, text=OFF_RECORD)
            case Revision() | Term() | Fact() | Alert() | ReadbackDecided():
                now = None if event.utterance_id == self._line.id else event
            case LedgerEntry() if event.by == "program":
                now = None if event.utterance_id == self._line.id else event
            case AlertDismissed() if event.protocol in self._protocols:
                now = None
            case SuggestionsChanged():
                now = self._suggestions(event)
            case QuestionsChanged():
                now = replace(event, shown=tuple(item for item in event.shown if not self._asks_of_it(item)))
            case FieldEdited():
                now = replace(event, before=self._written(event.before), after=self._written(event.after))
            case ConsultationRecord():
                now = self._record(event)
            case Commented() if event.line in self._gone:
                now = replace(event, line=OFF_RECORD)
        return now

    def _suggestions(self, event: SuggestionsChanged) -> SuggestionsChanged:
        gone = {item.programme for item in event.why if self._line.id in item.utterance_ids}
        self._programmes = gone
        return replace(
            event,
            shown=tuple(programme for programme in event.shown if programme not in gone),
            why=tuple(item for item in event.why if item.programme not in gone),
        )

    def _asks_of_it(self, question: Question) -> bool:
        return question.protocol in self._protocols or question.programme in self._programmes

    def _written(self, lines: Iterable[RecordLine]) -> tuple[RecordLine, ...]:
        return tuple(self._kept_lines(lines))

    def _kept_lines(self, lines: Iterable[RecordLine]) -> Iterator[RecordLine]:
        for line in lines:
            if self._line.id not in line.utterance_ids:
                yield line
            elif line.kind is LineKind.CLERK:
                yield replace(line, utterance_ids=self._others(line.utterance_ids))
            else:
                self._gone.add(line.text)

    def _record(self, record: ConsultationRecord) -> ConsultationRecord:
        return replace(
            record,
            fields=tuple(replace(item, lines=self._written(item.lines)) for item in record.fields),
            readback=tuple(item for item in record.readback if item.utterance_id != self._line.id),
            ledger=tuple(self._ledger_line(line) for line in record.ledger if not self._is_all_of(line)),
        )

    def _is_all_of(self, line: LedgerLine) -> bool:
        """Return whether the program put a programme there for this line alone."""
        return line.by == "program" and line.utterance_ids == (self._line.id,)

    def _ledger_line(self, line: LedgerLine) -> LedgerLine:
        if self._line.id not in line.utterance_ids:
            return line
        others = self._others(line.utterance_ids)
        if line.at_s == self._line.start_s:
            line = replace(line, quote=None, at_s=None)
        return replace(line, utterance_ids=others)

    def _others(self, utterance_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(item for item in utterance_ids if item != self._line.id)
