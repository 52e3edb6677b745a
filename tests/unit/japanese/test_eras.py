"""Years of eras: the first has a name, and the letter stands for the era."""

import pytest

from consult_assist.japanese.eras import western_year


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [("令和", "元", 2019), ("R", "8", 2026), ("平成", "31", 2019), ("s", "64", 1989), ("", "2026", 2026)],
)
def test_a_year_of_an_era_is_one_of_the_common_era(era: str, year: str, western: int) -> None:
    assert western_year(era, year) == western
