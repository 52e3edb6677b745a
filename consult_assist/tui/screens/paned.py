"""Screens of several panes; a narrow terminal shows one of them at a time."""

from collections.abc import Sequence

from textual import events, on

from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.panes import PaneTabs, pane_of


class PanedScreen(OfficeScreen):
    """Leads from pane to pane by F6, Tab and mouse."""

    _panes: Sequence[tuple[str, str]]
    """Names and labels, in order."""

    def _enter(self, pane: str) -> None:
        """Put the cursor into a pane."""
        raise NotImplementedError

    def show_pane(self, pane: str) -> None:
        """Bring a pane to the front and put the cursor there."""
        self._bring_forward(pane)
        self._enter(pane)

    def _bring_forward(self, pane: str) -> None:
        # In one go: everything on the screen is styled again at each call.
        self.update_classes({f"-show-{name}": name == pane for name, _ in self._panes})
        self.query_one(PaneTabs).active = pane

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.show_pane(self.query_one(PaneTabs).turn())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the cursor into another pane, also by Tab and mouse."""
        if pane := pane_of(event.widget):
            self._bring_forward(pane)

    def on_descendant_blur(self) -> None:
        """Look where the cursor has gone: a pane that is drawn late loses it."""
        self.call_after_refresh(self._keep_cursor)

    def _keep_cursor(self) -> None:
        if self.focused is None and self.app.app_focus and self.app.screen is self:
            self._enter(self.query_one(PaneTabs).active)

    @on(PaneTabs.Chosen)
    def _pane_chosen(self, message: PaneTabs.Chosen) -> None:
        self.show_pane(message.pane)
