"""Lines of a talk, and what they state, for tests of the record."""

from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.speech import Speaker, Utterance


def said(number: int, text: str, speaker: Speaker | None = Speaker.RESIDENT) -> Utterance:
    """Return a line of five seconds; the next begins five seconds later."""
    start_s = number * 10.0
    return Utterance(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=start_s,
        end_s=start_s + 5,
        heard=text,
        text=text,
    )


def clerk(number: int, text: str) -> Utterance:
    """Return a line of the clerk's."""
    return said(number, text, Speaker.CLERK)


def fact(utterance: Utterance, name: str, value: int | str, words: str) -> Fact:
    """Return what these words of a line state."""
    start = utterance.text.index(words)
    return Fact(
        name=name,
        value=value,
        utterance_id=utterance.id,
        revision=0,
        start_char=start,
        end_char=start + len(words),
    )


def cue(utterance: Utterance, confidence: float = 0.9, programme: str = "p") -> Term:
    """Return what a whole line tells of a programme without naming it, as sure as given."""
    return Term(
        utterance_id=utterance.id,
        revision=0,
        start_char=0,
        end_char=len(utterance.text),
        name="x",
        programme=programme,
        how=Match.CUE,
        confidence=confidence,
    )
