"""What was counted, as rows of a given width."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from consult_assist.app.records.statistics import Statistics
from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.prose import Paragraph, plain

PAGES = (
    ("months", "月別"),
    ("told", "説明"),
    ("programmes", "制度別"),
    ("protocols", "手順別"),
    ("minutes", "時間"),
)
_NUMBER_CELLS = 8
_MONTH_CELLS = 10
_MAX_BAR_CELLS = 30
_MAX_NAME_CELLS = 44
_LABELS_IN_WORDS = 12


def statistics_title(counted: Statistics) -> str:
    """Return the line above: the period, how many, and how fast."""
    title = f"{counted.first}〜{counted.last}　相談 {counted.n:,} 件"
    if not counted.n:
        return f"{title}（見本の再生と練習は数えません）"
    if counted.minutes is None:
        return title
    return f"{title}　提出まで {counted.minutes.median:,.0f} 分（中央値）"


def month_labels(counted: Statistics) -> list[str]:
    """Return a label of single cells below each month; with many months only some have one."""
    every = -(-len(counted.months) // _LABELS_IN_WORDS) if counted.months else 1
    return [
        item.month[2:].replace("-", "/") if place % every == 0 else ""
        for place, item in enumerate(counted.months)
    ]


def page_paragraphs(counted: Statistics, page: str, width_cells: int) -> tuple[Paragraph, ...]:
    """Return the table of a page."""
    match page:
        case "months":
            rows = [(item.month, (item.n,)) for item in counted.months]
            return tuple(_table(("月", "相談"), rows, _MONTH_CELLS))
        case "told":
            told = [(item.month, (item.told, item.untold)) for item in counted.months]
            return tuple(_table(("月", "説明済", "未説明"), told, _MONTH_CELLS))
        case "programmes":
            shown = (LedgerState.TOLD, LedgerState.UNTOLD)
            states = [
                (item.name, (item.n, *(count for state, count in item.states if state in shown)))
                for item in counted.programmes
            ]
            head = ("制度", "相談", "説明済", "未説明")
            return tuple(_table(head, states, _name_cells(width_cells), width_cells))
        case "protocols":
            raised = [(name, (n,)) for name, n in counted.protocols]
            return tuple(_table(("危険の手順", "相談"), raised, _name_cells(width_cells), width_cells))
        case _:
            return tuple(_minutes(counted))


def _name_cells(width_cells: int) -> int:
    return min(_MAX_NAME_CELLS, width_cells // 2)


def _table(
    head: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], name_cells: int, width_cells: int = 0
) -> Iterator[Paragraph]:
    """Yield head and rows, with a bar for the first number where there is room in a width."""
    if not rows:
        yield plain("この期間にはありません。", "$quiet")
        return
    yield plain(pad(head[0], name_cells) + _numbers(head[1:]), "$quiet", most_rows=1)
    room = width_cells - name_cells - _NUMBER_CELLS * (len(head) - 1) - 2
    bar_cells = min(_MAX_BAR_CELLS, room) if room >= _NUMBER_CELLS else 0
    highest = max(numbers[0] for _, numbers in rows) or 1
    for name, numbers in rows:
        text = pad(name, name_cells) + _numbers(f"{number:,}" for number in numbers)
        bar = "█" * round(bar_cells * numbers[0] / highest)
        yield Paragraph(((text, ""), (f"  {bar}", "$secondary")), most_rows=1)


def _numbers(cells: Iterable[str]) -> str:
    return "".join(" " * (_NUMBER_CELLS - cell_len(cell)) + cell for cell in cells)


def _minutes(counted: Statistics) -> Iterator[Paragraph]:
    minutes = counted.minutes
    if minutes is None:
        yield plain("この期間に提出された記録はありません。", "$quiet")
        return
    yield plain(f"提出された記録 {minutes.n:,} 件", "bold")
    yield plain(f"中央値 {minutes.median:,.0f} 分")
    yield plain(f"最短 {minutes.shortest:,.0f} 分　最長 {minutes.longest:,.0f} 分")
    yield plain("時間は、相談を終えてから、記録を初めて提出するまでです。", "$quiet")
