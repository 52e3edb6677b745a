"""A line of the record → the words of an utterance it rests on, as the model heard them."""

from collections.abc import Callable, Iterator

from consult_assist.counter.stated import fact_label
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.difference import Span, place_in
from consult_assist.record import wording
from consult_assist.record.evidence import Evidence
from consult_assist.record.facts import stated_value


def spoken_span(
    line: RecordLine, utterance_id: str, evidence: Evidence, programme_name: Callable[[str], str]
) -> Span | None:
    """Return the characters of what was heard that a line rests on, None when it may be all of them.

    Args:
        line: of the record.
        utterance_id: one of those behind it.
        evidence: of the consultation.
        programme_name: id → name, as lines of the record call them.
    """
    said = evidence.line(utterance_id)
    if said is None or not said.heard:
        return None
    spans = [
        span
        for text, place in _places(line, said, evidence, programme_name)
        if (span := place_in(text, said.heard, place)) is not None
    ]
    if not spans:
        return None
    return min(start for start, _ in spans), max(end for _, end in spans)


def _places(
    line: RecordLine, said: TranscriptLine, evidence: Evidence, programme_name: Callable[[str], str]
) -> Iterator[tuple[str, Span]]:
    """Yield the readings of the utterance that a line was drawn from, and where in them its words stand."""
    if line.kind is LineKind.QUOTED:
        quotable = wording.one_line(said.text).translate(wording.INNER_MARKS)
        for words in wording.quoted_words(line.text):
            at = quotable.find(words)
            if words and at >= 0:
                yield said.text, (at, at + len(words))
    elif line.kind is LineKind.CONDENSED:
        label, _, values = line.text.partition("：")
        found: list[Fact | Term] = [
            fact
            for fact in evidence.facts[said.id]
            if fact_label(fact.name) == label and stated_value(evidence, fact) in values.split("、")
        ]
        found += (
            term
            for term in evidence.terms[said.id]
            if term.programme is not None and programme_name(term.programme) == label
        )
        for item in found:
            reading = evidence.texts.get((said.id, item.revision))
            if reading is not None:
                yield reading, (item.start_char, item.end_char)
