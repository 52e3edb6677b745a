"""What the model is given is the same, whether the silence around speech is computed or repeated."""

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from consult_assist.asr.faster_whisper import padded_features
from consult_assist.domain.audio import SAMPLE_RATE_HZ

RNG = np.random.default_rng(5)
FRAMES = 1200
WINDOW = FRAMES * 160


@pytest.mark.parametrize("loudness", [0.1, 1e-6, 0.0])
@pytest.mark.parametrize("length", [1, 159, 160, 281, SAMPLE_RATE_HZ, WINDOW - 300, WINDOW, WINDOW + 99])
def test_silence_after_speech_need_not_be_computed(length: int, loudness: float) -> None:
    extractor = FeatureExtractor()
    sound = RNG.normal(0, loudness, length).astype(np.float32)
    whole = np.zeros(WINDOW, dtype=np.float32)
    whole[:length] = sound[:WINDOW]
    expected = extractor(whole, padding=0)[:, :FRAMES]
    np.testing.assert_allclose(padded_features(extractor, sound, FRAMES), expected, atol=1e-5)
