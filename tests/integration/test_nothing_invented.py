"""A minute in which nobody speaks, through the real weights: no word may come out of it."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.app.live.pipeline import SpeechPipeline
from consult_assist.asr.base import Recognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame, SpeechSegment
from consult_assist.domain.speech import Draft, Utterance
from consult_assist.vad.silero import SileroDetector


def noise(seconds: float, level: float, seed: int = 1) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    return (rng.standard_normal(int(seconds * SAMPLE_RATE_HZ)) * level).astype(np.float32)


def harmonics(phase: NDArray[np.float64], level: float) -> NDArray[np.float32]:
    wave = np.sum([np.sin(n * phase) / n for n in range(1, 9)], axis=0) * level
    return np.asarray(wave, dtype=np.float32)


def hum(seconds: float) -> NDArray[np.float32]:
    return harmonics(2 * np.pi * 50 * np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ, 0.03)


def knocks(seconds: float) -> NDArray[np.float32]:
    """Return keys and ticks: short bursts that die away, five a second."""
    every = SAMPLE_RATE_HZ // 5
    shape = np.exp(-np.arange(every) / 80)
    return np.asarray(noise(seconds, 0.3) * np.resize(shape, int(seconds * SAMPLE_RATE_HZ)), dtype=np.float32)


def wails(seconds: float) -> NDArray[np.float32]:
    """Return what a baby cries: a strong harmonic voice around 450 Hz that swells each second."""
    time_s = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    swell = np.abs(np.sin(np.pi * time_s)) ** 2
    phase = 2 * np.pi * np.cumsum(420 + 80 * swell) / SAMPLE_RATE_HZ
    return np.asarray(harmonics(phase, 0.1) * swell, dtype=np.float32)


def minute() -> NDArray[np.float32]:
    pause = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
    both = [noise(5, 0.03) + knocks(5), hum(5) + wails(5)]
    parts = [noise(10, 0.003), hum(10), knocks(10), wails(10), *both]
    return np.concatenate([part for sound in parts for part in (sound, pause)])


def blocks(sound: NDArray[np.float32]) -> Iterator[Sequence[AudioBlock]]:
    for start in range(0, len(sound), 1600):
        yield [(AudioFrame(0, start, sound[start : start + 1600].astype(np.float32)),)]


def test_a_minute_without_speech_gives_no_word(whisper: Recognizer) -> None:
    pipeline = SpeechPipeline(whisper, [SileroDetector()], speakers=[None])
    events = list(pipeline.listen(blocks(minute())))
    assert not [event for event in events if isinstance(event, Utterance)]
    assert not [event for event in events if isinstance(event, Draft) and event.text]


@pytest.mark.parametrize(
    "sound", [noise(0.8, 0.03), knocks(1.2), wails(3.0), hum(4.0)], ids=["hiss", "keys", "crying", "hum"]
)
def test_the_guards_hold_where_voice_detection_fails(whisper: Recognizer, sound: NDArray[np.float32]) -> None:
    segment = SpeechSegment(channel=0, start_sample=0, samples=sound, voice_probability=0.9)
    assert whisper.recognize(segment) == ""
    assert whisper.draft(sound) == ""
