"""Cells of a workbook → entries, with a fault for every cell that cannot be taken over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.grid import CellError, Grid, cell_value
from consult_assist.knowledge.schema import (
    ContactTable,
    ProgrammeTable,
    ProtocolTable,
    TermsTable,
    message_for,
)
from consult_assist.knowledge.sheets import HEADS, ID, SHEETS, Column, Sheet, all_columns, label, put

Place = tuple[str, int, int]
"""Sheet, row and column."""
_TableT = TypeVar("_TableT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """Where the keys of one entry stand in the workbook."""

    book: Path
    places: Mapping[tuple[str | int, ...], Place]

    def fault(
        self, loc: Sequence[str | int], message: str, *, entry: str | None = None, value: str | None = None
    ) -> KnowledgeFault:
        """Return a fault at the cell where the key stands, or the nearest one around it."""
        del value
        keys = tuple(loc)
        while keys and keys not in self.places:
            keys = keys[:-1]
        return _fault(self.book, self.places[keys], message, entry=entry)


@dataclass(slots=True)
class Intake:
    """What a workbook says.

    Attributes:
        entries: sound ones only.
        places: where each entry stands, by kind and id, for checks across entries.
        faults: any of them forbids taking anything over.
        remarks: what the clerk should know although it does no harm.
        lacking: sheets that an earlier version did not write: of what they hold, nothing is said.
    """

    entries: KnowledgeEntries
    places: dict[tuple[str, str], SheetEntry]
    faults: list[KnowledgeFault]
    remarks: list[str]
    lacking: tuple[Sheet, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Plain values and their places, before any check of the whole."""

    book: Path
    values: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {kind: {} for kind in HEADS})
    places: dict[tuple[str, str], dict[tuple[str | int, ...], Place]] = field(default_factory=dict)
    ids: dict[str, dict[str, str | None]] = field(default_factory=lambda: {kind: {} for kind in HEADS})
    everyday: list[str] = field(default_factory=list)
    strangers: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    """Rows whose ID belongs to no entry, by kind and that ID."""
    faults: list[KnowledgeFault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, place: Place, message: str) -> None:
        self.faults.append(_fault(self.book, place, message))


def entries_from_grids(grids: Mapping[str, Grid], book: Path) -> Intake:
    """Return the entries of a workbook; every fault names sheet and cell.

    No row is read while a sheet or a column is missing: each row that needs it would be a fault of its own.
    """
    reading = _Reading(book)
    present = [sheet for sheet in SHEETS if sheet.title in grids]
    columns = {sheet.title: _columns(reading, sheet, grids[sheet.title]) for sheet in present}
    _compare_titles(reading, grids)
    if not reading.faults:
        for sheet in present:
            grid = grids[sheet.title]
            for row in sorted(number for number in grid.rows if number > 1):
                _read_row(reading, sheet, grid, row, columns[sheet.title])
        _refuse_strangers(reading)
    entries = KnowledgeEntries(everyday=tuple(dict.fromkeys(reading.everyday)))
    entries.programmes = dict(_checked(reading, "programmes", ProgrammeTable))
    entries.protocols = dict(_checked(reading, "protocols", ProtocolTable))
    entries.contacts = dict(_checked(reading, "contacts", ContactTable))
    entries.terms = dict(_checked(reading, "terms", TermsTable))
    places = {place: SheetEntry(book, known) for place, known in reading.places.items()}
    lacking = tuple(sheet for sheet in SHEETS if sheet.may_lack and sheet.title not in grids)
    reading.remarks += [
        f"シート「{sheet.title}」がないので、{sheet.title}は今のまま残します。" for sheet in lacking
    ]
    return Intake(entries, places, reading.faults, reading.remarks, lacking)


def _compare_titles(reading: _Reading, grids: Mapping[str, Grid]) -> None:
    known = {sheet.title for sheet in SHEETS}
    others = [title for title in grids if title not in known]
    missing = [sheet.title for sheet in SHEETS if sheet.title not in grids and not sheet.may_lack]
    for title in missing:
        hint = f"（見慣れないシート: {'、'.join(others)}）" if others else ""
        reading.faults.append(
            KnowledgeFault(
                file=reading.book,
                key=f"シート「{title}」",
                line=None,
                message=f"このシートがありません{hint}。"
                "名前を元に戻すか、knowledge export で作り直してください。",
            )
        )
    if others and not missing:
        reading.remarks.append(f"次のシートは読み込みません: {'、'.join(others)}")


def _columns(reading: _Reading, sheet: Sheet, grid: Grid) -> dict[int, Column]:
    """Find the columns by their titles; their order is free."""
    for area in grid.merged:
        message = f"セルが結合されています（{area}）。結合を解除し、1 行ずつ書いてください。"
        reading.faults.append(
            KnowledgeFault(
                file=reading.book, key=cell_text(sheet.title, area.split(":")[0]), line=None, message=message
            )
        )
    titles = {number: str(value).strip() for number, value in grid.rows.get(1, {}).items()}
    found: dict[int, Column] = {}
    for column in all_columns(sheet):
        numbers = [number for number, title in titles.items() if title == column.title]
        if len(numbers) > 1:
            reading.refuse((sheet.title, 1, numbers[1]), f"見出し「{column.title}」が 2 つあります。")
        elif numbers:
            found[numbers[0]] = column
        elif not (column.hidden or column.shown):
            message = f"見出し「{column.title}」の列がありません。1 行目の見出しを元に戻してください。"
            reading.refuse((sheet.title, 1, 1), message)
    if others := [title for number, title in titles.items() if number not in found]:
        reading.remarks.append(f"シート「{sheet.title}」の次の列は読み込みません: {'、'.join(others)}")
    return found


def _read_row(reading: _Reading, sheet: Sheet, grid: Grid, row: int, columns: Mapping[int, Column]) -> None:
    cells: dict[str, Any] = {}
    places: dict[str, Place] = {}
    shown: str | None = None
    for number, column in columns.items():
        place = (sheet.title, row, number)
        places[column.key] = place
        value = grid.rows[row].get(number)
        computed = (row, number) in grid.formulas
        shows_error = (row, number) in grid.broken and (computed or column.kind != "date")
        if shows_error or (computed and value is None):
            reading.refuse(place, "計算の結果がありません。式を消して、値を書いてください。")
        elif value is not None and not (isinstance(value, str) and not value.strip()):
            try:
                value = cell_value(value, column)
            except CellError as error:
                reading.refuse(place, str(error))
                value = None
            if column.shown:
                shown = str(value)
            elif value is not None:
                cells[column.key] = value
    if not cells:
        return
    start = (sheet.title, row, min(columns))
    if sheet.kind == "everyday":
        reading.everyday.append(str(cells[""]).strip())
    elif sheet.part is None:
        _add_entry(reading, sheet, cells, places, start)
    else:
        _add_item(reading, sheet, cells, places, shown)


def _add_entry(
    reading: _Reading, sheet: Sheet, cells: dict[str, Any], places: Mapping[str, Place], start: Place
) -> None:
    entry_id = cells.pop(ID.key, None)
    if entry_id is None:
        reading.refuse(start, "ID がありません。半角の英小文字・数字・「-」で書いてください。")
        return
    if entry_id in reading.values[sheet.kind]:
        reading.refuse(start, f"ID「{entry_id}」の行が 2 つあります。どちらか 1 つにしてください。")
        return
    values: dict[str, Any] = {} if sheet.kind in {"contacts", "terms"} else {ID.key: entry_id}
    for column in sheet.columns:
        if column.key in cells:
            put(values, column, cells[column.key])
    reading.values[sheet.kind][entry_id] = values
    reading.places[sheet.kind, entry_id] = {
        (): start,
        **{tuple(key.split(".")): place for key, place in places.items()},
    }
    name = str(cells.get(sheet.columns[0].key, "")).strip()
    names = reading.ids[sheet.kind]
    names[name] = entry_id if name not in names else None


def _add_item(
    reading: _Reading,
    sheet: Sheet,
    cells: dict[str, Any],
    places: Mapping[str, Place],
    shown: str | None,
) -> None:
    assert sheet.part is not None
    written = cells.pop(ID.key, None)
    if not cells:
        return
    shown = (shown or "").strip()
    named = reading.ids[sheet.kind].get(shown)
    entry_id = written or named
    if entry_id is None:
        head = HEADS[sheet.kind].title
        found = "いくつもあります" if shown in reading.ids[sheet.kind] else "ありません"
        missing = f"名前「{shown}」がシート「{head}」に{found}。" if shown else "ID がありません。"
        reading.refuse(places[ID.key], f"{missing}シート「{head}」にある ID を書いてください。")
        return
    values = reading.values[sheet.kind].get(entry_id)
    if values is None:
        reading.strangers.setdefault((sheet.kind, entry_id), []).append(places[ID.key])
        return
    if named not in {None, entry_id}:
        message = f"ID「{entry_id}」と名前「{shown}」が食い違っています。どちらかを直すか、消してください。"
        reading.refuse(places[ID.key], message)
        return
    items = values.setdefault(sheet.part, [])
    known = reading.places[sheet.kind, entry_id]
    loc = (sheet.part, len(items))
    first = min((places[key] for key in cells), default=places[ID.key])
    known.setdefault((sheet.part,), first)
    known[loc] = first
    known |= {(*loc, key): place for key, place in places.items() if key}
    items.append(cells.get("", cells))


def _refuse_strangers(reading: _Reading) -> None:
    for (kind, entry_id), (place, *others) in reading.strangers.items():
        head = HEADS[kind].title
        more = f"（ほかに {len(others)} 行）" if others else ""
        reading.refuse(
            place,
            f"ID「{entry_id}」がシート「{head}」にありません{more}。"
            f"つづりを直すか、シート「{head}」に行を戻してください。",
        )


def _checked(reading: _Reading, kind: str, model: type[_TableT]) -> Iterator[tuple[str, _TableT]]:
    refused = {fault.key for fault in reading.faults}
    for entry_id, values in reading.values[kind].items():
        place = SheetEntry(reading.book, reading.places[kind, entry_id])
        try:
            yield entry_id, model.model_validate(values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                fault = place.fault(item["loc"] or ("number",), _message(kind, item), entry=entry_id)
                if fault.key not in refused:
                    reading.faults.append(fault)


def _message(kind: str, error: Mapping[str, Any]) -> str:
    keys = [key for key in error["loc"] if isinstance(key, str)]
    if not keys:  # of a contact, the only table with a rule about several keys
        return "「番号」が空です。事務所で書き入れる番号なら「地域」に ○ を書いてください。"
    if error["type"] in {"missing", "string_too_short", "too_short"}:
        sheets = {sheet.part for sheet in SHEETS if sheet.kind == kind}
        if len(error["loc"]) == 1 and keys[0] in sheets:
            return f"シート「{label(kind, keys[0])}」に、この ID の行を 1 つ以上書いてください。"
        return f"「{_column_title(kind, keys)}」が空です。書き入れてください。"
    return message_for(error)


def _column_title(kind: str, keys: Sequence[str]) -> str:
    for sheet in SHEETS:
        wanted = ".".join(keys) if sheet.part is None else keys[-1]
        if sheet.kind == kind and sheet.part in {None, keys[0]}:
            for column in sheet.columns:
                if column.key == wanted and (sheet.part is not None or len(keys) == 1 or "." in column.key):
                    return column.title
    return keys[-1]


def cell_text(sheet: str, cell: str) -> str:
    """Return a place as the clerk finds it."""
    return f"シート「{sheet}」の {cell}"


def _fault(book: Path, place: Place, message: str, entry: str | None = None) -> KnowledgeFault:
    sheet, row, number = place
    return KnowledgeFault(
        file=book, key=cell_text(sheet, f"{_letters(number)}{row}"), line=None, message=message, entry=entry
    )


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
