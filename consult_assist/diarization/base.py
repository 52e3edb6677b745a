"""Contract of a voice encoder."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SpeakerEmbedding = NDArray[np.float32]
"""How somebody sounds: `(n,) float32` of length 1, so that the dot product of two says how alike they are."""


class VoiceEncoder(Protocol):
    """Turns speech into a voice, whatever is said."""

    def embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:
        """Return the voice in a stretch of speech.

        Args:
            samples: `(n_samples,) float32`, −1…1, 16 kHz mono, at least 0.1 s.

        Returns:
            `(n,) float32` of length 1; the same n each time.

        Raises:
            RecognitionError: the engine failed.
        """
