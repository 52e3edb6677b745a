"""Digits that are written as they sound: いち に さん よん → 1 2 3 4."""

import re

FILLING = "\x00"
"""Fills up a figure to the length of the word whose place it takes, so that every position stays."""
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_CLEAR = (
    r"(?P<d0>ゼー*ロ|レー*イ|レー|マー*ル)|(?P<d1>イー*チ)|(?P<d7>ナー*ナ|シー*チ)"
    r"|(?P<d4>ヨー*ン)|(?P<d6>ロー*ク)|(?P<d8>ハー*チ)|(?P<d9>キュ[ウー]+)"
)
"""Words that beside others of their kind are hardly anything else."""
_DOUBTFUL = (
    r"(?P<d2>ニ(?!ナ[リッ])(?:ー|イ(?!ー*チ))*)|(?P<d3>サー*ン)|(?P<d4s>シー*)|(?P<d5>ゴ[オー]*)|(?P<d9s>ク)"
)
"""Words that mostly are particles, or parts of other words."""
_CLEAR_GROUPS = frozenset(re.findall(r"\?P<(\w+)>", _CLEAR))
_WORD = re.compile(f"{_CLEAR}|{_DOUBTFUL}")
_UNNAMED = re.compile(r"\?P<\w+>").sub("?:", f"{_CLEAR}|{_DOUBTFUL}|[0-9]")
_STRETCH = re.compile(rf"(?:{_UNNAMED})(?:[\s,、。.・‐\-−―ノ]*(?:{_UNNAMED})){{2,}}")
_MIN_CLEAR_WORDS = 2
"""Words of a stretch, if one of them is clear."""
_MIN_DOUBTFUL_WORDS = 4
"""Words of a stretch, none of which is clear: it stands alone, in a text with one that is clear."""
_BESIDE_FIGURES = re.compile(rf"(?<=[0-9])(?:{_CLEAR})(?=[0-9])")
_BEGINS = re.compile(r"[^ァ-ヶー一-鿿々a-z]?\Z")
_ENDS = re.compile(r"\Z|[^ァ-ヶー一-鿿々a-z]|デス|デシ|デゴザ")


def with_spoken_figures(text: str) -> str:
    """Return folded text with figures for the digits of every stretch that spells a number; its length stays.

    One word alone spells nothing, unless it stands between figures: each is also a part of other words.
    """
    kana = text.translate(_TO_KATAKANA)
    words = [*_BESIDE_FIGURES.finditer(kana)]
    doubtful: list[re.Match[str]] = []
    for stretch in _STRETCH.finditer(kana):
        found = [*_WORD.finditer(kana, *stretch.span())]
        if any(word.lastgroup in _CLEAR_GROUPS for word in found):
            words += found if len(found) >= _MIN_CLEAR_WORDS else []
        elif len(found) >= _MIN_DOUBTFUL_WORDS and _stands_alone(kana, stretch):
            doubtful += found
    if words:
        words += doubtful
    chars = list(text)
    for word in words:
        figure = str(word.lastgroup)[1]
        chars[word.start() : word.end()] = figure.ljust(word.end() - word.start(), FILLING)
    return "".join(chars)


def _stands_alone(kana: str, stretch: re.Match[str]) -> bool:
    begins = _BEGINS.match(kana, max(0, stretch.start() - 1), stretch.start())
    return begins is not None and _ENDS.match(kana, stretch.end()) is not None
