"""The danger banner: the only thing on screen that may shout."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import Screen

from consult_assist.domain.guidance import Alert
from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.presentation.protocol import (
    banner_contacts,
    banner_quote,
    banner_steps,
    first_step,
    strip_paragraphs,
)
from consult_assist.tui.widgets.prose import Prose


class AlertBanner(VerticalScroll, can_focus=False):
    """Shows the first open danger protocol and how many wait behind it."""

    def __init__(self, knowledge: KnowledgeBase, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._knowledge = knowledge
        self.shown: str | None = None
        """Id of the protocol on screen."""

    def compose(self) -> ComposeResult:
        """Lay out the first step; below it the numbers with the words that raised it, and the other steps."""
        yield Prose(id="alert-first")
        with Container(id="alert-more"):
            with Vertical(id="alert-why"):
                yield Prose(id="alert-contacts")
                yield Prose(id="alert-quote")
            yield Prose(id="alert-steps")

    def show(self, alerts: Sequence[Alert], quote: str) -> None:
        """Show the first of these alerts, or nothing."""
        self.display = bool(alerts)
        self.screen.set_class(bool(alerts), "-alert")
        self.shown = alerts[0].protocol if alerts else None
        if self.shown is None:
            return
        more = f"、ほか {len(alerts) - 2} 件" if len(alerts) > 2 else ""
        then = (
            f"次へ（{self._knowledge.protocol_title(alerts[1].protocol)}{more}）"
            if len(alerts) > 1
            else "閉じる"
        )
        self.border_subtitle = f" F2 手順の全部 ・ F7 見ました、{then} "
        protocol = _protocol(self._knowledge, self.shown)
        self.border_title = f" 危険のサイン: {protocol.title} "
        self.query_one("#alert-first", Prose).show([plain(first_step(protocol), hanging=6)])
        self.query_one("#alert-steps", Prose).show(banner_steps(protocol))
        self.query_one("#alert-quote", Prose).show(banner_quote(quote))
        self.query_one("#alert-contacts", Prose).show(banner_contacts(protocol, self._knowledge))
        self.scroll_home(animate=False)


class AlertStrip(Prose):
    """The banner in short, on top of what is open above the counter: nothing is closed or interrupted."""

    @classmethod
    def show_on(cls, screen: Screen[Any], alerts: Sequence[Alert], knowledge: KnowledgeBase) -> None:
        """Show the first of these alerts at the top of a screen, or nothing."""
        strip = next(iter(screen.query(cls)), None)
        if strip is None:
            if not alerts:
                return
            screen.mount(strip := cls())
        protocols = [_protocol(knowledge, alert.protocol) for alert in alerts]
        strip.display = bool(protocols)
        strip.show(strip_paragraphs(protocols, knowledge))


def _protocol(knowledge: KnowledgeBase, protocol_id: str) -> DangerProtocol:
    unknown = DangerProtocol(id=protocol_id, title="手順が登録されていません", steps=(), contacts=(), cues=())
    return knowledge.protocols.get(protocol_id, unknown)
