"""A table of counts → lines for a terminal."""

from collections.abc import Iterator, Sequence

from consult_assist.domain.tables import Table, Value

_MOST_CELLS = 40


def lines_from_table(table: Table) -> Iterator[str]:
    """Yield title, heads and rows; columns of numbers stand to the right, long texts are cut."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - start-up time

    yield f"【{table.title}】"
    columns: list[list[str]] = []
    for place, (head, _) in enumerate(table.columns):
        values = [row[place] for row in table.rows]
        texts = [head, *("" if value is None else str(value) for value in values)]
        width = min(_MOST_CELLS, max(map(cell_len, texts)))
        texts = [set_cell_size(text, min(width, cell_len(text))) for text in texts]
        gaps = [" " * (width - cell_len(text)) for text in texts]
        pairs = zip(gaps, texts, strict=True)
        columns.append([gap + text if _are_numbers(values) else text + gap for gap, text in pairs])
    for cells in zip(*columns, strict=True):
        yield f"  {'  '.join(cells)}".rstrip()


def _are_numbers(values: Sequence[Value]) -> bool:
    return any(isinstance(value, int | float) for value in values) and not any(
        isinstance(value, str) for value in values
    )
