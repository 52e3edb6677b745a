"""Years of eras: the first has a name, and the letter stands for the era."""

import pytest

from consult_assist.japanese.eras import lacks_year, names_year, western_year


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [("令和", "元", 2019), ("R", "8", 2026), ("平成", "31", 2019), ("s", "64", 1989), ("", "2026", 2026)],
)
def test_a_year_of_an_era_is_one_of_the_common_era(era: str, year: str, western: int) -> None:
    assert western_year(era, year) == western


@pytest.mark.parametrize(
    "text",
    [
        "令和8年4月",
        "令和６〜７年度",
        "R8.4.1",
        "ｒ８．４",
        "平成元年5月",
        "2026-04",
        "２０２６／４",
        "2026年",
    ],
)
def test_a_date_that_names_its_year(text: str) -> None:
    assert names_year(text)
    assert not lacks_year(text)


@pytest.mark.parametrize(
    "text", ["4月", "４月１日から", "4/1", "8年4月", "令和0年4月", "4.1", "10-1", "毎年7月分から", "8", "８"]
)
def test_a_date_without_a_year(text: str) -> None:
    assert lacks_year(text)


@pytest.mark.parametrize("text", ["掲載日不明", "同上", "各自治体の案内", "3か月前", "第213回国会"])
def test_what_names_no_day_lacks_no_year(text: str) -> None:
    assert not names_year(text)
    assert not lacks_year(text)
