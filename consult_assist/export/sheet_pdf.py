"""The 要約 sheet as PDF."""

from datetime import UTC, tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import sheet, words
from consult_assist.export.typesetting import set_pages


def sheet_as_pdf(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return the sheet for paper, large, with the readings above the kanji."""
    values = {
        "title": sheet.without_readings(sheet.TITLE),
        "heading": list(sheet.with_readings(sheet.TITLE)),
        "author": words.clean(document.summary.operator),
        "head": [
            {"label": list(sheet.with_readings(label)), "text": value}
            for label, value in sheet.sheet_head(document, zone)
        ],
        "parts": [
            {"title": list(sheet.with_readings(part.title)), "lines": part.lines}
            for part in sheet.sheet_parts(document)
        ],
        "notes": [list(sheet.with_readings(note)) for note in sheet.NOTES],
    }
    return set_pages("sheet.typ", values, document.summary.started_at.astimezone(UTC))
