"""Contract of voice activity detection."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

WINDOW_SAMPLES = 512
"""One decision each 32 ms at 16 kHz, the window Silero was trained on."""


class SpeechDetector(Protocol):
    """Says how likely each window of one channel holds speech; remembers what came before."""

    def probabilities(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one probability a window.

        Args:
            windows: `(n_windows, 512) float32`, −1…1, 16 kHz, following on from the last call.

        Returns:
            `(n_windows,) float32`, 0…1.
        """
