"""Paragraphs that wrap as Japanese does."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from consult_assist.tui.presentation.prose import Items, Paragraph, prose


class Prose(Widget):
    """Shows paragraphs; its height follows its text."""

    DEFAULT_CSS = "Prose { height: auto; }"

    def __init__(
        self,
        paragraphs: Sequence[Paragraph | Items] = (),
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._paragraphs = tuple(paragraphs)

    def show(self, paragraphs: Sequence[Paragraph | Items]) -> None:
        """Replace the text."""
        if tuple(paragraphs) != self._paragraphs:
            self._paragraphs = tuple(paragraphs)
            self.refresh(layout=True)

    def render(self) -> Content:
        """Return the rows for the width at hand."""
        return prose(self._paragraphs, self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of rows at a width."""
        return prose(self._paragraphs, width).plain.count("\n") + 1 if self._paragraphs else 0

    def on_resize(self) -> None:
        """Wrap again."""
        self.refresh()
