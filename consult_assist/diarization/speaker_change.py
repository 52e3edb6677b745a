"""Where one voice ends and the other begins inside a stretch of speech. Pure.

People answer each other within a third of a second; no pause tells a change of turn from a comma. The voices
on both sides of each pause do.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult_assist.diarization.base import SpeakerEmbedding
from consult_assist.diarization.two_speakers import Piece
from consult_assist.domain.audio import SAMPLE_RATE_HZ

_FRAME_SAMPLES: Final = SAMPLE_RATE_HZ // 100
_MIN_PAUSE_FRAMES: Final = 12
"""0.12 s; the stop before a consonant is shorter. Source: docs/decisions/0011-voices.md."""
_MIN_PIECE_S: Final = 0.6
"""Less speech than this says too little about a voice; it goes with its nearer neighbour."""
_MIN_SIDE_S: Final = 1.0
_STRANGE_COSINE: Final = 0.65
"""Two stretches less alike than this are two people, even where neither voice is known yet.

Source: our measurement; of 156 pauses inside one person's turn none was below, of 47 changes of turn 18
(docs/decisions/0011-voices.md).
"""
_CHANGE_COST: Final = 3.0
"""Log odds that the voices on both sides must pay for a cut."""


def find_spoken(samples: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Return where speech lies between pauses, none of it shorter than `_MIN_PIECE_S` if it can be helped.

    Quiet is judged against the loud and the faint parts of this very sound: steady noise hides no pause.
    """
    whole = len(samples) // _FRAME_SAMPLES
    if whole < 2 * _MIN_PAUSE_FRAMES:
        return [(0, len(samples))]
    frames = samples[: whole * _FRAME_SAMPLES].reshape(whole, _FRAME_SAMPLES)
    level_db = 10.0 * np.log10(np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-10)
    faint, loud = np.percentile(level_db, [5, 95])
    quiet_db = loud - min(28.0, 0.7 * (loud - faint))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (level_db < quiet_db).astype(int), [0]])))
    pauses = [(a, b) for a, b in edges.reshape(-1, 2) if b - a >= _MIN_PAUSE_FRAMES]
    starts = [0] + [int(b) for _, b in pauses]
    ends = [int(a) for a, _ in pauses] + [whole]
    spoken = [(a * _FRAME_SAMPLES, b * _FRAME_SAMPLES) for a, b in zip(starts, ends, strict=True) if b > a]
    return _without_scraps(spoken or [(0, len(samples))])


def _without_scraps(spoken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what is too short with the neighbour across the shorter pause."""
    minimum = _MIN_PIECE_S * SAMPLE_RATE_HZ
    while len(spoken) > 1:
        lengths = [end - start for start, end in spoken]
        short = int(np.argmin(lengths))
        if lengths[short] >= minimum:
            break
        before = spoken[short][0] - spoken[short - 1][1] if short else np.inf
        after = spoken[short + 1][0] - spoken[short][1] if short + 1 < len(spoken) else np.inf
        first = short - 1 if before <= after else short
        spoken[first : first + 2] = [(spoken[first][0], spoken[first + 1][1])]
    return spoken


def cuts_between_known(pieces: Sequence[Piece], logit: Callable[[Piece], float]) -> tuple[int, ...]:
    """Return the samples at which the voice changes, judged against two voices that are known.

    Args:
        pieces: in order.
        logit: log odds that a piece is the first voice's.
    """
    scores = np.zeros(2)
    came_from: list[tuple[int, int]] = []
    for piece in pieces:
        odds = np.array([0.5, -0.5]) * logit(piece)
        staying, changing = scores, scores[::-1] - _CHANGE_COST
        came_from.append((int(changing[0] > staying[0]), int(changing[1] > staying[1])))
        scores = np.maximum(staying, changing) + odds
    side = int(np.argmax(scores))
    cuts: list[int] = []
    for index in range(len(pieces) - 1, 0, -1):
        if came_from[index][side]:
            side = 1 - side
            cuts.append((pieces[index - 1].end + pieces[index].start) // 2)
    return tuple(reversed(cuts))


def cuts_between_strangers(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """Return the one sample at which the voice changes most, if it changes beyond doubt."""
    likeness = {
        index: float(_mean(pieces[:index]) @ _mean(pieces[index:]))
        for index in range(1, len(pieces))
        if min(_length_s(pieces[:index]), _length_s(pieces[index:])) >= _MIN_SIDE_S
    }
    if not likeness:
        return ()
    index = min(likeness, key=likeness.__getitem__)
    if likeness[index] >= _STRANGE_COSINE:
        return ()
    return ((pieces[index - 1].end + pieces[index].start) // 2,)


def _length_s(pieces: Sequence[Piece]) -> float:
    return sum(piece.speech_s for piece in pieces)


def _mean(pieces: Sequence[Piece]) -> SpeakerEmbedding:
    total = np.sum([piece.speech_s * piece.voice for piece in pieces], axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)
