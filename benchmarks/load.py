"""Take power away from a live consultation and see how far behind it falls.

    python benchmarks/load.py [--sample 01-hitorioya] [--monologue MINUTES]

One sample on all cores, on one core, and on one core at twice the speed (as a model twice as heavy would be);
or somebody who talks without a pause for so many minutes. Lag is the time from the end of the sound of an
utterance, as cut, to its text.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.replay_samples import SAMPLES_FOLDER, replay

FRAME_S = 0.02
QUIET_DB = -45.0
KEPT_FRAMES = 2
"""Quiet frames kept beside loud ones, so that no consonant is lost."""


@contextmanager
def cores(number: int) -> Iterator[None]:
    """Let this process and its children run on so many cores only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def without_pauses(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return the sound without anything quiet longer than a consonant."""
    size = round(FRAME_S * rate)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    loud = 10 * np.log10(np.mean(np.square(frames), axis=1) + 1e-12) > QUIET_DB
    kept = np.convolve(loud, np.ones(2 * KEPT_FRAMES + 1), mode="same") > 0
    return np.asarray(frames[kept].ravel(), dtype=np.float32)


def write_monologue(target: Path, minutes: float) -> None:
    """Write one-microphone samples back to back, without a pause, until there are as many minutes."""
    names = [name for name in sorted(SAMPLES_FOLDER.glob("*.flac")) if soundfile.info(name).channels == 1]
    rate = soundfile.info(names[0]).samplerate
    pieces: list[NDArray[np.float32]] = []
    while sum(map(len, pieces)) < minutes * 60 * rate:
        samples, _ = soundfile.read(names[len(pieces) % len(names)], dtype="float32")
        pieces.append(without_pauses(samples, rate))
    soundfile.write(target, np.concatenate(pieces)[: round(minutes * 60 * rate)], rate)


def run(sound: Path, speed: str) -> list[dict[str, Any]]:
    """Return the events of a replay, drafts included."""
    with tempfile.TemporaryDirectory() as folder:
        replay(sound, Path(folder), speed)
        lines = (Path(folder) / f"{sound.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def row(case: str, events: list[dict[str, Any]], speed: float) -> str:
    """Return a line of the table."""
    finals = [event for event in events if event["type"] == "utterance"]
    minutes = events[-1]["duration_s"] / 60
    lags = [event["at_s"] - event["end_s"] / speed for event in finals]
    drafts = sum(event["type"] == "draft" and bool(event["text"]) for event in events)
    lost = sum(event["type"] == "segment_failed" for event in events)
    characters = sum(len(event["heard"]) for event in finals)
    lengths = [event["end_s"] - event["start_s"] for event in finals]
    return (
        f"| {case} | {len(finals)} | {characters} | {lost} | {drafts / minutes:.0f} "
        f"| {np.median(lags):.1f} | {np.percentile(lags, 95):.1f} | {max(lags):.1f} "
        f"| {lags[-1]:.1f} | {max(lengths):.1f} |"
    )


def main() -> None:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", default="01-hitorioya")
    parser.add_argument("--monologue", type=float, metavar="MINUTES")
    args = parser.parse_args()
    print(
        "| case | utterances | characters | failed | drafts a minute | lag p50 s | p95 | worst | at the end "
        "| longest utterance s |"
    )
    print("|---" * 10 + "|", flush=True)
    if args.monologue:
        with tempfile.TemporaryDirectory() as folder:
            sound = Path(folder) / "monologue.flac"
            write_monologue(sound, args.monologue)
            print(row(f"{args.monologue:g} minutes without a pause", run(sound, "1"), 1.0))
        return
    sound = SAMPLES_FOLDER / f"{args.sample}.flac"
    everything = len(os.sched_getaffinity(0))
    for number, speed in ((everything, "1"), (1, "1"), (1, "2")):
        with cores(number):
            print(row(f"{number} cores, speed {speed}", run(sound, speed), float(speed)), flush=True)


if __name__ == "__main__":
    main()
