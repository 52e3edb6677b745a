"""What the saved consultations of a period amount to, as plots and tables."""

from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from consult_assist.app.records.statistics import MINUTE_STEPS, Statistics
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.statistics import (
    PAGES,
    month_labels,
    page_paragraphs,
    statistics_title,
)
from consult_assist.tui.screens.exporting import write_file
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.panes import PaneTabs
from consult_assist.tui.widgets.plots import BarPlot
from consult_assist.tui.widgets.prose import Prose

_DRAWN = frozenset({"months", "told", "minutes"})


class StatisticsScreen(OfficeScreen):
    """One page for each question; nothing about single people."""

    AUTO_FOCUS = "#table"
    BINDINGS = page_keys(
        key("f2", "export", "書出", "集計を Excel か CSV のファイルに書き出します。"),
        key(
            "f3", "period", "期間", "期間の欄へ移ります。2026-10、2026-04〜2026-09、今年度 のように入れます。"
        ),
        key("f6", "turn", "次の表", "次の表を出します。"),
        Binding("down", "to_page", show=False),
    )
    HELP_TEXT = (
        "数えるのは相談者との相談だけです（見本の再生と練習は数えません）。職員ひとりひとりの数は出しません。\n"
        "「説明」は、教示台帳の制度を、説明済と未説明に分けて数えたものです。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._counted: Statistics | None = None

    def compose(self) -> ComposeResult:
        """Lay out period, pages, plot and table."""
        yield Static("相談の集計", id="page-title", markup=False)
        with Vertical(id="page"):
            with Horizontal(classes="form-row"):
                yield Static("期間（F3）", classes="form-name", markup=False)
                yield Input("今年度", id="period", compact=True)
            yield Static(id="counted", markup=False)
            yield PaneTabs(PAGES, id="counts")
            yield BarPlot(id="plot")
            with VerticalScroll(id="table"):
                yield Prose(id="table-text")
        yield KeyRow()

    def on_mount(self) -> None:
        """Count the fiscal year."""
        self.query_one(PaneTabs).active = PAGES[0][0]
        self._count()

    @on(Input.Submitted)
    def _period_entered(self) -> None:
        self._count()
        self.action_to_page()

    def action_period(self) -> None:
        """Go to the period."""
        self.query_one(Input).focus()

    def action_to_page(self) -> None:
        """Go to the table."""
        self.query_one("#table").focus()

    def action_turn(self) -> None:
        """Show the next page."""
        self.query_one(PaneTabs).turn()
        self._show()

    @on(PaneTabs.Chosen)
    def _page_chosen(self, message: PaneTabs.Chosen) -> None:
        self.query_one(PaneTabs).active = message.pane
        self._show()

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        period = self.query_one(Input).value.strip()
        title = self.query_one("#counted", Static)
        title.update("数えています…")
        self._counted = await self.in_background(self.desk.archive.count, period) or self._counted
        title.update(statistics_title(self._counted) if self._counted is not None else "")
        self._show()

    def on_resize(self) -> None:
        """Lay out the table again."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        counted, page = self._counted, self.query_one(PaneTabs).active
        if counted is None:
            return
        plot = self.query_one(BarPlot)
        drawn = page in _DRAWN and counted.n > 0 and (page != "minutes" or counted.minutes is not None)
        plot.display = drawn
        if drawn:
            self._draw(plot, counted, page)
        pane = self.query_one("#table")
        width = pane.scrollable_content_region.width
        self.query_one("#table-text", Prose).show(page_paragraphs(counted, page, width))
        pane.scroll_home(animate=False)

    def _draw(self, plot: BarPlot, counted: Statistics, page: str) -> None:
        if page == "months":
            plot.show(month_labels(counted), {"相談（件）": [item.n for item in counted.months]})
        elif page == "told":
            told, untold = ([getattr(item, name) for item in counted.months] for name in ("told", "untold"))
            plot.show(month_labels(counted), {"説明済": told, "未説明": untold})
        elif counted.minutes is not None:
            labels = [*(f"-{minutes}" for minutes in MINUTE_STEPS), f"{MINUTE_STEPS[-1]}+"]
            plot.show(labels, {"提出までの分ごとの記録（件）": counted.minutes.steps})

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask for the format and write the file."""
        if (counted := self._counted) is not None:
            stem = f"相談の集計_{counted.first:%Y%m%d}-{counted.last:%Y%m%d}"
            await write_file(self, stem, partial(self.desk.archive.write_counts, counted))
