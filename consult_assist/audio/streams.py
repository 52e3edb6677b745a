"""Who holds PortAudio: its list of devices can be renewed only while nothing is captured or played.

PortAudio looks for devices once. A microphone plugged in later appears only after PortAudio was shut down and
started again, which would close every open stream behind the back of its owner.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from consult_assist.errors import SoundError


def load_portaudio(error: type[SoundError], purpose: str, unusable: str) -> ModuleType:
    """Return the module `sounddevice`, which opens PortAudio: replay and records must work without it.

    Args:
        error: raised when it cannot be had.
        purpose: what it is for, before ための部品.
        unusable: the sentence for when it is there and does not start.
    """
    try:
        import sounddevice  # noqa: PLC0415 - see above
    except (OSError, ImportError) as cause:
        raise error(
            f"{purpose}ための部品 PortAudio がありません。管理者に追加を頼んでください"
            "（Debian/Ubuntu なら sudo apt install libportaudio2）。"
        ) from cause
    except Exception as cause:  # its own error class cannot be named: importing it is what failed
        raise error(unusable) from cause
    module: ModuleType = sounddevice
    return module


class OpenStreams:
    """The open sounddevice streams of this process; PortAudio itself is not safe to use from two threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._streams: list[Any] = []

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep others from opening, closing or renewing meanwhile."""
        with self._lock:
            yield

    def open(self, make: Callable[[], Any]) -> Any:
        """Make a stream, start and remember it; one that does not start is closed again."""
        with self._lock:
            stream = make()
            self._streams.append(stream)
            try:
                stream.start()
            except BaseException:
                self.close(stream)
                raise
            return stream

    def close(self, stream: Any) -> None:
        """Close a stream at once; one that is closed already is fine."""
        with self._lock:
            if stream in self._streams:
                self._streams.remove(stream)
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)

    def renew_devices(self, portaudio: ModuleType) -> None:
        """Look for devices again, unless sound is flowing; streams that have come to their end are closed."""
        with self._lock:
            if any(stream.active for stream in self._streams):
                return
            for stream in tuple(self._streams):
                self.close(stream)
            # sounddevice offers no public way; these two are what its author recommends for it.
            if portaudio._initialized:  # noqa: SLF001
                portaudio._terminate()  # noqa: SLF001
            portaudio._initialize()  # noqa: SLF001


OPEN_STREAMS = OpenStreams()
"""One for the process, as PortAudio is."""
