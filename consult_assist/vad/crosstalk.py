"""Two microphones on one desk: whose voice is it?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_OWN_VOICE_MARGIN_DB = 10.0
"""A voice this much weaker than the other microphone hears is taken for cross-talk.

Source: a neighbour at twice to four times the distance is 6–12 dB weaker by the inverse-distance law, and
desk microphones turned to their speaker add some 6 dB.
"""
_FALL_DB_PER_WINDOW = 1.3
"""How fast a voice is forgotten: 8 dB in 0.2 s, so that gaps between its syllables still count as its own.

Source: our stereo sample; without it a few words of the resident came through the clerk's microphone.
"""
_FLOOR = 1e-12


class CrosstalkGate:
    """Says for each window of each channel whether it holds that channel's own speaker."""

    def __init__(self, channels: int) -> None:
        self._peaks_db = np.full(channels, -120.0)

    def own_voice(self, windows: Sequence[NDArray[np.float32]]) -> NDArray[np.bool_]:
        """Return where each channel holds its own speaker rather than the other one's voice.

        Args:
            windows: for each channel `(n_windows, n_samples) float32`, all for the same time, following on
                from the last call.

        Returns:
            `(n_channels, n_windows) bool`; with one channel always True.
        """
        power = np.stack([np.mean(np.square(channel), axis=1) for channel in windows])
        level_db = 10 * np.log10(power + _FLOOR)
        own = np.ones(level_db.shape, dtype=np.bool_)
        for window in range(level_db.shape[1]):
            self._peaks_db = np.maximum(self._peaks_db - _FALL_DB_PER_WINDOW, level_db[:, window])
            own[:, window] = level_db[:, window] >= self._peaks_db.max() - _OWN_VOICE_MARGIN_DB
            own[np.argmax(self._peaks_db), window] = True
        return own
