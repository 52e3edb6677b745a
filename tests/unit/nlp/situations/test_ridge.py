"""Ridge regression, over likeness and over features."""

import numpy as np

from consult_assist.nlp.situations.ridge import kernel_ridge_dual, ridge_weights


def test_votes_carry_over_to_what_is_alike() -> None:
    alike = np.array([[1, 0.9, 0, 0], [0.9, 1, 0, 0], [0, 0, 1, 0.8], [0, 0, 0.8, 1]], dtype=np.float32)
    sides = np.array([1, 1, -1, 0], dtype=np.float32)
    votes = kernel_ridge_dual(lambda values: alike @ values, sides)
    told = alike @ votes
    assert told[0] > 0.5 > -0.3 > told[3]
    assert votes[3] == 0


def test_directions_part_the_subjects() -> None:
    features = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 1]], dtype=np.float32)
    subjects = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    told = features @ ridge_weights(features, subjects)
    assert (told.argmax(axis=1) == subjects.argmax(axis=1)).all()
