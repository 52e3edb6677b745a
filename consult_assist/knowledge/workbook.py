"""Entries → an Excel workbook, and the cells of a workbook → plain values with their places."""

import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from warnings import catch_warnings
from zipfile import BadZipFile

from lxml.etree import LxmlError
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from consult_assist.disk import write_whole
from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.grid import Grid
from consult_assist.knowledge.sheets import HEADS, SHEETS, Column, Sheet, all_columns, rows_of

GUIDE = "使い方"
_FONT = "游ゴシック"
_TAB_COLOURS = {
    "programmes": "4472C4",
    "protocols": "C00000",
    "contacts": "548235",
    "terms": "7F6000",
    "everyday": "7F7F7F",
}
_SPARE_ROWS = 300
_IN_OPENPYXL = (LookupError, ValueError, TypeError, AttributeError, RuntimeError)
"""What it stumbles over where a workbook is damaged; it checks little of what it reads."""
_UNSEEN = re.compile("_x000D_|[\u00ad\u200b\u2060\ufeff]", re.IGNORECASE)
"""What comes along with text that is pasted: half of a line break as Excel keeps it, marks of no width."""
_PLAIN = Font(name=_FONT, size=11)
_PALE = Font(name=_FONT, size=11, color="7F7F7F")
_LINK = Font(name=_FONT, size=11, color="0563C1", underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_ONE_LINE = Alignment(vertical="top")
_HEADING = PatternFill("solid", fgColor="DDEBF7")
_READ_ONLY = PatternFill("solid", fgColor="F2F2F2")
_HOW = (
    "色のついた見出しの行より下を書きかえてください。見出しの文字とシートの名前は変えないでください。",
    "1 行に 1 つずつ書きます。どの制度のことかは、左はしの ID で決まります。"
    "ID の代わりに、となりの名前を一覧から選んでもかまいません。",
    "行を足すときは、いちばん下に書き足すか、行を挿入します。上にあるものほど先に出ます。",
    "新しい制度は「制度」のシートに 1 行足し、ID（半角の英小文字・数字・-）を決めます。"
    "「名前」のシートにも 1 行足します。",
    "付属の制度の行を消しても、付属の内容に戻るだけで、制度そのものは消えません。",
    "日付は 2026-11-21 のように書きます。セルの結合はしないでください。",
    "保存して閉じたら、次の 2 つを順に実行します。",
    "　consult-assist knowledge import このファイル.xlsx --dry-run　（何が変わるかを見るだけ）",
    "　consult-assist knowledge import このファイル.xlsx　（事務所の知識に書き込む）",
    "誤りがあるときは、シートとセルを示して止まります。そのときは何も書き込みません。",
)


def write_workbook(entries: KnowledgeEntries, target: Path) -> None:
    """Write everything that a clerk may edit into one workbook.

    Raises:
        KnowledgeError: the file cannot be written.
    """
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide)
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet.title), sheet, entries)
    content = io.BytesIO()
    try:
        book.save(content)
        write_whole(target, content.getvalue())
    except (OSError, LxmlError) as error:  # it has sheets written out by lxml, into temporary files
        raise KnowledgeError(
            f"{target} に書けません。Excel で開いていたら閉じ、空きを確かめるか、別の場所を指定してください。"
        ) from error


def _write_guide(page: Worksheet) -> None:
    page.title = GUIDE
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = 20
    page.column_dimensions["B"].width = 92
    page["A1"] = "制度の知識"
    page["A1"].font = Font(name=_FONT, size=16, bold=True)
    row = 3
    for line in _HOW:
        cell = page.cell(row=row, column=1, value=line)
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        cell.alignment, cell.font = _WRAPPED, _PLAIN
        page.row_dimensions[row].height = 34 if len(line) > 55 else 18
        row += 1
    row += 1
    for sheet in SHEETS:
        link = page.cell(row=row, column=1, value=sheet.title)
        link.hyperlink = f"#'{sheet.title}'!A1"
        link.font = _LINK
        page.cell(row=row, column=2, value=sheet.about).font = _PLAIN
        row += 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write_sheet(page: Worksheet, sheet: Sheet, entries: KnowledgeEntries) -> None:
    columns = all_columns(sheet)
    page.sheet_properties.tabColor = _TAB_COLOURS[sheet.kind]
    fixed = len(columns) - len(sheet.columns)
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
        page.column_dimensions[letter].number_format = _format(column)
        title = page.cell(row=1, column=number, value=column.title)
        title.font = Font(name=_FONT, bold=True)
        title.fill = _HEADING
        title.alignment = Alignment(vertical="center")
    n_rows = 1
    for n_rows, row in enumerate(rows_of(sheet, entries), 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _write_cell(page, n_rows, number, column, value, read_only=column.shown)
    page.freeze_panes = "C2" if fixed else "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(n_rows, 2)}"
    _offer_choices(page, sheet, n_rows + _SPARE_ROWS)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _write_cell(
    page: Worksheet, row: int, number: int, column: Column, value: Any, *, read_only: bool
) -> None:
    cell = page.cell(row=row, column=number)
    cell.font = _PALE if read_only or column.key == "id" else _PLAIN
    cell.alignment = _ONE_LINE if column.key == "id" else _WRAPPED
    if read_only:
        cell.fill = _READ_ONLY
    cell.number_format = _format(column)
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is no formula


def _format(column: Column) -> str:
    """Return how Excel is to treat a cell: as text, so that a telephone number keeps its 0, or as a date."""
    return "yyyy-mm-dd" if column.kind == "date" else "@"


def _offer_choices(page: Worksheet, sheet: Sheet, last_row: int) -> None:
    """Offer the few words that may stand in a cell, and the entries' names in the column beside the ID."""
    for number, column in enumerate(all_columns(sheet), 1):
        if column.choices or column.shown:
            offered = f"'{HEADS[sheet.kind].title}'!$B$2:$B$500" if column.shown else _quoted(column.choices)
            choice = DataValidation(type="list", formula1=offered, allow_blank=True)
            choice.error = "一覧にあるものを選んでください。"
            page.add_data_validation(choice)
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{last_row}")


def _quoted(choices: Sequence[str]) -> str:
    return f'"{",".join(choices)}"'


def read_workbook(source: Path) -> dict[str, Grid]:
    """Return the cells of every sheet but the guide.

    Raises:
        KnowledgeError: it is no workbook, or cannot be read.
    """
    grids = _grids(_open(source, values=False))
    if any(grid.formulas for grid in grids.values()):
        results = _grids(_open(source, values=True))
        for title, grid in grids.items():
            grid.take_results(results[title])
    return grids


def _open(source: Path, *, values: bool) -> Workbook:
    try:
        with catch_warnings(action="ignore"):  # of what it leaves out, in English
            return load_workbook(source, data_only=values)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{source} がありません。ファイルの名前と場所を確かめてください。") from error
    except PermissionError as error:
        raise KnowledgeError(
            f"{source} を読めません。Excel で開いていたら閉じてから、もう一度実行してください。"
        ) from error
    except (
        InvalidFileException,
        BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        SyntaxError,
        *_IN_OPENPYXL,
    ) as error:
        raise KnowledgeError(
            f"{source} を Excel のファイルとして読めません。Excel で開き、.xlsx の形で保存し直してください。"
        ) from error


def _grids(book: Workbook) -> dict[str, Grid]:
    return {page.title: _grid(page) for page in book.worksheets if page.title != GUIDE}


def _grid(page: Worksheet) -> Grid:
    rows: dict[int, dict[int, Any]] = {}
    formulas: set[tuple[int, int]] = set()
    broken: set[tuple[int, int]] = set()
    for row, number, value, kind in _filled_cells(page):
        rows.setdefault(row, {})[number] = value
        if kind == "f":
            formulas.add((row, number))
        elif kind == "e":
            broken.add((row, number))
    merged = tuple(str(area) for area in page.merged_cells.ranges)
    return Grid(rows=rows, formulas=formulas, broken=broken, merged=merged)


def _filled_cells(page: Worksheet) -> Iterator[tuple[int, int, Any, str]]:
    """Yield what stands in a sheet; to walk over its rows would make every cell up to the last one."""
    for _, cell in sorted(page._cells.items()):  # noqa: SLF001 - openpyxl offers no other way
        value = cell.value
        if isinstance(value, str):
            value = _UNSEEN.sub("", value)
            if not value.strip():
                continue
        if value is not None:
            if isinstance(value, dt.datetime):
                value = value.date()
            yield cell.row, cell.column, value, cell.data_type
