"""Sound in which nobody at the desk speaks: made here, and cut from `../shared/noise` where that is there.

Levels are those of the whole sound (dBFS, root mean square) for steady noise and of the loudest moment (peak)
for knocks and clicks. Speech at the desk is taken to be at −23 dBFS, as in the samples.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Sound = NDArray[np.float32]
Half = Literal["look", "check"]
"""Recorded clips are split by the recording they come from: thresholds may look at one half only."""

RATE_HZ = 16_000
SPEECH_DBFS = -23.0
NOISE_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "noise"


@dataclass(frozen=True)
class Kind:
    """One kind of sound at a stated level; each of its sounds is heard from a fresh start."""

    name: str
    level: str
    sounds: tuple[Sound, ...]

    @property
    def minutes(self) -> float:
        """How long it lasts in all."""
        return sum(len(sound) for sound in self.sounds) / RATE_HZ / 60


def at_rms(sound: Sound, level_dbfs: float) -> Sound:
    """Return the sound at a root-mean-square level."""
    rms = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    return (sound * (10 ** (level_dbfs / 20) / max(rms, 1e-9))).astype(np.float32)


def at_peak(sound: Sound, level_dbfs: float) -> Sound:
    """Return the sound with its loudest sample at a level."""
    return (sound * (10 ** (level_dbfs / 20) / max(float(np.abs(sound).max()), 1e-9))).astype(np.float32)


def coloured(rng: np.random.Generator, n_samples: int, slope: float) -> Sound:
    """Return noise whose amplitude falls with frequency to the power `slope`: 0 white, 0.5 pink, 1 brown."""
    spectrum = np.fft.rfft(rng.standard_normal(n_samples))
    frequency = np.maximum(np.fft.rfftfreq(n_samples, 1 / RATE_HZ), 20.0)
    return np.fft.irfft(spectrum / frequency**slope, n_samples).astype(np.float32)


def band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    """Return only what lies between two frequencies."""
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    spectrum[(frequency < low_hz) | (frequency > high_hz)] = 0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


def hum(rng: np.random.Generator, n_samples: int, mains_hz: float) -> Sound:
    """Return mains hum with seven harmonics that waver a little."""
    time_s = np.arange(n_samples) / RATE_HZ
    wave = np.zeros(n_samples)
    for harmonic in range(1, 9):
        waver = 1 + 0.2 * np.sin(2 * np.pi * rng.uniform(0.05, 0.3) * time_s)
        wave += waver / harmonic * np.sin(2 * np.pi * mains_hz * harmonic * time_s + rng.uniform(0, 6))
    return wave.astype(np.float32)


def knock(
    rng: np.random.Generator, decay_s: float, low_hz: float, high_hz: float, ring_hz: float = 0.0
) -> Sound:
    """Return one burst that dies away, with a ring where the thing that is struck has one."""
    n_samples = int(decay_s * 8 * RATE_HZ)
    time_s = np.arange(n_samples) / RATE_HZ
    burst = band(rng.standard_normal(n_samples).astype(np.float32), low_hz, high_hz)
    if ring_hz:
        burst = burst + np.sin(2 * np.pi * ring_hz * time_s)
    return at_peak(burst * np.exp(-time_s / decay_s), 0.0)


def events(
    rng: np.random.Generator, n_samples: int, make: Callable[[], Sound], gap_s: Callable[[], float]
) -> Sound:
    """Return single sounds, one after the other, with gaps between their beginnings."""
    sound = np.zeros(n_samples, dtype=np.float32)
    at = int(gap_s() * rng.uniform(0, 1) * RATE_HZ)
    while at < n_samples:
        one = make()[: n_samples - at]
        sound[at : at + len(one)] += one
        at += max(1, int(gap_s() * RATE_HZ))
    return sound


def keyboard(rng: np.random.Generator, n_samples: int) -> Sound:
    """Return typing: bursts of some dozen key strokes (down and up), then a moment of thought."""

    def stroke() -> Sound:
        down = knock(rng, 0.004, 800, 7000, rng.uniform(900, 2500)) * rng.uniform(0.5, 1)
        up = knock(rng, 0.003, 1500, 7500) * rng.uniform(0.15, 0.4)
        sound = np.zeros(int(0.09 * RATE_HZ) + len(up), dtype=np.float32)
        sound[: len(down)] += down
        sound[-len(up) :] += up
        return sound

    return events(rng, n_samples, stroke, lambda: rng.uniform(0.08, 0.25) if rng.random() < 0.93 else 1.8)


def mouse(rng: np.random.Generator, n_samples: int) -> Sound:
    """Return mouse clicks, some of them double."""
    gap = lambda: 0.16 if rng.random() < 0.4 else rng.uniform(0.8, 3)  # noqa: E731
    return events(rng, n_samples, lambda: knock(rng, 0.002, 2000, 7800, 3200), gap)


def clock(rng: np.random.Generator, n_samples: int) -> Sound:
    """Return a wall clock: a tick each second, each other one duller."""
    turn = iter(range(n_samples))
    tick = lambda: knock(rng, 0.006, 1200, 7000, 2100 if next(turn) % 2 else 1700)  # noqa: E731
    return events(rng, n_samples, tick, lambda: 1.0)


def rain(rng: np.random.Generator, n_samples: int) -> Sound:
    """Return rain on a window: pink hiss and single drops."""
    drop = lambda: knock(rng, rng.uniform(0.002, 0.008), 500, 6000) * rng.exponential(0.3)  # noqa: E731
    drops = events(rng, n_samples, drop, lambda: rng.exponential(0.04))
    return at_rms(coloured(rng, n_samples, 0.4), -30) + at_rms(drops, -33)


def wail(rng: np.random.Generator) -> Sound:
    """Return one cry of a baby: a strong harmonic voice that rises and falls between 350 and 600 Hz."""
    length_s = rng.uniform(0.6, 1.5)
    time_s = np.arange(int(length_s * RATE_HZ)) / RATE_HZ
    shape = np.sin(np.pi * time_s / length_s)
    pitch_hz = rng.uniform(350, 450) + rng.uniform(60, 150) * shape + 12 * np.sin(2 * np.pi * 7 * time_s)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / RATE_HZ
    formants_hz = (rng.uniform(900, 1300), rng.uniform(2500, 3500))
    wave = np.zeros(len(time_s))
    for harmonic in range(1, 12):
        weight = sum(np.exp(-(((harmonic * 450 - peak) / 700) ** 2)) for peak in formants_hz) + 0.1
        wave += weight * np.sin(harmonic * phase)
    return at_peak((wave * shape**0.5).astype(np.float32), 0.0)


def sneeze(rng: np.random.Generator) -> Sound:
    """Return a sneeze or cough: an intake of breath, then a burst of broad noise."""
    breath = band(coloured(rng, 4800, 0.3), 300, 4000) * np.hanning(4800)
    burst = knock(rng, rng.uniform(0.05, 0.12), 300, 6500)
    return np.concatenate([at_peak(breath.astype(np.float32), -18), burst]).astype(np.float32)


def rustle(rng: np.random.Generator, n_samples: int) -> Sound:
    """Return paper that is leafed through: high noise that swells and crackles."""
    moments = np.arange(0, n_samples, 1600)
    swell = np.interp(np.arange(n_samples), moments, rng.random(len(moments)) ** 3)
    return band(rng.standard_normal(n_samples).astype(np.float32), 1500, 7500) * swell.astype(np.float32)


def chime(rng: np.random.Generator) -> Sound:
    """Return the two tones that call the next number."""
    time_s = np.arange(int(1.2 * RATE_HZ)) / RATE_HZ
    tones = [np.sin(2 * np.pi * pitch * time_s) * np.exp(-time_s / 0.4) for pitch in (659.3, 523.3)]
    return (np.concatenate(tones) * rng.uniform(0.7, 1)).astype(np.float32)


def far(sound: Sound) -> Sound:
    """Return a sound as it comes from the other end of a hall: duller, with an echo of 0.6 s."""
    tail = np.random.default_rng(7).standard_normal(int(0.6 * RATE_HZ))
    tail *= np.exp(-np.arange(len(tail)) / (0.1 * RATE_HZ))
    tail[0] += 4
    n_samples = len(sound) + len(tail)
    wet = np.fft.irfft(np.fft.rfft(sound, n_samples) * np.fft.rfft(tail, n_samples), n_samples)
    return band(wet[: len(sound)].astype(np.float32), 80, 3500)


def read(path: Path) -> Sound:
    """Return a sound file as mono at 16 kHz."""
    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(axis=1)
    return np.asarray(mono if rate_hz == RATE_HZ else soxr.resample(mono, rate_hz, RATE_HZ), dtype=np.float32)


def clips(kind: str, half: Half) -> list[Sound]:
    """Return all clips of one half; none when the folder is not there.

    A clip's name is FOLD-RECORDING-TAKE: takes of one recording stay in one half.
    """
    paths = sorted((NOISE_FOLDER / "esc10" / kind).glob("*.ogg"))
    recordings = sorted({path.stem.split("-")[1] for path in paths})
    wanted = set(recordings[::2] if half == "look" else recordings[1::2])
    return [read(path) for path in paths if path.stem.split("-")[1] in wanted]


def babble(talkers: int, half: Half) -> Sound:
    """Return half a minute of several foreign speakers at once; empty when the file is not there."""
    path = NOISE_FOLDER / f"babble_{talkers}talkers_16k.flac"
    if not path.is_file():
        return np.zeros(0, dtype=np.float32)
    sound = read(path)
    middle = len(sound) // 2
    return sound[:middle] if half == "look" else sound[middle:]


def fit(sound: Sound, n_samples: int) -> Sound:
    """Return the sound cut, or said again, to a length."""
    return np.resize(sound, n_samples)


def made(rng: np.random.Generator, n_samples: int) -> Iterator[tuple[str, str, Sound]]:
    """Yield name, level and sound of what needs no recording."""
    yield "digital silence", "−∞", np.zeros(n_samples, dtype=np.float32)
    for level in (-65, -50, -40, -30):
        yield "hiss, white", f"{level} dBFS", at_rms(coloured(rng, n_samples, 0), level)
    for level in (-50, -35):
        yield "hiss, pink", f"{level} dBFS", at_rms(coloured(rng, n_samples, 0.5), level)
    for mains_hz in (50, 60):
        for level in (-45, -30):
            yield f"hum, {mains_hz} Hz", f"{level} dBFS", at_rms(hum(rng, n_samples, mains_hz), level)
    for level in (-45, -32):
        yield "rain, made", f"{level} dBFS", at_rms(rain(rng, n_samples), level)
    air = at_rms(coloured(rng, n_samples, 0.9), -40) + at_rms(hum(rng, n_samples, 50), -52)
    yield "air conditioning", "-40 dBFS", air
    yield "paper", "-38 dBFS", at_rms(rustle(rng, n_samples), -38)
    room = at_rms(coloured(rng, n_samples, 0.7), -58)
    for name, level, sound in knocks(rng, n_samples):
        yield name, f"peak {level} dBFS", at_peak(sound, level) + room


def knocks(rng: np.random.Generator, n_samples: int) -> Iterator[tuple[str, int, Sound]]:
    """Yield name, peak level and sound of what comes in single bursts."""
    typing = keyboard(rng, n_samples)
    yield "keyboard", -12, typing
    yield "keyboard", -24, typing
    yield "mouse", -20, mouse(rng, n_samples)
    yield "clock, made", -26, clock(rng, n_samples)
    cries = events(rng, n_samples, lambda: wail(rng), lambda: rng.uniform(1.2, 2.5))
    yield "baby crying, made", -10, cries
    yield "baby crying, made", -30, cries
    sneezes = events(rng, n_samples, lambda: sneeze(rng), lambda: rng.uniform(2, 5))
    yield "sneezing, made", -10, sneezes
    yield (
        "doors",
        -6,
        events(rng, n_samples, lambda: knock(rng, 0.12, 30, 900, 70), lambda: rng.uniform(3, 9)),
    )
    steps = lambda: knock(rng, 0.02, 60, 1500, 110)  # noqa: E731
    yield "steps", -25, events(rng, n_samples, steps, lambda: rng.uniform(0.45, 0.6))
    yield "number call", -15, events(rng, n_samples, lambda: chime(rng), lambda: rng.uniform(5, 12))


def recorded(half: Half, n_samples: int) -> Iterator[Kind]:
    """Yield what needs `../shared/noise`; nothing when it is not there."""
    names = {"baby_cry": "baby crying", "clock_tick": "clock", "person_sneeze": "sneezing", "rain": "rain"}
    for folder, name in names.items():
        if sounds := clips(folder, half):
            yield Kind(f"{name}, recorded", "as recorded", tuple(sounds))
            faint = [sound * np.float32(0.1) for sound in sounds]
            yield Kind(f"{name}, recorded", "20 dB lower", tuple(faint))
            yield Kind(f"{name}, recorded, one after the other", "as recorded", (np.concatenate(sounds),))
    for talkers in (4, 12):
        if len(sound := babble(talkers, half)):
            cut = fit(sound, n_samples)
            for level in (SPEECH_DBFS - 20, SPEECH_DBFS - 10):
                name = f"foreign talk, {talkers} voices"
                yield Kind(name, f"{level:.0f} dBFS", (at_rms(cut, level),))
                yield Kind(f"{name}, far", f"{level:.0f} dBFS", (at_rms(far(cut), level),))


def mixtures(kinds: Sequence[Kind], n_samples: int) -> Iterator[Kind]:
    """Yield several sounds at once, each at the level it has alone."""
    recipes = (
        ("air conditioning", "keyboard", "foreign talk, 12 voices"),
        ("rain, made", "clock", "paper"),
        ("hiss, pink", "baby crying", "mouse"),
        ("hum, 50 Hz", "steps", "foreign talk, 4 voices, far"),
        ("air conditioning", "sneezing", "doors", "number call"),
        ("rain, recorded", "keyboard", "baby crying, made"),
    )
    for names in recipes:
        found = [next((kind for kind in kinds if kind.name.startswith(name)), None) for name in names]
        parts = [kind for kind in found if kind is not None]
        sounds = [fit(np.concatenate(part.sounds), n_samples) for part in parts]
        name = "together: " + " + ".join(part.name for part in parts)
        yield Kind(name, "as above", (np.sum(sounds, axis=0, dtype=np.float32),))


def non_speech(half: Half, kind_s: float) -> list[Kind]:
    """Return all kinds of sound without speech at the desk, `kind_s` of each that is not a set of clips."""
    rng, n_samples = np.random.default_rng(3 + (half == "check")), int(kind_s * RATE_HZ)
    kinds = [Kind(name, level.replace("-", "−"), (sound,)) for name, level, sound in made(rng, n_samples)]
    kinds += recorded(half, n_samples)
    return [*kinds, *mixtures(kinds, n_samples)]
