"""A record as an Excel workbook."""

from datetime import tzinfo

from consult_assist.domain.document import RecordDocument


class XlsxExporter:
    """Writes one sheet each for record, transcript, ledger and read-back list; every cell is text."""

    suffix = ".xlsx"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file."""
        from consult_assist.export.workbook import write_workbook  # noqa: PLC0415 - openpyxl loads slowly

        return write_workbook(document, self._zone)
