"""The cue language: words that must, or must not, occur together in one utterance.

    家賃|部屋代 払えない !払えた

Words are separated by spaces (half-width or full-width) and all of them must occur, in any order; `|` joins
alternatives of one word; `!` forbids a word. What a word matches is the matcher's business.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One parsed cue.

    Attributes:
        words: each word is the tuple of its alternatives, as written; one of them must occur.
        without: none of these may occur.
    """

    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]


class CueSyntaxError(ValueError):
    """A cue breaks the rules; the message is one Japanese sentence that quotes no more than the cue."""


def parse_cue(text: str) -> Cue:
    """Read one line of the cue language; full-width signs and letters count as half-width.

    Raises:
        CueSyntaxError: no word is demanded, an alternative is empty, or a sign stands in a wrong place.
    """
    words: list[tuple[str, ...]] = []
    without: list[str] = []
    for part in unicodedata.normalize("NFKC", text).split():
        alternatives = tuple(part.removeprefix("!").split("|"))
        if not all(alternatives):
            raise CueSyntaxError(f"手がかり「{text}」の「|」や「!」のとなりに言葉がありません。")
        if any("!" in word for word in alternatives):
            raise CueSyntaxError(f"手がかり「{text}」の「!」は言葉のはじめに 1 つだけ書いてください。")
        if part.startswith("!"):
            without.extend(alternatives)
        else:
            words.append(alternatives)
    if not words:
        raise CueSyntaxError(f"手がかり「{text}」に、あるべき言葉が 1 つもありません。")
    return Cue(words=tuple(words), without=tuple(without))
