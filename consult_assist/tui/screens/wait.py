"""Something takes a few seconds."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from consult_assist.tui.keys import VEIL
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.prose import Prose


class WaitScreen(ModalScreen[None]):
    """Says what is being done; whoever opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [VEIL]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Prose([plain(self._text)])
