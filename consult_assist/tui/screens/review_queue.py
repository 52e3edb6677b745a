"""Records that wait for a decision, the most pressing first."""

from datetime import UTC, datetime
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.review import queue_header, queue_row
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.record_list import RecordListScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.rows import RowList


class ReviewQueueScreen(RecordListScreen):
    """Danger first, then the most left open, then the oldest."""

    BINDINGS = page_keys(
        key("f2", "open", "開く", "選んだ記録を開きます。F5 で決裁・差戻し、F4 で行に指摘を付けます。"),
    )
    HELP_TEXT = (
        "提出された記録が、危険のサインの出たもの、未説明・要確認の制度の多いもの、古いものの順に並びます。"
        "記録を開いて決めたあとは、F5 でそのまま次の記録へ進めます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, partial(RecordScreen, desk, decided=frozenset()))

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("決裁を待つ記録", id="page-title", markup=False)
        with Vertical(id="page"):
            yield Static(id="records-header", markup=False)
            yield RowList(id="records")
            yield Static(id="records-note", markup=False)
        yield KeyRow()

    @work(exclusive=True, group="list")
    async def _read(self) -> None:
        waiting = await self.in_background(self.desk.reviews.waiting)
        if waiting is None:
            return
        now, knowledge = datetime.now(UTC), self.desk.knowledge
        self._list(
            queue_header,
            lambda width: ((item.summary.id, queue_row(item, knowledge, now, width)) for item in waiting),
        )
        note = f"{len(waiting)} 件" if waiting else "決裁を待つ記録はありません。"
        self.query_one("#records-note", Static).update(note)
