"""The read-back list and what the clerk decided about it → every item with its state.

What was decided stays on the list, also where the text no longer gives it; a value that changed after it was
confirmed is open again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult_assist.domain.record import ReadbackDecided, ReadbackItem, ReadbackState
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.difference import Span, place_in
from consult_assist.record.evidence import Evidence
from consult_assist.record.readback import clause_around, list_readback
from consult_assist.record.wording import one_line


def checked_readback(evidence: Evidence) -> Iterator[ReadbackItem]:
    """Yield the read-back list in the order things came up, each with what became of it."""
    items = list(list_readback(evidence))
    for decided in _standing(evidence):
        if (line := evidence.line(decided.utterance_id)) is not None:
            _apply(decided, line, items, evidence)
    place = evidence.places
    yield from sorted(items, key=lambda item: (place[item.utterance_id], item.start_char, item.end_char))


def _standing(evidence: Evidence) -> Sequence[ReadbackDecided]:
    """Return the last decision about each item; one that opened it again leaves none."""
    standing: list[ReadbackDecided] = []
    for decided in evidence.decided:
        standing = [earlier for earlier in standing if not _same_item(earlier, decided, evidence.texts)]
        if decided.state is not ReadbackState.OPEN:
            standing.append(decided)
    return standing


def _same_item(
    earlier: ReadbackDecided, decided: ReadbackDecided, texts: Mapping[tuple[str, int], str]
) -> bool:
    """Return whether both are about the same words of the same utterance."""
    if (earlier.utterance_id, earlier.kind) != (decided.utterance_id, decided.kind):
        return False
    text = texts.get((decided.utterance_id, decided.revision), "")
    span = _span_in(earlier, decided.revision, text, texts)
    if span is None:
        return earlier.value == decided.value
    return _overlap(span, (decided.start_char, decided.end_char))


def _span_in(
    decided: ReadbackDecided, revision: int, text: str, texts: Mapping[tuple[str, int], str]
) -> Span | None:
    """Return where the words that a decision is about stand in a revision of the utterance."""
    known, span = decided.revision, (decided.start_char, decided.end_char)
    if decided.words is not None and decided.revised is not None:
        known, span = decided.revised, (span[0], span[0] + len(decided.words))
    if known == revision:
        return span
    before = texts.get((decided.utterance_id, known))
    return None if before is None else place_in(before, text, span)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apply(
    decided: ReadbackDecided, line: TranscriptLine, items: list[ReadbackItem], evidence: Evidence
) -> None:
    """Give items their state, or put what was decided back on the list."""
    span = _span_in(decided, line.revision, line.text, evidence.texts)
    own = [number for number, item in enumerate(items) if item.utterance_id == line.id]
    touched = [
        number
        for number in own
        if span and _overlap(span, (items[number].start_char, items[number].end_char))
    ]
    if decided.state is ReadbackState.CORRECTED:
        matching = touched
    else:
        touched = [number for number in touched if items[number].kind == decided.kind]
        matching = [number for number in touched or own if _means(items[number], decided)][:1]
    for number in matching:
        items[number] = replace(items[number], state=decided.state)
    if not matching and not touched:
        items.append(_remembered(decided, line, span))


def _means(item: ReadbackItem, decided: ReadbackDecided) -> bool:
    return (item.kind, item.value) == (decided.kind, decided.value)


def _remembered(decided: ReadbackDecided, line: TranscriptLine, span: Span | None) -> ReadbackItem:
    """Return an item that the text no longer gives, as it was decided."""
    start, end = span or (0, len(line.text))
    corrected = decided.words is not None
    return ReadbackItem(
        kind=decided.kind,
        value=decided.value if decided.words is None else decided.words,
        text=one_line(clause_around(line.text, start, end)).strip() if corrected else decided.text,
        utterance_id=line.id,
        state=decided.state,
        revision=line.revision,
        start_char=start,
        end_char=end,
    )
