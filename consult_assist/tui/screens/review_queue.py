"""Records that wait for a decision, the most pressing first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import BACK, ESCAPE, HELP, VEIL, key
from consult_assist.tui.presentation.review import queue_header, queue_row
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.key_row import KeyRow


class ReviewQueueScreen(OfficeScreen):
    """Danger first, then the most left open, then the oldest."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key("f2", "open", "開く", "選んだ記録を開きます。F5 で決裁・差戻し、F4 で行に指摘を付けます。"),
        BACK,
        VEIL,
        ESCAPE,
    ]
    HELP_TEXT = (
        "提出された記録が、危険のサインの出たもの、未説明・要確認の制度の多いもの、古いものの順に並びます。"
        "記録を開いて決めたあとは、F5 でそのまま次の記録へ進めます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._waiting: Sequence[WaitingRecord] = ()

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("決裁を待つ記録", id="page-title", markup=False)
        with Vertical(id="page"):
            yield Static(id="records-header", markup=False)
            yield OptionList(id="records")
            yield Static(id="records-note", markup=False)
        yield KeyRow()

    def on_mount(self) -> None:
        """Put the cursor on the list."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """List again after a record was read or decided."""
        self._list()

    @work(exclusive=True, group="list")
    async def _list(self) -> None:
        waiting = await self.in_background(self.desk.reviews.waiting)
        if waiting is not None:
            self._waiting = waiting
            self._show()

    def on_resize(self) -> None:
        """Lay out the columns anew."""
        self._show()

    def _show(self) -> None:
        rows = self.query_one(OptionList)
        width = rows.scrollable_content_region.width - 2
        if width <= 0:
            return
        self.query_one("#records-header", Static).update(queue_header(width))
        place = rows.highlighted or 0
        now = datetime.now(UTC)
        rows.clear_options()
        for item in self._waiting:
            pieces = queue_row(item, self.desk.knowledge, now, width)
            rows.add_option(Option(Content.assemble(" ", *pieces), id=item.summary.id))
        rows.highlighted = min(place, len(self._waiting) - 1) if self._waiting else None
        note = f"{len(self._waiting)} 件" if self._waiting else "決裁を待つ記録はありません。"
        self.query_one("#records-note", Static).update(note)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.app.push_screen(RecordScreen(self.desk, event.option_id, decided=frozenset()))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.query_one(OptionList).action_select()
