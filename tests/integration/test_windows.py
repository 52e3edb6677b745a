"""How long a window of sound the encoder is given: short where the weights have learned to end in it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faster_whisper import WhisperModel

from consult_assist.app.settings import Settings
from consult_assist.app.wiring.recognition import load_on_device
from consult_assist.asr.base import Recognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from tests.integration.random_whisper import Shape, write_random_whisper


@pytest.fixture
def windows_s(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The lengths of what the encoder is given, as it happens."""
    encode, given = WhisperModel.encode, []

    def noting(self: WhisperModel, features: Any) -> Any:
        given.append(features.shape[-1] / 100)
        return encode(self, features)

    monkeypatch.setattr(WhisperModel, "encode", noting)
    return given


def noise(seconds: float) -> SpeechSegment:
    samples = np.random.default_rng(4).normal(0, 0.05, round(seconds * SAMPLE_RATE_HZ)).astype(np.float32)
    return SpeechSegment(channel=0, start_sample=0, samples=samples)


def test_the_finetuned_model_hears_in_a_short_window(whisper: Recognizer, windows_s: list[float]) -> None:
    for speech_s, window_s in ((1.0, 6.0), (9.0, 11.0), (40.0, 30.0)):
        whisper.recognize(noise(speech_s))
        assert windows_s[0] == window_s
        windows_s.clear()


def test_other_models_hear_in_a_longer_one(
    tmp_path: Path, models_folder: Path, windows_s: list[float]
) -> None:
    write_random_whisper(tmp_path / "own", Shape(), models_folder / "base")
    settings = Settings(models_folder=tmp_path, model="own", device="cpu", compute_type="int8")
    recognizer, _ = load_on_device(settings)
    for speech_s, window_s in ((1.0, 12.0), (10.0, 13.0)):
        windows_s.clear()
        recognizer.recognize(noise(speech_s))
        assert windows_s[0] == window_s
