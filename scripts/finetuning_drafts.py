"""Unfinished speech, as the live transcript hears it: sounds that break off, and what had been said by then.

A model that learns only from whole lines fills up a broken one by writing its beginning again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from benchmarks.non_speech import RATE_HZ
from consult_assist.asr.faster_whisper import DRAFT_PADDING_S, padded_features
from consult_assist.asr.word_times import piece_bounds_s

BROKEN_S = (0.7, 6.0)
"""Short ones are as frequent as long ones: each draft hears half as much again as the one before."""
LEFT_S = 0.3
"""So much of the sound is missing at least."""
HEARD_TO_S = 0.04
"""A token of which no more is missing has been heard."""

HALF_CHARACTER = "\ufffd"
"""What some of the bytes of a character are decoded to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The states `(n_states, width) float16` of a sound that breaks off, and the tokens said until then."""

    states: NDArray[np.float16]
    tokens: tuple[int, ...]


def break_off(
    sound: Path, states: Path, tokens: Sequence[int], recognizer: WhisperModel, start: Sequence[int]
) -> Draft | None:
    """Break a line's sound off at a moment of its own; None where nothing had been said by then.

    Args:
        sound: file of `(n_samples,) float16`, 16 kHz mono.
        states: file of the encoder's states of all of it.
        tokens: of its text.
        recognizer: the published model.
        start: the tokens that tell it the language and the task.
    """
    samples = np.load(sound).astype(np.float32)
    longest_s = min(BROKEN_S[1], len(samples) / RATE_HZ - LEFT_S)
    if longest_s <= BROKEN_S[0]:
        return None
    rng = np.random.default_rng(int(sound.stem, 16))
    broken_s = math.exp(rng.uniform(math.log(BROKEN_S[0]), math.log(longest_s)))
    ends_s = _token_ends_s(np.load(states), tokens, len(samples), recognizer, start)
    said = list(tokens[: sum(end_s <= broken_s + HEARD_TO_S for end_s in ends_s)])
    while said and recognizer.hf_tokenizer.decode(said).endswith(HALF_CHARACTER):
        said.pop()
    if not said:
        return None
    heard = samples[: int(broken_s * RATE_HZ)]
    frames = 2 * math.ceil((broken_s + DRAFT_PADDING_S) * 50)
    features = padded_features(recognizer.feature_extractor, heard, frames)
    broken_states = np.asarray(recognizer.encode(features)).astype(np.float16)
    return Draft(broken_states[0], tuple(said))


def _token_ends_s(
    states: NDArray[np.float16],
    tokens: Sequence[int],
    n_samples: int,
    recognizer: WhisperModel,
    start: Sequence[int],
) -> list[float]:
    encoded: Any = StorageView.from_array(states[np.newaxis].astype(np.float32))
    n_frames = min(2 * len(states), 100 * n_samples // RATE_HZ)
    (found,) = recognizer.model.align(encoded, list(start), [list(tokens)], n_frames)
    return piece_bounds_s(found.alignments, [1] * len(tokens))[1:]
