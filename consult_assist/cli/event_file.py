"""The event stream: one JSON object a line, flushed at once, nothing after `finished`."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from consult_assist.domain.codec import line_from_stamped
from consult_assist.domain.events import StampedEvent
from consult_assist.errors import ConsultAssistError


class EventFile:
    """Writes events to a file as they come; without a path it does nothing."""

    def __init__(self, path: Path | None) -> None:
        """Open the file.

        Raises:
            ConsultAssistError: it cannot be written.
        """
        self.trouble: str | None = None
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        if path is None:
            return
        try:
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise ConsultAssistError(
                f"{path} に書けません。--events に別の場所を指定してください。"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            if self._file is not None:
                self._give_up_on_failure(self._file.close)
                self._file = None

    def write(self, stamped: StampedEvent) -> None:
        """Write one event; called from worker threads."""
        with self._lock:
            if self._file is not None:
                line = json.dumps(line_from_stamped(stamped), ensure_ascii=False) + "\n"
                self._give_up_on_failure(lambda: self._write(line))

    def _write(self, line: str) -> None:
        assert self._file is not None
        self._file.write(line)
        self._file.flush()

    def _give_up_on_failure(self, act: Callable[[], object]) -> None:
        """Stop writing when the disk is full: the consultation itself must go on."""
        try:
            act()
        except OSError:
            self._file = None
            self.trouble = (
                "--events のファイルに書けなくなりました。空きを確かめてください。相談は続いています。"
            )
