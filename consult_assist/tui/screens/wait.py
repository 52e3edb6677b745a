"""Something takes a few seconds."""

import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from consult_assist.tui.keys import VEIL
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.prose import Prose

_PATIENCE_S = 2.0
A_FEW_SECONDS = "数秒お待ちください。知識データを変えたあとの最初の 1 回は、1 分ほどかかることがあります。"


class WaitScreen(ModalScreen[None]):
    """Says what is being done, and for how long already; whoever opened it closes it."""

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

    def on_mount(self) -> None:
        """Begin to count."""
        self._began_s = time.monotonic()
        self.set_interval(1.0, self._count)

    def _count(self) -> None:
        waited_s = time.monotonic() - self._began_s
        if waited_s >= _PATIENCE_S:  # a screen that stands still for longer looks as if it had failed
            self.query_one(".dialog-title", Static).update(f"{self._title}（{waited_s:.0f} 秒）")
