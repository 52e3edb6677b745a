"""Blocks as fast as they come → blocks at the speed of real life, or a multiple of it."""

import time
from collections.abc import Callable, Generator
from contextlib import closing

from consult_assist.audio.base import AudioBlock, SoundSource
from consult_assist.domain.audio import SAMPLE_RATE_HZ


class PacedSource:
    """A source whose blocks arrive no earlier than they would from a microphone.

    Every block is due at a time counted from the first, so delays never add up: a reader who falls behind
    gets the next blocks at once until he has caught up.
    """

    def __init__(
        self,
        source: SoundSource,
        speed: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Wrap a source.

        Args:
            source: what to slow down.
            speed: 1 = real time, 2 = twice as fast.
            clock: seconds that only go forward.
            sleep: waits so many seconds.
        """
        if speed <= 0:
            raise ValueError(f"speed must be positive, not {speed}")
        self._source = source
        self._speed = speed
        self._clock = clock
        self._sleep = sleep

    @property
    def name(self) -> str:
        """The name of the wrapped source."""
        return self._source.name

    @property
    def channels(self) -> int:
        """The channels of the wrapped source."""
        return self._source.channels

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Yield each block when its last sample would just have been captured.

        The clock starts when the source has its first block, not while it is still looking for it.
        """
        begun: float | None = None
        with closing(self._source.blocks(start_sample)) as blocks:
            for block in blocks:
                if begun is None:
                    begun = self._clock()
                due = begun + (block[0].end_sample - start_sample) / SAMPLE_RATE_HZ / self._speed
                if (wait := due - self._clock()) > 0:
                    self._sleep(wait)
                yield block
