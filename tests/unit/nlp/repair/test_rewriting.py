"""Spellings of the recogniser that offices write otherwise."""

import pytest

from consult_assist.nlp.repair.rewriting import respelt


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("8つきの末です", "8月の末です"),
        ("12つきから", "12月から"),
        ("2かつきで止まりました", "2か月で止まりました"),
        ("1つきに3万円", "1つきに3万円"),
        ("3つきあいがある", "3つきあいがある"),
        ("電話はゼロ9ゼロのゼロゼロゼロゼロです", "電話は090の0000です"),
        ("ゼロ歳の子が1人", "ゼロ歳の子が1人"),
        ("ハイ、そうです", "はい、そうです"),
        ("ハイツに住んでいます", "ハイツに住んでいます"),
        ("気分がハイになります", "気分がハイになります"),
        ("3つきに1回通います", "3つきに1回通います"),
        ("もう3つきになります", "もう3つきになります"),
        ("2050ゼロカーボン", "2050ゼロカーボン"),
    ],
)
def test_months_digits_and_yes_are_written_as_offices_write_them(heard: str, written: str) -> None:
    assert respelt(heard) == written
