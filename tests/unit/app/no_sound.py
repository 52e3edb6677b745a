"""A recordings folder that remembers what it was asked, and holds nothing."""

from collections.abc import Generator, Sequence
from pathlib import Path

from consult_assist.audio.base import AudioBlock, RecordingWriter
from consult_assist.domain.audio import SpeechSegment
from consult_assist.errors import RecordingError, SoundFileError


class NoSound:
    """Sound files without sound."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.removed: list[str] = []
        self.in_use = False
        self.unmarkable = False

    def open_writer(self, name: str, channels: int) -> RecordingWriter:
        raise NotImplementedError

    def read_segment(self, name: str, *, channel: int, start_s: float, end_s: float) -> SpeechSegment:
        raise SoundFileError(f"{name} がありません。")

    def read_blocks(self, name: str, start_sample: int) -> Generator[AudioBlock]:
        raise SoundFileError(f"{name} がありません。")

    def channels(self, name: str) -> int:
        return 0

    def duration_s(self, name: str) -> float:
        return 0.0

    def remove(self, name: str) -> None:
        if self.in_use:
            raise RecordingError("使われています。")
        self.removed.append(name)

    def mark(self, name: str, stretches: Sequence[tuple[float, float]]) -> None:
        if self.unmarkable:
            raise RecordingError("書き留められません。")
        self.asked.append(("mark", name, *stretches))

    def silence(self, name: str) -> None:
        self.asked.append(("silence", name))

    def mend(self, name: str) -> None:
        self.asked.append(("mend", name))

    def to_mend(self) -> Sequence[str]:
        return sorted({str(item[1]) for item in self.asked if item[0] == "mark"})

    def path(self, name: str) -> Path:
        return Path(name)
