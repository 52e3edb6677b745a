"""Paragraphs → rows of styled text, wrapped by the rules of `cells`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from consult_assist.tui.presentation.cells import wrap_offsets

_GAP = "   "
Piece = tuple[str, str]
"""A text and its Textual style, such as `bold $accent`; an empty style is plain."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that is wrapped as one.

    Attributes:
        pieces: texts with their styles.
        indent: cells left free before every row.
        hanging: further cells left free before every row but the first.
        most_rows: cut after so many rows; 0 is no limit.
    """

    pieces: tuple[Piece, ...]
    indent: int = 0
    hanging: int = 0
    most_rows: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """Short items one after the other; a row ends only between two of them.

    Attributes:
        head: stands before the first; further rows begin below what follows it.
        items: each a few pieces that stay together.
    """

    head: str
    items: tuple[tuple[Piece, ...], ...]


def plain(text: str, style: str = "", *, indent: int = 0, hanging: int = 0, most_rows: int = 0) -> Paragraph:
    """Return a paragraph in one style."""
    return Paragraph(((text, style),), indent, hanging, most_rows)


def headed_lists(lists: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Paragraph]:
    """Yield lists below their headings, an empty one not at all."""
    for heading, lines in lists:
        if lines:
            yield plain("")
            yield plain(heading, "bold $accent")
            yield from (plain(f"・{line}", indent=1, hanging=2) for line in lines)


def prose(paragraphs: Iterable[Paragraph | Items], width_cells: int) -> Content:
    """Return all paragraphs as rows that fit the width."""
    rows: list[Content] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Items):
            rows.extend(_item_rows(paragraph, width_cells))
        else:
            rows.extend(_rows(paragraph, width_cells))
    return Content("\n").join(rows)


def content_of(pieces: Iterable[Piece]) -> Content:
    """Return pieces as Textual draws them."""
    return Content("").join(Content.styled(text, style) if style else Content(text) for text, style in pieces)


def _item_rows(items: Items, width_cells: int) -> list[Content]:
    head = Content(items.head)
    rows = [head]
    for item in items.items:
        content = content_of(item)
        begun = rows[-1].cell_length > head.cell_length
        if begun and rows[-1].cell_length + len(_GAP) + content.cell_length > width_cells:
            rows.append(Content(" " * head.cell_length))
            begun = False
        first, *rest = _divided(content, width_cells - rows[-1].cell_length - (len(_GAP) if begun else 0))
        rows[-1] = Content(_GAP if begun else "").join([rows[-1], first])
        rows.extend(Content(" " * head.cell_length) + row for row in rest)
    return rows


def _divided(content: Content, width_cells: int) -> Sequence[Content]:
    """Return an item in rows; only one that is longer than a row is divided."""
    offsets = wrap_offsets(content.plain, width_cells)
    return content.divide(offsets) if offsets else [content]


def _rows(paragraph: Paragraph, width_cells: int) -> list[Content]:
    text = content_of(paragraph.pieces)
    first = width_cells - paragraph.indent
    if paragraph.most_rows == 1:
        return [Content(" " * paragraph.indent) + text.truncate(max(1, first), ellipsis=True)]
    if paragraph.hanging == 0:
        offsets = wrap_offsets(text.plain, first)
    else:
        offsets = wrap_offsets(text.plain, first)[:1]
        if offsets:
            rest = wrap_offsets(text.plain[offsets[0] :], first - paragraph.hanging)
            offsets += [offsets[0] + offset for offset in rest]
    cut = bool(paragraph.most_rows) and len(offsets) >= paragraph.most_rows
    offsets = offsets[: paragraph.most_rows - 1] if cut else offsets
    rows = list(text.divide(offsets)) if offsets else [text]
    if cut:
        rows[-1] = rows[-1].truncate(max(1, first - paragraph.hanging), ellipsis=True)
    margins = [paragraph.indent] + [paragraph.indent + paragraph.hanging] * (len(rows) - 1)
    return [Content(" " * margin) + row for margin, row in zip(margins, rows, strict=True)]
