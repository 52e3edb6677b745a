"""The row of keys at the bottom."""

from textual.widgets import Footer

_PADDING_CELLS = 1


class KeyRow(Footer):
    """Shows each key whole or not at all: half a label says nothing."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    async def recompose(self) -> None:
        """Lay out the keys anew."""
        await super().recompose()
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Look again which keys have room."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        room = self.size.width + _PADDING_CELLS
        for key in self.children:
            room -= key.get_content_width(self.size, self.size)
            key.visible = room >= 0
