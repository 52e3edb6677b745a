"""Saved records: find one and open it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.records.archive import FoundPage
from consult_assist.domain.archive import FoundRecord
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.found import snippet
from consult_assist.tui.presentation.prose import content_of
from consult_assist.tui.presentation.records import header, record_row, records_note
from consult_assist.tui.screens.case import CaseScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.record_filter import RecordFilterScreen
from consult_assist.tui.screens.review_queue import ReviewQueueScreen
from consult_assist.tui.screens.statistics import StatisticsScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.rows import RowList

_PAUSE_S = 0.15
_AHEAD = 15
"""Rows below the cursor from which on the next page is read."""
_BREATH_S = 0.05
_INDENT = 3


class RecordsScreen(OfficeScreen):
    """Newest first, a page at a time; the search looks into what was said and written."""

    AUTO_FOCUS = "OptionList"
    BINDINGS = page_keys(
        key("f2", "open", "開く", "選んだ記録を開きます。"),
        key("f3", "search", "検索", "検索の欄へ移ります。話した言葉、書いた言葉、案件番号で探せます。"),
        key("f4", "verify", "点検", "保存した記録と録音に、書きかえや抜けがないかを調べます。"),
        key("f5", "queue", "決裁", "提出されて決裁を待つ記録を、急ぐものから順に出します。"),
        key("f6", "narrow", "絞る", "制度・期間・状態・担当などで、一覧を絞ります。"),
        key("f7", "count", "集計", "月・制度・危険の手順ごとの件数と、提出までの時間を出します。"),
        key("ctrl+n", "case", "案件", "選んだ記録の案件（同じ番号の相談と、残っていること）を開きます。"),
        Binding("down", "to_list", show=False),
    )
    HELP_TEXT = (
        "「見本」は再生の記録です。「途中」は閉じていない記録です。差し戻された記録は、いちばん上に出ます。\n"
        "検索の欄には、言葉のほかに、制度:児童扶養手当　期間:2026-10　状態:提出　手順:DV　担当:山田　"
        "案件:R8-12　主訴:離婚 のように書けます。空白で区切ると、すべてに合うものが出ます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[FoundRecord] = []
        self._page: FoundPage | None = None
        self._read_after: FoundPage | None = None
        """The page whose following one is being read."""
        self._line = ""

    def compose(self) -> ComposeResult:
        """Lay out search and list."""
        yield Static("相談記録", id="page-title", markup=False)
        with Vertical(id="page"):
            with Horizontal(classes="form-row"):
                yield Static("検索（F3）", classes="form-name", markup=False)
                yield Input(id="search", compact=True)
            yield Static(id="records-header", markup=False)
            yield RowList(id="records")
            yield Static(id="records-note", markup=False)
        yield KeyRow()

    def on_mount(self) -> None:
        """Make searching fast."""
        self._prepare()

    @work(group="prepare")
    async def _prepare(self) -> None:
        """Take new texts into the index, a little at a time, as long as this screen is open."""
        while await self.in_background(self.desk.archive.prepare_search):
            await asyncio.sleep(_BREATH_S)

    def on_screen_resume(self) -> None:
        """List again after a record was read or edited."""
        self._list(self.query_one(Input).value, 0.0)

    @on(Input.Changed)
    def _search_changed(self, event: Input.Changed) -> None:
        self._list(event.value, _PAUSE_S)

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Go to the list."""
        self.query_one(OptionList).focus()

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(Input).focus()

    @work(exclusive=True, group="narrow")
    async def action_narrow(self) -> None:
        """Ask for filters and put them into the search field."""
        field = self.query_one(Input)
        await self.office.when_unveiled()
        line = await self.app.push_screen_wait(RecordFilterScreen(field.value, self.desk.knowledge))
        if line is not None:
            field.value = line
            self.query_one(OptionList).focus()

    # -- reading --------------------------------------------------------------------------------------------

    @work(exclusive=True, group="list")
    async def _list(self, line: str, pause_s: float) -> None:
        await asyncio.sleep(pause_s)
        line = line.strip()
        again, rows = line == self._line, self.query_one(RowList)
        page = await self.in_background(self._find_down_to, line, rows.highlighted or 0 if again else 0)
        if page is not None:
            self._line, self._page, self._found = line, page, list(page.records)
            rows.show(self._options, None if again else 0)  # the cursor may have moved meanwhile
            self._show_note()

    def _find_down_to(self, line: str, place: int) -> FoundPage:
        """Find as many pages as it takes to come to a place; the last says whether there are more."""
        page = self.desk.archive.find(line)
        found = list(page.records)
        while page.more and len(found) <= place:
            page = self.desk.archive.find(line, found[-1].summary)
            found.extend(page.records)
        return replace(page, records=found)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        page = self._page
        if page is None or not page.more or page is self._read_after:
            return
        if event.option_index >= len(self._found) - _AHEAD:
            self._read_after = page
            self._read_on(page)

    @work(exclusive=True, group="next")
    async def _read_on(self, after: FoundPage) -> None:
        """Read the next page and add it below, unless something else was listed meanwhile."""
        page = await self.in_background(self.desk.archive.find, self._line, after.records[-1].summary)
        self._read_after = None
        if page is not None and self._page is after:
            self._page = page
            self._found.extend(page.records)
            rows = self.query_one(RowList)
            rows.add_options(self._option(item, rows.room) for item in page.records)
            self._show_note()

    # -- showing --------------------------------------------------------------------------------------------

    def _options(self, width: int) -> list[Option]:
        self.query_one("#records-header", Static).update(header(width))
        return [self._option(item, width) for item in self._found]

    def _option(self, found: FoundRecord, width: int) -> Option:
        row = [(" ", ""), *record_row(found.summary, width)]
        if found.text is not None:
            forms, room = self.desk.knowledge.templates, width - _INDENT
            pieces = snippet(found.text, self._words, forms, room, form=found.summary.template)
            row += [("\n" + " " * _INDENT, ""), *pieces]
        return Option(content_of(row), id=found.summary.id)

    def _show_note(self) -> None:
        if self._page is not None:
            note = records_note(self._page, len(self._found), asked=bool(self._line))
            self.query_one("#records-note", Static).update(note)

    @property
    def _words(self) -> Sequence[str]:
        """What was searched for."""
        return self._page.asked.words if self._page is not None else ()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.open(RecordScreen(self.desk, event.option_id, words=self._words))

    def action_case(self) -> None:
        """Open the case of the record under the cursor."""
        chosen = self.query_one(OptionList).highlighted_option
        wanted = chosen.id if chosen else None
        summary = next((item.summary for item in self._found if item.summary.id == wanted), None)
        if summary is not None:
            self.app.push_screen(CaseScreen(self.desk, summary, partial(RecordScreen, self.desk)))

    def action_queue(self) -> None:
        """Show what waits for a decision."""
        self.app.push_screen(ReviewQueueScreen(self.desk))

    def action_count(self) -> None:
        """Show what the records of a period amount to."""
        self.app.push_screen(StatisticsScreen(self.desk))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.query_one(OptionList).action_select()
