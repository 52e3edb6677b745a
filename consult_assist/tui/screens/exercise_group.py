"""How a group does over time: for the trainer, without names."""

from datetime import UTC, datetime
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from consult_assist.app.training.group import GroupResults
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.exercise_group import (
    NOTHING,
    PERIODS,
    group_head,
    group_paragraphs,
    month_series,
    next_period,
    period_start,
)
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.screens.exporting import write_file
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.plots import SharePlot
from consult_assist.tui.widgets.prose import Prose

_MIN_MONTHS = 2
"""A single month is no development."""


class ExerciseGroupScreen(OfficeScreen):
    """A plot by month where there are several, then what is missed most."""

    BINDINGS = page_keys(
        key("f2", "export", "書出", "表を Excel か CSV のファイルに書き出します。"),
        key("f3", "period", "期間", "数える期間を選びます。"),
    )
    HELP_TEXT = (
        "みんなの練習を合わせて数えます。だれがどうだったかは出しません。"
        "終わりまでした練習だけを数え、案内を出してした練習は数えません。↑↓で続きを見ます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._period = PERIODS[0]
        self._results: GroupResults | None = None

    def compose(self) -> ComposeResult:
        """Lay out period, plot and tables."""
        yield Static("みんなの練習の結果", id="page-title", markup=False)
        with Vertical(id="page"):
            yield Static(id="group-head")
            yield SharePlot(id="group-plot")
            with VerticalScroll(id="group-tables"):
                yield Prose(id="group-text")
        yield KeyRow()

    def on_mount(self) -> None:
        """Count."""
        self.query_one("#group-plot").display = False
        self._count()

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        since = period_start(self._period, datetime.now(UTC))
        self._results = await self.in_background(self.desk.training.group, since)
        self._show()

    def _show(self) -> None:
        results = self._results
        if results is None:
            return
        head = Content.assemble(
            ("F3 ", "bold $accent"), (f"{self._period}   ", "bold"), (group_head(results), "$quiet")
        )
        self.query_one("#group-head", Static).update(head)
        plot = self.query_one(SharePlot)
        plot.display = len(results.months) >= _MIN_MONTHS
        if plot.display:
            plot.show(*month_series(results))
        width = self.query_one("#group-text", Prose).content_size.width
        rows = group_paragraphs(results, self.desk.knowledge, width) if results.n_tries else (plain(NOTHING),)
        self.query_one("#group-text", Prose).show(rows)

    def on_resize(self) -> None:
        """Lay out the rows again."""
        self.call_after_refresh(self._show)

    def action_period(self) -> None:
        """Count another period."""
        self._period = next_period(self._period)
        self._count()

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Write the tables to a file and say where it lies."""
        if (results := self._results) is not None:
            stem = f"練習の結果_{datetime.now(UTC).astimezone():%Y%m%d}"
            await write_file(self, stem, partial(self.desk.training.export_group, results))
