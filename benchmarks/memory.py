"""Replay the samples back to back as one long consultation, and print how its memory grows.

    python benchmarks/memory.py [--minutes 180] [--rows 12]

Runs the real program at full speed, without drafts: about a fifth of the minutes on two idle cores.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.measuring import MEBIBYTE, process_tree, program_environment, resident_bytes
from benchmarks.replay_samples import SAMPLES_FOLDER

POLL_S = 1.0
TAIL_BYTES = 4096
SETTLED = 0.25
"""Share of the run before the slope is taken: caches fill and every code path is met once."""


@dataclass(frozen=True)
class Reading:
    """Memory of the process tree after so much sound; `anonymous` leaves out files that are only mapped."""

    sound_min: float
    resident_bytes: int
    anonymous_bytes: int


def write_sound(target: Path, minutes: float) -> float:
    """Write the samples one after the other, mono, until there are as many minutes; return the seconds."""
    names = sorted(SAMPLES_FOLDER.glob("*.flac"))
    rate = soundfile.info(names[0]).samplerate
    written, wanted = 0, round(minutes * 60 * rate)
    with soundfile.SoundFile(target, "w", samplerate=rate, channels=1) as out:
        while written < wanted:
            for name in names:
                samples, own_rate = soundfile.read(name, dtype="float32", always_2d=True)
                assert own_rate == rate, f"{name.name} has another rate"
                piece = samples.mean(axis=1)[: wanted - written]
                out.write(piece.astype(np.float32))
                written += len(piece)
    return float(written / rate)


def anonymous_bytes(pid: int) -> int:
    """Return the memory of the whole process tree that no file stands behind."""
    total = 0
    for member in process_tree(pid):
        try:
            lines = Path(f"/proc/{member}/status").read_text().splitlines()
        except OSError:  # the process has ended
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))
    return total


def sound_delivered_s(events: Path) -> float:
    """Return how far the last whole event says that the sound has come."""
    if not events.is_file():
        return 0.0
    with events.open("rb") as stream:
        stream.seek(max(0, events.stat().st_size - TAIL_BYTES))
        lines = stream.read().split(b"\n")
    for line in reversed(lines[:-1]):
        try:
            return float(json.loads(line)["sound_s"])
        except (ValueError, KeyError):
            continue
    return 0.0


def soak(sound: Path, folder: Path) -> list[Reading]:
    """Replay the sound, reading the memory once a second while sound arrives.

    Raises:
        SystemExit: the program failed; its own message is shown.
    """
    events = folder / "events.jsonl"
    command = [sys.executable, "-m", "consult_assist", "replay", str(sound), "--speed", "max", "--no-ui"]
    readings: list[Reading] = []
    with (folder / "messages").open("w+") as messages:
        process = subprocess.Popen(
            [*command, "--events", str(events)],
            env=program_environment(folder / "data"),
            stdout=subprocess.DEVNULL,
            stderr=messages,
        )
        while process.poll() is None:
            sound_min = sound_delivered_s(events) / 60
            if sound_min:
                readings.append(Reading(sound_min, resident_bytes(process.pid), anonymous_bytes(process.pid)))
            time.sleep(POLL_S)
        if process.returncode:
            messages.seek(0)
            raise SystemExit(messages.read().strip())
    return readings


def slope_bytes_an_hour(readings: Sequence[Reading]) -> tuple[float, float]:
    """Return how fast resident and anonymous memory grow for each hour of sound, once they have settled."""
    settled = [r for r in readings if r.sound_min >= SETTLED * readings[-1].sound_min]
    hours = np.array([r.sound_min / 60 for r in settled])
    resident = np.polyfit(hours, [r.resident_bytes for r in settled], 1)[0]
    anonymous = np.polyfit(hours, [r.anonymous_bytes for r in settled], 1)[0]
    return float(resident), float(anonymous)


def main() -> None:
    """Make the sound, replay it and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=180, help="length of the consultation")
    parser.add_argument("--rows", type=int, default=12, help="rows of the table")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sound_s = write_sound(folder / "long.flac", args.minutes)
        began_s = time.monotonic()
        readings = soak(folder / "long.flac", folder)
        wall_s = time.monotonic() - began_s
    if not readings:
        raise SystemExit("nothing was heard: ask for more minutes")
    print("| minutes of sound | resident MB | of it anonymous MB |\n|---|---|---|")
    for index in np.unique(np.linspace(0, len(readings) - 1, args.rows).round().astype(int)):
        row = readings[index]
        resident, anonymous = row.resident_bytes / MEBIBYTE, row.anonymous_bytes / MEBIBYTE
        print(f"| {row.sound_min:.0f} | {resident:.0f} | {anonymous:.0f} |")
    growth, growth_anonymous = (value / MEBIBYTE for value in slope_bytes_an_hour(readings))
    peak = max(row.resident_bytes for row in readings) / MEBIBYTE
    print(
        f"\nPeak {peak:.0f} MB; slope after the first quarter {growth:+.1f} MB an hour "
        f"(anonymous {growth_anonymous:+.1f}); {sound_s / 60:.0f} min of sound in {wall_s / 60:.1f} min."
    )


if __name__ == "__main__":
    main()
