"""One generator: frames in, events out. No threads, no clock, no disk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import Recognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.domain.speech import Draft, SegmentFailed, Speaker, Utterance
from consult_assist.errors import RecognitionError
from consult_assist.vad.base import WINDOW_SAMPLES, SpeechDetector
from consult_assist.vad.crosstalk import CrosstalkGate
from consult_assist.vad.segmenter import Segmenter, SegmenterOptions

FIRST_DRAFT_S = 0.5
"""Speech needed before a first draft is worth its time."""
DRAFT_STEP_S = 0.7
"""New speech needed before the next draft."""
OWN_PAUSE_S = 0.6
"""Pause that ends speech where each speaker has a microphone, and no turn of the other can be swallowed."""
GUESS_AFTER_S = 0.2
"""Silence after which speech is recognised as if it had ended; when it has, the final is there already."""


@dataclass(slots=True)
class _Channel:
    """State of one microphone."""

    detector: SpeechDetector
    segmenter: Segmenter
    waiting: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    drafted_until: int = 0
    guess: tuple[SpeechSegment, str] | None = None
    heard_until_s: float = 0.0
    draft_shown: bool = False


class SpeechPipeline:
    """Cuts blocks into segments and has them recognised: drafts while someone speaks, finals at the pause."""

    def __init__(
        self,
        recognizer: Recognizer,
        detectors: Sequence[SpeechDetector],
        *,
        speakers: Sequence[Speaker | None],
        next_utterance: int = 1,
        heard_until_s: Sequence[float] = (),
        drafts: bool = True,
    ) -> None:
        """Prepare to listen.

        Args:
            recognizer: speech → text.
            detectors: one for each channel.
            speakers: whose voice each channel holds, None where unknown.
            next_utterance: number of the first utterance.
            heard_until_s: up to where each channel was recognised by an earlier run.
            drafts: whether to show text before speech has ended.
        """
        self._recognizer = recognizer
        self._speakers = speakers
        self._drafts = drafts
        self._gate = CrosstalkGate(len(detectors))
        self._options = SegmenterOptions() if len(detectors) == 1 else SegmenterOptions(pause_s=OWN_PAUSE_S)
        self._next_utterance = next_utterance
        self.failed: dict[str, SpeechSegment] = {}
        """Segments to try again, by id; kept here because sound may not be on disk."""
        self._channels = [_Channel(detector, Segmenter(number)) for number, detector in enumerate(detectors)]
        for channel, until_s in zip(self._channels, heard_until_s, strict=False):
            channel.heard_until_s = until_s

    def listen(self, batches: Iterable[Sequence[AudioBlock]]) -> Iterator[Draft | Utterance | SegmentFailed]:
        """Yield what is said in one stretch of sound without a gap, until the batches end.

        Args:
            batches: each holds every block that has arrived since the last one was taken; when nothing more
                is waiting there is time for a draft.
        """
        begun = False
        for batch in batches:
            if not begun:
                self._begin(batch[0])
                begun = True
            segments = self._segments(batch)
            yield from self._finals(segments)
            if self._drafts and not segments:
                yield from self._guess() or self._draft()
            yield from self._withdrawn_drafts()
        yield from self._finals([s for channel in self._channels for s in channel.segmenter.flush()])
        yield from self._withdrawn_drafts()

    def recognize(self, segment: SpeechSegment, utterance_id: str) -> Utterance | SegmentFailed | None:
        """Return the utterance in a segment, None when nobody spoke."""
        place = {
            "id": utterance_id,
            "channel": segment.channel,
            "start_s": round(segment.start_s, 3),
            "end_s": round(segment.end_s, 3),
        }
        try:
            text = self._guessed(segment)
            if text is None:
                text = self._recognizer.recognize(segment)
        except RecognitionError as error:
            self.failed[utterance_id] = segment
            return SegmentFailed(**place, reason=str(error))  # type: ignore[arg-type]
        self.failed.pop(utterance_id, None)
        if not text:
            return None
        return Utterance(**place, speaker=self._speakers[segment.channel], heard=text, text=text)  # type: ignore[arg-type]

    def _begin(self, block: AudioBlock) -> None:
        """Start a stretch of sound where its first block stands on the consultation's clock."""
        for frame, channel in zip(block, self._channels, strict=True):
            channel.segmenter = Segmenter(frame.channel, frame.start_sample, self._options)
            channel.waiting = np.zeros(0, dtype=np.float32)

    def _segments(self, batch: Sequence[AudioBlock]) -> list[SpeechSegment]:
        for number, channel in enumerate(self._channels):
            channel.waiting = np.concatenate([channel.waiting, *(block[number].samples for block in batch)])
        n_windows = min(len(channel.waiting) for channel in self._channels) // WINDOW_SAMPLES
        windows = [self._take(channel, n_windows) for channel in self._channels]
        own = self._gate.own_voice(windows)
        segments: list[SpeechSegment] = []
        for number, channel in enumerate(self._channels):
            probabilities = channel.detector.probabilities(windows[number]) * own[number]
            segments += channel.segmenter.push(windows[number], probabilities)
        return sorted(segments, key=lambda segment: segment.start_sample)

    @staticmethod
    def _take(channel: _Channel, n_windows: int) -> NDArray[np.float32]:
        n_samples = n_windows * WINDOW_SAMPLES
        taken, channel.waiting = channel.waiting[:n_samples], channel.waiting[n_samples:]
        return taken.reshape(n_windows, WINDOW_SAMPLES)

    def _finals(self, segments: Sequence[SpeechSegment]) -> Iterator[Utterance | SegmentFailed]:
        for segment in segments:
            channel = self._channels[segment.channel]
            if segment.end_s <= channel.heard_until_s:
                continue
            event = self.recognize(segment, f"u{self._next_utterance:04d}")
            if event is not None:
                self._next_utterance += 1
                channel.draft_shown = False
                yield event

    def _withdrawn_drafts(self) -> Iterator[Draft]:
        """Take back drafts of speech that came to nothing, so that no word nobody said stays on screen."""
        for number, channel in enumerate(self._channels):
            if channel.draft_shown and channel.segmenter.open_speech is None:
                channel.draft_shown = False
                yield Draft(channel=number, start_s=channel.drafted_until / SAMPLE_RATE_HZ, text="")

    def _guess(self) -> list[Draft]:
        """Recognise speech that has just fallen silent as if it had ended, and show that as its draft."""
        for channel in self._channels:
            speech = channel.segmenter.open_speech
            if speech is None or channel.segmenter.silence_s < GUESS_AFTER_S or _same(channel.guess, speech):
                continue
            try:
                text = self._recognizer.recognize(speech)
            except RecognitionError:
                return []  # the final will say so
            channel.guess = (speech, text)
            return self._shown(speech, text)
        return []

    def _guessed(self, segment: SpeechSegment) -> str | None:
        guess = self._channels[segment.channel].guess
        return guess[1] if guess is not None and _same(guess, segment) else None

    def _draft(self) -> list[Draft]:
        """Draft the channel that has waited longest, unless it is falling silent: then its final is due."""
        for channel in sorted(self._channels, key=lambda channel: channel.drafted_until):
            speech = channel.segmenter.open_speech
            if speech is None or channel.segmenter.silence_s > 0.1:
                continue
            end = speech.start_sample + len(speech.samples)
            known = max(channel.drafted_until, speech.start_sample)
            step_s = DRAFT_STEP_S if channel.drafted_until > speech.start_sample else FIRST_DRAFT_S
            if end - known < step_s * SAMPLE_RATE_HZ:
                continue
            channel.drafted_until = end
            try:
                return self._shown(speech, self._recognizer.draft(speech.samples))
            except RecognitionError:
                return []
        return []

    def _shown(self, speech: SpeechSegment, text: str) -> list[Draft]:
        if not text:
            return []
        self._channels[speech.channel].draft_shown = True
        return [Draft(channel=speech.channel, start_s=round(speech.start_s, 3), text=text)]


def _same(guess: tuple[SpeechSegment, str] | None, segment: SpeechSegment) -> bool:
    """Say whether a guess was made on just this sound."""
    return (
        guess is not None
        and guess[0].start_sample == segment.start_sample
        and len(guess[0].samples) == len(segment.samples)
    )
