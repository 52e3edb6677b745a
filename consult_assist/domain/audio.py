"""Sound as it travels through the program: mono, 16 kHz, float32, one channel a frame."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.speech import Speaker

SAMPLE_RATE_HZ = 16_000
"""The one rate after capture: what Whisper and Silero expect, and what is kept on disk."""
SILENCE_SUFFIX = ".silence"
"""Ending of the file beside a recording that lists the stretches still to be silenced."""


@dataclass(frozen=True, slots=True, eq=False)
class AudioFrame:
    """A short stretch of one channel.

    Attributes:
        channel: 0-based; a stereo source gives two frames for the same time.
        start_sample: position on the consultation's clock, which counts captured samples and stands still
            while capture is paused.
        samples: `(n_samples,) float32`, −1…1, 16 kHz.
    """

    channel: int
    start_sample: int
    samples: NDArray[np.float32] = field(repr=False)

    @property
    def end_sample(self) -> int:
        """Position just after the last sample."""
        return self.start_sample + len(self.samples)


@dataclass(frozen=True, slots=True, eq=False)
class SpeechSegment:
    """One stretch of speech in one channel, ready to be recognised.

    Attributes:
        channel: 0-based.
        start_sample: position of `samples[0]` on the consultation's clock.
        samples: `(n_samples,) float32`, −1…1, 16 kHz, with a little silence on both sides.
        voice_probability: highest probability of a voice in it; None when nobody has looked.
        speaker: whose microphone it was; None where several people share one.
    """

    channel: int
    start_sample: int
    samples: NDArray[np.float32] = field(repr=False)
    voice_probability: float | None = None
    speaker: Speaker | None = None

    @property
    def start_s(self) -> float:
        """Seconds from the start of the consultation's clock."""
        return self.start_sample / SAMPLE_RATE_HZ

    @property
    def end_s(self) -> float:
        """Seconds at which the segment ends."""
        return (self.start_sample + len(self.samples)) / SAMPLE_RATE_HZ
