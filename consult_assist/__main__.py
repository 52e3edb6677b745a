"""`python -m consult_assist`, and the `consult-assist` command."""

import os
import sys
import threading
from contextlib import suppress


def main() -> int:
    """Run the command; Ctrl+C while its modules are read ends it as quietly as later."""
    try:
        from consult_assist.cli import main as run  # noqa: PLC0415 - reading it takes a moment

        status = run()
    except KeyboardInterrupt:
        return 130
    if any(thread.daemon for thread in threading.enumerate()):
        _end_at_once(status)
    return status


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
