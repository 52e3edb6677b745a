"""Compare live transcription with its peers: the same sound at real time, one after the other.

    python benchmarks/compare_peers.py [--sound NAME] [--seconds N] [--only KEY …] [--install]

Each peer lives in a virtual environment of its own, installed on its first run (some ask for several
gigabytes) and kept; nothing is fetched while measuring. Prints one Markdown table; each row takes a little
more than the sound.
"""

import argparse
import json
import math
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from benchmarks.live_timing import Said, judge, percentile
from benchmarks.measuring import MEBIBYTE
from benchmarks.peer_environments import Peer, PeerMissingError, interpreter, read_peers
from benchmarks.peer_runs import SAMPLE_RATE_HZ, PeerFailedError, Run, run_peer, run_program
from consult_assist import __version__
from consult_assist.models.assemble import halves_folders, join_halves
from consult_assist.models.catalogue import CATALOGUE

HERE = Path(__file__).resolve().parent
SAMPLES_FOLDER = HERE.parent / "recordings" / "samples"
OFFICIAL_MODEL_FOLDER = HERE / ".peers" / "whisper-base"
OWN_KEY = "consult-assist"
TAIL_S = 20.0
"""Silence after the last word: WhisperLive needs that long to let go of it."""
FULL_SCALE = 32_767
HEADINGS = (
    "program", "CER", "final p50 s", "final p95 s", "first text p50 s",
    "CPU-s per s", "peak memory MB", "ready after s",
)  # fmt: skip
METHOD = """\
{title}, {sound_s:.0f} s and then {tail_s:.0f} s of silence, {utterances} utterances; Whisper base, int8 (as
published for the others, fine-tuned to the counter for this program), Japanese, no network; 100 ms chunks at
real time, one program after the other in one run. Settings: `benchmarks/peers/`.

- **CER**: last final text against the script (NFKC, numbers as figures, without punctuation).
- **Final**: the last final text is aligned to the script; an utterance is final when the text up to its last
  matched character stops changing, counted from its last sample.
- **First text**: two of its characters stand at their place, draft or final, counted from its first sample.
- **never**: it did not happen before the program ended.
- **CPU**: all processes of the program from its start to the last word, loading included; memory to the end.
- **Ready**: from start until sound is taken.

Machine: {machine}.
"""


def read_sound(name: str, longest_s: float) -> tuple[NDArray[np.int16], list[Said]]:
    """Return a sample as 16 kHz mono with silence behind it, and what is said in it."""
    samples, rate = soundfile.read(SAMPLES_FOLDER / f"{name}.flac", dtype="float32", always_2d=True)
    mono = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE_HZ)
    gold = json.loads((SAMPLES_FOLDER / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    said = [Said(row["start_s"], row["end_s"], row["text"]) for row in gold["utterances"]]
    kept = [utterance for utterance in said if utterance.end_s <= longest_s]
    if len(kept) < len(said):  # cut in the pause before the first utterance that is left out
        mono = mono[: int(said[len(kept)].start_s * SAMPLE_RATE_HZ)]
    padded = np.concatenate([mono, np.zeros(int(TAIL_S * SAMPLE_RATE_HZ), np.float32)])
    return (np.clip(padded, -1, 1) * FULL_SCALE).astype(np.int16), kept


def machine() -> str:
    """Return the processor, its cores, the system and the interpreter in words."""
    model = platform.processor() or platform.machine()
    listing = Path("/proc/cpuinfo")
    cores = 0
    if listing.is_file():
        for line in listing.read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                model, cores = value.strip(), cores + 1
    return f"{cores or '?'} cores of {model}, {platform.system()}, Python {platform.python_version()}, no GPU"


def seconds(value: float) -> str:
    """Return a delay as it stands in the table."""
    return "never" if math.isinf(value) else f"{value:.2f}"


def row(title: str, run: Run, said: Sequence[Said], spoken_s: float, *, live: bool) -> str:
    """Return one line of the table."""
    result = judge(run.shown, said)
    delays = ["–", "–", "–"]
    if live:
        delays = [
            seconds(percentile(result.final_s, 0.5)),
            seconds(percentile(result.final_s, 0.95)),
            seconds(percentile(result.first_text_s, 0.5)),
        ]
    cost = [f"{run.cpu_s / spoken_s:.2f}", f"{run.peak_bytes / MEBIBYTE:.0f}", f"{run.ready_s:.1f}"]
    return f"| {' | '.join([title, f'{result.cer:.3f}', *delays, *cost])} |"


def official_model() -> Path:
    """Return Whisper base as published, for programs that have no other."""
    if not OFFICIAL_MODEL_FOLDER.is_dir():
        model = replace(CATALOGUE["base"], finetuning=None)
        join_halves(model, halves_folders(model), OFFICIAL_MODEL_FOLDER)
    return OFFICIAL_MODEL_FOLDER


def runnable(peers: Sequence[Peer], folder: Path, python: str) -> Iterator[tuple[Peer, list[str]]]:
    """Yield each peer that is or can be installed, with its command."""
    for peer in peers:
        try:
            own = interpreter(peer, folder, python)
        except PeerMissingError as error:
            print(f"{error}", file=sys.stderr, flush=True)
            continue
        adapter = HERE / "peers" / peer.adapter
        yield peer, [str(own), str(adapter), str(official_model()), *peer.options]


def measure(
    commands: Sequence[tuple[Peer, list[str]]], sound: NDArray[np.int16], said: Sequence[Said]
) -> None:
    """Run the peers and print their lines."""
    spoken_s = len(sound) / SAMPLE_RATE_HZ - TAIL_S
    for peer, command in commands:
        try:
            # Silence behind the last word is for live programs only: a whole file would end in invented text.
            fed = sound[: int(spoken_s * SAMPLE_RATE_HZ)] if peer.whole else sound
            run = run_peer(command, fed, spoken_s, live=not peer.whole)
        except PeerFailedError as error:
            print(f"{peer.title} could not be measured: {error}", file=sys.stderr, flush=True)
            continue
        print(row(peer.title, run, said, spoken_s, live=not peer.whole), flush=True)


def read_arguments() -> argparse.Namespace:
    """Return what was asked for."""
    keys = [OWN_KEY, *(peer.key for peer in read_peers())]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sound", default="01-hitorioya", help="a sample (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=math.inf, help="leave out what ends later")
    parser.add_argument("--only", nargs="+", choices=keys, default=keys, metavar="KEY", help=", ".join(keys))
    parser.add_argument(
        "--environments", type=Path, default=HERE / ".peers", help="folder of the environments"
    )
    parser.add_argument("--python", default="", help="interpreter for the environments (default: this one)")
    parser.add_argument("--install", action="store_true", help="install the peers and measure nothing")
    return parser.parse_args()


def main() -> None:
    """Install what is missing, then measure one program after the other."""
    args = read_arguments()
    peers = [peer for peer in read_peers() if peer.key in args.only]
    commands = list(runnable(peers, args.environments.resolve(), args.python))
    if args.install:
        return
    sound, said = read_sound(args.sound, args.seconds)
    spoken_s = len(sound) / SAMPLE_RATE_HZ - TAIL_S
    print(
        METHOD.format(
            title=args.sound, sound_s=spoken_s, tail_s=TAIL_S, utterances=len(said), machine=machine()
        )
    )
    print(f"| {' | '.join(HEADINGS)} |")
    print("|---" * len(HEADINGS) + "|", flush=True)
    if OWN_KEY in args.only:
        title = f"**consult_assist {__version__}**, the whole program with drafts"
        print(row(title, run_program(sound, spoken_s), said, spoken_s, live=True), flush=True)
    measure(commands, sound, said)


if __name__ == "__main__":
    main()
