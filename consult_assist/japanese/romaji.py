"""Kana and romaji → one spelling for what sounds alike, so that half a word typed in either finds the whole.

`jaconv.alphabet2kana` reads the rest of a half-typed word (jidouf → じどうっ), so kana go to letters and not
letters to kana.
"""

import re
import unicodedata

import jaconv

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), spelled)
    for pattern, spelled in (
        (r"[xl]t(?:s?u|s?$)", ""),
        (r"[xl](?=[aiueoy]|$)", ""),
        (r"sh(?=[aueo])", "sy"),
        (r"sh", "s"),
        (r"(?:[ct]?ch|cy)(?=[aueo])", "ty"),
        (r"[ct]?ch", "t"),
        (r"ts", "t"),
        (r"jy?(?=[aueo])", "zy"),
        (r"j", "z"),
        (r"d(?:zu|u)", "zu"),
        (r"di", "zi"),
        (r"fy?", "h"),
        (r"v", "b"),
        (r"[cq]", "k"),
        (r"wo", "o"),
        (r"m(?=[bpm])", "n"),
        (r"[^a-z0-9\n]", ""),
        (r"o[ou]+", "o"),
        (r"e[ei]+", "e"),
        (r"([a-z])\1+", r"\1"),
    )
)


def sound_letters(text: str) -> str:
    """Return how kana and romaji of either school sound, without long vowels and double consonants.

    じどうふ, jidouf(u), zidouhu and jidohu all become zidohu. What is neither kana, letter, digit nor line
    break is dropped: many lines are best given at once.
    """
    folded = jaconv.kata2hira(unicodedata.normalize("NFKC", text).lower())
    letters: str = jaconv.kana2alphabet(folded.replace("っ", ""))
    for pattern, spelled in _RULES:
        letters = pattern.sub(spelled, letters)
    return letters
