"""機器の点検: each OK, or one sentence what to do."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from consult_assist.app.workplace import CheckResult
from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.prose import Paragraph, plain
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose

_NAME_CELLS = 22


class CheckScreen(OfficeScreen):
    """Fills line by line while the checks run."""

    BINDINGS = page_keys(
        key("f2", "again", "再点検", "もう一度、はじめから点検します。"),
    )
    HELP_TEXT = "× の行に、することが書いてあります。済んだら F2 でもう一度点検してください。"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._results: list[CheckResult] = []
        self._checking = False

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("機器の点検", id="page-title", markup=False)
        with VerticalScroll(id="page"):
            yield Prose(id="results")
        yield KeyRow()

    def on_mount(self) -> None:
        """Check at once."""
        self.action_again()

    @work
    async def action_again(self) -> None:
        """Check everything from the start, unless that is being done."""
        if self._checking:
            return
        self._results, self._checking = [], True
        self._show()
        await self.in_background(self._check)
        self._checking = False
        self._show()

    def _check(self) -> None:
        """Run in a thread; hand each result to the screen as it comes."""
        for result in self.desk.check_equipment():
            self.app.call_from_thread(self._add, result)

    def _add(self, result: CheckResult) -> None:
        self._results.append(result)
        self._show()

    def _show(self) -> None:
        if self.is_attached:
            self.query_one(Prose).show(self._paragraphs())

    def _paragraphs(self) -> Sequence[Paragraph]:
        text = [_paragraph(result.name, result.message, ok=result.ok) for result in self._results]
        text += [
            _paragraph("知識ファイル", _fault_sentence(fault), ok=False)
            for fault in self.desk.knowledge.faults
        ]
        if self._checking:
            text.append(plain("点検しています…", "$quiet"))
        else:
            wrong = sum(not result.ok for result in self._results) + len(self.desk.knowledge.faults)
            text.append(plain(""))
            text.append(plain(f"直すところが {wrong} 件あります。" if wrong else "すべて使えます。", "bold"))
        return text


def _fault_sentence(fault: KnowledgeFault) -> str:
    """Return what is wrong in a knowledge file, and where; the entry is off until fixed."""
    line = f" {fault.line}行目" if fault.line is not None else ""
    off = f"（{fault.entry} は直すまで使いません）" if fault.entry else ""
    return f"{fault.file.name}{line} {fault.key}: {fault.message}{off}"


def _paragraph(name: str, message: str, *, ok: bool) -> Paragraph:
    mark = ("OK  ", "bold $success") if ok else ("×   ", "bold $error")
    detail = "" if ok and message == "OK" else message
    return Paragraph((mark, (pad(name, _NAME_CELLS), "bold"), (detail, "")), hanging=4 + _NAME_CELLS)
