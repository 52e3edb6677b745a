"""What puts a saved record right beside its fields: read-back list, lines, steps back, and its history."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import RecordField
from consult_assist.errors import ConsultAssistError, RecordChangedError
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key
from consult_assist.tui.messages import FieldLeft, StepWanted
from consult_assist.tui.presentation.record_text import written_elsewhere
from consult_assist.tui.readback_source import SavedReadback
from consult_assist.tui.screens.history import HistoryScreen
from consult_assist.tui.screens.line import ask_correction
from consult_assist.tui.screens.paned import PanedScreen
from consult_assist.tui.screens.readback import ReadbackScreen
from consult_assist.tui.widgets.record_form import NO_STEP, RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView

_KEEP_S = 2.0
CORRECTING_KEYS: tuple[Binding, ...] = (
    key("ctrl+r", "readback", "復唱", "復唱リストを開き、名前・日付・金額などを確かめます。", show=False),
    key(
        "ctrl+g",
        "history",
        "履歴",
        "だれが・いつ・何を変えたかを見ます。下書きと今の違いも出ます。",
        show=False,
    ),
    Binding("enter", "correct_line", "直す", show=False, tooltip="文字起こしで選んだ行を直します。"),
)


class CorrectingScreen(PanedScreen):
    """The part of the record screen that corrects: keeps its fields, and more than fields."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: Desk, consultation_id: str) -> None:
        super().__init__(desk)
        self._consultation_id = consultation_id
        self._document: RecordDocument | None = None

    def on_mount(self) -> None:
        """Begin to keep what is typed."""
        self.set_interval(_KEEP_S, self._keep)

    @on(FieldLeft)
    def _field_left(self, message: FieldLeft) -> None:
        self._keep(message.field)

    @work(group="keep")
    async def _keep(self, left: str | None = None) -> None:
        await self._keep_now(left)

    async def _keep_now(self, left: str | None = None) -> bool:
        """Save what was typed; say whether that could be done."""
        for form in self.query(RecordForm):
            if not form.changed and left is None:
                continue
            try:
                others = await self._keep_form(form, left)
            except ConsultAssistError as error:
                self.office.complain(error)
                return False
            self._show_title()
            for label, lines in others.items():
                self.office.tell(written_elsewhere(label, lines))
        return True

    async def _keep_form(self, form: RecordForm, left: str | None) -> Mapping[str, Sequence[str]]:
        """Save what was typed, beside what others wrote into the record meanwhile."""
        try:
            return await form.keep(self._fields, self._write, left=left)
        except RecordChangedError:
            await self._open_again()
            return await form.keep(self._fields, self._write, left=left)

    async def _open_again(self) -> None:
        """Show the record as it was left elsewhere."""
        document = await self.in_background(self.desk.open_record, self._consultation_id)
        if document is not None:
            self._show_again(document)

    def _fields(self) -> Sequence[RecordField]:
        return self._document.record.fields if self._document else ()

    def _write(self, field: str, text: str) -> None:
        if (document := self._document) is not None:
            seen = document.chain_head
            self._document = self.desk.edit_record_field(self._consultation_id, field, text, seen)

    def _refusal(self, document: RecordDocument) -> str:
        """Return why nobody may write into the record here; empty where one may."""
        raise NotImplementedError

    def _show_title(self) -> None:
        """Show when, by whom and in which state the record is."""
        raise NotImplementedError

    def _show_review(self, document: RecordDocument) -> None:
        """Show the record as it stands."""
        raise NotImplementedError

    def _show_again(self, document: RecordDocument) -> None:
        self.query_one(TranscriptView).show(document.transcript)
        self._show_review(document)

    @work(exclusive=True, group="correct")
    async def action_readback(self) -> None:
        """Open the read-back list; what is decided there changes the record."""
        await self._keep_now()
        await self.office.when_unveiled()
        source = SavedReadback(self.desk, self._consultation_id)
        await self.app.push_screen_wait(ReadbackScreen(self.desk, source))
        await self._open_again()

    @work(exclusive=True, group="correct")
    async def action_history(self) -> None:
        """Show who changed what, and when."""
        await self._keep_now()
        await self.office.when_unveiled()
        self.app.push_screen(HistoryScreen(self.desk, self._consultation_id))

    @work(exclusive=True, group="correct")
    async def action_correct_line(self) -> None:
        """Ask for the right text of the selected line."""
        line = self.query_one(TranscriptView).chosen_line
        if self._document is None:
            return
        if refusal := self._refusal(self._document):
            self.office.tell(refusal)
            return
        await self._keep_now()
        text = await ask_correction(self, line, self._document.record.fields)
        if text is not None and line is not None:
            with self.saying("直しています。案内と記録も、新しい文に合わせています。"):
                document = await self.in_background(
                    self.desk.correct_line, self._consultation_id, line.id, line.revision, text
                )
            if document is not None:
                self._show_again(document)

    @on(StepWanted)
    @work(exclusive=True, group="correct")
    async def _step(self, message: StepWanted) -> None:
        """Take back what was typed before the editor was filled, or bring it back."""
        if not await self._keep_now() or (before := self._document) is None:
            return

        def step() -> bool:
            after = self.desk.step_edit(
                self._consultation_id, message.field, before.chain_head, forward=message.forward
            )
            self._document = after or self._document
            return after is not None

        try:
            moved = await self.query_one(RecordForm).step(message.field, step, self._fields)
        except RecordChangedError as error:
            await self._open_again()
            self.office.complain(error)
            return
        except ConsultAssistError as error:
            self.office.complain(error)
            return
        if not moved:
            self.office.tell(NO_STEP[message.forward])
        elif self._document is not None:
            self._show_review(self._document)
