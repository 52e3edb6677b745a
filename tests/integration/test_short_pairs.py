"""Two short sentences that a pause cut apart tell together what neither tells alone."""

import pytest

from consult_assist.domain.guidance import Term
from consult_assist.nlp.base import Analyzer

RENT, DUE = "家賃が6万円で。", "先月の分がまだなんです。"
BEHIND_WITH_RENT = "juukyo-kakuho"


@pytest.fixture(scope="module")
def analyzer(shipped_analyzer: Analyzer) -> Analyzer:
    return shipped_analyzer


def _told(analyzer: Analyzer, text: str, before: str = "") -> list[Term]:
    """Return what speaks for help with the rent, as the last sentence is heard."""
    found = analyzer.analyze("u1", 0, text, before=before)
    return [item for item in found if isinstance(item, Term) and item.programme == BEHIND_WITH_RENT]


def _sure(analyzer: Analyzer, text: str, before: str = "") -> float:
    return max((term.confidence for term in _told(analyzer, text, before)), default=0.0)


@pytest.mark.parametrize(("before", "text"), [(RENT, DUE), ("", RENT + DUE)])
def test_they_are_read_together(analyzer: Analyzer, before: str, text: str) -> None:
    assert _sure(analyzer, text, before) > max(_sure(analyzer, RENT), _sure(analyzer, DUE)) + 0.2


@pytest.mark.parametrize(("before", "text"), [(RENT, DUE), ("", RENT + DUE)])
def test_the_evidence_is_all_of_it_that_stands_in_the_line(
    analyzer: Analyzer, before: str, text: str
) -> None:
    surest = max(_told(analyzer, text, before), key=lambda term: term.confidence)
    assert (surest.start_char, surest.end_char) == (0, len(text))


def test_what_was_denied_is_no_half_of_a_need(analyzer: Analyzer) -> None:
    found = analyzer.analyze("u1", 0, "大丈夫です。", before="夫に殴られてはいません。")
    assert [item for item in found if isinstance(item, Term)] == []


def test_a_long_sentence_stands_for_itself(analyzer: Analyzer) -> None:
    long = "先月の分がまだなんですけれども、今日は天気がいいので歩いて参りました。"
    assert _sure(analyzer, long, RENT) == _sure(analyzer, long)


def test_a_sentence_that_names_a_programme_is_no_half_of_another(analyzer: Analyzer) -> None:
    assert _sure(analyzer, f"生活保護の{RENT}{DUE}") == _sure(analyzer, DUE)
