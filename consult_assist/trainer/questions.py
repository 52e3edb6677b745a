"""Whether two questions ask for the same: by what they ask for, not by their wording."""

from collections.abc import Callable

from rapidfuzz import fuzz

from consult_assist.counter.question_parts import WHEN, first_parts_of, parts_of
from consult_assist.japanese.folding import fold

_SAME_SHARE = 0.6
"""As in the live questions: one counts as asked when so much of it was.

Source: docs/decisions/0017-guidance-ledger.md.
"""
_SAME_WORDING_PERCENT = 80
"""For questions that hold no kind of fact and no word to compare (どうしたいですか)."""
_MIN_SIMILARITY = 0.6
"""Cosine of two sentence vectors from which on they ask for the same.

Source: docs/decisions/0024-exercises.md, benchmarks/same_question.py.
"""
Alike = Callable[[str, str], float]


def same_question(put: str, expected: str, alike: Alike | None = None) -> bool:
    """Return whether a question asks for what was expected, in whatever words.

    Args:
        put: by the trainee.
        expected: by the exercise.
        alike: how alike two sentences are in meaning, 0 … 1; None compares by what they ask for alone.
    """
    wanted, asked = parts_of(expected), parts_of(put)
    if fuzz.ratio(fold(put).text, fold(expected).text) >= _SAME_WORDING_PERCENT:
        return _kinds(wanted) <= _kinds(asked)
    if _covers(asked, wanted) or _covers(asked, first_parts_of(expected)):
        return True
    ask_for_others = bool(_kinds(wanted)) and bool(_kinds(asked)) and not _kinds(wanted) & _kinds(asked)
    return alike is not None and not ask_for_others and alike(put, expected) >= _MIN_SIMILARITY


def _covers(asked: frozenset[str], wanted: frozenset[str]) -> bool:
    if not wanted - {WHEN}:
        return False
    covered = sum(any(_alike(part, other) for other in asked) for part in wanted)
    return covered >= _SAME_SHARE * len(wanted)


def _kinds(parts: frozenset[str]) -> frozenset[str]:
    return frozenset(part for part in parts if part.startswith("@"))


def _alike(part: str, other: str) -> bool:
    """Return whether two parts are one kind of fact, or one word holds the other (家賃額 and 家賃)."""
    if part.startswith("@") or other.startswith("@"):
        return part == other
    return part in other or other in part
