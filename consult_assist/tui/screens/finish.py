"""The end of a consultation: programmes not explained are asked about once, and none holds the clerk up."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.presentation.ledger import NOT_EXPLAINED, Answer, finish_row, open_row
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.reason import ask_reason
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_STOPS = ("残りの文字起こしを済ませてから、記録を閉じます。", "記録を閉じます。")
_LATER = "記録はあとから直せます。"
_MAY = "よろしければ、理由を残してください。"
_TITLE = "相談を終える"

Answers = Mapping[str, Answer]
"""Programme id → what the clerk says about it."""
_ALL, _CHECK, _FINISH = "*all", "*check", "*finish"
"""Rows beside those of the programmes, which no office may call so."""


async def ask_to_finish(
    screen: OfficeScreen, untold: Sequence[str], n_open: int, check: Callable[[], None], *, by_hand: bool
) -> Answers | None:
    """Ask whether to finish, and why programmes were left out; None is back to the talk.

    Args:
        screen: which asks.
        untold: programmes left open.
        n_open: items of the read-back list that are left.
        check: opens that list, where the clerk wants to.
        by_hand: whether nothing is heard that would still have to become text.
    """
    checking = [(_CHECK, f"復唱リストを確かめる（残り {n_open} 件）")] if n_open else []
    answers: Answers | None
    if not untold:
        choices = [("", "相談に戻る"), *checking, (_FINISH, "相談を終えて記録を閉じる")]
        answer = await screen.ask(_TITLE, _STOPS[by_hand] + _LATER, choices)
        answers = {} if answer else None
    else:
        names = {item: screen.desk.knowledge.programme_name(item) for item in untold}
        await screen.office.when_unveiled()
        finish = FinishScreen(names, _STOPS[by_hand], checking)
        answers = await screen.app.push_screen_wait(finish)
        answer = _CHECK if finish.checking else None
    if answer != _CHECK:
        return answers
    check()
    return None


class FinishScreen(Dialog[Answers]):
    """Lists the programmes left open; Enter gives one of them, or all at once, a reason."""

    TITLE = _TITLE
    keys = "↑↓ で選んで Enter ・ F2 相談を終える ・ F9 相談に戻る"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "finish", show=False, priority=True)]

    def __init__(
        self, names: Mapping[str, str], what_happens: str, other: Sequence[tuple[str, str]] = ()
    ) -> None:
        """List programmes; `other` stands above the row that finishes."""
        super().__init__()
        self._what_happens = what_happens
        self._names = names
        self._other = other
        self.checking = False
        self._answers: dict[str, Answer] = {}

    def body(self) -> ComposeResult:
        """Lay out what is asked and the list."""
        count = f"まだ説明していない制度が {len(self._names)} 件あります。"
        yield Prose([plain(text) for text in (self._what_happens, "", count, _MAY)])
        yield OptionList(*self._options(), markup=False)

    def _options(self) -> list[Option]:
        rows = [
            Option(f" {open_row(name, self._answers.get(item))}", id=item)
            for item, name in self._names.items()
        ]
        everything = [Option(" すべて同じ理由にする", id=_ALL)] if len(rows) > 1 else []
        n_left = len(self._names) - len(self._answers)
        other = [Option(f" {text}", id=key) for key, text in self._other]
        return [*everything, *rows, *other, Option(f" {finish_row(n_left)}", id=_FINISH)]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the reason of what was chosen, or finish."""
        if event.option_id == _FINISH:
            self.action_finish()
        elif event.option_id == _CHECK:
            self.checking = True
            self.dismiss(None)
        elif event.option_id is not None:
            self._ask(event.option_id)

    @work
    async def _ask(self, chosen: str) -> None:
        if self.app.screen is not self:
            return  # it was chosen twice in one moment
        title = "すべての制度の理由" if chosen == _ALL else self._names[chosen]
        answer = await ask_reason(self, title, NOT_EXPLAINED, LedgerState.UNTOLD)
        if answer is not None:
            self._take(dict.fromkeys(self._names if chosen == _ALL else (chosen,), answer))

    def _take(self, answers: Answers) -> None:
        """Note the answers and go to what is still to be done."""
        self._answers |= answers
        rows = self.query_one(OptionList)
        rows.set_options(self._options())
        left = next((item for item in self._names if item not in self._answers), _FINISH)
        rows.highlighted = rows.get_option_index(left)

    def action_finish(self) -> None:
        """Finish, with the reasons given so far."""
        self.dismiss(self._answers)
