"""The score of an exercise, explained; each moment can be heard again."""

from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.domain.exercise import Exercise, ExerciseScored, Try
from consult_assist.domain.record import ConsultationRecord
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.exercise_result import (
    ResultRow,
    record_paragraphs,
    result_rows,
    result_title,
)
from consult_assist.tui.presentation.prose import content_of
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.text import TextScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList

_AROUND_S = 0.3


class ExerciseResultScreen(OfficeScreen):
    """A list of everything there was to notice; below it why it counts as it does."""

    BINDINGS = page_keys(
        key("f2", "hear", "聞く", "選んだ所の話を、もう一度聞きます。Enter でも聞けます。"),
        key("f3", "next_missed", "次の×", "次に見のがした所へ移ります。"),
        key("f4", "record", "記録", "自分の記録とお手本の記録を、並べて見ます。"),
        key("f5", "again", "もう一度", "同じ練習をもう一度します。"),
        key("f7", "stop", "止める", "音を止めます。"),
    )
    HELP_TEXT = (
        "○ は気づいたもの、△ は遅れたものや近いもの、× は見のがしたものです。"
        "「・ ほかに」は、お手本になくても案内してよいものです。"
        "点数や順位はつけません。お手本がいつも一つの正解とはかぎらないので、迷うところは研修担当と話してください。"
    )

    def __init__(
        self,
        desk: Desk,
        exercise: Exercise,
        scored: ExerciseScored,
        *,
        record: ConsultationRecord,
        before: Sequence[Try],
        again: Callable[[], object],
    ) -> None:
        """Show a score.

        Args:
            desk: what the program can do.
            exercise: what was done.
            scored: its score.
            record: as the trainee left it.
            before: own earlier tries, the latest first.
            again: begins the same exercise once more.
        """
        super().__init__(desk)
        self._exercise = exercise
        self._scored = scored
        self._record = record
        self._before = before
        self._again = again
        self._rows: Sequence[ResultRow] = ()

    def compose(self) -> ComposeResult:
        """Lay out the list, and below it the details."""
        yield Static(result_title(self._exercise, self._scored), id="page-title", markup=False)
        with Vertical(id="page"):
            yield RowList(id="result")
            with VerticalScroll(id="result-pane", can_focus=False):
                yield Prose(id="result-text")
        yield KeyRow()

    def on_mount(self) -> None:
        """Begin where there is something to learn."""
        self._options(0)
        missed = [number for number, row in enumerate(self._rows) if row.missed]
        explained = [number for number, row in enumerate(self._rows) if row.details]
        self.query_one(RowList).show(self._options, next(iter([*missed, *explained]), None))

    def _options(self, width: int) -> list[Option]:
        self._rows = result_rows(self._exercise, self._scored, self.desk.knowledge, self._before, width)
        return [Option(content_of(row.pieces), disabled=not row.details) for row in self._rows]

    @property
    def _chosen(self) -> ResultRow | None:
        place = self.query_one(OptionList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _show_details(self) -> None:
        row = self._chosen
        self.query_one("#result-text", Prose).show(row.details if row is not None else ())
        self.query_one("#result-pane").scroll_home(animate=False)
        self.refresh_bindings()

    def action_next_missed(self) -> None:
        """Go to the next row there is something to learn from."""
        results = self.query_one(OptionList)
        missed = [number for number, row in enumerate(self._rows) if row.missed]
        here = -1 if results.highlighted is None else results.highlighted
        if missed:
            results.highlighted = next((number for number in missed if number > here), missed[0])

    # -- hearing --------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def action_hear(self) -> None:
        """Play the moment of the chosen row."""
        row = self._chosen
        if row is not None and row.moment is not None and self._exercise.sound is not None:
            start_s, end_s = row.moment
            self._hear(max(0.0, start_s - _AROUND_S), end_s + _AROUND_S)

    @work(exclusive=True, group="hear")
    async def _hear(self, start_s: float, end_s: float) -> None:
        await self.in_background(self.desk.training.hear, self._exercise, start_s, end_s)

    @work(group="hear")
    async def action_stop(self) -> None:
        """Stop the sound."""
        await self.in_background(self.desk.training.stop)

    def on_unmount(self) -> None:
        """Leave no sound behind."""
        self.app.run_worker(self.in_background(self.desk.training.stop), group="hear")

    # -- going on -------------------------------------------------------------------------------------------

    def action_record(self) -> None:
        """Show both records."""
        text = record_paragraphs(self._exercise, self._record)
        self.app.push_screen(ExerciseRecordScreen(self.desk, text))

    def action_again(self) -> None:
        """Do it once more."""
        self.app.pop_screen()
        self._again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim the keys that have nothing to act on."""
        if action in {"hear", "stop"} and self._exercise.sound is None:
            return None
        if action == "hear" and self.is_mounted:
            row = self._chosen
            return True if row is not None and row.moment is not None else None
        if action == "next_missed":
            return True if any(row.missed for row in self._rows) else None
        return True


class ExerciseRecordScreen(TextScreen):
    """The trainee's record and the model record."""

    BINDINGS = page_keys()
    TITLE = "記録を比べる"
    HELP_TEXT = f"{TextScreen.HELP_TEXT}お手本の記録は一つの例です。"
