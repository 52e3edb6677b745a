"""What was said for a programme, as one line for the clerk."""

import re

from consult_assist.domain.guidance import Match, Term
from consult_assist.japanese.fillers import trim_fillers

_MAX_CHARS = 24
_PAUSES = tuple("、。？！?! 　")
_PAUSE = re.compile(f"[{''.join(_PAUSES)}]")


def words_of(term: Term, text: str) -> str:
    """Return the words that a term stands on; a situation goes on to the next pause (払え → 払えない)."""
    words = text[term.start_char : term.end_char]
    if term.how is not Match.CUE or words.endswith(_PAUSES):
        return words
    return words + _PAUSE.split(text[term.end_char :], maxsplit=1)[0]


def quote(term: Term, words: str, *, by_clerk: bool = False, n_others: int = 0) -> str:
    """Return the line that says why a programme is shown.

    Args:
        term: what points to it.
        words: that the term stands on.
        by_clerk: the clerk said them.
        n_others: so many other situations fit.
    """
    if term.how is Match.CUE:
        said = f"『{_cut(words)}』と話された"
        return f"{said}（ほか {n_others} 件）" if n_others else said
    meant = f"（{term.name}か）" if term.how is Match.SOUND else ""
    speaker, told = ("職員が", "話した") if by_clerk else ("", "話された")
    return f"{speaker}『{_cut(words)}』{meant}と{told}"


def _cut(words: str) -> str:
    words = trim_fillers(words)
    return words if len(words) <= _MAX_CHARS else words[: _MAX_CHARS - 1] + "…"
