"""A pair of hands and eyes for the tests of the screens."""

from collections.abc import Callable

from textual.pilot import Pilot

from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen

Clerk = Pilot[None]


async def until(clerk: Clerk, happened: Callable[[], object], *, tries: int = 100) -> None:
    """Wait until something is so; the screen draws what happened ten times a second."""
    for _ in range(tries):
        await clerk.pause(0.05)
        if happened():
            return
    raise AssertionError("it did not happen")


def screen_text(app: ConsultAssistApp) -> str:
    """Everything that is on the terminal."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips).strip()


def counter(app: ConsultAssistApp) -> CounterScreen:
    """Return the counter screen, even under another one."""
    return next(screen for screen in app.screen_stack if isinstance(screen, CounterScreen))
