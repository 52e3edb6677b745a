"""The line at the top: what is being captured."""

from textual.content import Content
from textual.widget import Widget

from consult_assist.tui.presentation.cells import cut
from consult_assist.tui.presentation.prose import Piece, content_of


class StatusLine(Widget):
    """Pieces from the left, a quiet remark at the right where there is room."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pieces: tuple[Piece, ...] = ()
        self._remark = ""

    def show(self, pieces: tuple[Piece, ...], remark: str = "") -> None:
        """Draw the line, if it changed."""
        if (pieces, remark) != (self._pieces, self._remark):
            self._pieces, self._remark = pieces, remark
            self.refresh()

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(text for text, _ in self._pieces) + "  " + self._remark

    def render(self) -> Content:
        """Return one row."""
        left = content_of(self._pieces)
        room = self.content_size.width - left.cell_length - 2
        remark = cut(self._remark, room) if room > 8 else ""
        gap = self.content_size.width - left.cell_length - Content(remark).cell_length
        return Content("").join([left, Content(" " * max(0, gap)), Content.styled(remark, "$quiet")])
