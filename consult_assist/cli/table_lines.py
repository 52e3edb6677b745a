"""A table of counts → lines for a terminal."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from consult_assist.domain.tables import Table, Value

_MAX_CELLS = 40


def padded(text: str, width_cells: int, *, right: bool = False) -> str:
    """Return a text that takes at least so many places, at the left or the right end of them."""
    gap = " " * (width_cells - cell_len(text))
    return gap + text if right else text + gap


def lines_from_table(table: Table) -> Iterator[str]:
    """Yield title, heads and rows; columns of numbers stand to the right, long texts are cut."""
    yield f"【{table.title}】"
    columns: list[list[str]] = []
    for place, (head, _) in enumerate(table.columns):
        values = [row[place] for row in table.rows]
        texts = [head, *("" if value is None else str(value) for value in values)]
        width = min(_MAX_CELLS, max(map(cell_len, texts)))
        texts = [set_cell_size(text, min(width, cell_len(text))) for text in texts]
        right = _are_numbers(values)
        columns.append([padded(text, width, right=right) for text in texts])
    for cells in zip(*columns, strict=True):
        yield f"  {'  '.join(cells)}".rstrip()


def _are_numbers(values: Sequence[Value]) -> bool:
    return any(isinstance(value, int | float) for value in values) and not any(
        isinstance(value, str) for value in values
    )
