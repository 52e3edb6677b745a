"""A page to read."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from consult_assist.tui.desk import Desk
from consult_assist.tui.presentation.prose import Paragraph
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose


class TextScreen(OfficeScreen):
    """Paragraphs below a title; the arrow keys scroll them."""

    HELP_TEXT = "↑↓ と PageUp・PageDown で読み進めます。"

    def __init__(self, desk: Desk, paragraphs: Sequence[Paragraph] = ()) -> None:
        super().__init__(desk)
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(self.TITLE or "", id="page-title", markup=False)
        with VerticalScroll(id="text"):
            yield Prose(self._paragraphs)
        yield KeyRow()
