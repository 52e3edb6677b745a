"""Small windows above a screen: each returns one answer, or None when the person stepped back."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from consult_assist.tui.keys import VEIL
from consult_assist.tui.presentation.prose import Paragraph
from consult_assist.tui.widgets.prose import Prose

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """Knows the way back; whatever else it binds comes on top.

    Attributes:
        keys: what the last row says of the keys.
        window: CSS classes of the window.
    """

    keys = "↑↓ で選んで Enter ・ F9 戻る"
    window = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,escape", "back", show=False, priority=True),
        VEIL,
    ]

    def body(self) -> ComposeResult:
        """Lay out what stands between title and keys."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the window."""
        with Vertical(classes=self.window):
            yield Static(self.title or "", classes="dialog-title", markup=False)
            yield from self.body()
            yield Static(self.keys, classes="dialog-keys", markup=False)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close, once: a second answer in the same moment would take away the screen below."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)

    def on_screen_suspend(self) -> None:
        """Leave the room to the window above: two rows of keys, one below the other, say nothing."""
        self.add_class("-covered")

    def on_screen_resume(self) -> None:
        """Come back."""
        self.remove_class("-covered")

    def action_back(self) -> None:
        """Give no answer."""
        self.dismiss(None)


class EntryScreen(Dialog[str]):
    """Asks for one line; an empty one is an answer too."""

    def __init__(
        self, title: str, text: Sequence[Paragraph], value: str = "", *, most_chars: int, does: str = "決める"
    ) -> None:
        """Ask for a line of at most so many characters; `does` says what Enter will do with it."""
        super().__init__()
        self.title = title
        self._text = text
        self._value = value
        self._most_chars = most_chars
        self.keys = f"Enter {does} ・ F9 やめる"

    def body(self) -> ComposeResult:
        """Lay out what is asked, and the field."""
        yield Prose(self._text)
        yield Input(self._value, max_length=self._most_chars, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the words."""
        self.dismiss(" ".join(event.value.split()))
