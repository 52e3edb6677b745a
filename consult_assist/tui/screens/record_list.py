"""A list of records below the names of its columns; what is chosen opens."""

from collections.abc import Callable, Iterable

from textual import on
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.tui.desk import Desk
from consult_assist.tui.presentation.prose import Piece, content_of
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.rows import RowList

IdAndRow = tuple[str, Iterable[Piece]]


class RecordListScreen(OfficeScreen):
    """Reads its records again after every return."""

    AUTO_FOCUS = "OptionList"

    def __init__(self, desk: Desk, record_screen: Callable[[str], OfficeScreen]) -> None:
        """Open records with `record_screen`."""
        super().__init__(desk)
        self._record_screen = record_screen

    def _read(self) -> object:
        """Begin to read what is to be listed."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Read again after a record was read, corrected or decided."""
        self._read()

    def _list(self, head: Callable[[int], str], rows: Callable[[int], Iterable[IdAndRow]]) -> None:
        """List records below a head, both made for a width."""

        def draw(width: int) -> list[Option]:
            self.query_one("#records-header", Static).update(head(width))
            return [Option(content_of(((" ", ""), *row)), id=key) for key, row in rows(width)]

        self.query_one(RowList).show(draw)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.open(self._record_screen(event.option_id))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.query_one(OptionList).action_select()
