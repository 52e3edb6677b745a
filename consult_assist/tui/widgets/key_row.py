"""The row of keys at the bottom."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_PADDING_CELLS = 1
_Key = tuple[Binding, bool, str]


class KeyRow(Footer):
    """Shows each key whole or not at all: half a label says nothing."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._laid_out: list[_Key] | None = None

    def compose(self) -> ComposeResult:
        """Make the keys as they stay: each would be styled as a narrow one first, then again."""
        for key in super().compose():
            key.set_reactive(FooterKey.compact, self.compact)
            yield key

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Lay out the keys where they are others than before; this is called several times a key press."""
        if not self.children or _keys_of(screen) != self._laid_out:
            super().bindings_changed(screen)

    async def recompose(self) -> None:
        """Lay out the keys again, once for all changes of a moment."""
        if not self.is_attached:  # asked for before its screen was left
            return
        keys = _keys_of(self.screen)
        if self.children and keys == self._laid_out:
            return
        self._laid_out = keys
        await super().recompose()
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Lay out the keys again: a narrow window leaves less room around them."""
        self._laid_out = None
        if self.children:
            self.call_after_refresh(self.recompose)

    def _fit(self) -> None:
        room = self.size.width + _PADDING_CELLS
        for key in self.children:
            room -= key.get_content_width(self.size, self.size)
            key.visible = room >= 0


def _keys_of(screen: Screen[object]) -> list[_Key]:
    shown = (item for item in screen.active_bindings.values() if item.binding.show)
    return [(item.binding, item.enabled, item.tooltip) for item in shown]
