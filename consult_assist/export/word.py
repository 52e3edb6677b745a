"""A record as a Word document, in the shape of an office's form."""

from datetime import tzinfo

from consult_assist.domain.document import RecordDocument


class DocxExporter:
    """Writes head, 決裁欄, one table row a field, ledger and read-back list; seal and page numbers below.

    The transcript is left out: a record is circulated for approval, the whole talk is not.
    """

    suffix = ".docx"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file; the same document gives the same bytes."""
        from consult_assist.export.word_form import write_form  # noqa: PLC0415 - python-docx loads slowly

        return write_form(document, self._zone)
