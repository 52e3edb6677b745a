"""When each piece of a text was said: attention says roughly where, pauses in the sound say it exactly."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import MARKS, WordTime
from consult_assist.domain.audio import SAMPLE_RATE_HZ

_ATTENTION_STEP_S = 0.02
"""The encoder joins two frames of 10 ms. Source: openai/whisper `audio.py`, `TOKENS_PER_SECOND`."""
_FRAME_SAMPLES = 320
_QUIET_SHARE = 0.3
"""How far from its quietest to its loudest frames, in decibels, sound still counts as a pause.

Source: docs/decisions/0012-word-times.md, which also holds for the two lengths below.
"""
_MIN_PAUSE_S = 0.14
"""Shorter ones are the closures of consonants."""
_REACH_S = 0.3
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
    meetings = _meetings(pieces, bounds_s, _pauses(samples))
    times: list[WordTime] = []
    at = 0
    for piece, (_, from_s), (until_s, _) in zip(pieces, meetings[:-1], meetings[1:], strict=True):
        times.append(
            WordTime(
                start_char=at,
                end_char=at + len(piece),
                start_s=start_s + from_s,
                end_s=start_s + max(from_s, until_s),
            )
        )
        at += len(piece)
    return tuple(times)


def _pauses(samples: NDArray[np.float32]) -> list[tuple[float, float]]:
    """Return the stretches in which nobody speaks, measured against the sound itself."""
    n_frames = len(samples) // _FRAME_SAMPLES
    if n_frames == 0:
        return []
    frames = samples[: n_frames * _FRAME_SAMPLES].reshape(n_frames, _FRAME_SAMPLES)
    level_db = 10 * np.log10(np.mean(np.square(frames), axis=1) + 1e-10)
    lowest, highest = np.percentile(level_db, [5, 90])
    quiet = level_db < lowest + _QUIET_SHARE * (highest - lowest)
    edges = np.flatnonzero(np.diff(quiet, prepend=False, append=False))
    stretches = edges.reshape(-1, 2) * (_FRAME_SAMPLES / SAMPLE_RATE_HZ)
    return [(float(a), float(b)) for a, b in stretches if b - a >= _MIN_PAUSE_S - 1e-6]


def _meetings(
    pieces: Sequence[str], bounds_s: Sequence[float], pauses: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return for each bound when the piece before it ends and when the one behind it begins.

    Each pause, the longest first, parts the text in one place within reach: at a mark if there is one. What
    stands before that place was said before the pause, and what stands behind it after.
    """
    at_mark = [
        not 0 < bound < len(pieces) or pieces[bound - 1][-1] in MARKS or pieces[bound][0] in MARKS
        for bound in range(len(bounds_s))
    ]
    ends_s, begins_s = np.array(bounds_s), np.array(bounds_s)
    settled: dict[int, float] = {}
    for start_s, end_s in sorted(pauses, key=lambda pause: pause[0] - pause[1]):
        near = _within_reach(bounds_s, start_s, end_s, settled)
        marked = [bound for bound in near if at_mark[bound]]
        if not near:
            continue
        middle_s = (start_s + end_s) / 2
        chosen = min(marked or near, key=lambda bound: abs(bounds_s[bound] - middle_s))
        first = chosen - (chosen - 1 in near and _is_mark(pieces, chosen - 1))
        last = chosen + (chosen + 1 in near and _is_mark(pieces, chosen))
        ends_s[:first] = np.minimum(ends_s[:first], start_s)
        begins_s[:first] = np.minimum(begins_s[:first], start_s)
        ends_s[first : last + 1], begins_s[first : last + 1] = start_s, end_s
        ends_s[last + 1 :] = np.maximum(ends_s[last + 1 :], end_s)
        begins_s[last + 1 :] = np.maximum(begins_s[last + 1 :], end_s)
        settled.update(dict.fromkeys(range(first, last + 1), start_s))
    return [(float(end_s), float(begin_s)) for end_s, begin_s in zip(ends_s, begins_s, strict=True)]


def _within_reach(
    bounds_s: Sequence[float], start_s: float, end_s: float, settled: Mapping[int, float]
) -> list[int]:
    """Return the bounds that may stand at a pause, in the same order as those that stand at others."""
    return [
        bound
        for bound, moment_s in enumerate(bounds_s)
        if start_s - _REACH_S <= moment_s <= end_s + _REACH_S
        and bound not in settled
        and all((bound < other) == (start_s < other_s) for other, other_s in settled.items())
    ]


def _is_mark(pieces: Sequence[str], number: int) -> bool:
    return 0 <= number < len(pieces) and not pieces[number].strip(MARKS)
