"""A sentence for a few seconds, in a row of its own.

Not Textual's toasts: what floats over other widgets is cut at their edges, and a wide character on such an
edge is lost.
"""

from textual.timer import Timer

from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.prose import Prose

_SHOWN_S = 8.0


class Notice(Prose):
    """Takes no room while it has nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._end: Timer | None = None

    def tell(self, sentence: str, *, wrong: bool) -> None:
        """Show a sentence; a mark tells what went wrong from what went well."""
        if self._end is not None:
            self._end.stop()
        self.set_class(wrong, "-wrong")
        mark = "× " if wrong else "・"
        self.show([plain(f"{mark}{sentence}", hanging=2)])
        self.display = True
        self._end = self.set_timer(_SHOWN_S, self._hide)

    def _hide(self) -> None:
        self.display = False
        self.show([])
