"""The event stream: one JSON object a line, flushed at once, nothing after `finished`."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from consult_assist.domain.codec import line_from_stamped
from consult_assist.domain.events import StampedEvent
from consult_assist.errors import ConsultAssistError


class EventFile:
    """Writes events to a file as they come; without a path it does nothing.

    What the file held before goes with the first event, and without any event no file is left: a start that
    fails costs no earlier talk and leaves nothing that looks like one.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file.

        Raises:
            ConsultAssistError: it cannot be written.
        """
        self.trouble: str | None = None
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        self._holds_earlier = False
        self._empty: Path | None = None
        if path is None:
            return
        try:
            self._empty = None if path.exists() or path.is_symlink() else path
            self._file = path.open("a", encoding="utf-8", newline="\n")
            self._holds_earlier = path.is_file()  # a pipe or a device holds nothing
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
                with self._giving_up_on_failure(self._file):
                    self._file.close()
                self._file = None
                if self._empty is not None:
                    with suppress(OSError):
                        self._empty.unlink()

    def write(self, stamped: StampedEvent) -> None:
        """Write one event; called from worker threads."""
        with self._lock:
            if self._file is not None:
                with self._giving_up_on_failure(self._file):
                    if self._holds_earlier:
                        self._file.truncate(0)
                        self._holds_earlier = False
                    self._empty = None
                    self._file.write(json.dumps(line_from_stamped(stamped), ensure_ascii=False) + "\n")
                    self._file.flush()

    @contextmanager
    def _giving_up_on_failure(self, file: TextIO) -> Iterator[None]:
        """Stop writing when the disk is full: the consultation itself must go on."""
        try:
            yield
        except OSError:
            with suppress(OSError):
                file.close()
            self._file = None
            self.trouble = (
                "--events のファイルに書けなくなりました。空きを確かめてください。相談は続いています。"
            )
