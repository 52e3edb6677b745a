"""How well the time of a sentence inside an utterance is found, for playing just that sentence.

    python benchmarks/word_times.py [--model base] [--pairs 10] [FOLDER ...]

Two neighbouring utterances of the written dialogue make one stretch of sound, with the pause between them cut
to a given length. The model hears it, and its word times are compared with where one utterance ends and the
next begins. A folder holds sound files and `gold/NAME.json`; left out, it is the program's own samples.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import consult_assist  # noqa: F401 - first, for it tells numpy how many threads to take

# isort: split
import numpy as np
import soundfile
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from consult_assist.app.settings import Settings
from consult_assist.app.wiring.recognition import load_on_device
from consult_assist.asr.base import Recognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment

ROOT = Path(__file__).parents[1]
MARGIN_S = 0.2
"""As the program leaves around speech."""
PAUSES_S = (None, 0.4, 0.2)
"""None is the pause as it was."""
LONGEST_S = 14.0
NOT_SPOKEN = re.compile(r"[\W_]")


@dataclass
class Errors:
    """Seconds found too late, negative where too early."""

    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)


def pairs_in(
    sound: Path, limit: int
) -> Iterator[tuple[NDArray[np.float32], Mapping[str, Any], Mapping[str, Any]]]:
    """Yield neighbouring utterances of one channel, each once, with the channel's sound."""
    gold = json.loads((sound.parent / "gold" / f"{sound.stem}.json").read_text(encoding="utf-8"))
    samples, rate_hz = soundfile.read(sound, dtype="float32", always_2d=True)
    assert rate_hz == SAMPLE_RATE_HZ
    n_found, taken = 0, None
    for channel in range(samples.shape[1]):
        said = [item for item in gold["utterances"] if item["channel"] == channel]
        for first, second in pairwise(said):
            length_s = first["end_s"] - first["start_s"] + second["end_s"] - second["start_s"]
            if (
                first is taken
                or length_s > LONGEST_S
                or second["start_s"] < first["end_s"]
                or n_found == limit
            ):
                continue
            taken, n_found = second, n_found + 1
            yield np.ascontiguousarray(samples[:, channel]), first, second


def joined(
    samples: NDArray[np.float32], first: Mapping[str, Any], second: Mapping[str, Any], pause_s: float
) -> tuple[SpeechSegment, float, float]:
    """Return two utterances with a shorter pause between them, where the first ends and the second begins."""
    halves = (
        (first["start_s"] - MARGIN_S, first["end_s"] + pause_s / 2),
        (second["start_s"] - pause_s / 2, second["end_s"] + MARGIN_S),
    )
    parts = [samples[max(0, round(a * SAMPLE_RATE_HZ)) : round(b * SAMPLE_RATE_HZ)] for a, b in halves]
    meets_s = len(parts[0]) / SAMPLE_RATE_HZ
    segment = SpeechSegment(channel=0, start_sample=0, samples=np.concatenate(parts))
    return segment, meets_s - pause_s / 2, meets_s + pause_s / 2


def boundary(heard: str, first: str, second: str) -> tuple[int | None, int | None]:
    """Return the last character heard of one text and the first of the next; None where that was misheard."""
    places = [at for at, char in enumerate(heard) if not NOT_SPOKEN.match(char)]
    said, cut = NOT_SPOKEN.sub("", first + second), len(NOT_SPOKEN.sub("", first))
    same: dict[int, int] = {}
    for step in Levenshtein.opcodes(said, "".join(heard[at] for at in places)):
        if step.tag == "equal":
            same.update(zip(range(step.src_start, step.src_end), places[step.dest_start :], strict=False))
    return same.get(cut - 1), same.get(cut)


def measure(recognizer: Recognizer, sounds: Sequence[Path], limit: int) -> dict[float | None, Errors]:
    """Return the errors for each length of the pause."""
    errors = {pause_s: Errors() for pause_s in PAUSES_S}
    for samples, first, second in (pair for sound in sounds for pair in pairs_in(sound, limit)):
        was_s = min(1.0, second["start_s"] - first["end_s"])
        heard = recognizer.recognize(joined(samples, first, second, was_s)[0])
        last, next_ = boundary(heard, first["text"], second["text"])
        for pause_s, found in errors.items():
            segment, end_s, start_s = joined(samples, first, second, min(was_s, pause_s or was_s))
            times = recognizer.word_times(segment, heard)
            ends = [
                time.end_s for time in times if last is not None and time.start_char <= last < time.end_char
            ]
            starts = [
                time.start_s
                for time in times
                if next_ is not None and time.start_char <= next_ < time.end_char
            ]
            found.ends += [time_s - end_s for time_s in ends]
            found.starts += [time_s - start_s for time_s in starts]
    return errors


def row(name: str, errors_s: Sequence[float]) -> str:
    """Return one row of the table."""
    off_s = np.abs(errors_s)
    shares = " | ".join(f"{np.mean(off_s <= limit_s):.2f}" for limit_s in (0.1, 0.3, 0.5))
    middle_s, most_s = np.median(errors_s), np.quantile(off_s, 0.9)
    return f"| {name} | {len(off_s)} | {middle_s:+.2f} s | {most_s:.2f} s | {shares} |"


def main() -> None:
    """Print the table of each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", default=[ROOT / "recordings" / "samples"])
    parser.add_argument("--model", default="base", help="a model in the models folder")
    parser.add_argument("--pairs", type=int, default=10, help="most pairs of one sound file")
    options = parser.parse_args()
    settings = Settings(models_folder=ROOT / "models", model=options.model, threads=1)
    recognizer, _ = load_on_device(replace(settings, device="cpu", compute_type="int8"))
    for folder in options.folders:
        print(f"\n{folder.name}\n\n| pause | n | median error | 0.9 of all | within 0.1 s | 0.3 s | 0.5 s |")
        print("|---|---|---|---|---|---|---|")
        for pause_s, errors in measure(recognizer, sorted(folder.glob("*.flac")), options.pairs).items():
            pause = "as it was" if pause_s is None else f"{pause_s} s at most"
            print(row(f"{pause}: ends", errors.ends))
            print(row(f"{pause}: starts", errors.starts))


if __name__ == "__main__":
    main()
