"""A terminal that can only print lines gets nothing else."""

import argparse
import io
import sys

import pytest

from consult_assist.app.settings import Settings
from consult_assist.cli import consulting, printing, rehearing
from consult_assist.errors import TerminalError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Sit at a terminal, with all three streams; pytest puts its own in place before each test."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, stream := Terminal())
    monkeypatch.setenv("TERM", "dumb")
    return stream


@pytest.mark.parametrize("command", [consulting.open_screens, consulting.consult, consulting.replay])
def test_screens_that_cannot_be_drawn_are_refused_before_anything_begins(
    command: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    options = argparse.Namespace(no_ui=False, consent="recorded", resume=None, events=None)
    assert callable(command)
    with pytest.raises(TerminalError, match=r"^この端末では画面を開けません。[^。]+。$"):
        command(Settings(), options)


def test_what_goes_on_is_told_without_escape_sequences(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)
    printing.show_instead("base を測っています")
    printing.show_instead("")
    rehearing.show_progress(0.5, 60.0)
    printing.show_progress(50, 100)
    assert "聞き直しています" in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_where_nobody_watches_nothing_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", file := io.StringIO())
    printing.show_instead("base を測っています")
    rehearing.show_progress(1.0, None)
    printing.show_progress(50, 100)
    assert not file.getvalue()
