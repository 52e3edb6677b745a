"""What still waits when a screen is left."""

import asyncio
import os
import signal
import sys

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.office import OfficeScreen
from tests.tui.clerk import until
from tests.tui.scripted import ScriptedDesk


class LingeringPart(Static):
    """A part that holds its screen open until what still waited has had its turn."""

    def __init__(self, after: asyncio.Event) -> None:
        super().__init__()
        self._after = after

    async def on_unmount(self) -> None:
        """Let everything else go first."""
        self._after.set()
        await asyncio.sleep(0.1)


class WaitingScreen(OfficeScreen):
    """Writes into one of its parts once the event is set."""

    def __init__(self, desk: ScriptedDesk) -> None:
        super().__init__(desk)
        self._gone = asyncio.Event()

    def compose(self) -> ComposeResult:
        """A part that goes at once and one that takes its time."""
        yield Static(id="part")
        yield LingeringPart(self._gone)

    def on_mount(self) -> None:
        """Begin to wait."""
        self.run_worker(self._write())

    async def _write(self) -> None:
        await self._gone.wait()
        await asyncio.sleep(0.02)
        self.query_one("#part", Static).update("written")


async def test_a_screen_can_be_left_while_it_waits_to_write() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test() as clerk:
        home = app.screen
        await app.push_screen(screen := WaitingScreen(desk))
        await app.pop_screen()
        await until(clerk, lambda: app.screen is home and not screen.is_running)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
async def test_told_to_end_the_screens_give_the_terminal_back() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # where nobody listens, the tests go on
    try:
        app = ConsultAssistApp(ScriptedDesk())
        async with app.run_test() as clerk:
            os.kill(os.getpid(), signal.SIGTERM)
            await until(clerk, lambda: not app.is_running)
        assert app.return_code == 128 + signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)
