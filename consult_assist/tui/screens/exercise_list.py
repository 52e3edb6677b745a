"""Choose an exercise and how to do it."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.training.session import Way
from consult_assist.domain.exercise import Exercise, Try
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.exercise import (
    exercise_paragraphs,
    exercise_row,
    next_speed,
    way_rows,
)
from consult_assist.tui.presentation.prose import content_of
from consult_assist.tui.screens.exercise_counter import ExerciseCounterScreen
from consult_assist.tui.screens.exercise_group import ExerciseGroupScreen
from consult_assist.tui.screens.exercise_result import ExerciseResultScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.wait import A_FEW_SECONDS
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList

_NONE = "練習がありません。"
_NAME_FIRST = "名前を入れてください（F6）。"


class ExerciseListScreen(OfficeScreen):
    """Easy ones first; below the list what the chosen one teaches, and the settings."""

    BINDINGS = page_keys(
        key("f2", "begin", "始める", "選んだ練習を始めます。Enter でも始まります。"),
        key("f3", "speed", "速さ", "話の速さを選びます。声の高さは変わりません。"),
        key("f4", "hints", "案内", "プログラムの案内とたずねることを、隠すか出すかを選びます。"),
        key("f5", "stops", "停止", "途中で止めたり聞き直したりできるかどうかを選びます。"),
        key("f6", "name", "名前", "名前を入れます。前の結果は、同じ名前のものと比べます。"),
        key("f7", "last", "前回", "選んだ練習の、自分の前回の結果を見ます。"),
        key("f8", "group", "みんな", "みんなの結果を合わせて見ます。研修担当の方に。名前は出ません。"),
    )
    HELP_TEXT = (
        "作りものの相談を聞いて、自分ならどの制度を案内し、何をたずね、何を記録するかを残します。"
        "終わると、何に気づき、何を見のがしたかが、一つずつ出ます。点数や順位はつけません。"
        "結果はこのパソコンの中だけに残ります。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._exercises: Sequence[Exercise] = ()
        self._tries: Sequence[Try] = ()
        self._way = Way(trainee=desk.default_operator())

    def compose(self) -> ComposeResult:
        """Lay out list, goals and settings."""
        yield Static("練習する", id="page-title", markup=False)
        with Vertical(id="page"):
            yield RowList(id="exercises")
            yield Prose(id="exercise-text")
            yield Static(id="exercise-way", markup=False)
            with Horizontal(id="exercise-name"):
                yield Static(Content.assemble(("F6 ", "bold $accent"), ("名前", "bold")), classes="way-name")
                yield Input(self._way.trainee, id="trainee", compact=True, max_length=40)
        yield KeyRow()

    def on_mount(self) -> None:
        """Show the settings; look for exercises meanwhile."""
        self._show_way()
        self._forget()

    @work(exclusive=True, group="forget")
    async def _forget(self) -> None:
        """Let go of what is older than the office keeps it."""
        await self.in_background(self.desk.training.forget_by_rule)

    def on_screen_resume(self) -> None:
        """Look again: an attempt may have come to its end."""
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        self._exercises = await self.in_background(self.desk.training.exercises) or ()
        self._tries = await self.in_background(self.desk.training.tries, self._way.trainee) or ()
        self.query_one(RowList).show(self._options)
        self._show_chosen()

    # -- list -----------------------------------------------------------------------------------------------

    @property
    def _chosen(self) -> Exercise | None:
        place = self.query_one(RowList).highlighted
        return self._exercises[place] if place is not None and place < len(self._exercises) else None

    def _tries_at(self, exercise: Exercise) -> Sequence[Try]:
        return [item for item in self._tries if item.scored.exercise == exercise.id]

    def _last(self, exercise: Exercise) -> Try | None:
        return next(iter(self._tries_at(exercise)), None)

    def _options(self, width: int) -> Sequence[Option]:
        if not self._exercises:
            return [Option(_NONE, disabled=True)]
        rows = (exercise_row(exercise, self._last(exercise), width - 1) for exercise in self._exercises)
        return [Option(content_of(((" ", ""), *row))) for row in rows]

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        exercise = self._chosen
        text = exercise_paragraphs(exercise, self._last(exercise)) if exercise is not None else ()
        self.query_one("#exercise-text", Prose).show(text)
        self.refresh_bindings()

    # -- settings -------------------------------------------------------------------------------------------

    def _show_way(self) -> None:
        rows = Content("\n").join(content_of(row) for row in way_rows(self._way))
        self.query_one("#exercise-way", Static).update(rows)

    def action_speed(self) -> None:
        """Choose the next speed."""
        self._way = replace(self._way, speed=next_speed(self._way.speed))
        self._show_way()

    def action_hints(self) -> None:
        """Show or hide the hints."""
        self._way = replace(self._way, hints=not self._way.hints)
        self._show_way()

    def action_stops(self) -> None:
        """Allow stopping, or not."""
        self._way = replace(self._way, stops=not self._way.stops)
        self._show_way()

    def action_name(self) -> None:
        """Go to the name."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _named(self) -> None:
        self.query_one(OptionList).focus()

    @on(Input.Changed)
    def _name_typed(self) -> None:
        self.unsay(_NAME_FIRST)

    @on(Input.Blurred)
    def _take_name(self, event: Input.Blurred) -> None:
        name = event.value.strip()
        if name != self._way.trainee:
            self._way = replace(self._way, trainee=name)
            self._look()

    # -- doing it -------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the chosen exercise."""
        way = replace(self._way, trainee=self.query_one(Input).value.strip())
        if not way.trainee:
            self.office.tell(_NAME_FIRST)
            self.query_one(Input).focus()
        elif (exercise := self._chosen) is not None:
            self._way = way
            self._begin(exercise)

    @work(exclusive=True, group="begin")
    async def _begin(self, exercise: Exercise) -> None:
        """Do an exercise, show its score, and do it again as often as wanted."""
        way = self._way
        wait = f"案内を出す用意をしています。{A_FEW_SECONDS}" if way.hints else "数秒お待ちください。"
        attempt = await self.office.wait_for(
            lambda: self.desk.training.begin(exercise, way), "練習の用意をしています", wait
        )
        if attempt is None:
            return

        def again() -> None:
            self._begin(exercise)

        def show_score() -> None:
            assert attempt.scored is not None
            before = [item for item in self._tries_at(exercise) if item.id != attempt.id]
            result = ExerciseResultScreen(
                self.desk, exercise, attempt.scored, record=attempt.record(), before=before, again=again
            )
            self.app.switch_screen(result)

        await self.app.push_screen(ExerciseCounterScreen(self.desk, attempt, done=show_score))

    def action_last(self) -> None:
        """Show the last score once more."""
        exercise = self._chosen
        tries = self._tries_at(exercise) if exercise is not None else ()
        if exercise is None or not tries:
            return
        self.app.push_screen(
            ExerciseResultScreen(
                self.desk,
                exercise,
                tries[0].scored,
                record=tries[0].record,
                before=tries[1:],
                again=lambda: self._begin(exercise),
            )
        )

    def action_group(self) -> None:
        """Show how everybody does."""
        self.app.push_screen(ExerciseGroupScreen(self.desk))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim the keys that have nothing to act on."""
        if action not in {"begin", "last"} or not self.is_mounted:
            return True
        exercise = self._chosen
        fits = exercise is not None and (action == "begin" or self._last(exercise) is not None)
        return True if fits else None
