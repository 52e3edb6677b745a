"""What a trainee does in an exercise: bring up a programme, ask something."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from consult_assist.domain.search import Hit, HitKind, Why
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.counter import CounterState
from consult_assist.tui.presentation.exercise import fitting_questions
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.screens.search import MOVING_KEYS, SearchScreen
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_MAX_QUESTIONS = 6
_MAX_CHARS = 120


class GuideScreen(SearchScreen, inherit_bindings=False):
    """The search of the counter; Enter brings the chosen programme up, or takes it back."""

    BINDINGS = page_keys(
        key(
            "f2",
            "guide",
            "案内する",
            "選んだ制度を案内します。案内したものは取り消します。Enter でも同じです。",
        ),
        key("f3", "open", "詳細", "選んだものの詳しい内容を読みます。"),
        key("f8", "clear", "消す", "入れた言葉を消して、初めから探します。"),
        *MOVING_KEYS,
    )
    TITLE = "案内する制度を選ぶ"
    HELP_TEXT = (
        "自分なら、いま相談者に案内する制度を選びます。名前の一部、読み（ひらがな）、ローマ字、言い方で探せます。"
        "何も入れないと、案内した制度が並びます。選ぶと取り消せます。"
    )

    def __init__(
        self, desk: Desk, state: CounterState, raised: Sequence[str], guide: Callable[[str], None]
    ) -> None:
        super().__init__(desk, state)
        self._guide = guide
        self._before = [
            Hit(
                kind=HitKind.PROGRAMME,
                id=programme.id,
                title=programme.name,
                why=Why.NAME,
                line=programme.name,
                name=programme.name,
                unverified=False,
            )
            for item in raised
            if (programme := desk.knowledge.programmes.get(item)) is not None
        ]

    def _show(self, place: int | None = None) -> None:
        if not self.query_one(Input).value:
            self._found = self._before
        super()._show(place)

    def _take(self) -> None:
        self.action_guide()

    def action_guide(self) -> None:
        """Bring up what is chosen and go back to the talk."""
        hit = self._chosen
        if hit is None or self.app.screen is not self:
            return
        if hit.kind is not HitKind.PROGRAMME:
            self.office.tell("案内できるのは制度だけです。危険のサインは、F9 で戻って F4 で選びます。")
            return
        self.app.pop_screen()
        self._guide(hit.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the keys that have nothing to act on."""
        if action == "guide":
            return True if self.is_mounted and self._chosen is not None else None
        return super().check_action(action, parameters)


class QuestionScreen(Dialog[str]):
    """Asks what the trainee would ask now; what the office knows to ask can be chosen by its words."""

    TITLE = "たずねる"
    keys = "Enter 決める ・ ↓ で言い方を選ぶ ・ F9 やめる"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__()
        self._known = known
        self._found: Sequence[str] = ()

    def body(self) -> ComposeResult:
        """Lay out the field and the questions that hold what is typed."""
        yield Prose([plain("いま、相談者に何をたずねますか。自分の言葉でかまいません。")])
        yield Input(max_length=_MAX_CHARS, compact=True)
        questions = OptionList(markup=False)
        questions.can_focus = False  # the cursor stays where the words are typed
        questions.display = False
        yield questions

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._found = fitting_questions(self._known, event.value, _MAX_QUESTIONS)
        choices = self.query_one(OptionList)
        choices.set_options(Option(f" {text}") for text in self._found)
        choices.display = bool(self._found)

    def action_move(self, step: int) -> None:
        """Go to a question, or above the first one back to one's own words."""
        choices = self.query_one(OptionList)
        place = -1 if choices.highlighted is None else choices.highlighted
        place = min(len(self._found) - 1, place + step)
        choices.highlighted = place if place >= 0 else None

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        place = self.query_one(OptionList).highlighted
        text = self.query_one(Input).value if place is None else self._found[place]
        self.dismiss(" ".join(text.split()) or None)
