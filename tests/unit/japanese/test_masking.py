"""個人番号 never stay in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.japanese.masking import mask_personal_numbers
from consult_assist.japanese.numerals import digits_of


@pytest.mark.parametrize(
    "number",
    [
        "123456789012",
        "1234 5678 9012",
        "１２３４－５６７８－９０１２",
        "一二三四五六七八九〇一二",
        "1234の5678の9012",
        "1234、5678、9012",
        "1234567890123",
    ],
)
def test_twelve_digits_are_covered(number: str) -> None:
    text = f"番号は{number}です"
    masked = mask_personal_numbers(text)
    assert digits_of(masked) == ""
    assert len(masked) == len(text)
    assert masked.startswith("番号は〓")


@pytest.mark.parametrize("text", ["電話は090-1234-5678です", "三万円と二万円", "2026年11月21日の10時"])
def test_other_figures_stay(text: str) -> None:
    assert mask_personal_numbers(text) == text


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(mask_personal_numbers(text)) == len(text)
