"""Tables of counts as files: CSV, or an Excel workbook with a sheet for each."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from consult_assist.domain.tables import Table, Value
from consult_assist.export import words

_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"


def tables_as_file(tables: Iterable[Table], suffix: str, title: str, at: datetime) -> bytes:
    """Return the tables as a whole file: a sheet each, or one below the other.

    Args:
        tables: the counts.
        suffix: `xlsx` or `csv`.
        title: of the workbook.
        at: when the counts were made.
    """
    if suffix == "csv":
        return tables_as_csv(tables)
    from consult_assist.export.workbook import tables_as_xlsx  # noqa: PLC0415 - openpyxl loads slowly

    return tables_as_xlsx(tables, title, at)


def tables_as_csv(tables: Iterable[Table]) -> bytes:
    """Return the tables one below the other, each under its title, in UTF-8 for Excel."""

    def rows() -> Iterator[Sequence[Value]]:
        for number, table in enumerate(tables):
            if number:
                yield ()
            yield (table.title,)
            yield [head for head, _ in table.columns]
            yield from table.rows

    return rows_as_csv(rows())


def rows_as_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows in UTF-8 for Excel; no text in them is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    """Return the text of a cell so that no program computes it.

    Source: OWASP, CSV Injection.
    """
    text = words.clean(cell)
    return f"'{text}" if text.lstrip()[:1] in _FORMULA_STARTS else text
