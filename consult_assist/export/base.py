"""What an exporter is, and the contract of what covers the words that could tell who someone is."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from consult_assist.domain.document import RecordDocument

Exporter = Callable[[RecordDocument], bytes]
"""A record → the whole file in one format; the same record gives the same bytes."""


class Pseudonymizer(Protocol):
    """Replaces names, places and numbers; the same words get the same placeholder."""

    def pseudonymize(self, text: str) -> str:
        """Return the text with every span that was found replaced."""

    def spans(self, text: str) -> Sequence[tuple[int, int, str]]:
        """Return the spans that are replaced, with their labels."""

    def replaced(self) -> Iterable[tuple[str, str, int]]:
        """Return placeholder, what stood there, and how often."""
