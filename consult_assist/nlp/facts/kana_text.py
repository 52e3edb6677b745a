"""A text as it sounds: its reading in katakana, with the way back to the characters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult_assist.nlp.tokens import Token


@dataclass(frozen=True, slots=True, repr=False)
class KanaText:
    """The readings of all words in a row.

    Attributes:
        kana: the reading; what has none stands as written.
        starts: kana position where a word begins → its first character.
        ends: kana position where a word ends → just after its last character.
    """

    kana: str
    starts: dict[int, int]
    ends: dict[int, int]

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Yield matches that begin and end with a word, each with its characters."""
        for match in pattern.finditer(self.kana):
            if match.start() in self.starts and match.end() in self.ends:
                yield match, self.starts[match.start()], self.ends[match.end()]


def read_kana(tokens: Sequence[Token]) -> KanaText:
    """Return how a text sounds; figures stay figures."""
    kana = ""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for token in tokens:
        starts[len(kana)] = token.start
        kana += token.surface if token.surface.isascii() or not token.reading else token.reading
        ends[len(kana)] = token.end
    return KanaText(kana, starts, ends)
