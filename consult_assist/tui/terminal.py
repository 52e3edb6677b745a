"""Keeps what C libraries print away from the screen."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_screens_draw(log_file: Path) -> Iterator[None]:
    """Let the screens draw through a copy of standard error, and send everybody else's words to a file.

    The file begins anew each time and must be nobody else's: held open, Windows lets nobody rename it.

    PortAudio prints to standard error when a microphone goes, and sounddevice mutes it while it looks for
    devices; on Linux Textual draws through that same descriptor. On Windows it draws through standard output.
    """
    screen, original = os.dup(2), sys.__stderr__
    with log_file.open("w", encoding="utf-8") as log, os.fdopen(screen, "w", encoding="utf-8") as drawing:
        os.dup2(log.fileno(), 2)
        sys.__stderr__ = drawing  # type: ignore[misc]
        try:
            yield
        finally:
            drawing.flush()
            os.dup2(drawing.fileno(), 2)
            sys.__stderr__ = original  # type: ignore[misc]
