"""The rules alone, without any knowledge of programmes."""

from functools import cache

from consult_assist.nlp.sudachi import SudachiAnalyzer


@cache
def plain_analyzer() -> SudachiAnalyzer:
    """Return an analyzer that finds facts and no programmes; made once for all tests of facts."""
    return SudachiAnalyzer({}, {}, ())
