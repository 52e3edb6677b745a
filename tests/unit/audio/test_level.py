"""The level of a block in dBFS."""

import numpy as np
import pytest

from consult_assist.audio.level import FLOOR_DB, level_db


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (np.ones(1600), 0.0),
        (np.sin(2 * np.pi * np.arange(1600) / 16), -3.01),
        (np.full(1600, 0.1), -20.0),
        (np.full(1600, 1e-6), FLOOR_DB),
        (np.zeros(1600), FLOOR_DB),
        (np.zeros(0), FLOOR_DB),
        (np.full(10, 3.0), 0.0),
    ],
)
def test_level_is_rms_in_dbfs_within_its_bounds(samples: np.ndarray, expected: float) -> None:
    assert level_db(samples.astype(np.float32)) == pytest.approx(expected, abs=0.01)
