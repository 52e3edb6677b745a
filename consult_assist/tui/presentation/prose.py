"""Paragraphs → rows of styled text, wrapped by the rules of `cells`."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from consult_assist.tui.presentation.cells import wrap_offsets

Piece = tuple[str, str]
"""A text and its Textual style, such as `bold $accent`; an empty style is plain."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that is wrapped as one.

    Attributes:
        pieces: texts with their styles.
        indent: cells left free before every row.
        hanging: further cells left free before every row but the first.
    """

    pieces: tuple[Piece, ...]
    indent: int = 0
    hanging: int = 0


def plain(text: str, style: str = "", *, indent: int = 0, hanging: int = 0) -> Paragraph:
    """Return a paragraph in one style."""
    return Paragraph(((text, style),), indent, hanging)


def prose(paragraphs: Iterable[Paragraph], width_cells: int) -> Content:
    """Return all paragraphs as rows that fit the width."""
    rows: list[Content] = []
    for paragraph in paragraphs:
        rows.extend(_rows(paragraph, width_cells))
    return Content("\n").join(rows)


def _rows(paragraph: Paragraph, width_cells: int) -> list[Content]:
    pieces = [Content.styled(text, style) if style else Content(text) for text, style in paragraph.pieces]
    text = Content("").join(pieces)
    first = width_cells - paragraph.indent
    if paragraph.hanging == 0:
        offsets = wrap_offsets(text.plain, first)
    else:
        offsets = wrap_offsets(text.plain, first)[:1]
        if offsets:
            rest = wrap_offsets(text.plain[offsets[0] :], first - paragraph.hanging)
            offsets += [offsets[0] + offset for offset in rest]
    rows = text.divide(offsets) if offsets else [text]
    margins = [paragraph.indent] + [paragraph.indent + paragraph.hanging] * (len(rows) - 1)
    return [Content(" " * margin) + row for margin, row in zip(margins, rows, strict=True)]
