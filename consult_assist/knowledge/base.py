"""Contract of the dictionary that the linter asks."""

from collections.abc import Iterable, Iterator
from typing import Protocol


class Reader(Protocol):
    """Knows how words are read and whether cues can hold."""

    def reading(self, text: str) -> str | None:
        """Return the katakana reading, or None where some character has none."""

    def idle_cues(self, cues: Iterable[str]) -> Iterator[str]:
        """Yield the cues that hold in no sentence made of their own words."""
