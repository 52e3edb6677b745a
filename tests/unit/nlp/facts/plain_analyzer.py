"""The rules alone, without any knowledge of programmes, and what they find on one day of talk."""

from datetime import date
from functools import cache

from consult_assist.domain.guidance import Fact
from consult_assist.nlp.sudachi import SudachiAnalyzer

HELD_ON = date(2026, 11, 22)


@cache
def plain_analyzer() -> SudachiAnalyzer:
    """Return an analyzer that finds facts and no programmes; made once for all tests of facts."""
    return SudachiAnalyzer({}, {}, ())


def found_in(said: str, asked: str = "", *, by_clerk: bool = False) -> list[Fact]:
    """Return the facts of what was said, in its order; `asked` was said in the lines before."""
    found = plain_analyzer().analyze("u0001", 0, said, asked=asked, held_on=HELD_ON, by_clerk=by_clerk)
    return [fact for fact in found if isinstance(fact, Fact)]


def facts_in(said: str, asked: str = "", *, by_clerk: bool = False) -> list[str]:
    """Return the facts of what was said as `name=value`."""
    return [f"{fact.name}={fact.value}" for fact in found_in(said, asked, by_clerk=by_clerk)]
