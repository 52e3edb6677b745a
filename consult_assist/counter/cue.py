"""The cue language: words that must, or must not, occur together in one utterance.

    家賃|部屋代 払えない !払えた

Words are separated by spaces (half-width or full-width) and all of them must occur, in any order; `|` joins
alternatives of one word; `!` forbids a word. `@名` stands for every word of the group of that name, `@名が`
for each of them with the particle, `@名が怖い` for each of them with these words behind it; 「words」 demand
exactly these characters, `3000円以下` and `10000円以上` an amount of money. What a word matches is up to the
matcher.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
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


PARTICLES = ("から", "が", "を", "に", "で", "の", "と")
"""What a word may demand behind itself."""
AMOUNT = re.compile(r"(?P<yen>[0-9]+)円(?P<side>以上|以下)")
"""A word of a cue that stands for an amount of money."""
_NO_GROUPS: Mapping[str, Sequence[str]] = {}
_MAX_NESTED = 4


def parse_cue(text: str, groups: Mapping[str, Sequence[str]] = _NO_GROUPS) -> Cue:
    """Read one line of the cue language; full-width signs and letters count as half-width.

    Args:
        text: the line.
        groups: words by the name that stands for them.

    Raises:
        CueSyntaxError: no word is demanded, an alternative is empty, a sign stands in a wrong place, or there
            is no such group.
    """
    words: list[tuple[str, ...]] = []
    without: list[str] = []
    for part in unicodedata.normalize("NFKC", text).split():
        alternatives = tuple(part.removeprefix("!").split("|"))
        if not all(alternatives):
            raise CueSyntaxError(f"手がかり「{text}」の「|」や「!」のとなりに言葉がありません。")
        if any("!" in word for word in alternatives):
            raise CueSyntaxError(f"手がかり「{text}」の「!」は言葉のはじめに 1 つだけ書いてください。")
        written = tuple(word for each in alternatives for word in _written_out(each, groups, text))
        if part.startswith("!"):
            without.extend(written)
        else:
            words.append(written)
    if not words:
        raise CueSyntaxError(f"手がかり「{text}」に、あるべき言葉が 1 つもありません。")
    return Cue(words=tuple(words), without=tuple(without))


def _written_out(
    word: str, groups: Mapping[str, Sequence[str]], cue: str, depth: int = _MAX_NESTED
) -> Iterator[str]:
    """Yield the word, or each word of the group that it names, with what stands behind the name."""
    if not word.startswith("@"):
        yield word
        return
    name = max((name for name in groups if word.startswith(name, 1)), key=len, default="")
    behind = word[1 + len(name) :]
    if not name or not depth or not (behind == "" or behind.startswith(PARTICLES)):
        raise CueSyntaxError(f"手がかり「{cue}」の「{word}」という言葉の組がありません。")
    for member in groups[name]:
        for each in _written_out(unicodedata.normalize("NFKC", member), groups, cue, depth - 1):
            yield each + behind
