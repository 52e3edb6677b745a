"""How strongly words point to a programme, and the line that says why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import KnowledgeBase, Programme
from consult_assist.japanese.fillers import trim_fillers

_NAMED = {Match.EXACT: 10.0, Match.READING: 9.0, Match.SOUND: 7.0}
_CUE = 2.0
_CUE_WORD = 0.5
"""Each further word that a cue demands makes it surer."""
_SITUATION = 4.0
"""A sentence that is like the examples, as sure as may be."""
_SURE = 0.85
_SURE_OF_FOLLOWING = 0.95
"""What is less like the examples is doubtful; where a question follows an explanation, nearly everything is.

Source: docs/decisions/0019-situations.md.
"""
_MAX_BY_CUES = 6.5
"""However many situations fit, a programme that was named stands higher."""
_CUES_BESIDE_NAME = 0.3
_URGENCY = {"緊急": 0.2, "要注意": 0.1}
_QUOTE_CHARS = 24
_PAUSES = tuple("、。？！?! 　")
_PAUSE = re.compile(f"[{''.join(_PAUSES)}]")
_MIN_MAIN_SCORE = 2.0
_COMPANION_SHARE = 0.3
_COMPANIONS = 2
"""So many of its related ones come with a programme: the duty to inform reaches beyond what is asked.

Source: our measurement on thirteen dialogues (docs/decisions/0019-situations.md).
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """One term that points to a programme.

    Attributes:
        words: the words as they stand in the utterance; empty where they are not at hand.
        by_clerk: said by the clerk.
        follows_up: asked about what has been explained, and so hardly about anything new.
    """

    term: Term
    words: str = field(default="", repr=False)
    by_clerk: bool = False
    follows_up: bool = False

    @property
    def strength(self) -> float:
        """Return how much this term counts when it is said."""
        if self.term.how is Match.CUE:
            if self.term.confidence < 1:
                return _SITUATION * self.term.confidence
            return _CUE + _CUE_WORD * (len(self.term.name.split()) - 1)
        return _NAMED[self.term.how]

    @property
    def doubtful(self) -> bool:
        """Whether it is too vague to bring others into play; it counts with all else that was said."""
        minimum = _SURE_OF_FOLLOWING if self.follows_up else _SURE
        return self.term.how is Match.CUE and self.term.confidence < minimum


def words_of(term: Term, text: str) -> str:
    """Return the words that a term stands on; a situation goes on to the next pause (払え → 払えない)."""
    words = text[term.start_char : term.end_char]
    if term.how is not Match.CUE or words.endswith(_PAUSES):
        return words
    return words + _PAUSE.split(text[term.end_char :], maxsplit=1)[0]


def companions(scores: Mapping[str, float], knowledge: KnowledgeBase) -> dict[str, tuple[str, float]]:
    """Return the programmes that mostly come with those in play, each with its main one and its share."""
    found: dict[str, tuple[str, float]] = {}
    for programme, strength in scores.items():
        if strength < _MIN_MAIN_SCORE:
            continue
        for related in brought_along(knowledge.programmes[programme]):
            share = _COMPANION_SHARE * strength
            if related in knowledge.programmes and share > found.get(related, ("", 0.0))[1]:
                found[related] = programme, share
    return found


def brought_along(programme: Programme) -> Sequence[str]:
    """Return the programmes that mostly come with one."""
    return programme.related[:_COMPANIONS]


def total(named: float, cues: Iterable[float], programme: Programme) -> float:
    """Return the figure for the strongest name and the strength of each situation."""
    by_cues = min(_MAX_BY_CUES, sum(cues))
    figure = named + _CUES_BESIDE_NAME * by_cues if named else by_cues
    return figure + (_URGENCY.get(programme.urgency, 0.0) if figure else 0.0)


def quote(best: Mention, n_others: int) -> str:
    """Return the line for the mention to quote, where so many other situations fit."""
    if best.term.how is Match.CUE:
        said = (
            f"『{_cut(best.words)}』と話された" if best.words else f"手がかり「{best.term.name}」に当てはまる"
        )
        return f"{said}（ほか {n_others} 件）" if n_others else said
    words = best.words or best.term.name
    speaker = "職員が" if best.by_clerk else ""
    told = "話した" if best.by_clerk else "話された"
    if best.term.how is Match.SOUND:
        return f"{speaker}『{_cut(words)}』（{best.term.name}か）と{told}"
    return f"{speaker}『{_cut(words)}』と{told}"


def _cut(words: str) -> str:
    words = trim_fillers(words)
    return words if len(words) <= _QUOTE_CHARS else words[: _QUOTE_CHARS - 1] + "…"
