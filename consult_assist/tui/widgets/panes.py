"""Tabs for a terminal that shows one pane at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_SUFFIX = "-pane"


def pane_of(widget: Widget) -> str | None:
    """Return the name of the pane that a widget stands in."""
    ids = [node.id or "" for node in widget.ancestors]
    return next((name.removesuffix(_SUFFIX) for name in ids if name.endswith(_SUFFIX)), None)


class PaneTabs(Widget):
    """One row of names; F6 or a click changes the pane."""

    ALLOW_SELECT = False
    active = reactive("")

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        pane: str

    def __init__(self, panes: Sequence[tuple[str, str]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._panes = tuple(panes)
        self._remarks: dict[str, str] = {}

    def turn(self) -> str:
        """Go to the next name and return it."""
        names = [name for name, _ in self._panes]
        self.active = names[(names.index(self.active) + 1) % len(names)]
        return self.active

    def remark(self, pane: str, text: str) -> None:
        """Show a short remark beside a name."""
        if self._remarks.get(pane, "") != text:
            self._remarks[pane] = text
            self.refresh()

    def _cells(self) -> list[tuple[str, Content]]:
        cells = []
        for name, label in self._panes:
            remark = self._remarks.get(name, "")
            text = f" {label} {remark} " if remark else f" {label} "
            style = "bold reverse" if name == self.active else "$quiet"
            cells.append((name, Content.styled(text, style)))
        return cells

    def render(self) -> Content:
        """Return one row."""
        return Content(" ").join(cell for _, cell in self._cells())

    def on_click(self, event: events.Click) -> None:
        """Choose the pane under the mouse."""
        start = 0
        place = event.get_content_offset_capture(self).x
        for name, cell in self._cells():
            if start <= place < start + cell.cell_length:
                self.post_message(self.Chosen(name))
                return
            start += cell.cell_length + 1
