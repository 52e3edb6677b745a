"""The history of a record as rows and paragraphs: deleted text struck through, added text underlined."""

from collections.abc import Iterator, Sequence

from consult_assist.app.records.histories import Comparison
from consult_assist.counter.labels import local_time
from consult_assist.record.history import Change
from consult_assist.record.marking import Ink, MarkedField, MarkedLine, mark_lines
from consult_assist.tui.presentation.cells import column, cut, pad
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain

PROGRAM = "自動"
NOTHING = "違いはありません。"
STYLES = {Ink.KEPT: "", Ink.DELETED: "$quiet strike", Ink.ADDED: "bold underline"}
LEGEND = Paragraph(
    (
        ("消した言葉", STYLES[Ink.DELETED]),
        ("  ", ""),
        ("足した言葉", STYLES[Ink.ADDED]),
    )
)
_TIME_CELLS = 12
_BY_CELLS = 11
_WHAT_CELLS = 16
_HANGING_CELLS = 2


def change_row(change: Change, width_cells: int) -> tuple[Piece, ...]:
    """Return one row: when, who, what; then the words, as far as there is room."""
    time = pad(f"{change.at.astimezone():%m/%d %H:%M}", _TIME_CELLS)
    by, what = column(change.by or PROGRAM, _BY_CELLS), column(change.what, _WHAT_CELLS)
    room = max(0, width_cells - _TIME_CELLS - _BY_CELLS - _WHAT_CELLS)
    new = [text for text in change.after if text not in change.before]
    words = change.note or "　".join(new or [text for text in change.before if text not in change.after])
    return (time, "$quiet"), (by, ""), (what, "$primary"), (cut(words, room), "")


def comparison_row(comparison: Comparison) -> str:
    """Return one row: from which point to which."""
    return f"全体　{comparison.before} → {comparison.after}"


def change_paragraphs(change: Change) -> tuple[Paragraph, ...]:
    """Return a change in full."""
    head = f"{local_time(change.at)}　{change.by or PROGRAM}　{change.what}"
    note = (plain(change.note),) if change.note else ()
    return (plain(head, "$primary"), *note, *map(_marked, mark_lines(change.before, change.after)))


def comparison_paragraphs(fields: Sequence[MarkedField], *, whole: bool) -> tuple[Paragraph, ...]:
    """Return the fields that differ, or the whole record."""
    shown = [item for item in fields if whole or item.changed]
    return tuple(_fields(shown)) or (plain(NOTHING, "$quiet"),)


def _fields(shown: Sequence[MarkedField]) -> Iterator[Paragraph]:
    for place, item in enumerate(shown):
        if place:
            yield plain("")
        yield plain(item.label, "$primary")
        yield from map(_marked, item.lines)


def _marked(line: MarkedLine) -> Paragraph:
    pieces = tuple((stroke.text, STYLES[stroke.ink]) for stroke in line)
    return Paragraph(pieces, indent=_HANGING_CELLS)
