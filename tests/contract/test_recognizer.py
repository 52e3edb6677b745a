"""What every recogniser promises about the times of words, the fake included."""

import numpy as np
import pytest

from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment

TEXT = "家賃が払えなくて𠮷野さんに、相談しました。"
START_S = 12.5


@pytest.fixture(params=["faster-whisper", "scripted"])
def recognizer(request: pytest.FixtureRequest) -> Recognizer:
    if request.param == "scripted":
        return ScriptedRecognizer([])
    whisper: Recognizer = request.getfixturevalue("whisper")
    return whisper


def noise(seconds: float) -> SpeechSegment:
    samples = np.random.default_rng(5).normal(0, 0.05, round(seconds * SAMPLE_RATE_HZ)).astype(np.float32)
    return SpeechSegment(channel=0, start_sample=round(START_S * SAMPLE_RATE_HZ), samples=samples)


def test_times_cover_the_text_in_its_order_and_stay_inside_the_speech(recognizer: Recognizer) -> None:
    for sound in (noise(5.0), noise(0.3)):
        times = recognizer.word_times(sound, TEXT)
        assert "".join(TEXT[time.start_char : time.end_char] for time in times) == TEXT
        assert [time.start_char for time in times[1:]] == [time.end_char for time in times[:-1]]
        moments = [moment for time in times for moment in (time.start_s, time.end_s)]
        assert moments == sorted(moments)
        assert moments[0] >= START_S
        assert moments[-1] <= sound.end_s + 0.02
    assert all(time.end_char - time.start_char <= 4 for time in times)


def test_no_text_has_no_times(recognizer: Recognizer) -> None:
    assert list(recognizer.word_times(noise(1.0), "")) == []
