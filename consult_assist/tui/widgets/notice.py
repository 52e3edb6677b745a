"""A sentence for a few seconds, in a row of its own.

Not Textual's toasts: what floats over other widgets is cut at their edges, and a wide character on such an
edge is lost.
"""

from collections.abc import Callable

from textual.timer import Timer

from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.prose import Prose

SHOWN_S = 8.0
_MAX_SHOWN = 3
"""So many sentences that nobody has read yet are kept; more would take the room of the page."""


class Notice(Prose):
    """Takes no room while it has nothing to say; its seconds count while it can be read."""

    def __init__(self, covered: Callable[[], bool]) -> None:
        """Say nothing yet; `covered` tells whether a dialog or the veil lies above."""
        super().__init__()
        self._covered = covered
        self._said: dict[str, bool] = {}
        """Sentence → whether something went wrong."""
        self._end: Timer | None = None

    def tell(self, sentence: str, *, wrong: bool) -> None:
        """Show a sentence; a mark tells what went wrong from what went well."""
        if not self._covered():
            self._said.clear()  # otherwise nobody has read yet what stands there
        self._said.pop(sentence, None)
        self._said[sentence] = wrong  # the latest stands last
        if len(self._said) > _MAX_SHOWN:
            del self._said[min(self._said, key=self._said.__getitem__)]  # the oldest; no fault for good news
        self.wait()

    def wait(self) -> None:
        """Count the seconds from here on."""
        if self._end is not None:
            self._end.stop()
        self._end = self.set_timer(SHOWN_S, self._hide)
        self._show()

    def withdraw(self, sentence: str) -> None:
        """Take back a sentence that no longer holds."""
        self._said.pop(sentence, None)
        self._show()

    def _hide(self) -> None:
        if not self._covered():
            self._said.clear()
            self._show()

    def _show(self) -> None:
        self.display = bool(self._said)
        self.set_class(any(self._said.values()), "-wrong")
        self.show(
            [plain(f"{'× ' if wrong else '・'}{text}", hanging=2) for text, wrong in self._said.items()]
        )
