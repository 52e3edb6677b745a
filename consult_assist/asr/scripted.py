"""A recogniser that says what it is told: for tests of everything around it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import WordTime
from consult_assist.domain.audio import SpeechSegment
from consult_assist.errors import RecognitionError


class ScriptedRecognizer:
    """Gives its texts one after the other; an exception in their place is raised."""

    def __init__(self, texts: Iterable[str | RecognitionError], draft: str = "") -> None:
        self._texts = iter(texts)
        self._draft = draft

    def draft(self, samples: NDArray[np.float32]) -> str:  # noqa: ARG002 - a script does not listen
        """Return the same draft each time."""
        return self._draft

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:  # noqa: ARG002
        """Return the next text, empty when there is none left."""
        text = next(self._texts, "")
        if isinstance(text, RecognitionError):
            raise text
        return text

    def word_times(self, segment: SpeechSegment, text: str) -> Sequence[WordTime]:
        """Return times as if all characters took equally long."""
        times_s = np.linspace(segment.start_s, segment.end_s, len(text) + 1).tolist()
        return [
            WordTime(start_char=at, end_char=at + 1, start_s=start_s, end_s=end_s)
            for at, (start_s, end_s) in enumerate(pairwise(times_s))
        ]
