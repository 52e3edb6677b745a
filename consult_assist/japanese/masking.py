"""個人番号 are covered before anything else looks at the text."""

import re

from consult_assist.japanese.folding import fold

MASK = "〓"
_DIGIT = "[0-9〇零○一二三四五六七八九]"
_GAP = r"[\s\-‐-―−ー・.,、の]{0,2}"
_RUN = re.compile(rf"(?<!{_DIGIT}){_DIGIT}(?:{_GAP}{_DIGIT}){{11,}}")
_DIGITS = frozenset("0123456789〇零○一二三四五六七八九")


def mask_personal_numbers(text: str) -> str:
    """Return the text with the digits of every run of 12 or more covered; its length stays the same.

    A misheard 個人番号 may gain a digit, and no telephone number has so many.
    Source: 番号利用法 第2条第5項・同施行令 第8条 (12 digits).
    """
    folded = fold(text)
    chars = list(text)
    for match in _RUN.finditer(folded.text):
        for position in range(*match.span()):
            if folded.text[position] in _DIGITS:
                start, end = folded.span(position, position + 1)
                chars[start:end] = MASK * (end - start)
    return "".join(chars)
