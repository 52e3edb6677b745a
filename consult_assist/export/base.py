"""Contracts of an exporter, and of what covers the words that could tell who someone is."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from consult_assist.domain.document import RecordDocument


class Exporter(Protocol):
    """Writes a record in one format."""

    @property
    def suffix(self) -> str:
        """File name ending, with its dot."""

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file."""


class Pseudonymizer(Protocol):
    """Replaces names, places and numbers; the same words get the same placeholder."""

    def pseudonymize(self, text: str) -> str:
        """Return the text with every span that was found replaced."""

    def spans(self, text: str) -> Sequence[tuple[int, int, str]]:
        """Return the spans that are replaced, with their labels."""

    def replaced(self) -> Iterable[tuple[str, str, int]]:
        """Return placeholder, what stood there, and how often."""
