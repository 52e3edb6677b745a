"""One spelling for what sounds alike."""

import pytest

from consult_assist.japanese.romaji import sound_letters


@pytest.mark.parametrize(
    "typed",
    [
        "じどうふようてあて",
        "ジドウフヨウテアテ",
        "jidoufuyouteate",
        "zidouhuyouteate",
        "jidofuyoteate",
        "JIDOUFUYOUTEATE",
    ],
)
def test_kana_and_both_schools_of_romaji_are_spelt_alike(typed: str) -> None:
    assert sound_letters(typed) == "zidohuyoteate"


@pytest.mark.parametrize("typed", ["じどうｆ", "jidouf", "jidof", "zidouh", "じどうh"])
def test_half_a_word_is_the_beginning_of_the_whole(typed: str) -> None:
    assert sound_letters("じどうふようてあて").startswith(sound_letters(typed))


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("しゅうがくえんじょ", ["shuugakuenjo", "syuugakuennzyo", "syugakuenjyo"]),
        ("じゅうきょ", ["juukyo", "zyuukyo", "jyukyo"]),
        ("なんびょう", ["nanbyou", "nambyo", "nannbyou"]),
        ("つうち", ["tsuuchi", "tuuti"]),
        ("いっちょう", ["itchou", "icchou", "ittyou"]),
        ("づつ", ["dutu", "zutsu"]),
        ("ほうてらす", ["houterasu", "hoterasu"]),
    ],
)
def test_spellings_of_one_sound(kana: str, romaji: list[str]) -> None:
    assert {sound_letters(text) for text in romaji} == {sound_letters(kana)}


def test_lines_stay_apart() -> None:
    assert sound_letters("おう\nう、きん\nにゅ") == "o\nukin\nnyu"
