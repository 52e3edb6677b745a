"""Analysed lines and what is found in them, as the tests of guidance need them."""

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.dialogue import AnalyzedLine
from consult_assist.guidance.questions import Spoken


def term(
    *,
    programme: str | None = None,
    protocol: str | None = None,
    confidence: float = 1.0,
    how: Match = Match.CUE,
    utterance_id: str = "u1",
) -> Term:
    return Term(
        utterance_id=utterance_id,
        revision=0,
        start_char=0,
        end_char=3,
        name="怖い",
        programme=programme,
        protocol=protocol,
        how=how,
        confidence=confidence,
    )


def said(
    number: int, start_s: float, *terms: Term, speaker: Speaker | None = None, asks: bool = False
) -> AnalyzedLine:
    line = TranscriptLine(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=start_s,
        end_s=start_s + 4,
        heard="怖いです",
        text="怖いです",
    )
    nothing = Spoken(asked=frozenset(), told=frozenset())
    return AnalyzedLine(line=line, terms=terms, facts=(), asks=asks, follows_up=False, spoken=nothing)
