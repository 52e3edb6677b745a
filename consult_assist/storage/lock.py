"""Only one process captures on a data folder; reading needs no lock."""

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from consult_assist.errors import StoreBusyError
from consult_assist.storage.failures import file_error

LOCK_NAME = "capture.lock"


class FileCaptureLock:
    """The right to capture; the system gives it back when the process ends, however it ends."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder
        self._lock = FileLock(data_folder / LOCK_NAME, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the right to capture; it may be given back from another thread.

        Raises:
            StoreBusyError: another window has it.
            StoreError: the data folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise StoreBusyError(
                "このデータフォルダーでは別の画面が相談を記録しています。その相談を終えてから、もう一度行ってください。"
            ) from error
        except OSError as error:
            raise file_error(error, self._folder, "を使うことが") from error

    def release(self) -> None:
        """Give it back; doing so twice is harmless."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
