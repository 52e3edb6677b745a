"""What use cases work with: settings, knowledge, store and the engines behind their contracts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consult_assist.app.journal import Listener
from consult_assist.app.settings import Settings
from consult_assist.asr.base import Recognizer
from consult_assist.audio.base import Player, SoundFiles, SoundSource
from consult_assist.diarization.base import VoiceEncoder
from consult_assist.domain.consultation import ConsultationState, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.export.base import Exporter, Pseudonymizer
from consult_assist.knowledge.base import Reader
from consult_assist.nlp.base import Analyzer, Search, SentenceEncoder
from consult_assist.storage.base import CaptureLock, Store
from consult_assist.vad.base import SpeechDetector


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One line of the equipment check: OK, or one sentence that says what to do."""

    name: str
    ok: bool
    message: str


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
    new_pseudonymizer: Callable[[RecordDocument], Pseudonymizer]
    """What covers the words of a record that could tell who it is about."""
    exercise_sounds: SoundFiles
    """The sound of the office's own exercises."""
    fill_form: Callable[[bytes, RecordDocument], bytes]
    """The office's own Word form and a record → the form, filled."""
    open_microphone: Callable[[], SoundSource]
    open_file: Callable[[Path, float | None], SoundSource]
    """Sound file and speed; None = as fast as it is read."""
    sound_duration_s: Callable[[Path], float]
    missing_sound: Callable[[Path], str | None]
    """Sound file → a sentence, where it was cut off, that says how much of it can be read."""
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
def nobody_capturing(workplace: Workplace, summary: ConsultationSummary) -> Iterator[None]:
    """Hold the capture lock around a change of an open consultation, which might be live in another window.

    Raises:
        StoreBusyError: another window captures.
    """
    if summary.state is ConsultationState.CLOSED:
        yield
        return
    workplace.capture_lock.acquire()
    try:
        yield
    finally:
        workplace.capture_lock.release()
