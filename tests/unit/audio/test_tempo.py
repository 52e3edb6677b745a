"""Another speed: as long as it should be, in the same pitch, everything at its time."""

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.audio.tempo import change_speed
from consult_assist.domain.audio import SAMPLE_RATE_HZ

SPEEDS = (0.75, 1.25, 1.5, 2.0)


def tone(hz: float, length_s: float, *, from_s: float = 0.0) -> NDArray[np.float32]:
    """A tone that begins after a silence."""
    at_s = np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return np.asarray(0.3 * np.sin(2 * np.pi * hz * at_s) * (at_s >= from_s), dtype=np.float32)


def pitch_hz(samples: NDArray[np.float32]) -> float:
    """The strongest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * SAMPLE_RATE_HZ / len(samples)


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_length_changes_and_the_pitch_stays(speed: float) -> None:
    played = change_speed(tone(440, 6.0)[:, None], speed)
    assert len(played) / SAMPLE_RATE_HZ == pytest.approx(6.0 / speed, abs=0.03)
    assert pitch_hz(played[len(played) // 4 : -len(played) // 4, 0]) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_is_said_late_is_heard_at_its_time(speed: float) -> None:
    played = change_speed(tone(300, 8.0, from_s=6.0)[:, None], speed)
    begins = int(np.argmax(np.abs(played[:, 0]) > 0.1)) / SAMPLE_RATE_HZ
    assert begins == pytest.approx(6.0 / speed, abs=0.06)


def test_two_microphones_stay_apart() -> None:
    both = np.stack([tone(300, 3.0), tone(700, 3.0)], axis=1)
    played = change_speed(both, 1.5)
    assert played.shape[1] == 2
    assert pitch_hz(played[8_000:24_000, 0]) == pytest.approx(300, abs=2)
    assert pitch_hz(played[8_000:24_000, 1]) == pytest.approx(700, abs=2)


def test_the_own_speed_changes_nothing() -> None:
    samples = tone(440, 0.5)[:, None]
    assert change_speed(samples, 1.0) is samples
