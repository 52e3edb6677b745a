"""Contracts of what gives sound, keeps it and plays it."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Protocol

from consult_assist.domain.audio import AudioFrame, SpeechSegment

AudioBlock = tuple[AudioFrame, ...]
"""One frame for each channel, all for the same time."""


class SoundSource(Protocol):
    """A microphone or a file, as blocks of 16 kHz frames."""

    @property
    def name(self) -> str:
        """`microphone:DEVICE` or `file:NAME`, without a folder."""

    @property
    def channels(self) -> int:
        """How many channels each block has."""

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Open the source and yield blocks of about 0.03 s until it ends; closing the iterator closes it.

        Args:
            start_sample: where the first block stands on the consultation's clock. A file is read from there
                on; a microphone simply numbers its samples from there.

        Raises:
            SoundFileError: the file cannot be decoded.
            MicrophoneError: the device cannot be opened, or has gone while capturing.
        """


class RecordingWriter(Protocol):
    """Keeps sound on disk before anything interprets it."""

    def write(self, block: AudioBlock) -> None:
        """Append one block; after a crash at most the last second is lost.

        Raises:
            RecordingError: the disk is full or the folder is read-only.
        """

    def divide(self) -> None:
        """Go on in another part, so that what was written so far can be changed.

        Raises:
            RecordingError: the disk is full or the folder is read-only.
        """

    def close(self) -> None:
        """Finish the file."""


class SoundFiles(Protocol):
    """The recordings folder."""

    def open_writer(self, name: str, channels: int) -> RecordingWriter:
        """Create a sound file.

        Raises:
            RecordingError: the folder cannot be written to.
        """

    def read_segment(self, name: str, *, channel: int, start_s: float, end_s: float) -> SpeechSegment:
        """Read a stretch of one channel; times count from the start of the file.

        Raises:
            SoundFileError: the file is gone or broken.
        """

    def read_blocks(self, name: str, start_sample: int) -> Generator[AudioBlock]:
        """Yield a file's sound from a sample on, numbered from the start of the file.

        Raises:
            SoundFileError: the file is gone or broken.
        """

    def channels(self, name: str) -> int:
        """Return how many channels a file has, 0 when it is gone or was only begun; 1 when it is broken."""

    def duration_s(self, name: str) -> float:
        """Return how much sound a file holds, 0 when it is gone."""

    def remove(self, name: str) -> None:
        """Delete a sound file; one that is gone already is fine."""

    def mark(self, name: str, stretches: Sequence[tuple[float, float]]) -> None:
        """Note on disk which stretches of a file are to be silenced; from then on they are read as silence.

        Raises:
            RecordingError: it cannot be noted.
        """

    def silence(self, name: str) -> None:
        """Silence what is marked in the parts of a file that nobody writes any more.

        Raises:
            RecordingError: the file is in use; the mark stays.
        """

    def mend(self, name: str) -> None:
        """Silence what is marked and join all parts into one file, which nobody may be writing.

        Raises:
            RecordingError: the file is in use; what is not done is left for later.
        """

    def to_mend(self) -> Sequence[str]:
        """Return the names of files that still hold marks or parts."""

    def path(self, name: str) -> Path:
        """Return where a sound file lies."""


class Player(Protocol):
    """Plays a stretch of a recording through the loudspeaker."""

    def play(self, recording: Path, start_s: float, end_s: float) -> None:
        """Start playing in the background; an earlier sound stops.

        Raises:
            SoundError: no loudspeaker, or the recording cannot be read.
        """

    def play_from(
        self, sound: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0
    ) -> None:
        """Start playing a sound file of any kind at a speed, with its pitch kept; an earlier sound stops.

        Raises:
            SoundError: no loudspeaker, or the file cannot be read.
        """

    def stop(self) -> None:
        """Stop at once."""
