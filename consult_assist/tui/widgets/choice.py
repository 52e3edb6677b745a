"""Choosing in a field of the record, with the keyboard alone; nothing is proposed."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from consult_assist.domain.knowledge import TemplateField
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_NOTHING = "選ばない（空に戻す）"
_KEYS_ONE = "↑↓ で選んで Enter ・ F9 やめる"
_KEYS_MANY = "↑↓ で動いて Space で印 ・ Enter 決める ・ F9 やめる"


class ChoiceScreen(Dialog[tuple[str, ...]]):
    """Returns what was chosen, perhaps nothing; None when the person stepped back.

    The cursor stands on no row at first, so that no choice comes from one key too many.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "mark", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
    ]

    def __init__(self, field: TemplateField, chosen: Iterable[str]) -> None:
        super().__init__()
        self._field = field
        self._chosen = set(chosen)
        self._many = field.type == "multi"
        self.title, self.keys = field.label, _KEYS_MANY if self._many else _KEYS_ONE

    def body(self) -> ComposeResult:
        """Lay out what the field asks and its choices."""
        if self._field.hint:
            yield Prose([plain(self._field.hint)])
        yield OptionList(*self._options(), markup=False)

    def on_mount(self) -> None:
        """Stand on what was chosen before, otherwise nowhere."""
        places = [place for place, choice in enumerate(self._field.choices) if choice in self._chosen]
        self.query_one(OptionList).highlighted = places[0] if places else None

    def _options(self) -> list[Option]:
        empty = [Option(f"    {_NOTHING}")] if self._chosen and not self._many else []
        return [*(Option(self._row(choice), id=choice) for choice in self._field.choices), *empty]

    def _row(self, choice: str) -> Content:
        marks = ("[x]", "[ ]") if self._many else ("(*)", "( )")
        mark = marks[0] if choice in self._chosen else marks[1]
        return Content.assemble((f" {mark} ", "bold"), choice)

    def action_mark(self) -> None:
        """Mark the row, or take its mark away; where only one can be chosen, choose it."""
        rows = self.query_one(OptionList)
        if (place := rows.highlighted) is None:
            return
        if not self._many:
            self.action_choose()
            return
        choice = self._field.choices[place]
        self._chosen ^= {choice}
        rows.replace_option_prompt_at_index(place, self._row(choice))

    def action_choose(self) -> None:
        """Return what is marked, or the row of a single choice."""
        place = self.query_one(OptionList).highlighted
        if self._many:
            self.dismiss(tuple(choice for choice in self._field.choices if choice in self._chosen))
        elif place is not None:
            self.dismiss(self._field.choices[place : place + 1])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a click on a row."""
        event.stop()
        self.action_mark()
