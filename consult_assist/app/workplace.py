"""What use cases work with: settings, knowledge, store and the engines behind their contracts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from consult_assist.app.journal import Listener
from consult_assist.app.settings import Settings
from consult_assist.asr.base import Recognizer
from consult_assist.audio.base import AudioBlock, Player, RecordingWriter, SoundSource
from consult_assist.domain.audio import SpeechSegment
from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.export.base import Cover, Exporter
from consult_assist.knowledge.base import Reader
from consult_assist.nlp.base import Analyzer, Search, SentenceEncoder
from consult_assist.storage.base import Store
from consult_assist.vad.base import SpeechDetector
from consult_assist.voices.base import VoiceEncoder


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One line of the equipment check: OK, or one sentence that says what to do."""

    name: str
    ok: bool
    message: str


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

    def read_blocks(self, name: str, start_sample: int) -> Iterator[AudioBlock]:
        """Yield a file's sound from a sample on, numbered from the start of the file.

        Raises:
            SoundFileError: the file is gone or broken.
        """

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


class CaptureLock(Protocol):
    """Held while this process captures into the data folder."""

    def acquire(self) -> None:
        """Take it.

        Raises:
            StoreBusyError: another process captures.
        """

    def release(self) -> None:
        """Give it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Everything a use case needs, made by wiring. An engine is loaded once, when it is first asked for."""

    settings: Settings
    knowledge: KnowledgeBase
    store: Store
    sound_files: SoundFiles
    capture_lock: CaptureLock
    player: Player
    exporters: Mapping[str, Exporter]
    new_cover: Callable[[RecordDocument], Cover]
    """What covers the words of a record that could tell who it is about."""
    exercise_sounds: SoundFiles
    """The sound of the office's own exercises."""
    fill_form: Callable[[bytes, RecordDocument], bytes]
    """The office's own Word form and a record → the form, filled."""
    open_microphone: Callable[[], SoundSource]
    open_file: Callable[[Path, float | None], SoundSource]
    """Sound file and speed; None = as fast as it is read."""
    sound_duration_s: Callable[[Path], float]
    load_recognizer: Callable[[], Recognizer]
    recognition_notice: Callable[[], str | None]
    """A sentence when recognition computes elsewhere than set or cannot tell speakers; loads the models."""
    load_analyzer: Callable[[], Analyzer]
    load_encoder: Callable[[], SentenceEncoder]
    load_search: Callable[[], Search]
    load_reader: Callable[[], Reader]
    new_detector: Callable[[], SpeechDetector]
    load_voice_encoder: Callable[[], VoiceEncoder]
    model_digest: Callable[[], str]
    checks: Sequence[Callable[[], CheckResult]]
    listeners: Sequence[Listener] = ()
    """Told every event of every session that is begun here."""


@contextmanager
def nobody_capturing(workplace: Workplace, document: RecordDocument) -> Iterator[None]:
    """Hold the capture lock around a change of an open record, which might be live in another window.

    Raises:
        StoreBusyError: another window captures.
    """
    if document.summary.state is ConsultationState.CLOSED:
        yield
        return
    workplace.capture_lock.acquire()
    try:
        yield
    finally:
        workplace.capture_lock.release()
