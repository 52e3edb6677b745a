"""Silero VAD as it ships with faster-whisper, run as a stream."""

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from consult_assist.vad.base import WINDOW_SAMPLES

_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
"""What the network expects before each window and remembers. Source: faster-whisper 1.2, `vad.py`."""


class SileroDetector:
    """Keeps the network's state between calls; one detector for each channel."""

    def __init__(self) -> None:
        self._session = get_vad_model().session
        self._hidden = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._cell = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)

    def probabilities(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one speech probability for each 512-sample window."""
        if not len(windows):
            return np.zeros(0, dtype=np.float32)
        contexts = np.vstack([self._context, windows[:-1, -_CONTEXT_SAMPLES:]])
        output, self._hidden, self._cell = self._session.run(
            None,
            {
                "input": np.hstack([contexts, windows]).reshape(-1, _CONTEXT_SAMPLES + WINDOW_SAMPLES),
                "h": self._hidden,
                "c": self._cell,
            },
        )
        self._context = windows[-1, -_CONTEXT_SAMPLES:].copy()
        return np.asarray(output, dtype=np.float32).reshape(-1)
