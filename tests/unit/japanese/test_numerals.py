"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.japanese.numerals import digits_of, find_numbers, parse_number

_DIGITS = "〇一二三四五六七八九"


def kanji_from_number(number: int) -> str:
    """Write a number below 10^12 the way it is spoken."""
    if number == 0:
        return "〇"
    text = ""
    for size, unit in ((10**8, "億"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section:
            text += _section(section) + unit
    return text


def _section(section: int) -> str:
    text = ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, size)
        if digit:
            text += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return text


@given(st.integers(0, 10**12 - 1))
def test_spoken_numbers_come_back(number: int) -> None:
    assert parse_number(kanji_from_number(number)) == number


@given(st.integers(0, 10**12 - 1))
def test_grouped_figures_come_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_figures_mixed_with_man_come_back(man: int, rest: int) -> None:
    assert parse_number(f"{man}万{rest or ''}") == man * 10_000 + rest


@pytest.mark.parametrize(
    ("text", "number"),
    [("8万5千", 85_000), ("１２，０００", 12_000), ("8.5万", 85_000), ("二〇二四", 2024), ("百五十", 150)],
)
def test_mixed_ways_of_writing(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["二三", "万", "1,2", "8.5", "", "一億万", "9" * 40])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.text())
def test_numbers_found_lie_in_any_text(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.value >= 0


def test_digits_are_read_one_by_one() -> None:
    assert digits_of("〇九〇の１２３４の5678です") == "09012345678"
