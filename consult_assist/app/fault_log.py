"""What may be written of an unexpected error: its type and its place, never its message."""

import logging
from collections import deque
from pathlib import Path
from traceback import walk_tb
from types import FrameType, TracebackType

_MAX_FRAMES = 20
"""The innermost ones; an endless recursion has a thousand."""
_OWN = __name__.partition(".")[0]

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def fault_text(error: BaseException) -> str:
    """Return types and places of an error and of what led to it, on one line.

    Its message stays out: a `KeyError` or a refused value quotes what a citizen said.
    """
    parts: list[str] = []
    known: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in known:
        known.add(id(link))
        places = [_place(frame, line) for frame, line in deque(walk_tb(link.__traceback__), _MAX_FRAMES)]
        parts.append(" < ".join([type(link).__qualname__, *reversed(places)]))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "; after ".join(parts)


class WordlessFormatter(logging.Formatter):
    """Writes our own messages as they are, and of a library's only the place: they may quote values."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Replace the message of a library by its place: asyncio, for one, prints the whole exception."""
        if record.name.partition(".")[0] != _OWN:
            record.message = f"{record.module}:{record.lineno}"
        return super().formatMessage(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        """Write an exception without its message."""
        return "" if ei[1] is None else fault_text(ei[1])


def _place(frame: FrameType, line: int) -> str:
    """Return `package/file.py:line function`; the folders above may hold somebody's name."""
    path = Path(frame.f_code.co_filename)
    depth = frame.f_globals.get("__name__", "").count(".") + (2 if path.stem == "__init__" else 1)
    return f"{'/'.join(path.parts[-depth:])}:{line} {frame.f_code.co_name}"
