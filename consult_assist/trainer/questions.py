"""Whether two questions ask for the same: by what they ask for, not by their wording."""

from rapidfuzz import fuzz

from consult_assist.japanese.folding import fold
from consult_assist.japanese.question_parts import WHEN, first_parts_of, parts_of

_SAME_SHARE = 0.6
"""As in the live questions: one counts as asked when so much of it was.

Source: docs/decisions/0017-guidance-ledger.md.
"""
_SAME_WORDING_PERCENT = 80
"""For questions that hold no kind of fact and no word to compare (どうしたいですか)."""


def same_question(put: str, expected: str) -> bool:
    """Tell whether a question asks for most of what was expected, or in nearly the same words."""
    wanted, asked = parts_of(expected), parts_of(put)
    if fuzz.ratio(fold(put).text, fold(expected).text) >= _SAME_WORDING_PERCENT:
        return _kinds(wanted) <= _kinds(asked)
    return _covers(asked, wanted) or _covers(asked, first_parts_of(expected))


def _covers(asked: frozenset[str], wanted: frozenset[str]) -> bool:
    if not wanted - {WHEN}:
        return False
    covered = sum(any(_alike(part, other) for other in asked) for part in wanted)
    return covered >= _SAME_SHARE * len(wanted)


def _kinds(parts: frozenset[str]) -> frozenset[str]:
    return frozenset(part for part in parts if part.startswith("@"))


def _alike(part: str, other: str) -> bool:
    """Tell whether two parts are one kind of fact, or one word holds the other (家賃額 and 家賃)."""
    if part.startswith("@") or other.startswith("@"):
        return part == other
    return part in other or other in part
