"""伏せる: nothing but the level meter and a neutral mark."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from consult_assist.tui.desk import LiveSession
from consult_assist.tui.keys import VEIL
from consult_assist.tui.presentation.status import meter

_TICK_S = 0.1
_SILENT_DB = -90.0


class VeilScreen(Screen[None]):
    """Covers every screen, its messages too; only the same key takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [VEIL]

    def __init__(self, session: LiveSession | None) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the mark."""
        yield Static(id="veil-mark", markup=False)

    def on_mount(self) -> None:
        """Start to move the meter."""
        self._tick()
        self.set_interval(_TICK_S, self._tick)

    def _tick(self) -> None:
        level = max(self._session.status().levels_db, default=_SILENT_DB) if self._session else _SILENT_DB
        self.query_one(Static).update(Content(f"{meter(level)}  F12"))
