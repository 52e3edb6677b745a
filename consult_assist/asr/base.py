"""Contract of a recogniser."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.audio import SpeechSegment


class Recognizer(Protocol):
    """Turns speech into text."""

    def draft(self, samples: NDArray[np.float32]) -> str:
        """Return a quick guess at unfinished speech; empty when there is nothing certain to show.

        Args:
            samples: `(n_samples,) float32`, −1…1, 16 kHz mono.

        Raises:
            RecognitionError: the engine failed; the next draft may succeed.
        """

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        """Return the text of a finished segment; empty when nobody spoke.

        Args:
            segment: the speech.
            thorough: False when time is short and a simpler search has to do.

        Raises:
            RecognitionError: the engine failed on this segment; its sound can be tried again.
        """
