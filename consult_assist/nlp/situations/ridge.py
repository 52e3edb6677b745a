"""Ridge regression over all examples, in a second whenever they are read.

It answers two questions: whether a sentence tells of a need at all, and of which subject.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_RIDGE = 1.0
_MAX_STEPS = 30
_LEFT = 0.02
"""The rest of the way changes no decision."""


def kernel_ridge_dual(
    kernel_dot: Callable[[NDArray[np.float32]], NDArray[np.float32]], sides: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the dual weights of whether a text tells of a need, one for each sentence.

    Kernel ridge regression by conjugate gradients, so that the matrix of all similarities is never made.

    Args:
        kernel_dot: the matrix of similarities times a vector.
        sides: `(n_sentences,) float32`, 1 for a need, -1 for everyday talk, 0 where nothing is known.

    Returns:
        `(n_sentences,) float32`; added up by similarity they come to about 1 for a need, -1 for everyday
        talk.
    """
    known = sides != 0
    votes = np.zeros_like(sides)
    rest, step = sides.copy(), sides.copy()
    size = float(rest @ rest)
    enough = _LEFT**2 * size
    for _ in range(_MAX_STEPS):
        if size <= enough:
            break
        reached = np.where(known, kernel_dot(step) + _RIDGE * step, np.float32(0))
        length = np.float32(size / float(step @ reached))
        votes += length * step
        rest -= length * reached
        before, size = size, float(rest @ rest)
        step = rest + np.float32(size / before) * step
    return votes


def ridge_weights(features: NDArray[np.float32], subjects: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weights that tell the sentences of each subject from all others.

    Args:
        features: `(n_sentences, n_features) float32`.
        subjects: `(n_sentences, n_subjects) float32`, 1 where a sentence belongs to a subject.

    Returns:
        `(n_features, n_subjects) float32`; a sentence comes to about 1 with its own subject, 0 with others.
    """
    squares = features.T @ features
    squares[np.diag_indices_from(squares)] += _RIDGE
    directions: NDArray[np.float32] = np.linalg.solve(squares, features.T @ subjects)
    return directions
