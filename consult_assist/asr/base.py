"""Contract of a recogniser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.audio import SpeechSegment

MARKS = "。、，．！？!?・…「」『』 　"
"""Nobody says them: they take no time, and speech pauses there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTime:
    """When a piece of a text was said: a character or a few.

    Attributes:
        start_char: first character in the text.
        end_char: just after the last character.
        start_s: on the consultation's clock.
        end_s: on the consultation's clock; a pause that follows does not count.
    """

    start_char: int
    end_char: int
    start_s: float
    end_s: float


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

    def word_times(self, segment: SpeechSegment, text: str) -> Sequence[WordTime]:
        """Return when each piece of a text was said; together they are the text, in its order.

        Asked for only when someone wants to hear a few words, so that live recognition pays nothing.

        Args:
            segment: the speech.
            text: what was heard in it.

        Raises:
            RecognitionError: the model cannot tell.
        """
