"""Records and counts as Excel workbooks. The only module here that loads openpyxl."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.tables import Table, Value
from consult_assist.export import words
from consult_assist.export.packages import without_times

_MAX_CHARS = 32_767
"""Source: Microsoft, Excel specifications and limits: total number of characters that a cell can contain."""
_HEAD_FILL = PatternFill("solid", fgColor="DDE6EE")
_AS_TEXT = "@"
_RECORD_HEAD = ("区分", "項目", "出どころ", "内容", "時刻")
_A4 = 9


def record_as_xlsx(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return one sheet each for record, transcript, ledger and read-back list; every cell is text."""
    tables = (
        _table("記録", _RECORD_HEAD, (10, 18, 10, 70, 14), _record_rows(document, zone)),
        _table("発言", words.TRANSCRIPT_HEAD, (10, 10, 90), words.spoken_rows(document)),
        _table("教示台帳", words.LEDGER_HEAD, (10, 28, 70, 14), words.ledger_rows(document)),
        _table(words.READBACK_TITLE, words.READBACK_HEAD, (12, 24, 60, 8, 14), words.readback_rows(document)),
    )
    operator = words.clean(document.summary.operator)
    return tables_as_xlsx(tables, words.TITLE, document.summary.started_at, operator)


def tables_as_xlsx(tables: Iterable[Table], title: str, at: datetime, creator: str = "") -> bytes:
    """Return a workbook with a sheet for each table, which the table's title names.

    Args:
        tables: what it holds.
        title: of the whole.
        at: when it was made.
        creator: who made it.
    """
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _add(book, table)
    properties = book.properties
    properties.title = title
    properties.creator = properties.lastModifiedBy = creator
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    file = io.BytesIO()
    _InMemory(book, ZipFile(file, "w", ZIP_DEFLATED)).save()
    return without_times(file.getvalue())


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """Writes a workbook without files: openpyxl lays each sheet, and so the talk, into a temporary one."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet."""
        sheet = io.BytesIO()
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as in openpyxl's own method
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path.removeprefix("/"), sheet.getvalue())
        self.manifest.append(ws)


def _table(title: str, head: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Value]]) -> Table:
    return Table(title=title, columns=tuple(zip(head, widths, strict=True)), rows=tuple(rows))


def _record_rows(document: RecordDocument, zone: tzinfo | None) -> Iterator[Sequence[str]]:
    known = words.lines_by_id(document)
    for label, value in words.heading(document, zone):
        yield "見出し", label, "", value, ""
    yield "見出し", "封印", "", document.chain_head, ""
    for item in document.record.fields:
        for line in item.lines:
            times = words.evidence_times(line.utterance_ids, known)
            yield "記録", item.label, words.KINDS[line.kind], line.text, times
        if not item.lines:
            yield "記録", item.label, "", words.EMPTY_FIELD, ""


def _add(book: Workbook, table: Table) -> None:
    sheet: Worksheet = book.create_sheet(table.title)
    for number, (head, width) in enumerate(table.columns, start=1):
        cell = sheet.cell(1, number)
        _write(cell, head, bold=True)
        cell.fill = _HEAD_FILL
        sheet.column_dimensions[cell.column_letter].width = width
    for row_number, row in enumerate(table.rows, start=2):
        for number, value in enumerate(row, start=1):
            _write(sheet.cell(row_number, number), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P ／ &N"


def _write(cell: Cell, value: Value, *, bold: bool = False) -> None:
    """Write text as text: a resident's words must not compute, and 007 keeps its zeros."""
    if isinstance(value, str):
        cell.value = words.clean(value)[:_MAX_CHARS]
        cell.data_type = "s"
        cell.number_format = _AS_TEXT
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = Font(name=words.FONT, size=10, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
