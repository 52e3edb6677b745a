"""A danger protocol in full."""

from collections.abc import Callable

from consult_assist.domain.knowledge import DangerProtocol
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.protocol import protocol_paragraphs
from consult_assist.tui.screens.text import TextScreen


class ProtocolScreen(TextScreen):
    """All steps, numbers with their notes, questions, sources."""

    BINDINGS = page_keys(
        key("f7", "answer", "見ました", "危険のサインを見たものとして閉じ、相談の画面に戻ります。"),
    )
    TITLE = "危険のサイン"
    HELP_TEXT = "↑↓ と PageUp・PageDown で読み進めます。F9 で戻ると、危険のサインは出たままです。"

    def __init__(self, desk: Desk, protocol: DangerProtocol, quote: str, answer: Callable[[], None]) -> None:
        super().__init__(desk, protocol_paragraphs(protocol, desk.knowledge, quote))
        self._answer = answer

    def action_answer(self) -> None:
        """Go back and put the banner away."""
        self.app.pop_screen()
        self._answer()
