"""Lines of the knowledge that describe facts."""

import pytest

from consult_assist.counter.fact_conditions import FactConditionError, parse_fact_condition
from consult_assist.domain.guidance import Fact


def _fact(name: str, value: int | str) -> Fact:
    return Fact(name=name, value=value, utterance_id="u1", revision=0, start_char=0, end_char=1)


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("家賃", _fact("rent_monthly", 50_000)),
        ("収入 0〜15万円", _fact("income_monthly", 150_000)),
        ("滞納 2～か月分", _fact("arrears_months", 2)),
        ("婚姻 離婚|死別", _fact("marital", "死別")),
        ("学年　小学", _fact("school_year", "小学3年生")),
    ],
)
def test_a_line_fits_the_fact_that_it_describes(line: str, fact: Fact) -> None:
    assert parse_fact_condition(line).fits(fact)


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("家賃", _fact("income_monthly", 50_000)),
        ("収入 0〜15万円", _fact("income_monthly", 150_001)),
        ("滞納 2〜か月分", _fact("arrears_months", 1)),
        ("子の年齢 0〜5歳", _fact("child_age", "3〜4")),
        ("婚姻 離婚|死別", _fact("marital", "別居")),
    ],
)
def test_a_line_fits_no_other_fact(line: str, fact: Fact) -> None:
    assert not parse_fact_condition(line).fits(fact)


@pytest.mark.parametrize("line", ["年収", "", "子の年齢 〜歳", "収入 15万円以下〜円", "婚姻 離婚||死別"])
def test_what_cannot_be_read_says_what_to_write(line: str) -> None:
    with pytest.raises(FactConditionError, match="ください"):
        parse_fact_condition(line)
