"""Narrow the list of records: one row for each filter, which together make the line that can be typed too."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from consult_assist.app.records.archive import STATES, line_from_parts, parts_from_line
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.tui.widgets.dialog import Dialog

_ROWS = (
    ("", "言葉", "空白で区切ると、すべてを含むもの"),
    ("主訴", "主訴", "主訴の欄にある言葉"),
    ("制度", "制度", "教示台帳にある制度。名前の一部でも"),
    ("手順", "危険の手順", "名前の一部でも"),
    ("期間", "期間", "2026-10　2026-04〜2026-09　今月　今年度"),
    ("状態", "状態", "・".join(STATES)),
    ("担当", "担当", "名前の一部でも"),
    ("案件", "案件番号", "番号の一部でも"),
)


class RecordFilterScreen(Dialog[str]):
    """Returns the line to search for, or None when the person stepped back."""

    TITLE = "記録を絞る"
    keys = "↑↓ で移り、F2 か Enter で探す ・ → で候補 ・ F8 消す ・ F9 戻る"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "apply", show=False, priority=True),
        Binding("f8", "clear", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, line: str, knowledge: KnowledgeBase) -> None:
        super().__init__()
        self._parts = parts_from_line(line, [name for name, _, _ in _ROWS if name])
        self._choices = {
            "制度": [item.name for item in knowledge.programmes.values()],
            "手順": [item.title for item in knowledge.protocols.values()],
            "状態": list(STATES),
        }

    def body(self) -> ComposeResult:
        """Lay out a row for each filter."""
        for place, (name, label, hint) in enumerate(_ROWS):
            choices = self._choices.get(name)
            with Horizontal(classes="form-row"):
                yield Static(label, classes="form-name", markup=False)
                yield Input(
                    self._parts.get(name, ""),
                    placeholder=hint,
                    suggester=SuggestFromList(choices, case_sensitive=False) if choices else None,
                    compact=True,
                    id=f"filter-{place}",
                )

    @on(Input.Submitted)
    def action_apply(self) -> None:
        """Return the line that the rows make."""
        values = (field.value for field in self.query(Input))
        self.dismiss(
            line_from_parts({name: value for (name, _, _), value in zip(_ROWS, values, strict=True)})
        )

    def action_clear(self) -> None:
        """Empty every row."""
        for field in self.query(Input):
            field.value = ""
        self.query(Input).first().focus()
