"""A source that gives what it is told to: the fake that tests of other stages use."""

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import blocks_from


class ScriptedSource:
    """Plays given samples, as a file would."""

    name = "file:scripted.wav"

    def __init__(self, channels: Sequence[NDArray[np.float32]]) -> None:
        """Script a source.

        Args:
            channels: one `(n_samples,) float32` array for each channel, −1…1, 16 kHz, all of one length.
        """
        self._samples = np.stack(channels, axis=1)

    @property
    def channels(self) -> int:
        """How many arrays were given."""
        return int(self._samples.shape[1])

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Yield blocks from `start_sample` on."""
        return blocks_from([self._samples[start_sample:]], start_sample)
