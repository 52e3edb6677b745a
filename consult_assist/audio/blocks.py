"""Stretches of any length → short blocks, one mono frame for each channel."""

from collections.abc import Generator, Iterable

import numpy as np
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import AudioFrame

BLOCK_SAMPLES = 512
"""32 ms, as long as one decision of voice activity: a longer one would only make it wait.

Source: docs/decisions/0013-first-text.md.
"""


def blocks_from(chunks: Iterable[NDArray[np.float32]], start_sample: int = 0) -> Generator[AudioBlock]:
    """Cut a stream of chunks into blocks; only the last one may be shorter than `BLOCK_SAMPLES`.

    Args:
        chunks: each `(n_samples, n_channels) float32`, 16 kHz, any length; what exceeds −1…1 is
            clipped, what is no number is silence.
        start_sample: where the first block stands on the consultation's clock.
    """
    position = start_sample
    waiting: list[NDArray[np.float32]] = []
    n_waiting = 0
    for chunk in chunks:
        waiting.append(chunk)
        n_waiting += len(chunk)
        if n_waiting < BLOCK_SAMPLES:
            continue
        joined = np.concatenate(waiting)
        whole = n_waiting - n_waiting % BLOCK_SAMPLES
        for begin in range(0, whole, BLOCK_SAMPLES):
            yield _block(joined[begin : begin + BLOCK_SAMPLES], position)
            position += BLOCK_SAMPLES
        waiting = [joined[whole:]]
        n_waiting -= whole
    if n_waiting:
        yield _block(np.concatenate(waiting), position)


def _block(samples: NDArray[np.float32], start_sample: int) -> AudioBlock:
    whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)  # a broken file of floats may hold any
    clipped = np.clip(whole, -1.0, 1.0).astype(np.float32, copy=False)
    return tuple(
        AudioFrame(channel, start_sample, np.ascontiguousarray(clipped[:, channel]))
        for channel in range(samples.shape[1])
    )
