"""What all screens of the program have in common."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from textual import on, work
from textual.messages import Prune
from textual.screen import Screen
from textual.widgets import Footer, Input, TextArea

from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import Desk, LiveSession
from consult_assist.tui.messages import Said
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.help import HelpScreen
from consult_assist.tui.widgets.notice import Notice

Result = TypeVar("Result")
Values = ParamSpec("Values")
_PATIENCE_S = 0.5
"""Waiting that needs no explanation."""
_MAX_FAULTS = 8


class Office(Protocol):
    """What screens need of the application."""

    live: LiveSession | None
    """The consultation in progress."""

    def complain(self, error: ConsultAssistError) -> None:
        """Show the one sentence of an error."""

    def tell(self, sentence: str) -> None:
        """Show a sentence for a few seconds."""

    async def when_unveiled(self) -> None:
        """Wait until nothing is hidden."""

    def mind_size(self) -> None:
        """Say it where the window is too small."""

    async def wait_for(self, act: Callable[[], Result], title: str, text: str) -> Result | None:
        """Do something that takes seconds behind a dialog."""

    def open_counter(
        self, make: Callable[[], LiveSession], *, instead_of: Screen[Any] | None = None, hints: bool = True
    ) -> object:
        """Prepare a session in the background and open the counter screen with it."""

    def open_record_after(self, session: LiveSession) -> object:
        """Show the record of a consultation that was just closed."""


class OfficeScreen(Screen[None]):
    """Knows the desk, F1 and the way back."""

    HELP_TEXT = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def office(self) -> Office:
        """The application."""
        return cast("Office", self.app)

    async def in_background(
        self, act: Callable[Values, Result], *values: Values.args, **named: Values.kwargs
    ) -> Result | None:
        """Do something that may block; show the sentence of its error and return None when it fails."""
        try:
            return await asyncio.to_thread(act, *values, **named)
        except ConsultAssistError as error:
            self.office.complain(error)
            return None

    @on(Prune)
    def _stop_waiting(self) -> None:
        """End what still waits before the parts it would write to go: textual ends it only after them."""
        self.workers.cancel_node(self)

    def on_compose(self) -> None:
        """Know the size of the window before the first drawing; Textual draws once for another one first."""
        for cells, breakpoints in zip(
            self.app.size, (self.app.HORIZONTAL_BREAKPOINTS, self.app.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.add_class(max((least, name) for least, name in breakpoints or () if least <= cells)[1])

    def on_resize(self) -> None:
        """Measure the footer again: its keys stand closer in a narrow window."""
        if footers := self.query(Footer):
            self.call_after_refresh(footers.first().refresh, recompose=True)
        self.office.mind_size()

    def on_said(self, message: Said) -> None:
        """Tell what a part of the screen has to say."""
        self.office.tell(message.sentence)

    def notice(self, sentence: str, *, wrong: bool) -> None:
        """Show a sentence for a few seconds above the footer."""
        if notices := self.query(Notice):
            notices.first().tell(sentence, wrong=wrong)
        elif footers := self.query(Footer):
            self.mount(notice := Notice(self._covered), before=footers.first())
            notice.tell(sentence, wrong=wrong)
        else:  # it is just being opened
            self.call_after_refresh(self.notice, sentence, wrong=wrong)

    def unsay(self, sentence: str) -> None:
        """Take back a sentence that no longer holds."""
        for notice in self.query(Notice):
            notice.withdraw(sentence)

    def on_screen_resume(self) -> None:
        """Leave what was said under the veil or a dialog for as long as if it was said now."""
        for notice in self.query(Notice):
            notice.wait()

    def _covered(self) -> bool:
        """Return whether a dialog or the veil lies above; under another page nobody waits for a sentence."""
        pages = [item for item in self.app.screen_stack if isinstance(item, OfficeScreen)]
        return self.app.screen is not self and pages[-1:] == [self]

    def open(self, screen: Screen[Any]) -> None:
        """Open a screen above this one, once: two keys in one moment would open it twice."""
        if self.app.screen is self:
            self.app.push_screen(screen)

    def action_help(self) -> None:
        """Explain the keys of this screen."""
        self.app.push_screen(HelpScreen(self.BINDINGS, self.HELP_TEXT))

    @contextmanager
    def explaining(self, say: Callable[[], object]) -> Iterator[None]:
        """Do something to say what is going on where it takes more than a moment."""
        hint = self.set_timer(_PATIENCE_S, say)
        try:
            yield
        finally:
            hint.stop()

    @contextmanager
    def saying(self, sentence: str) -> Iterator[None]:
        """Say what is going on where it takes more than a moment, and nothing once it is over."""
        with self.explaining(lambda: self.notice(sentence, wrong=False)):
            try:
                yield
            finally:
                self.unsay(sentence)

    @work(exclusive=True, group="verify")
    async def action_verify(self) -> None:
        """Check the chain of events and the length of the sound, and say what was found."""
        with self.saying("調べています。終わると結果が出ます。"):
            faults = await self.in_background(self.desk.verify_records)
        if faults is None:
            return
        text = "\n".join(fault.message for fault in faults[:_MAX_FAULTS])
        title = (
            f"記録や録音に、合わない所が {len(faults)} か所あります"
            if faults
            else "書きかえも抜けもありません"
        )
        text = text or "保存されたすべての記録を調べました。"
        if self.app.screen is self and not isinstance(self.app.focused, Input | TextArea):
            await self.ask(title, text, (("", "閉じる"),))
        else:  # whoever went on to something else, or types, is not interrupted
            self.office.tell(f"点検が終わりました。{title}。")

    async def ask(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> str | None:
        """Ask a question and return the answer; it never opens on top of the veil."""
        await self.office.when_unveiled()
        return await self.app.push_screen_wait(ConfirmScreen(title, text, answers))

    def action_back(self) -> None:
        """Go back to the screen below, and tell who waits for it."""
        self.dismiss(None)
