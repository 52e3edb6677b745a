"""Records that wait for a decision, the most pressing first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import BACK, ESCAPE, HELP, VEIL, key
from consult_assist.tui.presentation.review import queue_header, queue_row
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.record_list import RecordListScreen
from consult_assist.tui.widgets.key_row import KeyRow


class ReviewQueueScreen(RecordListScreen):
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
        super().__init__(desk, partial(RecordScreen, desk, decided=frozenset()))
        self._waiting: Sequence[WaitingRecord] = ()

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("決裁を待つ記録", id="page-title", markup=False)
        with Vertical(id="page"):
            yield Static(id="records-header", markup=False)
            yield OptionList(id="records")
            yield Static(id="records-note", markup=False)
        yield KeyRow()

    @work(exclusive=True, group="list")
    async def _read(self) -> None:
        waiting = await self.in_background(self.desk.reviews.waiting)
        if waiting is not None:
            self._waiting = waiting
            self._show()

    def _show(self) -> None:
        if (width := self._width) <= 0:
            return
        now, knowledge = datetime.now(UTC), self.desk.knowledge
        rows = ((item.summary.id, queue_row(item, knowledge, now, width)) for item in self._waiting)
        self._list(queue_header(width), rows)
        note = f"{len(self._waiting)} 件" if self._waiting else "決裁を待つ記録はありません。"
        self.query_one("#records-note", Static).update(note)
