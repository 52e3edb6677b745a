"""What a single sentence points to, without a talk around it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.guidance.mentions import Mention, MentionHistory
from consult_assist.guidance.negation import is_denied
from consult_assist.guidance.quoting import words_of

_MIN_TO_RAISE = 0.4
"""How sure the surest subject of a sentence alone must be: as low as everyday talk allows.

Source: docs/decisions/0045-what-a-reader-hears.md.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedProgramme:
    """A programme and how strongly one utterance points to it.

    Attributes:
        line: the cue or example of the knowledge base that speaks for it most; None where it was named.
    """

    programme: str
    score: float
    how: Match
    reason: str = field(repr=False)
    line: str | None = None


def rank_programmes(terms: Iterable[Term], knowledge: KnowledgeBase, text: str) -> list[RankedProgramme]:
    """Return the programmes that the terms point to, best first.

    Args:
        terms: what was found in one utterance.
        knowledge: where the programmes come from.
        text: the revision that the terms index.
    """
    found: dict[str, MentionHistory] = {}
    surest = 0.0
    for term in terms:
        if term.programme and term.programme in knowledge.programmes and not is_denied(text, term):
            found.setdefault(term.programme, MentionHistory()).add(Mention(term, words_of(term, text)), 0.0)
            surest = max(surest, term.confidence)
    if surest < _MIN_TO_RAISE:
        return []
    ranked = [_ranked(programme, mentions, knowledge) for programme, mentions in found.items()]
    return sorted(ranked, key=lambda item: -item.score)


def _ranked(programme: str, mentions: MentionHistory, knowledge: KnowledgeBase) -> RankedProgramme:
    assert mentions.best is not None
    best = mentions.best.term
    return RankedProgramme(
        programme=programme,
        score=round(mentions.score(0.0, knowledge.programmes[programme]), 2),
        how=best.how,
        reason=mentions.reason(),
        line=best.name if best.how is Match.CUE else None,
    )
