"""Who changed what in a record, and when; what differs between the draft, the end of the talk and now."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.records.histories import Comparison, RecordHistory
from consult_assist.record.history import Change
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.history import (
    LEGEND,
    change_paragraphs,
    change_row,
    comparison_paragraphs,
    comparison_row,
)
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList


class HistoryScreen(OfficeScreen):
    """The list above or left, newest first; what is chosen stands in full beside it."""

    BINDINGS = page_keys(
        key(
            "f2", "whole", "全文", "記録の全体を比べるとき、変わらない欄も出します。もう一度押すと戻ります。"
        ),
        key(
            "f6", "app.focus_next", "移動", "一覧と中身の間を移ります。長い中身は、移ってから ↑↓ で送れます。"
        ),
    )
    HELP_TEXT = (
        "上の「全体」は、プログラムの下書き・相談を終えたとき・今の記録を比べます。その下は変更の一つずつで、新しい順です。"
        "消した言葉には取り消し線、足した言葉には下線が付きます。書き出した文書には、どちらも出ません。"
    )

    def __init__(self, desk: Desk, consultation_id: str) -> None:
        super().__init__(desk)
        self._consultation_id = consultation_id
        self._rows: list[Comparison | Change] = []
        self._whole = False

    def compose(self) -> ComposeResult:
        """Lay out the list and what is chosen."""
        yield Static("記録の履歴", id="page-title", markup=False)
        with Container(id="history-panes"):
            yield RowList(id="changes")
            with VerticalScroll(id="change-pane"):
                yield Prose(id="change")
        yield Prose([LEGEND], id="history-legend")
        yield KeyRow()

    def on_mount(self) -> None:
        """Read the history."""
        self._read()

    @work
    async def _read(self) -> None:
        history: RecordHistory | None = await self.in_background(
            self.desk.record_history, self._consultation_id
        )
        if history is not None:
            self._rows = [*reversed(history.comparisons), *reversed(history.changes)]
            self.query_one("#page-title", Static).update(f"記録の履歴   変更 {len(history.changes)} 件")
            self.query_one(RowList).show(lambda width: [Option(_prompt(item, width)) for item in self._rows])

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        place = self.query_one(RowList).highlighted
        if place is None:
            return
        item = self._rows[place]
        self.query_one("#change", Prose).show(
            change_paragraphs(item)
            if isinstance(item, Change)
            else comparison_paragraphs(item.fields, whole=self._whole)
        )
        self.query_one("#change-pane").scroll_home(animate=False)

    def action_whole(self) -> None:
        """Show the fields that did not change, or leave them out."""
        self._whole = not self._whole
        self._show_chosen()


def _prompt(item: Comparison | Change, width: int) -> Content:
    if isinstance(item, Comparison):
        return Content.styled(f" {comparison_row(item)}", "bold")
    return Content.assemble(" ", *change_row(item, width))
