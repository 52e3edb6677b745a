"""A question with two or three answers."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose


class ConfirmScreen(Dialog[str]):
    """Returns the id of the answer, or None when the person stepped back."""

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title = title
        self._text = text
        self._answers = tuple(answers)

    def body(self) -> ComposeResult:
        """Lay out question and answers; the harmless answer comes first."""
        yield Prose([plain(line) for line in self._text.split("\n")])
        yield OptionList(*(Option(f" {text}", id=name) for name, text in self._answers), markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the answer."""
        self.dismiss(event.option_id)
