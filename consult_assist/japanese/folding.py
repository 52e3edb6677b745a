"""Text as it is compared (NFKC, lower case), with the way back to the text as it stands."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

_CLUSTER = re.compile(r"[\s\S][゙゚ﾞﾟ]?", re.UNICODE)


@dataclass(frozen=True, slots=True, repr=False)
class FoldedText:
    """Folded text whose positions can be taken back to the original.

    Attributes:
        text: folded characters.
        starts: for each folded character, where the original character it comes from begins.
        ends: for each folded character, just after that original character.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original characters behind a non-empty stretch of folded ones."""
        return self.starts[start], self.ends[end - 1]

    def position(self, original: int) -> int:
        """Return the first folded character that comes from this original position or a later one."""
        return bisect_left(self.starts, original)


def fold(text: str) -> FoldedText:
    """Fold character by character, so that every position keeps its origin."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, piece in _pieces(text):
        for char in piece:
            folded.append(char)
            starts.append(start)
            ends.append(end)
    return FoldedText("".join(folded), tuple(starts), tuple(ends))


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _CLUSTER.finditer(text):
        yield match.start(), match.end(), unicodedata.normalize("NFKC", match.group()).lower()
