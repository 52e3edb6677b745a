"""Lists whose rows have columns."""

from collections.abc import Callable, Iterable

from textual.widgets import OptionList
from textual.widgets.option_list import Option

_MARGIN_CELLS = 2
"""Before the row and behind it."""


class RowList(OptionList):
    """Rows laid out for the width at hand, and again for another; the cursor stays in its place."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._draw: Callable[[int], Iterable[Option]] = lambda _: ()
        self._place = 0

    @property
    def room(self) -> int:
        """Cells for a row."""
        return self.scrollable_content_region.width - _MARGIN_CELLS

    def show(self, draw: Callable[[int], Iterable[Option]], place: int | None = None) -> None:
        """Show the rows that `draw` makes for a width; the cursor goes to a place, or stays where it is."""
        self._draw = draw
        if place is None:
            place = self._place if self.highlighted is None else self.highlighted
        self._place = place
        if self.room > 0:
            self.set_options(draw(self.room))
            self.highlighted = min(place, self.option_count - 1) if self.option_count else None

    def on_resize(self) -> None:
        """Lay out the rows again."""
        self.show(self._draw)
