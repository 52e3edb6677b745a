"""A danger protocol in full."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from consult_assist.domain.knowledge import DangerProtocol
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import BACK, ESCAPE, HELP, VEIL, key
from consult_assist.tui.presentation.protocol import protocol_paragraphs
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose


class ProtocolScreen(OfficeScreen):
    """All steps, numbers with their notes, questions, sources."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key("f7", "answer", "見ました", "危険のサインを見たものとして閉じ、相談の画面に戻ります。"),
        BACK,
        VEIL,
        ESCAPE,
    ]
    HELP_TEXT = "↑↓ と PageUp・PageDown で読み進めます。F9 で戻ると、危険のサインは出たままです。"

    def __init__(self, desk: Desk, protocol: DangerProtocol, quote: str, answer: Callable[[], None]) -> None:
        super().__init__(desk)
        self._protocol = protocol
        self._quote = quote
        self._answer = answer

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static("危険のサイン", id="page-title", markup=False)
        with VerticalScroll(id="protocol"):
            yield Prose(
                protocol_paragraphs(self._protocol, self.desk.knowledge, self._quote), id="protocol-text"
            )
        yield KeyRow()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#protocol").focus()

    def action_answer(self) -> None:
        """Go back and put the banner away."""
        self.app.pop_screen()
        self._answer()
