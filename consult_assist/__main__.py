"""`python -m consult_assist`, and the `consult-assist` command."""

import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType


def main() -> int:
    """Run the command; Ctrl+C while its modules are read ends it as quietly as later."""
    try:
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP; nohup has it ignored
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _stop)
        from consult_assist.cli import main as run  # noqa: PLC0415 - reading it takes a moment

        status = run()
    except KeyboardInterrupt:
        return 130
    except _Stopped as stop:
        status = stop.status
    if any(thread.daemon for thread in threading.enumerate()):
        _end_at_once(status)
    return status


class _Stopped(BaseException):
    """Somebody ends the program: half a file is removed on the way out, a consultation can be resumed."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not cut the clearing short
    raise _Stopped(number)


def _end_at_once(status: int) -> None:
    """End without waiting for the threads in which an engine still loads or computes.

    Python's own end takes the interpreter away from under them, and the engines' libraries abort on that.
    """
    import logging  # noqa: PLC0415 - reading it takes a moment

    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            with suppress(OSError):  # nobody reads any more
                stream.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
