"""Microphone, loudspeaker, sound files, and what finds speech and voices in sound."""

from collections.abc import Sequence
from pathlib import Path

from consult_assist.app.settings import Settings
from consult_assist.audio.base import Player, SoundFiles, SoundSource
from consult_assist.diarization.base import VoiceEncoder
from consult_assist.vad.base import SpeechDetector

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def open_microphone(settings: Settings) -> SoundSource:
    """Return the microphone that is set."""
    from consult_assist.audio.microphone import MicrophoneSource

    return MicrophoneSource(settings.microphone, settings.microphone_channels)


def list_microphones() -> Sequence[str]:
    """Return the names of the microphones of this PC."""
    from consult_assist.audio import microphone

    return microphone.list_microphones()


def open_file(path: Path, speed: float | None) -> SoundSource:
    """Return a sound file as a source, at a multiple of real time or, with None, as fast as it is read."""
    from consult_assist.audio.file import FileSource
    from consult_assist.audio.pacing import PacedSource

    source = FileSource(path)
    return source if speed is None else PacedSource(source, speed)


def new_player() -> Player:
    """Return the loudspeaker."""
    from consult_assist.audio.playback import SoundPlayer

    return SoundPlayer()


def files_in(folder: Path) -> SoundFiles:
    """Return the sound files of a folder."""
    from consult_assist.audio.folder import RecordingsFolder

    return RecordingsFolder(folder)


def duration_s(path: Path) -> float:
    """Return how long a sound file is, 0 where it does not say."""
    from consult_assist.audio.file import read_sound_info

    return read_sound_info(path).duration_s or 0.0


def missing_sound(path: Path) -> str | None:
    """Return a sentence where a sound file was cut off."""
    from consult_assist.audio import truncation

    return truncation.missing_sound(path)


def new_detector() -> SpeechDetector:
    """Return what finds speech in one channel."""
    from consult_assist.vad.silero import SileroDetector

    return SileroDetector()


def load_voice_encoder() -> VoiceEncoder:
    """Return what tells voices apart.

    Raises:
        ModelError: its weights are missing.
    """
    from consult_assist.diarization.ge2e import Ge2eVoiceEncoder

    return Ge2eVoiceEncoder()
