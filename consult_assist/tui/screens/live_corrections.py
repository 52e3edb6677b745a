"""What the clerk puts right on the counter beside the fields: read-back list, lines, the form."""

from textual import work

from consult_assist.tui.desk import Correctable, Desk, LiveSession
from consult_assist.tui.presentation.counter import CounterState
from consult_assist.tui.readback_source import LiveReadback
from consult_assist.tui.screens.form import ask_form
from consult_assist.tui.screens.line import ask_correction
from consult_assist.tui.screens.paned import PanedScreen
from consult_assist.tui.screens.readback import ReadbackScreen
from consult_assist.tui.widgets.record_pane import RecordPane
from consult_assist.tui.widgets.transcript import TranscriptView


class LiveCorrections(PanedScreen):
    """The part of the counter screen that corrects more than fields."""

    def __init__(self, desk: Desk, session: LiveSession) -> None:
        super().__init__(desk)
        self.session = session
        self.state = CounterState()

    @property
    def _record(self) -> RecordPane:
        return self.query_one(RecordPane)

    def action_readback(self) -> None:
        """Open the read-back list."""
        self.app.push_screen(ReadbackScreen(self.desk, LiveReadback(self.session, self.state.transcript)))

    @work(exclusive=True, group="correct")
    async def action_correct_line(self) -> None:
        """Ask for the right text of the selected line."""
        line, session = self.query_one(TranscriptView).chosen_line, self.session
        if not isinstance(session, Correctable):
            return
        record = await self.in_background(self.session.record)
        if record is None:
            return
        text = await ask_correction(self, line, record.fields)
        if text is not None and line is not None:
            await self.in_background(session.correct_line, line.id, line.revision, text)

    @work(exclusive=True, group="correct")
    async def action_change_form(self) -> None:
        """Ask for another form and go on in it."""
        session, pane = self.session, self._record
        if not isinstance(session, Correctable):
            return
        if (form := await ask_form(self, pane.template)) is not None:
            if not await pane.keep():
                return
            await self.in_background(session.choose_template, form.id)
            await pane.show_form()
            if self.focused is None:  # the cursor was in the form that was taken away
                self.show_pane("record")
            self.office.tell(f"様式を「{form.name}」に変えました。")
