"""Line → sound, as a microphone at the counter would hear it: pitch, room, level and noise differ by line.

The voice is Open JTalk's “Mei”, which comes with pyopenjtalk-plus: HTS Voice "Mei", released by the MMDAgent
Project Team, © 2009–2013 Nagoya Institute of Technology, CC BY 3.0.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pyopenjtalk
import soxr
from finetuning_texts import Line
from make_samples import amplitude, convolve

from benchmarks.non_speech import RATE_HZ, Sound, at_rms, babble, coloured, fit, non_speech

SPEED, HALF_TONES, VOICE_SIZE = (0.95, 1.3), (-7.0, 2.0), (0.87, 1.08)
"""A sound played faster or slower by `VOICE_SIZE` is that of a smaller or a larger person."""
ROOM_SHARE, REVERB_S, REVERB_PART = 0.7, (0.05, 0.3), (0.1, 0.5)
SILENCE_BEFORE_S, SILENCE_AFTER_S = (0.1, 0.3), (0.1, 0.35)
LEVEL_DB = (-29.0, -17.0)
NOISE_SHARE, SIGNAL_TO_NOISE_DB = 0.6, (8.0, 28.0)
MICROPHONE_NOISE_DB = (-75.0, -50.0)
QUIET_KIND_S, QUIET_PIECE_S, QUIET_PIECES_OF_A_SOUND = 40.0, (0.8, 6.0), 3
QUIET_SEED = 5


def speech_of(line: Line) -> Sound:
    """Return `(n_samples,) float32, -1…1, 16 kHz mono`: always the same one for a line."""
    rng = np.random.default_rng(int(line.key, 16))
    voice, rate_hz = pyopenjtalk.tts(
        line.reading, speed=rng.uniform(*SPEED), half_tone=rng.uniform(*HALF_TONES)
    )
    speech = soxr.resample(voice, rate_hz * rng.uniform(*VOICE_SIZE), RATE_HZ)
    if rng.random() < ROOM_SHARE:
        speech = _in_a_room(speech, rng)
    before, after = (int(rng.uniform(*range_s) * RATE_HZ) for range_s in (SILENCE_BEFORE_S, SILENCE_AFTER_S))
    level_db = rng.uniform(*LEVEL_DB)
    sound = at_rms(np.pad(speech, (before, after)), level_db)
    if rng.random() < NOISE_SHARE:
        sound += at_rms(_background(len(sound), rng), level_db - rng.uniform(*SIGNAL_TO_NOISE_DB))
    sound += rng.standard_normal(len(sound), dtype=np.float32) * amplitude(rng.uniform(*MICROPHONE_NOISE_DB))
    return np.clip(sound, -1.0, 1.0)


def quiet_pieces() -> Iterator[Sound]:
    """Yield pieces of sound without speech, of the half that thresholds may look at."""
    rng = np.random.default_rng(QUIET_SEED)
    sounds = [sound for kind in non_speech("look", QUIET_KIND_S) for sound in kind.sounds]
    for index in rng.permutation(len(sounds) * QUIET_PIECES_OF_A_SOUND):
        sound = sounds[index // QUIET_PIECES_OF_A_SOUND]
        length = min(len(sound), int(rng.uniform(*QUIET_PIECE_S) * RATE_HZ))
        start = int(rng.integers(len(sound) - length + 1))
        yield sound[start : start + length]


def _in_a_room(speech: Sound, rng: np.random.Generator) -> Sound:
    length = int(rng.uniform(*REVERB_S) * RATE_HZ)
    tail = rng.standard_normal(length) * 10.0 ** (-3.0 * np.arange(length) / length)
    tail *= rng.uniform(*REVERB_PART) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return convolve(np.pad(speech, (0, RATE_HZ // 20)), tail).astype(np.float32)


def _background(length: int, rng: np.random.Generator) -> Sound:
    talks = _talks() or (coloured(rng, length, 0.5),)
    talk = talks[int(rng.integers(len(talks)))]
    return fit(np.roll(talk, int(rng.integers(len(talk)))), length)


@cache
def _talks() -> tuple[Sound, ...]:
    """Return foreign talk of several voices; none where `../shared/noise` is not there (then it is hiss)."""
    return tuple(talk for talkers in (12, 4) if len(talk := babble(talkers, "look")))
