"""When each piece of a text was said: attention says roughly where, pauses in the sound say it exactly."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import WordTime
from consult_assist.domain.audio import SAMPLE_RATE_HZ

_ATTENTION_STEP_S = 0.02
_FRAME_SAMPLES = 320
QUIET_SHARE = 0.3
"""How far from its quietest to its loudest frames, in decibels, sound still counts as a pause.

Source: docs/decisions/0012-word-times.md, which also holds for the two lengths below.
"""
LEAST_PAUSE_S = 0.14
"""Shorter ones are the closures of consonants."""
REACH_S = 0.3
"""How far attention may stand beside a pause that it means."""


def piece_bounds_s(alignments: Sequence[tuple[int, int]], tokens_per_piece: Sequence[int]) -> list[float]:
    """Return where pieces begin in the sound, and where the last one ends.

    Args:
        alignments: token and time step, in order, as CTranslate2 aligns them; the token after the last one
            stands for the end.
        tokens_per_piece: a character of several bytes may be several tokens.
    """
    first_step: dict[int, int] = {}
    for token, step in alignments:
        first_step.setdefault(token, step)
    bounds = np.cumsum([0, *tokens_per_piece])
    return [first_step[int(token)] * _ATTENTION_STEP_S for token in bounds]


def timed_pieces(
    pieces: Sequence[str], bounds_s: Sequence[float], samples: NDArray[np.float32], start_s: float
) -> tuple[WordTime, ...]:
    """Return the times of pieces of a text; where two meet at a pause, the pause belongs to neither.

    Args:
        pieces: together they are the text.
        bounds_s: where they begin, and the end; seconds from the first sample.
        samples: `(n_samples,) float32`, −1…1, 16 kHz mono.
        start_s: of the samples, on the consultation's clock.
    """
    pauses = _pauses(samples)
    cuts = [_pause_at(bound_s, pauses) for bound_s in bounds_s]
    times: list[WordTime] = []
    at, earliest_s = 0, 0.0
    for number, piece in enumerate(pieces):
        from_s = max(earliest_s, cuts[number][1])
        until_s = earliest_s = max(from_s, cuts[number + 1][0])
        times.append(
            WordTime(
                start_char=at, end_char=at + len(piece), start_s=start_s + from_s, end_s=start_s + until_s
            )
        )
        at += len(piece)
    return tuple(times)


def evenly_timed(text: str, start_s: float, end_s: float) -> tuple[WordTime, ...]:
    """Return the times of characters as if all took equally long."""
    step_s = (end_s - start_s) / max(1, len(text))
    return tuple(
        WordTime(
            start_char=at, end_char=at + 1, start_s=start_s + at * step_s, end_s=start_s + (at + 1) * step_s
        )
        for at in range(len(text))
    )


def _pauses(samples: NDArray[np.float32]) -> list[tuple[float, float]]:
    """Return the stretches in which nobody speaks, measured against the sound itself."""
    n_frames = len(samples) // _FRAME_SAMPLES
    if n_frames == 0:
        return []
    frames = samples[: n_frames * _FRAME_SAMPLES].reshape(n_frames, _FRAME_SAMPLES)
    level_db = 10 * np.log10(np.mean(np.square(frames), axis=1) + 1e-10)
    lowest, highest = np.percentile(level_db, [5, 90])
    quiet = level_db < lowest + QUIET_SHARE * (highest - lowest)
    edges = np.flatnonzero(np.diff(quiet, prepend=False, append=False))
    stretches = edges.reshape(-1, 2) * (_FRAME_SAMPLES / SAMPLE_RATE_HZ)
    return [(float(a), float(b)) for a, b in stretches if b - a >= LEAST_PAUSE_S - 1e-6]


def _pause_at(moment_s: float, pauses: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the longest pause within reach of a moment, or the moment itself."""
    near = [(start_s, end_s) for start_s, end_s in pauses if start_s - REACH_S <= moment_s <= end_s + REACH_S]
    return max(near, key=lambda pause: pause[1] - pause[0], default=(moment_s, moment_s))
