"""Two microphones on one desk: whose voice is it?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

OWN_VOICE_MARGIN_DB = 10.0
"""A voice this much weaker than the other microphone hears at the same moment is taken for cross-talk.

Source: a neighbour at twice to four times the distance is 6–12 dB weaker by the inverse-distance law, and
desk microphones turned to their speaker add some 6 dB.
"""


def own_voice(
    windows: Sequence[NDArray[np.float32]], margin_db: float = OWN_VOICE_MARGIN_DB
) -> NDArray[np.bool_]:
    """Return where each channel holds its own speaker rather than the other one's voice.

    Args:
        windows: for each channel `(n_windows, n_samples) float32`, all for the same time.
        margin_db: how much weaker than the loudest channel still counts as an own voice.

    Returns:
        `(n_channels, n_windows) bool`.
    """
    power = np.stack([np.mean(np.square(channel), axis=1) for channel in windows])
    own: NDArray[np.bool_] = power >= power.max(axis=0) * 10 ** (-margin_db / 10)
    return own
