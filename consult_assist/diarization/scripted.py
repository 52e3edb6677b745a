"""An encoder that hears what it is told: for tests of everything around it."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from consult_assist.diarization.base import SpeakerEmbedding


class ScriptedVoiceEncoder:
    """Gives its voices one after the other, the last one for ever."""

    def __init__(self, voices: Iterable[Iterable[float]]) -> None:
        self._voices = [_unit(voice) for voice in voices]
        self._heard = 0

    def embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:  # noqa: ARG002 - a script does not listen
        """Return the next voice."""
        voice = self._voices[min(self._heard, len(self._voices) - 1)]
        self._heard += 1
        return voice.copy()


def _unit(voice: Iterable[float]) -> SpeakerEmbedding:
    values = np.array(list(voice), dtype=np.float32)
    return np.asarray(values / np.linalg.norm(values), dtype=np.float32)
