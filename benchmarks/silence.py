"""What does the program write while nobody speaks, and what does it lose while somebody does?

    python benchmarks/silence.py [--half look|check] [--minutes 30] [--speech] [--samples FOLDER]

The first table sends sound without speech through voice detection, segmenter, recogniser and guards, drafts
on, as fast as they go. `--speech` prints the other side: speech that is lost, clean, faint and in noise.
Thresholds were chosen on the recordings of `--half look`; `check` (the default) is the other half.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import consult_assist  # noqa: F401 - first, for it tells numpy how many threads to take

# isort: split
import numpy as np
import soundfile

from benchmarks.non_speech import (
    NOISE_FOLDER,
    RATE_HZ,
    SPEECH_DBFS,
    Half,
    Kind,
    Sound,
    at_rms,
    babble,
    clips,
    coloured,
    fit,
    non_speech,
)
from consult_assist.app.live.pipeline import SpeechPipeline
from consult_assist.app.settings import Settings
from consult_assist.app.wiring.recognition import load_on_device
from consult_assist.asr.base import Recognizer, WordTime
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import AudioFrame, SpeechSegment
from consult_assist.domain.speech import Draft, Utterance
from consult_assist.vad.silero import SileroDetector

ROOT = Path(__file__).resolve().parent.parent
SAMPLES_FOLDER = ROOT / "recordings" / "samples"
BLOCK_SAMPLES = RATE_HZ // 10
PAUSE = np.zeros(RATE_HZ, dtype=np.float32)
SHORT_WORD = re.compile(r"(はい|いいえ|ええ|いえ|あの|すみません|そうです|わかりました)[、。]")


class CountingRecognizer:
    """Passes every call on, counts it, and keeps what finished segments gave."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self.segments: list[tuple[SpeechSegment, str]] = []
        self.decodes = 0

    def draft(self, samples: Sound) -> str:
        """Return a quick guess at unfinished speech."""
        self.decodes += 1
        return self._recognizer.draft(samples)

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        """Return the text of a finished segment."""
        self.decodes += 1
        text = self._recognizer.recognize(segment, thorough=thorough)
        self.segments.append((segment, text))
        return text

    def word_times(self, segment: SpeechSegment, text: str) -> Sequence[WordTime]:
        """Return when each piece of a text was said."""
        return self._recognizer.word_times(segment, text)


@dataclass
class Outcome:
    """What came out of one sound."""

    finals: list[Utterance] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    segments: list[tuple[SpeechSegment, str]] = field(default_factory=list)
    decodes: int = 0


def blocks(sound: Sound) -> Iterator[Sequence[AudioBlock]]:
    """Yield a sound as the microphone would give it to a program that keeps up."""
    for start in range(0, len(sound), BLOCK_SAMPLES):
        yield [(AudioFrame(0, start, sound[start : start + BLOCK_SAMPLES]),)]


def hear(recognizer: Recognizer, sound: Sound, *, drafts: bool = True) -> Outcome:
    """Send one sound through the pipeline, from a fresh start, and a second of silence after it."""
    counting, heard = CountingRecognizer(recognizer), Outcome()
    detectors = [SileroDetector()]
    pipeline = SpeechPipeline(counting, detectors, speakers=[None], drafts=drafts, live=False)
    for event in pipeline.listen(blocks(np.concatenate([sound, PAUSE]))):
        if isinstance(event, Utterance):
            heard.finals.append(event)
        elif isinstance(event, Draft) and event.text:
            heard.drafts.append(event.text)
    heard.segments, heard.decodes = counting.segments, counting.decodes
    return heard


def silence_table(recognizer: Recognizer, kinds: Sequence[Kind]) -> Iterator[tuple[str, str]]:
    """Print what is written while nobody speaks; yield kind and text of it."""
    print("| kind | level | minutes | segments | decodes | characters in finals | in drafts |")
    print("|---|---|---|---|---|---|---|")
    totals = np.zeros(5)
    for kind in kinds:
        row = np.zeros(5)
        row[0] = kind.minutes
        for sound in kind.sounds:
            heard = hear(recognizer, sound)
            final_chars = sum(len(final.text) for final in heard.finals)
            starts = {segment.start_sample for segment, _ in heard.segments}
            row[1:] += (len(starts), heard.decodes, final_chars, sum(map(len, heard.drafts)))
            yield from ((f"{kind.name}, {kind.level}", f"final {final.text}") for final in heard.finals)
            yield from ((f"{kind.name}, {kind.level}", f"draft {text}") for text in heard.drafts)
        totals += row
        print(
            f"| {kind.name} | {kind.level} | {row[0]:.1f} |",
            " | ".join(f"{n:.0f}" for n in row[1:]),
            "|",
            flush=True,
        )
    print(f"| **all** | | {totals[0]:.1f} |", " | ".join(f"**{n:.0f}**" for n in totals[1:]), "|", flush=True)


@dataclass(frozen=True)
class Spoken:
    """One channel of a sample with its gold utterances (start, end, text)."""

    name: str
    sound: Sound
    gold: list[tuple[float, float, str]]


def samples(folder: Path) -> Iterator[Spoken]:
    """Yield the one-microphone samples of a folder."""
    for path in sorted((folder / "gold").glob("*.json")):
        sound, rate_hz = soundfile.read(folder / f"{path.stem}.flac", dtype="float32", always_2d=True)
        if sound.shape[1] == 1 and rate_hz == RATE_HZ:
            said = json.loads(path.read_text(encoding="utf-8"))["utterances"]
            yield Spoken(path.stem, sound[:, 0], [(u["start_s"], u["end_s"], u["text"]) for u in said])


def noises(half: Half, n_samples: int) -> dict[str, Sound]:
    """Return the noises speech is mixed with; only hiss when there are no recordings."""
    rng = np.random.default_rng(11)
    found = {"pink hiss": coloured(rng, n_samples, 0.5)}
    names = {"baby_cry": "baby crying", "rain": "rain", "person_sneeze": "sneezing"}
    for folder, name in names.items():
        if sounds := clips(folder, half):
            found[name] = fit(np.concatenate(sounds), n_samples)
    for talkers in (4, 12):
        if len(sound := babble(talkers, half)):
            found[f"foreign talk, {talkers} voices"] = fit(sound, n_samples)
    return found


def variants(sound: Sound, half: Half) -> Iterator[tuple[str, Sound]]:
    """Yield a sound clean, faint and in noise."""
    yield "as it is", sound
    yield "20 dB lower", sound * np.float32(0.1)
    for name, noise in noises(half, len(sound)).items():
        for snr_db in (15, 10):
            yield f"{name}, {snr_db} dB below", sound + at_rms(noise, SPEECH_DBFS - snr_db)


def overlap_s(start_s: float, end_s: float, spans: Sequence[tuple[float, float]]) -> float:
    """Return how much of a stretch of time lies in other stretches."""
    return sum(max(0.0, min(end_s, end) - max(start_s, start)) for start, end in spans)


def speech_table(recognizer: Recognizer, spoken: Sequence[Spoken], half: Half) -> Iterator[tuple[str, str]]:
    """Print what is lost of real speech; yield what was lost."""
    print("\n| speech | utterances | vanished | segments with speech | dropped by guards |")
    print("|---|---|---|---|---|")
    rows: dict[str, list[int]] = {}
    for number, sample in enumerate(spoken):
        ways = list(variants(sample.sound, half))
        for name, sound in ways[:2] + ways[2 + number % 4 :: 4]:
            heard = hear(recognizer, sound, drafts=False)
            gold = [(start, end) for start, end, _ in sample.gold]
            finals = [(final.start_s, final.end_s) for final in heard.finals]
            lost = [s for s in sample.gold if overlap_s(s[0], s[1], finals) < 0.3 * (s[1] - s[0])]
            full = [item for item in heard.segments if overlap_s(item[0].start_s, item[0].end_s, gold) > 0.3]
            dropped = [segment for segment, text in full if not text]
            row = rows.setdefault(name, [0, 0, 0, 0])
            rows[name] = [
                a + b for a, b in zip(row, (len(gold), len(lost), len(full), len(dropped)), strict=True)
            ]
            yield from ((f"{sample.name}, {name}", f"vanished {text}") for _, _, text in lost)
            for segment in dropped:
                yield f"{sample.name}, {name}", f"dropped {segment.start_s:.1f}–{segment.end_s:.1f} s"
    for name, row in rows.items():
        print(f"| {name} |", " | ".join(map(str, row)), "|", flush=True)


def short_words(spoken: Sequence[Spoken]) -> Iterator[tuple[str, Sound]]:
    """Yield the short words with which utterances begin, up to the pause after them, a second apart."""
    for sample in spoken:
        for start_s, _, text in sample.gold:
            if not (word := SHORT_WORD.match(text)):
                continue
            piece = sample.sound[max(0, round((start_s - 0.3) * RATE_HZ)) : round((start_s + 2) * RATE_HZ)]
            windows = piece[: len(piece) // 512 * 512].reshape(-1, 512)
            voice = SileroDetector().probabilities(windows)
            begin = int(np.argmax(voice > 0.5))
            pauses = [i for i in range(begin + 4, len(voice) - 1) if voice[i : i + 2].max() < 0.35]
            if pauses and pauses[0] - begin < 40:
                cut = piece[max(0, begin - 6) * 512 : (pauses[0] + 6) * 512]
                yield word[1], np.concatenate([PAUSE, cut])


def short_table(recognizer: Recognizer, spoken: Sequence[Spoken], half: Half) -> Iterator[tuple[str, str]]:
    """Print what becomes of short answers; yield what was lost."""
    print("\n| short answers | said | heard by the voice detection | written |")
    print("|---|---|---|---|")
    rows: dict[str, list[int]] = {}
    for word, cut in short_words(spoken):
        for name, sound in variants(cut, half):
            heard = hear(recognizer, sound)
            row = rows.setdefault(name, [0, 0, 0])
            found = (1, bool(heard.segments), bool(heard.finals))
            rows[name] = [a + b for a, b in zip(row, found, strict=True)]
            if not heard.finals:
                yield f"{word}, {name}", "not written"
    for name, row in rows.items():
        print(f"| {name} |", " | ".join(map(str, row)), "|", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("look", "check"), default="check")
    parser.add_argument("--minutes", type=float, default=30.0, help="about how long the silence is")
    parser.add_argument("--speech", action="store_true", help="print what is lost of real speech instead")
    parser.add_argument(
        "--samples", type=Path, default=SAMPLES_FOLDER, help="folder with gold/ beside the sound"
    )
    parser.add_argument("--model", default="base")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--written", type=Path, help="file for what was written or lost; development data only"
    )
    args = parser.parse_args()
    if not NOISE_FOLDER.is_dir():
        print(f"{NOISE_FOLDER} is not there: no recorded crying, clock, sneezing, rain, foreign talk.\n")
    settings = Settings(models_folder=ROOT / "models", model=args.model, threads=args.threads)
    recognizer, _ = load_on_device(replace(settings, device="cpu", compute_type="int8"))
    if args.speech:
        spoken = list(samples(args.samples))
        notes = [*speech_table(recognizer, spoken, args.half), *short_table(recognizer, spoken, args.half)]
    else:
        notes = list(silence_table(recognizer, non_speech(args.half, args.minutes * 60 / 50)))
    if args.written:
        args.written.write_text("".join(f"{kind}\t{text}\n" for kind, text in notes), encoding="utf-8")


if __name__ == "__main__":
    main()
