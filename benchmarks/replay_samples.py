"""Replay every sample at real speed as a clerk's PC would, and print what it costs and how well it does.

    python benchmarks/replay_samples.py [NAME …] [--speed 1|2|max] [--keep FOLDER] [--scorer score.py]

Each sample runs in its own process with an empty data folder. Takes as long as the samples are.
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
from typing import Any

import soundfile

from benchmarks.measuring import (
    MEBIBYTE,
    POLL_S,
    ROOT,
    children_cpu_s,
    program_environment,
    resident_bytes,
)

SAMPLES_FOLDER = ROOT / "recordings" / "samples"
SCORER = ROOT.parent / "shared" / "eval" / "score.py"
FIGURES = (
    "cer", "heard_cer", "reading_cer", "name_recall", "name_precision", "suggestion_recall", "top3_recall",
    "suggestion_precision", "alert_recall", "alerts_false", "told_recall", "speaker_right", "speaker_known",
    "fact_recall", "fact_precision", "readback_recall", "readback_value_right", "readback_precision",
    "invented_chars", "segments_failed", "events_after_finished", "utterances_without_final",
    "first_text_p50_s", "first_text_p95_s", "final_p50_s", "final_p95_s", "settled_p50_s", "settled_p95_s",
    "suggestion_p50_s", "suggestion_p95_s",
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one replay took; CPU includes starting up and loading the models."""

    name: str
    sound_s: float
    wall_s: float
    cpu_s: float
    peak_bytes: int


def replay(sound: Path, run_folder: Path, speed: str) -> Cost:
    """Replay one sound file, leaving its events in the run folder.

    Raises:
        SystemExit: the program failed; its own message is shown.
    """
    arguments = ["replay", str(sound), "--speed", speed, "--no-ui", "--events"]
    events = run_folder / f"{sound.stem}.jsonl"
    with tempfile.TemporaryDirectory() as data_folder, tempfile.TemporaryFile() as messages:
        cpu_before_s, began_s, peak = children_cpu_s(), time.monotonic(), 0
        process = subprocess.Popen(
            [sys.executable, "-m", "consult_assist", *arguments, str(events)],
            env=program_environment(Path(data_folder)),
            stdout=subprocess.DEVNULL,
            stderr=messages,
        )
        while process.poll() is None:
            peak = max(peak, resident_bytes(process.pid))
            time.sleep(POLL_S)
        wall_s = time.monotonic() - began_s
        if process.returncode:
            messages.seek(0)
            raise SystemExit(f"{sound.name}: {messages.read().decode(errors='replace').strip()}")
    cpu_s = children_cpu_s() - cpu_before_s
    return Cost(sound.stem, soundfile.info(sound).duration, wall_s, cpu_s, peak)


def print_costs(costs: Sequence[Cost]) -> None:
    """Print what the replays took."""
    print("| sample | sound s | wall s | CPU-s per s | peak memory MB |")
    print("|---|---|---|---|---|")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.sound_s:.0f} | {cost.wall_s:.0f} "
            f"| {cost.cpu_s / cost.sound_s:.2f} | {cost.peak_bytes / MEBIBYTE:.0f} |"
        )
    sound_s, cpu_s = sum(cost.sound_s for cost in costs), sum(cost.cpu_s for cost in costs)
    wall_s, peak = sum(cost.wall_s for cost in costs), max(cost.peak_bytes for cost in costs)
    print(
        f"| **all** | {sound_s:.0f} | {wall_s:.0f} | {cpu_s / sound_s:.2f} | {peak / MEBIBYTE:.0f} |",
        flush=True,
    )


def score(scorer: Path, run_folder: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the scorer's figures of each sample and of all together (`pooled`)."""
    with tempfile.TemporaryDirectory() as gold_folder:
        for name in names:
            gold = SAMPLES_FOLDER / "gold" / f"{name}.json"
            (Path(gold_folder) / gold.name).write_bytes(gold.read_bytes())
        command = [sys.executable, str(scorer), str(run_folder), gold_folder, "--json"]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    return {**result["each"], "pooled": result["pooled"]}


def cell(value: float | None) -> str:
    """Return a figure as it stands in a table."""
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def print_scores(scores: dict[str, dict[str, Any]]) -> None:
    """Print the figures, one a line, and what was missed or unwanted."""
    print(f"\n| figure | {' | '.join(scores)} |")
    print("|---" * (len(scores) + 1) + "|")
    for figure in FIGURES:
        print(f"| {figure} | {' | '.join(cell(figures.get(figure)) for figures in scores.values())} |")
    print()
    for name, figures in scores.items():
        for note in ("missed", "unwanted", "alerts_false_which"):
            if figures.get(note):
                print(f"- {name}, {note}: {', '.join(figures[note])}")


def main() -> None:
    """Replay, then score where the scorer is there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="samples to replay (default: all)")
    parser.add_argument("--speed", choices=("1", "2", "max"), default="1")
    parser.add_argument("--keep", type=Path, help="folder that keeps the event streams")
    parser.add_argument("--scorer", type=Path, default=SCORER, help="score.py")
    args = parser.parse_args()
    names = args.names or sorted(path.stem for path in SAMPLES_FOLDER.glob("*.flac"))
    with tempfile.TemporaryDirectory() as scratch:
        run_folder: Path = args.keep or Path(scratch)
        run_folder.mkdir(parents=True, exist_ok=True)
        costs = [replay(SAMPLES_FOLDER / f"{name}.flac", run_folder, args.speed) for name in names]
        print_costs(costs)
        if args.scorer.is_file():
            print_scores(score(args.scorer, run_folder, names))
        else:
            print(f"No quality is scored: the scorer is not there ({args.scorer}).")


if __name__ == "__main__":
    main()
