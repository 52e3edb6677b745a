"""F1: what each key does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.prose import Paragraph, plain
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_KEY_CELLS = 8


class HelpScreen(Dialog[None]):
    """Explains the keys of the screen below it."""

    TITLE = "この画面のキー"
    window = "dialog help"
    keys = "↑↓ 動かす ・ F1 閉じる（日本語入力がオンのままでも使えます）"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "back", show=False, priority=True)]

    def __init__(self, bindings: Sequence[BindingType], text: str) -> None:
        super().__init__()
        self._explained = [item for item in bindings if isinstance(item, Binding) and item.tooltip]
        self._text = text

    def body(self) -> ComposeResult:
        """Lay out the keys."""
        keys = [
            Paragraph(
                (
                    (pad(item.key_display or item.key.capitalize(), _KEY_CELLS), "bold $accent"),
                    (item.tooltip, ""),
                ),
                hanging=_KEY_CELLS,
            )
            for item in self._explained
        ]
        with VerticalScroll():
            yield Prose([*keys, plain(""), plain(self._text)])
