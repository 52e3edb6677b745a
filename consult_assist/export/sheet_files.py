"""The 要約 sheet as text, Word and PDF."""

from collections.abc import Iterator
from datetime import UTC, tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import sheet, words


class SheetTextExporter:
    """Writes the sheet as UTF-8 text, readings in brackets."""

    suffix = ".sheet.txt"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file."""
        return ("\n".join(self._rows(document)) + "\n").encode()

    def _rows(self, document: RecordDocument) -> Iterator[str]:
        plain = sheet.without_readings
        yield plain(sheet.TITLE)
        yield ""
        for label, value in sheet.sheet_head(document, self._zone):
            yield f"{plain(label)}：{value}"
        for part in sheet.sheet_parts(document):
            yield ""
            yield f"■ {plain(part.title)}"
            for line in part.lines:
                yield f"　・{line}"
        yield ""
        for note in sheet.NOTES:
            yield plain(note)


class SheetDocxExporter:
    """Writes the sheet as a Word document that the clerk can still change."""

    suffix = ".sheet.docx"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file; the same document gives the same bytes."""
        from consult_assist.export.word_sheet import write_sheet  # noqa: PLC0415 - python-docx loads slowly

        return write_sheet(document, self._zone)


class SheetPdfExporter:
    """Writes the sheet for paper, large, with the readings above the kanji."""

    suffix = ".sheet.pdf"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file; the same document gives the same bytes."""
        from consult_assist.export.typesetting import set_pages  # noqa: PLC0415 - typst loads slowly

        values = {
            "title": sheet.without_readings(sheet.TITLE),
            "heading": list(sheet.with_readings(sheet.TITLE)),
            "author": words.clean(document.summary.operator),
            "head": [
                {"label": list(sheet.with_readings(label)), "text": value}
                for label, value in sheet.sheet_head(document, self._zone)
            ],
            "parts": [
                {"title": list(sheet.with_readings(part.title)), "lines": part.lines}
                for part in sheet.sheet_parts(document)
            ],
            "notes": [list(sheet.with_readings(note)) for note in sheet.NOTES],
        }
        return set_pages("sheet.typ", values, document.summary.started_at.astimezone(UTC))
