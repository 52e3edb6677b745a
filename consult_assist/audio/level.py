"""Samples → loudness for the level meter; pure."""

import numpy as np
from numpy.typing import NDArray

FLOOR_DB = -90.0
"""The floor: below this nobody can tell a quiet room from a dead microphone."""


def level_db(samples: NDArray[np.float32]) -> float:
    """Return the RMS level in dBFS, between `FLOOR_DB` and 0 (a full-scale square wave).

    Args:
        samples: `(n_samples,) float32`, −1…1; none at all counts as silence.
    """
    if not len(samples):
        return FLOOR_DB
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    if power <= 10 ** (FLOOR_DB / 10):
        return FLOOR_DB
    return min(0.0, 10 * float(np.log10(power)))
