"""Learn the changes that fine-tune Whisper base for the counter → consult_assist/models/changes/base.npz.

Needs the `finetuning` extra and pyopenjtalk-plus (`--no-deps`, as for the samples), and `PYTHONPATH=.`.
All that is learned from is synthetic speech of made-up lines. The work folder grows to about 6 GB; what is
there already is used again (but for unfinished sounds, which take minutes): a broken run goes on.
"""

import argparse
import dataclasses
import hashlib
import json
import math
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from finetuning_decoder import Decoder, rank_of, read_changes, take_over, write_changes, write_mean
from finetuning_drafts import break_off
from finetuning_lessons import Learner, Lesson, Prompt
from finetuning_speech import quiet_pieces, speech_of
from finetuning_texts import Line, make_lines
from numpy.typing import NDArray

from benchmarks.non_speech import RATE_HZ, Sound
from consult_assist.asr.faster_whisper import padded_features
from consult_assist.models.assemble import halves_folders, join_halves
from consult_assist.models.catalogue import CATALOGUE, CHANGES_FOLDER, WEIGHTS_FILE

TARGET = CHANGES_FOLDER / "base.npz"
EPOCHS, RANK, RANK_OF_MEAN = 2.0, 16, 24
N_QUIET = 420
SHORTEST_WINDOW_S, SILENCE_S = 7.0, 2.0
"""Window of the encoder: no longer than it must be, since its time grows with it."""
ENCODED_TOGETHER = 8
CHECKED_EVERY = 25
"""One line in so many is not learned from but measured on."""
DRAFT_EVERY = 2
"""One line in so many is heard unfinished too by a model that knows whole ones."""
PROMPT = ("<|startoftranscript|>", "<|ja|>", "<|transcribe|>", "<|notimestamps|>")
END = "<|endoftext|>"
MAX_INVENTED_TOKENS = 48
"""Of what is written where nobody speaks, half as many are looked at (CTranslate2 halves the limit)."""
TOLD_EVERY_S = 30.0

Item = TypeVar("Item")


def told(items: Sequence[Item], doing: str) -> Iterator[Item]:
    """Yield the items, telling now and then how many are done."""
    last_s = time.monotonic()
    for done, item in enumerate(items, start=1):
        yield item
        if done == len(items) or time.monotonic() - last_s > TOLD_EVERY_S:
            print(f"{doing}: {done} of {len(items)}", flush=True)
            last_s = time.monotonic()


def save_whole(path: Path, array: NDArray[Any]) -> None:
    """Write an array so that a broken run leaves no half of it."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as stream:
        np.save(stream, array)
    unfinished.replace(path)


def published_model(work_folder: Path) -> Path:
    """Return the folder of the official weights, which come with the program's dependencies."""
    model = dataclasses.replace(CATALOGUE["base"], finetuning=None)
    target = work_folder / "base"
    return target if target.is_dir() else join_halves(model, halves_folders(model), target)


def speak(lines: Sequence[Line], folder: Path) -> list[Path]:
    """Write the lines' speech, `(n_samples,) float16`, and return the files in the lines' order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {line: folder / f"{line.key}.npy" for line in lines}
    missing = [line for line, path in paths.items() if not path.exists()]
    with multiprocessing.Pool() as pool:
        sounds = pool.imap(speech_of, missing)
        for line in told(missing, "speech"):
            save_whole(paths[line], next(sounds).astype(np.float16))
    return list(paths.values())


def make_quiet(count: int, folder: Path) -> list[Path]:
    """Write pieces of sound without speech, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"quiet-{index}.npy" for index in range(count)]
    if not all(path.exists() for path in paths):
        for path, sound in zip(paths, islice(quiet_pieces(), count), strict=True):
            save_whole(path, sound.astype(np.float16))
    return paths


def encode(sounds: Sequence[Path], recognizer: WhisperModel, folder: Path) -> list[Path]:
    """Write the encoder states of sounds, `(n_states, width) float16`, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [sound for sound in sounds if not (folder / sound.name).exists()]
    missing.sort(key=lambda sound: (sound.stat().st_size, sound.name))
    batches = [
        missing[first : first + ENCODED_TOGETHER] for first in range(0, len(missing), ENCODED_TOGETHER)
    ]
    for batch in told(batches, "batches of encoder states"):
        states = encoder_states([np.load(sound).astype(np.float32) for sound in batch], recognizer)
        for sound, own_states in zip(batch, states, strict=True):
            save_whole(folder / sound.name, own_states)
    return [folder / sound.name for sound in sounds]


def encoder_states(sounds: Sequence[Sound], recognizer: WhisperModel) -> NDArray[np.float16]:
    """Return `(batch, n_states, width)` for sounds of about the same length."""
    window_s = max(SHORTEST_WINDOW_S, max(map(len, sounds)) / RATE_HZ + SILENCE_S)
    frames = 2 * math.ceil(window_s * 50)
    features = [padded_features(recognizer.feature_extractor, sound, frames) for sound in sounds]
    return np.asarray(recognizer.encode(np.stack(features))).astype(np.float16)


def unfinished(
    lessons: Sequence[Lesson], sounds: Sequence[Path], recognizer: WhisperModel, prompt: Prompt
) -> Iterator[Lesson]:
    """Write the encoder states of sounds that break off, and yield their lessons."""
    language_and_task = prompt.tokens[:-1]
    for whole, sound in told(list(zip(lessons, sounds, strict=True)), "unfinished sounds"):
        if draft := break_off(sound, whole.states, whole.tokens, recognizer, language_and_task):
            states = whole.states.with_stem(f"{whole.states.stem}-draft")
            save_whole(states, draft.states)
            yield lesson(states, draft.tokens)


def written_tokens(states: Path, recognizer: WhisperModel, prompt: Prompt) -> tuple[int, ...]:
    """Return what the published model writes for a sound."""
    encoded = StorageView.from_array(np.load(states)[np.newaxis].astype(np.float32))
    (result,) = recognizer.model.generate(encoded, [list(prompt.tokens)], max_length=MAX_INVENTED_TOKENS)
    return tuple(result.sequences_ids[0])


def lesson(states: Path, tokens: tuple[int, ...]) -> Lesson:
    """Return a lesson from the file of its encoder states."""
    return Lesson(states=states, n_states=len(np.load(states, mmap_mode="r")), tokens=tokens)


def run_name(lines: Sequence[Line], *, epochs: float, rank: int, earlier: Path | None) -> str:
    """Return what a run is filed under: another one must not go on with what this one has learned."""
    known = hashlib.sha256(earlier.read_bytes()).hexdigest() if earlier else None
    settings = json.dumps([[line.key for line in lines], epochs, rank, known, CHECKED_EVERY, DRAFT_EVERY])
    return f"learned-{hashlib.sha256(settings.encode()).hexdigest()[:12]}.pt"


def finetune(
    work_folder: Path, lines: Sequence[Line], *, epochs: float, rank: int, earlier: Path | None
) -> Decoder:
    """Return a decoder that has learned the lines, on top of what a file holds that was learned earlier."""
    spoken = speak(lines, work_folder / "sounds")
    quiet = make_quiet(min(N_QUIET, len(lines)), work_folder / "sounds")
    model_folder = published_model(work_folder)
    recognizer = WhisperModel(str(model_folder), device="cpu", compute_type="int8", local_files_only=True)
    tokenizer = recognizer.hf_tokenizer
    prompt = Prompt(tuple(tokenizer.token_to_id(name) for name in PROMPT), tokenizer.token_to_id(END))
    texts = [tuple(tokenizer.encode(line.text, add_special_tokens=False).ids) for line in lines]
    states = work_folder / "states"
    spoken_lessons = list(map(lesson, encode(spoken, recognizer, states), texts))
    quiet_lessons = [
        lesson(path, written_tokens(path, recognizer, prompt))
        for path in told(encode(quiet, recognizer, states), "sounds without speech")
    ]
    checked = spoken_lessons[::CHECKED_EVERY]
    del spoken_lessons[::CHECKED_EVERY], spoken[::CHECKED_EVERY]
    torch.manual_seed(0)
    decoder = Decoder(model_folder / WEIGHTS_FILE, rank)
    if earlier:
        take_over(decoder, read_changes(earlier))
        every = slice(None, None, DRAFT_EVERY)
        spoken_lessons += unfinished(spoken_lessons[every], spoken[every], recognizer, prompt)
    kept = work_folder / run_name(lines, epochs=epochs, rank=rank, earlier=earlier)
    learner = Learner(decoder, prompt, kept, learned=spoken_lessons, checked=checked, quiet=quiet_lessons)
    learner.learn(epochs)
    return decoder


def main() -> None:
    """Fine-tune the recogniser as the command line says and write the changes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work-folder", type=Path, required=True, help="keeps what each step has made")
    parser.add_argument(
        "--epochs", type=float, default=EPOCHS, help=f"times all lines are heard ({EPOCHS:g})"
    )
    parser.add_argument("--rank", type=int, default=RANK, help=f"rank of the changes ({RANK})")
    parser.add_argument("--lines", type=int, help="learn from so many lines only, for a trial")
    parser.add_argument("--earlier", type=Path, help="file of changes to go on from, unfinished speech too")
    parser.add_argument("--target", type=Path, default=TARGET, help="file to write")
    args = parser.parse_args()
    rank = rank_of(read_changes(args.earlier)) if args.earlier else args.rank
    lines = make_lines()[: args.lines]
    args.work_folder.mkdir(parents=True, exist_ok=True)
    texts = "".join(f"{line.text}\t{line.reading}\n" for line in lines)
    (args.work_folder / "lines.tsv").write_text(texts, encoding="utf-8")
    print(f"{len(lines)} lines", flush=True)
    decoder = finetune(args.work_folder, lines, epochs=args.epochs, rank=rank, earlier=args.earlier)
    learned = args.work_folder / "learned.npz" if args.earlier else args.target
    write_changes(decoder, learned)
    if args.earlier:
        write_mean(args.earlier, learned, RANK_OF_MEAN, args.target)
    print(f"{args.target}, {args.target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
