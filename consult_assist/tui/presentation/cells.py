"""Japanese text in terminal cells: wrapping by the rules of Japanese typesetting, cutting, padding.

Textual breaks at spaces, which Japanese has none of, and lets 「、」 begin a row; hence these few lines.
"""

import itertools
from collections.abc import Callable

from rich.cells import cell_len, get_character_cell_size

NEVER_FIRST = frozenset(
    "、。，．・：；？！ー）］｝」』】〉》〕…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]},.!?:;%％"
)
NEVER_LAST = frozenset("（［｛「『【〈《〔([{￥＄")
_BETWEEN = frozenset("、。・：／ 　") | NEVER_LAST
_FIGURE = frozenset("0123456789,.万億千百円")
_LONGEST_CARRY_CHARS = 4
_LONGEST_WORD_CELLS = 16


def wrap_offsets(text: str, width_cells: int) -> list[int]:
    """Return the character offsets at which new rows begin, without the first.

    Args:
        text: line breaks in it begin new rows of their own and are not counted.
        width_cells: room in a row; at least two.
    """
    width_cells = max(2, width_cells)
    offsets: list[int] = []
    row_start = 0
    cells = 0
    for index, character in enumerate(text):
        if character == "\n":
            row_start, cells = index + 1, 0
            continue
        size = get_character_cell_size(character)
        if cells + size <= width_cells or index == row_start:
            cells += size
            continue
        row_start = _break_before(text, row_start, index)
        offsets.append(row_start)
        cells = cell_len(text[row_start : index + 1])
    return offsets


def _break_before(text: str, row_start: int, index: int) -> int:
    """Return where to break so that `index` no longer has to fit into the row that began at `row_start`."""
    place = index
    if _in_word(text, place):
        while place > row_start and _in_word(text, place):
            place -= 1
        if place == row_start or cell_len(text[place:index]) > _LONGEST_WORD_CELLS:
            place = index
    carried = 0
    while place > row_start + 1 and carried < _LONGEST_CARRY_CHARS:
        if text[place] not in NEVER_FIRST and text[place - 1] not in NEVER_LAST:
            return place
        place -= 1
        carried += 1
    return place if place > row_start + 1 else index


def _in_word(text: str, index: int) -> bool:
    """Return whether a break before `index` would split a number or a Latin word."""
    return _is_word(text[index - 1]) and _is_word(text[index])


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-#/.,")


def wrap(text: str, width_cells: int) -> list[str]:
    """Return the rows of a text; line breaks in it begin new rows."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        edges = [0, *wrap_offsets(paragraph, width_cells), len(paragraph)]
        rows.extend(paragraph[start:end] for start, end in itertools.pairwise(edges))
    return rows


def clip(text: str, width_cells: int) -> str:
    """Return the text shortened to a width, wherever that is, with 「…」 where something was left out."""
    return _shortened(text, width_cells, lambda _, end: end)


def cut(text: str, width_cells: int) -> str:
    """Return the text shortened to a width, with 「…」 where something was left out.

    It ends where a phrase ends if one does in the last third, and never within a figure, which would mislead.
    """
    return _shortened(text, width_cells, lambda line, end: _phrase_end(line, end, width_cells))


def _shortened(text: str, width_cells: int, end_before: Callable[[str, int], int]) -> str:
    """Return a text that fits; `end_before` finds the end from a text and how many characters of it fit."""
    text = text.replace("\n", " ")
    if cell_len(text) <= width_cells:
        return text
    if width_cells <= 0:
        return ""
    end, cells = 0, 1
    while (cells := cells + get_character_cell_size(text[end])) <= width_cells:
        end += 1
    return text[: end_before(text, end)] + "…"


def _phrase_end(text: str, end: int, width_cells: int) -> int:
    """Return where to cut a text of which `end` characters fit."""

    def fills(place: int) -> bool:
        return cell_len(text[:place]) * 3 >= width_cells * 2

    place = next((place for place in range(end, 0, -1) if _ends_phrase(text, place)), 0)
    if not fills(place):
        place = end
        while place and text[place - 1] in _FIGURE and text[place] in _FIGURE:
            place -= 1
        place = place or end
    opened = text.rfind("（", 0, place)
    return opened if opened > text.rfind("）", 0, place) and fills(opened) else place


def _ends_phrase(text: str, place: int) -> bool:
    """Return whether a phrase ends before `place`.

    At a mark, or where hiragana gives way to another script.
    """
    before, after = text[place - 1], text[place]
    if before in _BETWEEN:
        return False
    return after in _BETWEEN or (
        _is_hiragana(before) and not _is_hiragana(after) and after not in NEVER_FIRST
    )


def _is_hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ん"


def pad(text: str, width_cells: int) -> str:
    """Return the text cut or filled with spaces to exactly a width."""
    text = cut(text, width_cells)
    return text + " " * (width_cells - cell_len(text))


def column(text: str, width_cells: int) -> str:
    """Return the text cut or filled to a width, with a free cell before the next column."""
    return pad(text, width_cells - 1) + " "
