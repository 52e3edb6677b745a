"""The 要約 sheet as text."""

from collections.abc import Iterator
from datetime import tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import sheet


def sheet_as_text(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return the sheet as UTF-8 text, readings in brackets."""
    return ("\n".join(_rows(document, zone)) + "\n").encode()


def _rows(document: RecordDocument, zone: tzinfo | None) -> Iterator[str]:
    plain = sheet.without_readings
    yield plain(sheet.TITLE)
    yield ""
    for label, value in sheet.sheet_head(document, zone):
        yield f"{plain(label)}：{value}"
    for part in sheet.sheet_parts(document):
        yield ""
        yield f"■ {plain(part.title)}"
        for line in part.lines:
            yield f"　・{line}"
    yield ""
    for note in sheet.NOTES:
        yield plain(note)
