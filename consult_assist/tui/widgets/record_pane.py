"""The record on the counter: its form, and the keeping of it while people talk."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from consult_assist.domain.knowledge import KnowledgeBase, TemplateField
from consult_assist.domain.record import ConsultationRecord, ReadbackItem, RecordField
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import LiveSession
from consult_assist.tui.messages import FieldLeft, Said, StepWanted
from consult_assist.tui.presentation.record_text import form_fields, form_title
from consult_assist.tui.widgets.record_form import NO_STEP, RecordForm

KEEP_S = 1.0
_TITLE = "相談記録"


class RecordPane(Vertical):
    """Takes in what the program drafts and saves what the clerk types, once a second.

    Attributes:
        stale: something happened that may change the record.
        form: what is filled.
        template: id of its form.
        resting: nothing is taken in or saved any more: the record is being closed.
        readback: the read-back list as of now.
    """

    @dataclass
    class Kept(Message):
        """The record was brought up to date; `waiting` new lines are held back."""

        waiting: int

    @dataclass
    class NotKept(Message):
        """The record could not be saved."""

        error: ConsultAssistError

    def __init__(self, knowledge: KnowledgeBase, session: LiveSession, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._session = session
        self.stale = True
        self.resting = False
        self.readback: Sequence[ReadbackItem] = ()
        self._knowledge = knowledge
        record = session.record()
        self.template = record.template
        self.form = RecordForm(self._fields(record), id="record")
        self._title = Static(self._headline, id="record-title", classes="pane-title", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out title and form."""
        yield self._title
        yield self.form

    def on_mount(self) -> None:
        """Begin to keep the record."""
        self.set_interval(KEEP_S, self._keep)

    @on(FieldLeft)
    def _field_left(self, message: FieldLeft) -> None:
        self.stale = True
        self._keep(message.field)

    @on(StepWanted)
    @work(group="step")
    async def _step(self, message: StepWanted) -> None:
        """Take back what was typed before the editor was filled, or bring it back."""
        if not await self.keep() or self.resting:
            return
        act = partial(self._session.step_edit, message.field, forward=message.forward)
        try:
            moved = await self.form.step(message.field, act, self._read)
        except ConsultAssistError as error:
            self.post_message(self.NotKept(error))
            return
        if not moved:
            self.post_message(Said(NO_STEP[message.forward]))

    @work(group="record")
    async def _keep(self, left: str | None = None) -> None:
        await self.keep(left)

    async def keep(self, left: str | None = None) -> bool:
        """Save what the clerk typed and take in what the program drafted; say whether that could be done.

        Args:
            left: the field the clerk has just left; its new lines come in although another is being edited.
        """
        if self.resting or not (self.stale or self.form.changed):
            return True
        self.stale = False
        try:
            await self.form.keep(self._read, self._session.edit_field, left=left)
        except ConsultAssistError as error:
            self.stale = True
            self.post_message(self.NotKept(error))
            return False
        waiting = self.form.waiting
        self._title.update(f"{self._headline}   新しい行 {waiting}" if waiting else self._headline)
        self.post_message(self.Kept(waiting))
        return True

    def _fields(self, record: ConsultationRecord) -> Sequence[TemplateField]:
        return form_fields(self._knowledge.templates.get(record.template), record.fields)

    @property
    def _headline(self) -> str:
        return f"{_TITLE}　{form_title(self._knowledge.templates.get(self.template))}"

    async def show_form(self) -> None:
        """Show the record in the form it was put into, in place of the one before."""
        record = await asyncio.to_thread(self._session.record)
        if not await self.keep():  # what was typed while the form was chosen
            return
        before, self.form = self.form, RecordForm(self._fields(record), id="record")
        self.template = record.template
        await before.remove()
        await self.mount(self.form)
        self.stale = True
        await self.keep()

    def _read(self) -> Sequence[RecordField]:
        record = self._session.record()
        self.readback = record.readback
        return record.fields
