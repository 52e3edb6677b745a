"""The recordings folder: names → sound files."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from consult_assist.audio.base import AudioBlock, RecordingWriter
from consult_assist.audio.erasing import (
    mark_for_silence,
    mend_recording,
    recordings_to_mend,
    remove_recording,
    silence_marked,
)
from consult_assist.audio.recording import (
    FlacRecordingWriter,
    read_recording,
    recording_blocks,
    recording_channels,
    recording_duration_s,
)
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.errors import SoundFileError


@dataclass(frozen=True, slots=True)
class RecordingsFolder:
    """Sound files of consultations, all in one folder, by their bare names."""

    folder: Path

    def open_writer(self, name: str, channels: int) -> RecordingWriter:
        """Create a sound file.

        Raises:
            RecordingError: the folder cannot be written to.
        """
        return FlacRecordingWriter(self.path(name), channels)

    def read_segment(self, name: str, *, channel: int, start_s: float, end_s: float) -> SpeechSegment:
        """Read a stretch of one channel; times count from the start of the file.

        Raises:
            SoundFileError: the file is gone or broken.
        """
        samples = read_recording(self.path(name), start_s, end_s)
        return SpeechSegment(
            channel=channel,
            start_sample=round(start_s * SAMPLE_RATE_HZ),
            samples=np.ascontiguousarray(samples if samples.ndim == 1 else samples[:, channel]),
        )

    def read_blocks(self, name: str, start_sample: int) -> Generator[AudioBlock]:
        """Yield a file's sound from a sample on, numbered from the start of the file.

        Raises:
            SoundFileError: the file is gone or broken.
        """
        return recording_blocks(self.path(name), start_sample)

    def channels(self, name: str) -> int:
        """Return how many channels a file has, 0 when it is gone or was only begun; 1 when it is broken."""
        return recording_channels(self.path(name))

    def duration_s(self, name: str) -> float:
        """Return how much sound a file holds, also one cut off by a crash; 0 when there is none."""
        path = self.path(name)
        try:
            return recording_duration_s(path)
        except SoundFileError:
            return 0.0

    def remove(self, name: str) -> None:
        """Delete a sound file; one that is gone already is fine."""
        remove_recording(self.path(name))

    def mark(self, name: str, stretches: Sequence[tuple[float, float]]) -> None:
        """Note on disk that stretches of a file are to be silenced; reading gives silence there at once."""
        mark_for_silence(self.path(name), stretches)

    def silence(self, name: str) -> None:
        """Silence what is marked; the part that is being written must lie behind it."""
        silence_marked(self.path(name))

    def mend(self, name: str) -> None:
        """Silence what is marked and make one file of all parts; nobody may be writing it."""
        mend_recording(self.path(name))

    def to_mend(self) -> Sequence[str]:
        """Return the names of files in which something was left undone, or is being done."""
        return recordings_to_mend(self.folder)

    def path(self, name: str) -> Path:
        """Return where a sound file lies."""
        return self.folder / name
