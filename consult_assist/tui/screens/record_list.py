"""A list of records below the names of its columns; what is chosen opens."""

from collections.abc import Callable, Iterable

from textual import on
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.tui.desk import Desk
from consult_assist.tui.presentation.prose import Piece, content_of
from consult_assist.tui.screens.office import OfficeScreen


class RecordListScreen(OfficeScreen):
    """Reads its records again after every return, and lays them out anew for another width."""

    def __init__(self, desk: Desk, record_screen: Callable[[str], OfficeScreen]) -> None:
        """Open records with `record_screen`."""
        super().__init__(desk)
        self._record_screen = record_screen

    def _read(self) -> object:
        """Begin to read what is to be listed."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Put the cursor on the list."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Read again after a record was read, corrected or decided."""
        self._read()

    def on_resize(self) -> None:
        """Lay out the columns anew."""
        self._show()

    @property
    def _width(self) -> int:
        return self.query_one(OptionList).scrollable_content_region.width - 2

    def _list(self, head: str, rows: Iterable[tuple[str, Iterable[Piece]]]) -> None:
        """List records, each an id and its row; the cursor stays in its place."""
        self.query_one("#records-header", Static).update(head)
        records = self.query_one(OptionList)
        place = records.highlighted or 0
        records.clear_options()
        records.add_options(Option(content_of(((" ", ""), *row)), id=key) for key, row in rows)
        last = records.option_count - 1
        records.highlighted = min(place, last) if last >= 0 else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.open(self._record_screen(event.option_id))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.query_one(OptionList).action_select()
