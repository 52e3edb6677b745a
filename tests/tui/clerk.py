"""A pair of hands and eyes for the tests of the screens."""

from collections.abc import Callable

from textual.pilot import Pilot

from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen

Clerk = Pilot[None]
PATIENCE_S = 60.0
"""Only a test that fails waits so long; a busy machine may need a good part of it."""
_ROUND_S = 0.05
_QUIET_ROUNDS = 3
"""Longer than the tenth of a second from one drawing to the next."""


async def until(clerk: Clerk, happened: Callable[[], object]) -> None:
    """Wait until something is so; the screen draws what happened ten times a second."""
    await clerk.pause(0.0)  # what was sent before has its turn first
    for _ in range(round(PATIENCE_S / _ROUND_S)):
        if happened():
            return
        await clerk.pause(_ROUND_S)
    raise AssertionError("it did not happen")


async def settled(clerk: Clerk) -> None:
    """Wait until the screen has stayed as it is for several rounds of drawing."""
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    seen, quiet = "", 0
    while quiet < _QUIET_ROUNDS:
        await clerk.pause(_ROUND_S)
        now = screen_text(app)
        seen, quiet = now, quiet + 1 if now == seen else 0


def screen_text(app: ConsultAssistApp) -> str:
    """Everything that is on the terminal."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips).strip()


def counter(app: ConsultAssistApp) -> CounterScreen:
    """Return the counter screen, even under another one."""
    return next(screen for screen in app.screen_stack if isinstance(screen, CounterScreen))
