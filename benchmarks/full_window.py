"""Recognise what a replay heard once more in Whisper's full window, and compare character errors.

    python benchmarks/replay_samples.py --keep FOLDER
    python benchmarks/full_window.py FOLDER [--scorer score.py]

Same model, same stretches of sound, a window of 30 s, beam 5, no hints: the yardstick U of the character
error rates. It runs in this program's recogniser, so its guards against invented text and its second try of
a loop hold here too; of speech they drop nothing (docs/decisions/0007-nothing-invented.md). Needs the scorer.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import consult_assist  # noqa: F401 - first, for it tells numpy how many threads to take

# isort: split
import numpy as np
import soundfile

from benchmarks.measuring import ROOT
from benchmarks.replay_samples import SAMPLES_FOLDER, SCORER, score
from consult_assist.asr.faster_whisper import FULL_WINDOW, FasterWhisperRecognizer
from consult_assist.domain.audio import SpeechSegment


def heard_again(recognizer: FasterWhisperRecognizer, sound: Path, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an utterance as the yardstick hears it."""
    rate = soundfile.info(sound).samplerate
    start, stop = round(event["start_s"] * rate), round(event["end_s"] * rate)
    samples, _ = soundfile.read(sound, start=start, stop=stop, dtype="float32", always_2d=True)
    channel = np.ascontiguousarray(samples[:, event["channel"]])
    text = recognizer.recognize(SpeechSegment(channel=event["channel"], start_sample=start, samples=channel))
    return {**event, "heard": text, "text": text}


def hear_run_again(recognizer: FasterWhisperRecognizer, run_folder: Path, target: Path) -> None:
    """Write the event streams of a run again, with the yardstick's text and without corrections."""
    for stream in sorted(run_folder.glob("*.jsonl")):
        sound = SAMPLES_FOLDER / f"{stream.stem}.flac"
        events = [json.loads(line) for line in stream.read_text(encoding="utf-8").splitlines()]
        kept = (
            heard_again(recognizer, sound, event) if event["type"] == "utterance" else event
            for event in events
            if event["type"] in {"started", "utterance", "finished"}
        )
        lines = (json.dumps(event, ensure_ascii=False) for event in kept)
        (target / stream.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the character error rates of a run and of the yardstick, and their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="folder with the event streams of a replay")
    parser.add_argument("--model", default="base", help="a model in the models folder")
    parser.add_argument("--scorer", type=Path, default=SCORER, help="score.py")
    args = parser.parse_args()
    if not args.scorer.is_file():
        sys.exit(f"The scorer is not there: {args.scorer}")
    names = sorted(stream.stem for stream in args.run.glob("*.jsonl"))
    recognizer = FasterWhisperRecognizer(
        ROOT / "models" / args.model,
        compute_type="int8",
        threads=os.cpu_count() or 1,
        window=FULL_WINDOW,
    )
    with tempfile.TemporaryDirectory() as again:
        hear_run_again(recognizer, args.run, Path(again))
        yardstick = score(args.scorer, Path(again), names)
    ours = score(args.scorer, args.run, names)
    print("| sample | U | heard_cer | cer | heard_cer ÷ U | cer ÷ U |")
    print("|---|---|---|---|---|---|")
    for name, figures in ours.items():
        u, heard, last = yardstick[name]["heard_cer"], figures["heard_cer"], figures["cer"]
        print(f"| {name} | {u:.3f} | {heard:.3f} | {last:.3f} | {heard / u:.2f} | {last / u:.2f} |")


if __name__ == "__main__":
    main()
