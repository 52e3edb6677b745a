"""Keeps what is printed from steering the terminal."""

import io
import re
from typing import TextIO

_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and the ends of lines, and what turns the direction of writing."""


class TerminalOutput(io.TextIOWrapper):
    """Output to a terminal, with ? for each character that would steer it: a file name may hold any."""

    @classmethod
    def over(cls, stream: TextIO) -> TextIO:
        """Return what to print to instead of a stream; a file or a pipe gets every character."""
        if not stream.isatty():
            return stream
        return cls(stream.buffer, encoding="utf-8", errors="replace", line_buffering=True)

    def write(self, text: str, /) -> int:
        """Write a text."""
        return super().write(_STEERING.sub("?", text))
