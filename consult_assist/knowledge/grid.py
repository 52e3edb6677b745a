"""Cells of one sheet as Excel holds them, and their values as the knowledge wants them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from consult_assist.japanese.eras import lacks_year, western_year
from consult_assist.knowledge.sheets import FLAG, Column

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_ERA_DATE = re.compile(r"(令和|平成|R|H)\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_REIWA = ("令和", "R")
_END_OF_HEISEI = 2019
_FIRST_YEAR = 1926
"""Excel makes a date of any figure in a cell of dates: of 8 one of 1900, of 2026 one of 1905."""
_FIRST_SERIAL = dt.date(1899, 12, 30)
_SERIALS = range(36526, 73051)
"""Days from 2000 to 2099 as Excel counts them: a date whose cell lost its date format."""
_YES = frozenset({FLAG, "◯", "〇", "o", "はい", "true", "1"})
_NO = frozenset({"×", "x", "いいえ", "false", "0"})


class CellError(ValueError):
    """A cell that cannot be understood; the message is one Japanese sentence."""


@dataclass(slots=True)
class Grid:
    """One sheet; rows and columns are counted from 1, empty cells are absent.

    Attributes:
        formulas: cells whose value is computed.
        broken: cells that show an error of Excel (#REF!), or a figure too large for a date (20261121).
    """

    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    formulas: Collection[tuple[int, int]] = ()
    broken: Collection[tuple[int, int]] = ()
    merged: tuple[str, ...] = ()

    def take_results(self, results: "Grid") -> None:
        """Put what Excel last computed in the place of each formula; None where it never did."""
        for row, number in self.formulas:
            self.rows[row][number] = results.rows.get(row, {}).get(number)
        self.broken = {*self.broken, *results.broken}


def cell_value(value: Any, column: Column) -> Any:
    """Return what a filled cell means, as a file would hold it.

    Raises:
        CellError: it means nothing here.
    """
    match column.kind:
        case "date":
            return _date(value)
        case "flag":
            return _flag(value)
        case "lines":
            return [line.strip() for line in _text(value).splitlines() if line.strip()]
        case "as_of":
            return _as_of(value)
        case "word":
            return unicodedata.normalize("NFKC", _number_safe(value, column)).strip()
        case _:
            return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n")


def _number_safe(value: Any, column: Column) -> str:
    """Refuse a telephone number that Excel has made a figure: its leading 0 is gone."""
    if column.key == "number" and isinstance(value, int | float) and value >= 10_000:
        raise CellError(
            "番号が数になり、先頭の 0 が消えています。セルの表示形式を「文字列」にして、書き直してください。"
        )
    return _text(value)


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date) and value.year >= _FIRST_YEAR:
        return value
    text = "" if isinstance(value, dt.date) else unicodedata.normalize("NFKC", str(value)).strip().upper()
    try:
        if isinstance(value, int | float) and int(value) in _SERIALS:
            return _FIRST_SERIAL + dt.timedelta(days=int(value))
        if found := _DATE.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _ERA_DATE.fullmatch(text):
            year = western_year(found[1], found[2])
            if found[1] in _REIWA or year <= _END_OF_HEISEI:
                return dt.date(year, int(found[3]), int(found[4]))
    except (ValueError, OverflowError):
        pass
    raise CellError("日付が読めません。2026-11-21 のように書いてください。")


def _as_of(value: Any) -> str:
    """Refuse a month whose year nobody will know later: by it an expired figure is found."""
    if isinstance(value, int | float) and int(value) in _SERIALS:
        value = _FIRST_SERIAL + dt.timedelta(days=int(value))
    text = _text(value)
    if lacks_year(text):
        raise CellError("時点に年がありません。「令和8年4月」や「2026年4月」のように書いてください。")
    return text


def _flag(value: Any) -> bool:
    text = unicodedata.normalize("NFKC", str(value)).strip().casefold()
    if text in _YES or value is True:
        return True
    if text in _NO or value is False:
        return False
    raise CellError(f"{FLAG} を書くか、空にしてください。")
