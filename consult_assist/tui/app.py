"""The Textual application: two themes, one desk, one stack of screens."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea

from consult_assist.app.fault_log import fault_text
from consult_assist.app.workplace import Workplace
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import Desk, LiveSession
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.home import HomeScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.veil import VeilScreen
from consult_assist.tui.screens.wait import A_FEW_SECONDS, WaitScreen
from consult_assist.tui.terminal import only_screens_draw
from consult_assist.tui.themes import DARK, LIGHT

Result = TypeVar("Result")
TITLE = "相談アシスト"
_LEAST = (80, 24)
_NARROWEST = 20
"""As narrow as it is ever drawn: Textual finds no room for a wide character in a column of one, and fails."""
_HOW_TO_LEAVE = "終わるときは、最初の画面で F9 を押してください。"
_TOO_SMALL = "窓が小さすぎます。80×24 文字以上に広げてください。"
_WIDE_SPACE = "ideographic_space"
_LOG = logging.getLogger(__name__)
_FOLDER = Path(__file__).parent


class ConsultAssistApp(App[None], inherit_bindings=False):
    """Opens on the home screen, or straight on the counter with a session that is then started."""

    TITLE = TITLE
    CSS_PATH = [_FOLDER / name for name in ("app.tcss", "counter.tcss", "pages.tcss")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (100, "-wide"),
        (170, "-very-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-low"),
        (30, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "explain_leaving", show=False),
    ]

    def __init__(self, desk: Desk, *, session: LiveSession | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._first_session = session
        self.live: LiveSession | None = None
        self._unveiled = asyncio.Event()
        self._unveiled.set()
        self._small = False
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = f"consult-{self.desk.theme}"

    def on_mount(self) -> None:
        """Open the first screen."""
        self._mind_signals()
        self.push_screen(HomeScreen(self.desk))
        if self._first_session is not None:
            self.push_screen(CounterScreen(self.desk, self._first_session))

    async def on_event(self, event: events.Event) -> None:
        """Let the wide space of the input method in, which Textual drops, and every line pasted into a field.

        Textual takes only printable keys, and Python does not count this space as one.
        """
        if isinstance(event, events.Key) and event.key == _WIDE_SPACE and not event.is_forwarded:
            if isinstance(self.focused, Input | TextArea):
                event = events.Paste("\u3000")
        elif isinstance(event, events.Paste) and isinstance(self.focused, Input):
            event = events.Paste(" ".join(line.strip() for line in event.text.splitlines()))
        elif isinstance(event, events.Resize) and event.size.width < _NARROWEST:
            event = events.Resize.from_dimensions((_NARROWEST, event.size.height), event.pixel_size)
        await super().on_event(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let every cursor stand still."""
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    def complain(self, error: ConsultAssistError) -> None:
        """Show the one sentence of an error."""
        self._say(str(error), wrong=True)

    def tell(self, sentence: str) -> None:
        """Show a sentence for a few seconds."""
        self._say(sentence, wrong=False)

    def mind_size(self) -> None:
        """Say where the window is too small, once, until it is large enough."""
        was_small = self._small
        self._small = any(cells < least for cells, least in zip(self.size, _LEAST, strict=True))
        if self._small and not was_small:
            self.tell(_TOO_SMALL)
        elif was_small and not self._small:
            for screen in self.screen_stack:
                if isinstance(screen, OfficeScreen):
                    screen.unsay(_TOO_SMALL)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        """Say it on the uppermost screen that has room for it; dialogs and the veil have none."""
        screens = (item for item in reversed(self.screen_stack) if isinstance(item, OfficeScreen))
        if (screen := next(screens, None)) is not None:
            screen.notice(sentence, wrong=wrong)

    def _fatal_error(self) -> None:
        """Close with one sentence; Textual would print local variables, which hold citizens' words."""
        error = sys.exc_info()[1]
        text = "" if error is None else fault_text(error)
        _LOG.error("the screens were closed: %s", text)
        place = ", ".join(text.split(" < ")[:2])
        self.panic(
            Text(f"予期しない不具合のため画面を閉じました。ここまでの記録は保存されています。（{place}）")
        )

    # -- hiding ---------------------------------------------------------------------------------------------

    @property
    def veiled(self) -> bool:
        """Whether everything is hidden."""
        return isinstance(self.screen, VeilScreen)

    async def action_veil(self) -> None:
        """Hide everything, or bring it back."""
        if self.veiled:
            await self.pop_screen()
            self._unveiled.set()
        else:
            self._unveiled.clear()
            await self.push_screen(VeilScreen(self.live))

    async def when_unveiled(self) -> None:
        """Wait until nothing is hidden: no screen may change under the veil."""
        await self._unveiled.wait()

    # -- from screen to screen -------------------------------------------------------------------------------

    @work(exclusive=True, group="screens")
    async def open_counter(
        self, make: Callable[[], LiveSession], *, instead_of: Screen[Any] | None = None, hints: bool = True
    ) -> None:
        """Prepare a session in the background and open the counter screen with it.

        Args:
            make: gives the session; it loads models and may take seconds.
            instead_of: the screen to leave when it worked.
            hints: whether suggestions and questions are shown.
        """
        session = await self.wait_for(make, "準備しています", A_FEW_SECONDS)
        if session is not None:
            counter = CounterScreen(self.desk, session, hints=hints)
            await (self.push_screen(counter) if instead_of is None else self.switch_screen(counter))

    async def wait_for(self, act: Callable[[], Result], title: str, text: str) -> Result | None:
        """Do something that takes seconds behind a dialog; return None when it failed, which is then said."""
        await self.push_screen(WaitScreen(title, text))
        answer, failure = None, None
        try:
            answer = await asyncio.to_thread(act)
        except ConsultAssistError as error:
            failure = error
        await self.when_unveiled()
        await self.pop_screen()
        if failure is not None:
            self.complain(failure)
        return answer

    @work(exclusive=True, group="screens")
    async def open_record_after(self, session: LiveSession) -> None:
        """Show the record of a consultation that was just closed, in place of its counter screen."""
        self.live = None
        await self.when_unveiled()
        await self.switch_screen(RecordScreen(self.desk, session.id))

    # -- leaving --------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Quit from the home screen; elsewhere say how, so that nothing half typed is lost."""
        if isinstance(self.screen, HomeScreen):
            self.exit()
        else:
            self.action_explain_leaving()

    def action_explain_leaving(self) -> None:
        """Say how to quit; Ctrl+C means copying in an editor."""
        counters = (screen for screen in self.screen_stack if isinstance(screen, CounterScreen))
        under_way = next(counters, CounterScreen).UNDER_WAY
        self.tell(_HOW_TO_LEAVE if self.live is None else under_way)

    def _mind_signals(self) -> None:
        """Give the terminal back when the program is told to end; where it is gone, end at once.

        A consultation stays open then, and can be resumed.
        """
        if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
            leave = partial(self.exit, return_code=128 + signal.SIGTERM)
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, leave)
            if callable(signal.getsignal(signal.SIGHUP)):
                signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def action_switch_theme(self) -> None:
        """Go from dark to light or back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name


def run_app(workplace: Workplace, session: LiveSession | None = None) -> int:
    """Run the screens until the clerk leaves, and return the exit status: not 0 where a fault closed them."""
    with only_screens_draw(workplace.settings.data_folder / "screens.log"):
        app = ConsultAssistApp(Desk(workplace), session=session)
        app.run()
    return app.return_code or 0
