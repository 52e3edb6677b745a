"""What every voice encoder promises, the fake included."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.diarization.base import VoiceEncoder
from consult_assist.diarization.ge2e import Ge2eVoiceEncoder
from consult_assist.diarization.scripted import ScriptedVoiceEncoder
from consult_assist.errors import ModelError


@pytest.fixture(params=["ge2e", "scripted"])
def encoder(request: pytest.FixtureRequest) -> VoiceEncoder:
    return Ge2eVoiceEncoder() if request.param == "ge2e" else ScriptedVoiceEncoder([(1.0, 2.0, 2.0)])


def buzz(pitch_hz: float, seconds: float) -> NDArray[np.float32]:
    """Return a buzz rich in overtones, like a voice without a mouth."""
    time_s = np.arange(round(seconds * 16_000)) / 16_000
    waves = [np.sin(2 * np.pi * pitch_hz * n * time_s) / n for n in range(1, 20)]
    return np.asarray(0.1 * np.sum(waves, axis=0), dtype=np.float32)


@pytest.mark.parametrize("seconds", [0.1, 0.7, 1.6, 5.0, 20.0])
def test_a_voice_has_length_one_whatever_the_sound(encoder: VoiceEncoder, seconds: float) -> None:
    voice = encoder.embed(buzz(120.0, seconds))
    assert voice.dtype == np.float32
    assert voice.ndim == 1
    assert np.linalg.norm(voice) == pytest.approx(1.0, abs=1e-4)


def test_the_same_sound_has_the_same_voice_at_any_level(encoder: VoiceEncoder) -> None:
    loud, faint = encoder.embed(buzz(120.0, 2.0)), encoder.embed(buzz(120.0, 2.0) * np.float32(0.05))
    assert loud @ faint > 0.999


def test_voices_of_one_encoder_can_be_compared(encoder: VoiceEncoder) -> None:
    assert encoder.embed(buzz(120.0, 0.5)).shape == encoder.embed(buzz(220.0, 3.0)).shape


def test_different_sounds_differ() -> None:
    encoder = Ge2eVoiceEncoder()
    low, again, high = (encoder.embed(buzz(pitch, 2.0)) for pitch in (110.0, 112.0, 240.0))
    assert low @ again > low @ high


def test_silence_is_no_error(encoder: VoiceEncoder) -> None:
    assert np.isfinite(encoder.embed(np.zeros(16_000, dtype=np.float32))).all()


@pytest.mark.parametrize("contents", [None, b"", b"half of it"])
def test_missing_or_broken_weights_are_said_in_one_sentence(tmp_path: Path, contents: bytes | None) -> None:
    weights = tmp_path / "voice.onnx"
    if contents is not None:
        weights.write_bytes(contents)
    with pytest.raises(ModelError, match=r"^声を聞き分ける部品が[^。]*。$"):
        Ge2eVoiceEncoder(weights)
