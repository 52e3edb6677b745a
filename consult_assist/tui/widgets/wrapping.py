"""Text that is edited, in the same rows as text that is only shown."""

import itertools

from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

from consult_assist.tui.presentation.cells import wrap_offsets


class JapaneseRows(WrappedDocument):
    """Wraps by the rules of `cells` where Textual lets 「」」 begin a row and cuts a figure in two."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines; tabs, which have no width of their own, are left to Textual."""
        super().wrap(width, tab_width)
        if width:
            self._wrap_offsets = [
                before if "\t" in line else wrap_offsets(line, width)
                for line, before in zip(self.document.lines, self._wrap_offsets, strict=True)
            ]
            sections = [range(len(offsets) + 1) for offsets in self._wrap_offsets]
            rows = itertools.count()
            self._offset_to_line_info = [
                (line, section) for line, found in enumerate(sections) for section in found
            ]
            self._line_index_to_offsets = [[next(rows) for _ in found] for found in sections]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:  # noqa: ARG002
        """Wrap everything again: a field of the record is short."""
        self.wrap(self._width)
