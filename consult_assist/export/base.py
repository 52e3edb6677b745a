"""Contract of an exporter."""

from typing import Protocol

from consult_assist.domain.document import RecordDocument


class Exporter(Protocol):
    """Writes a record in one format."""

    @property
    def suffix(self) -> str:
        """File name ending, with its dot."""

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file."""
