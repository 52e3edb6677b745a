"""A source that says what it is told to: the fake that tests of other stages use."""

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import BLOCK_SAMPLES, blocks_from
from consult_assist.errors import MicrophoneError, SoundError


class ScriptedSource:
    """Plays given samples; can go away in the middle and come back.

    It fails once, after `fail_after` blocks. The next `failed_attempts` calls of `blocks` fail at once, as
    with a microphone that is still unplugged; the one after them goes on from the sample it is asked for.
    """

    def __init__(
        self,
        channels: Sequence[NDArray[np.float32]],
        *,
        name: str = "file:scripted.wav",
        fail_after: int | None = None,
        failed_attempts: int = 0,
        error: SoundError | None = None,
    ) -> None:
        """Script a source.

        Args:
            channels: one `(n_samples,) float32` array for each channel, −1…1, 16 kHz, all of one length.
            name: what `name` answers.
            fail_after: how many blocks are given in all before the failure; None = never fails.
            failed_attempts: how many later calls of `blocks` fail before the source is back.
            error: what is raised; None = a `MicrophoneError`.
        """
        self._samples = np.stack([np.asarray(channel, dtype=np.float32) for channel in channels], axis=1)
        self._name = name
        self._blocks_left = fail_after
        self._failed_attempts = failed_attempts
        self._error = error or MicrophoneError("マイクがつながっていません。")
        self._away = False
        self.opened = 0
        """How often `blocks` was begun."""

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    @property
    def channels(self) -> int:
        """How many arrays were given."""
        return int(self._samples.shape[1])

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Yield blocks from `start_sample` on, until the end or the scripted failure."""
        self.opened += 1
        if self._away and self._failed_attempts > 0:
            self._failed_attempts -= 1
            raise self._error
        self._away = False
        rest = self._samples[start_sample:]
        pieces = (rest[begin : begin + BLOCK_SAMPLES] for begin in range(0, len(rest), BLOCK_SAMPLES))
        for block in blocks_from(pieces, start_sample):
            if self._blocks_left == 0:
                self._blocks_left = None
                self._away = True
                raise self._error
            if self._blocks_left is not None:
                self._blocks_left -= 1
            yield block
