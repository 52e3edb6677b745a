"""The danger banner: the only thing on screen that may shout."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase
from consult_assist.tui.messages import AlertAnswered
from consult_assist.tui.presentation.counter import OpenAlert
from consult_assist.tui.presentation.guidance import alert_paragraphs, protocol_contacts
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.prose import Prose

_SPACIOUS_ROWS = 30


class AlertBanner(VerticalScroll, can_focus=False):
    """Shows the first open danger protocol and how many wait behind it."""

    def __init__(self, knowledge: KnowledgeBase, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._knowledge = knowledge
        self._shown: DangerProtocol | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Prose(id="alert-text")

    @property
    def shown(self) -> str | None:
        """Id of the protocol on screen."""
        return self._shown.id if self._shown else None

    def show(self, alerts: Sequence[OpenAlert], quote: str) -> None:
        """Show the first of these alerts, or nothing."""
        self.display = bool(alerts)
        if not alerts:
            self._shown = None
            return
        protocol = self._knowledge.protocols.get(alerts[0].protocol)
        count = f"（ほかに {len(alerts) - 1} 件）" if len(alerts) > 1 else ""
        self.border_subtitle = f" F7 見ました・閉じる{count} "
        text = self.query_one(Prose)
        if protocol is None:
            self.border_title = " 危険のサイン "
            text.show([plain("手順が登録されていません。上司に知らせてください。", "bold")])
            return
        self._shown = protocol
        self.border_title = f" 危険のサイン: {protocol.title} "
        spacious = self.app.size.height >= _SPACIOUS_ROWS
        contacts = protocol_contacts(protocol, self._knowledge)
        text.show(alert_paragraphs(protocol, contacts, quote, spacious=spacious))
        self.scroll_home(animate=False)

    def on_click(self) -> None:
        """A click on the banner only counts on its lower edge, where the key is named."""

    def answer(self) -> None:
        """Tell the screen that the clerk has seen it."""
        if self._shown is not None:
            self.post_message(AlertAnswered(self._shown.id))
