"""Kana and morae: readings cut into the beats that are compared by sound."""

import re
import unicodedata

import jaconv

LONG = "ー"
_SMALL = "ャュョァィゥェォヮ"
_KANA = re.compile(r"[ァ-ヺー]")
_ALL_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパャァヮ",
    "イ": "イキシチニヒミリヰギジヂビピィ",
    "ウ": "ウクスツヌフムユルグズヅブプヴュゥ",
    "エ": "エケセテネヘメレヱゲゼデベペェ",
    "オ": "オコソトノホモヨロヲゴゾドボポョォ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LENGTHENS = {
    ("ア", "ア"),
    ("イ", "イ"),
    ("ウ", "ウ"),
    ("エ", "エ"),
    ("エ", "イ"),
    ("オ", "オ"),
    ("オ", "ウ"),
}


def katakana(text: str) -> str:
    """Return the text with hiragana as katakana."""
    result: str = jaconv.hira2kata(text)
    return result


def is_kana(text: str) -> bool:
    """Return whether the text is written in kana alone."""
    return bool(_ALL_KANA.fullmatch(text))


def split_morae(reading: str) -> tuple[str, ...]:
    """Cut a kana reading into morae; a lengthening vowel becomes ー, and what is not kana is dropped.

    セイカツ → セ ー カ ツ, シュウガク → シュ ー ガ ク.
    """
    morae: list[str] = []
    for char in katakana(unicodedata.normalize("NFKC", reading)):
        if not _KANA.match(char):
            continue
        if char in _SMALL and morae and morae[-1] != LONG and morae[-1][-1] not in _SMALL:
            morae[-1] += char
        elif morae and (char == LONG or (_vowel_of(morae), char) in _LENGTHENS):
            morae.append(LONG)
        else:
            morae.append(char)
    return tuple(morae)


def _vowel_of(morae: list[str]) -> str | None:
    """Return the vowel that a long sign after these morae would lengthen."""
    for mora in reversed(morae):
        if mora != LONG:
            return _VOWEL.get(mora[-1])
    return None
