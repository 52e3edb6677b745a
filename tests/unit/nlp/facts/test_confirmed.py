"""Figures that the clerk says over and the resident says yes to."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in, found_in


@pytest.mark.parametrize(
    ("put", "said", "facts"),
    [
        ("お家賃は5万2千円でしたね。", "はい", ["rent_monthly=52000"]),
        ("6万3千円ですね、お家賃は。", "ええ、そうです", ["rent_monthly=63000"]),
        ("家賃を4か月分滞納されているとか。", "そうなんです", ["arrears_months=4"]),
        ("養育費は月2万円でよろしいですか。", "はい、それだけは", ["support_payment=20000"]),
        ("この80万円というのは、借金の額ですか。", "はい、そうです", ["debt=800000"]),
        ("お子さんは3人ですね。", "うん", ["children=3"]),
        ("貯金が12万円と伺っておりますが。", "はい。もうちょっと減りました", ["cash=120000"]),
        ("お家賃は5万円でしたね。", "はい、でも先月から家賃は5万3千円です", ["rent_monthly=53000"]),
    ],
)
def test_a_figure_said_over_is_told_by_a_yes(put: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, put) == facts


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ("お家賃は5万2千円でしたね。", "いえ、違います"),
        ("お家賃は5万2千円でしたね。", "はい、いや、ちょっと違う"),
        ("家賃は5万円です。", "そうです"),
        ("お家賃はおいくらですか。", "はい、えーと"),
        ("家賃が5万円以下ですか。", "はい"),
        ("貸付の上限は20万円ですね。", "はい"),
        ("隣の人の家賃は5万円ですね。", "はい"),
        ("ご主人はお勤めですか。", "はい"),
    ],
)
def test_what_is_denied_or_not_said_over_is_no_fact(put: str, said: str) -> None:
    assert facts_in(said, put) == []


def test_a_confirmed_figure_stands_where_the_yes_is() -> None:
    (fact,) = found_in("あ、はい、毎月です", "お家賃は4万円ですよね。")
    assert (fact.start_char, fact.end_char) == (2, 4)
