"""A case: open promises first, what changed, the consultations in order."""

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.record.case import MAX_CHARS
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.case import case_paragraphs, case_title
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.presentation.records import header, record_row
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record_list import RecordListScreen
from consult_assist.tui.widgets.dialog import EntryScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList

_NO_NUMBER = "案件番号の付いていない記録です。F3 で番号を付けると、同じ番号の相談が並びます。"
_ASK_NUMBER = "この記録の案件番号を入れてください。空にすると、番号を外します。変えた人と時刻が残ります。"


class CaseScreen(RecordListScreen):
    """What a colleague has to know who sees the person for the first time."""

    BINDINGS = page_keys(
        key("f2", "open", "開く", "選んだ相談の記録を開きます。"),
        key("f3", "number", "番号", "開いた記録の案件番号を付ける、変える、または外します。"),
        key(
            "f6",
            "app.focus_next",
            "移動",
            "上の説明と一覧の間を移ります。長い説明は、移ってから ↑↓ で送れます。",
        ),
    )
    HELP_TEXT = (
        "同じ案件番号の相談をまとめて見ます。番号は職員が入れたものだけで、名前などから推し量ることはしません。\n"
        "「残っていること」は、最後の相談で次回に決めたことと、まだ説明していない制度・確かめる制度です。"
        "説明した・対象外とした制度は出ません。"
    )

    def __init__(
        self, desk: Desk, summary: ConsultationSummary, record_screen: Callable[[str], OfficeScreen]
    ) -> None:
        """Open the case that a consultation belongs to; `record_screen` shows one of its records."""
        super().__init__(desk, record_screen)
        self._summary = summary

    def compose(self) -> ComposeResult:
        """Lay out promises and changes above the list."""
        yield Static("案件", id="page-title", markup=False)
        with Vertical(id="page"):
            with VerticalScroll(id="case"):
                yield Prose(id="case-text")
            yield Static(id="records-header", markup=False)
            yield RowList(id="records")
        yield KeyRow()

    @work(exclusive=True, group="case")
    async def _read(self) -> None:
        if (number := self._summary.case_number) is None:
            self.query_one("#page-title", Static).update("案件")
            self.query_one("#case-text", Prose).show([plain(_NO_NUMBER)])
            self._list(lambda _: "", lambda _: ())
        elif (case := await self.in_background(self.desk.open_case, number)) is not None:
            talks = case.talks
            self.query_one("#page-title", Static).update(case_title(case))
            self.query_one("#case-text", Prose).show(case_paragraphs(case, self.desk.knowledge))
            self._list(header, lambda width: ((item.id, record_row(item, width)) for item in talks))

    @work(exclusive=True, group="number")
    async def action_number(self) -> None:
        """Ask for the case number of the record from which the case was opened."""
        await self.office.when_unveiled()
        before = self._summary.case_number or ""
        entry = EntryScreen("案件番号", [plain(_ASK_NUMBER)], before, most_chars=MAX_CHARS)
        number = await self.app.push_screen_wait(entry)
        if number is None:
            return
        document = await self.in_background(self.desk.set_case_number, self._summary.id, number or None)
        if document is not None:
            self._summary = document.summary
            self._read()
            self.office.tell("案件番号を付けました。" if number else "案件番号を外しました。")


async def show_case(
    screen: OfficeScreen, consultation_id: str, record_screen: Callable[[str], OfficeScreen]
) -> RecordDocument | None:
    """Show the case that a consultation belongs to; return its record as it is when the person comes back."""
    document = await screen.in_background(screen.desk.open_record, consultation_id)
    if document is None:
        return None
    await screen.office.when_unveiled()
    await screen.app.push_screen_wait(CaseScreen(screen.desk, document.summary, record_screen))
    return await screen.in_background(screen.desk.open_record, consultation_id)
