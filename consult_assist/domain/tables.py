"""Counts as a table, to be read, printed or written to a file."""

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | None
"""A cell; None is empty. Numbers stay numbers, so that the office can go on counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a title.

    Attributes:
        columns: heads, with their widths in characters of a sheet.
        rows: as many cells each as there are columns.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Sequence[Value], ...]
