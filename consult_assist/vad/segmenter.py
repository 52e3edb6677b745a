"""Where speech begins and ends: a pure state machine over speech probabilities of one channel."""

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.vad.base import WINDOW_SAMPLES

WINDOW_S = WINDOW_SAMPLES / SAMPLE_RATE_HZ
# Source of these: thresholds are Silero's own defaults (0.5, and 0.15 less to leave); pauses and lengths:
# docs/decisions/0005-pauses.md; the least speech: docs/decisions/0007-nothing-invented.md.
_ENTER_PROBABILITY = 0.5
_LEAVE_PROBABILITY = 0.35
_LEAST_SPEECH_S = 0.2
_LEAST_SYLLABLE_S = 0.09
"""Enough where a sentence was ended before its pause was over: it would have been part of that speech.

Source: a Japanese mora takes 0.1 s in fast speech; of a click Silero marks a window or two (0.03–0.06 s).
"""
PAUSE_S = 0.5
_LONG_SPEECH_S = 9.0
"""From here on a shorter pause is enough."""
_SHORT_PAUSE_S = 0.16
LONGEST_SPEECH_S = 14.0
"""Here speech is cut at the quietest moment of its last seconds."""
_MARGIN_WINDOWS = round(0.2 / WINDOW_S)
"""Sound kept before and after, so that no consonant is lost."""


class Segmenter:
    """Collects windows of one channel and cuts them into speech segments."""

    def __init__(self, channel: int, start_sample: int = 0, *, pause_s: float = PAUSE_S) -> None:
        self._channel = channel
        self._pause_s = pause_s
        self._buffer: list[NDArray[np.float32]] = []
        self._speech: list[float] = []
        self._start_sample = start_sample
        self._begin: int | None = None
        self._silent = 0
        self._least_s = _LEAST_SPEECH_S
        self._resumable = 0

    @property
    def is_open(self) -> bool:
        """Whether speech has begun and not ended; not while it may be a click."""
        return self._begin is not None and self._is_enough()

    @property
    def open_speech(self) -> SpeechSegment | None:
        """A copy of open speech, without the silence after it; None where there is none."""
        if self._begin is None or not self._is_enough():
            return None
        return self._segment(self._begin, len(self._buffer) - max(0, self._silent - _MARGIN_WINDOWS))

    @property
    def open_windows(self) -> int:
        """How many windows ago open speech began, 0 when there is none."""
        return 0 if self._begin is None else len(self._buffer) - self._begin

    @property
    def end_sample(self) -> int:
        """Where the latest window ended."""
        return self._start_sample + len(self._buffer) * WINDOW_SAMPLES

    @property
    def is_quiet(self) -> bool:
        """Whether the latest window holds not even faint speech, as the end of a word may be in a pause."""
        return not self._speech or self._speech[-1] < _LEAVE_PROBABILITY

    @property
    def silence_s(self) -> float:
        """How long the open speech has been silent."""
        return self._silent * WINDOW_S

    def has_paused(self, pause_s: float) -> bool:
        """Return whether the silence in open speech has become this long with the latest window."""
        return pause_s <= self.silence_s < pause_s + WINDOW_S

    def push(self, window: NDArray[np.float32], probability: float) -> SpeechSegment | None:
        """Take in one window and return the segment it ended, if any.

        Args:
            window: `(512,) float32`.
            probability: that it holds speech, 0…1.
        """
        self._buffer.append(window)
        self._speech.append(float(probability))
        if self._begin is None:
            self._wait_for_speech(probability)
            return None
        return self._follow_speech(probability)

    def flush(self) -> SpeechSegment | None:
        """End open speech now, as at a pause of capture or at the end of a sentence."""
        if self._begin is None:
            return None
        resumable = round(self._pause_s / WINDOW_S) - self._silent
        segment = self._end_speech(len(self._buffer))
        self._resumable = resumable
        return segment

    def cut(self, sample: int) -> SpeechSegment | None:
        """End open speech at a sample of the consultation's clock; what comes after it goes on."""
        if self._begin is None:
            return None
        at = round((sample - self._start_sample) / WINDOW_SAMPLES)
        if not self._begin < at < len(self._buffer):
            return None
        return self._cut(at)

    def _wait_for_speech(self, probability: float) -> None:
        if probability >= _ENTER_PROBABILITY:
            self._begin = max(0, len(self._buffer) - 1 - _MARGIN_WINDOWS)
            self._silent = 0
            self._least_s = _LEAST_SYLLABLE_S if self._resumable > 0 else _LEAST_SPEECH_S
        else:
            self._resumable -= 1
            self._drop(len(self._buffer) - _MARGIN_WINDOWS)

    def _follow_speech(self, probability: float) -> SpeechSegment | None:
        if probability >= (_ENTER_PROBABILITY if self._silent else _LEAVE_PROBABILITY):
            self._silent = 0
        else:
            self._silent += 1
        length_s = len(self._buffer) * WINDOW_S
        pause_s = self._pause_s if length_s < _LONG_SPEECH_S else _SHORT_PAUSE_S
        if self.silence_s >= pause_s:
            return self._end_speech(len(self._buffer))
        if length_s >= LONGEST_SPEECH_S:
            return self._cut_at_quietest()
        return None

    def _end_speech(self, end: int) -> SpeechSegment | None:
        assert self._begin is not None
        last = end - max(0, self._silent - _MARGIN_WINDOWS)
        segment = self._segment(self._begin, last) if self._is_enough() else None
        self._begin, self._silent, self._resumable = None, 0, 0
        self._drop(max(last, len(self._buffer) - _MARGIN_WINDOWS))
        return segment

    def _cut_at_quietest(self) -> SpeechSegment:
        """Cut very long speech where it is least likely that someone speaks, and go on from there."""
        assert self._begin is not None
        half = len(self._buffer) // 2
        smooth = np.convolve(self._speech[half:], np.ones(3) / 3, mode="valid")
        cut = half + int(np.argmin(smooth)) + 2
        return self._cut(cut)

    def _cut(self, at: int) -> SpeechSegment:
        assert self._begin is not None
        segment = self._segment(self._begin, at)
        self._drop(at)
        self._begin = 0
        self._least_s = WINDOW_S
        self._silent = min(self._silent, len(self._buffer))
        return segment

    def _segment(self, begin: int, end: int) -> SpeechSegment:
        return SpeechSegment(
            channel=self._channel,
            start_sample=self._start_sample + begin * WINDOW_SAMPLES,
            samples=np.concatenate(self._buffer[begin:end]),
            voice_probability=max(self._speech[begin:end]),
        )

    def _is_enough(self) -> bool:
        n_spoken = sum(probability >= _LEAVE_PROBABILITY for probability in self._speech)
        return n_spoken * WINDOW_S >= self._least_s

    def _drop(self, windows: int) -> None:
        if windows > 0:
            del self._buffer[:windows]
            del self._speech[:windows]
            self._start_sample += windows * WINDOW_SAMPLES
