"""Saved records: find one and open it."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import BACK, ESCAPE, HELP, VEIL, key
from consult_assist.tui.presentation.records import header, record_row
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.review_queue import ReviewQueueScreen

_MOST = 300
_PAUSE_S = 0.3


class RecordsScreen(OfficeScreen):
    """Newest first; the search looks into what was said and written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key("f2", "open", "開く", "選んだ記録を開きます。"),
        key("f3", "search", "検索", "検索の欄へ移ります。話した言葉、書いた言葉、案件番号で探せます。"),
        key("f4", "verify", "検証", "保存した記録に、書き換えや欠けがないかを調べます。"),
        key("f5", "queue", "決裁待ち", "提出されて決裁を待つ記録を、急ぐものから順に出します。"),
        BACK,
        VEIL,
        ESCAPE,
        Binding("down", "to_list", show=False),
    ]
    HELP_TEXT = (
        "「見本」は再生の記録です。「途中」は閉じていない記録です。差し戻された記録は、いちばん上に出ます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Sequence[ConsultationSummary] = ()

    def compose(self) -> ComposeResult:
        """Lay out search and list."""
        yield Static("相談記録", id="page-title", markup=False)
        with Vertical(id="page"):
            with Horizontal(classes="form-row"):
                yield Static("検索（F3）", classes="form-name", markup=False)
                yield Input(id="search", compact=True)
            yield Static(id="records-header", markup=False)
            yield OptionList(id="records")
            yield Static(id="records-note", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """List everything."""
        self.query_one(Input).cursor_blink = False
        self.query_one(OptionList).focus()

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

    @work(exclusive=True, group="list")
    async def _list(self, search: str, pause_s: float) -> None:
        await asyncio.sleep(pause_s)
        found = await self.in_background(self.desk.list_records, search.strip())
        if found is not None:
            self._found = found
            self._show()

    def on_resize(self) -> None:
        """Lay out the columns anew."""
        self._show()

    def _show(self) -> None:
        records = self.query_one(OptionList)
        width = records.scrollable_content_region.width - 2
        if width <= 0:
            return
        self.query_one("#records-header", Static).update(header(width))
        place = records.highlighted or 0
        shown = self._found[:_MOST]
        records.clear_options()
        records.add_options([Option(_prompt(item, width), id=item.id) for item in shown])
        records.highlighted = min(place, len(shown) - 1) if shown else None
        more = len(self._found) - len(shown)
        note = f"ほかに {more} 件あります。検索で絞ってください。" if more else f"{len(self._found)} 件"
        self.query_one("#records-note", Static).update(note)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.app.push_screen(RecordScreen(self.desk, event.option_id))

    def action_queue(self) -> None:
        """Show what waits for a decision."""
        self.app.push_screen(ReviewQueueScreen(self.desk))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.query_one(OptionList).action_select()

    @work(exclusive=True, group="verify")
    async def action_verify(self) -> None:
        """Check the chain of events."""
        await self.verify()


def _prompt(summary: ConsultationSummary, width: int) -> Content:
    pieces = record_row(summary, width)
    return Content("").join([Content(" "), *(Content.styled(text, style) for text, style in pieces)])
