"""One generator: frames in, events out. No threads, no clock, no disk."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import Recognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.diarization.tracker import SpeakerTracker
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.domain.speech import Draft, SegmentFailed, Speaker, SpeakerAssigned, Utterance
from consult_assist.errors import RecognitionError
from consult_assist.japanese.sentences import ends_sentence
from consult_assist.vad.base import WINDOW_SAMPLES, SpeechDetector
from consult_assist.vad.crosstalk import CrosstalkGate
from consult_assist.vad.segmenter import PAUSE_S, Segmenter

Heard = Draft | Utterance | SegmentFailed | SpeakerAssigned
"""What the pipeline emits."""

FIRST_DRAFT_S = 0.55
"""Length of speech, its margin included, from which a first draft is worth its time.

Source for this and the next four: docs/decisions/0013-first-text.md.
"""
NEXT_TRY_S = 0.1
"""New speech needed before another try, at least, while no draft was sure enough to be shown.

It counts for speech under 0.4 s: a syllable behind a sentence, tried as it fell silent, or the rest of a cut.
"""
NEXT_TRY_GROWTH = 0.25
"""The same, as a share of the speech so far: the longer it stays doubtful, the less likely it is speech."""
DRAFT_STEP_S = 0.4
"""New speech needed before the next draft once one was shown, at least."""
DRAFT_GROWTH = 0.5
"""The same, as a share of the speech so far, all of which each draft decodes again."""
MIN_VOICE_OF_DRAFT = 0.85
"""Voice probability that speech must have reached before a draft is made.

Source: docs/decisions/0007-nothing-invented.md. In its first half second speech has 0.87 or more (19 in 20),
a sneeze at most 0.84 (4 in 5).
"""
DRAFT_REST = 1.0
"""Rest after a draft, as a multiple of the time it took, so that a busy PC makes fewer drafts."""
FALLING_SILENT_S = 0.1
"""Silence from which no draft is made: the final is due soon."""
OWN_PAUSE_S = 0.6
"""Pause that ends speech where each speaker has a microphone: a longer one cannot hide the other's turn."""
GUESS_AFTER_S = 0.09
"""Silence after which speech is recognised as if it had ended, so that its text is there when it has.

Source: docs/decisions/0046-recognised-while-falling-silent.md.
"""
SENTENCE_PAUSE_S = 0.2
"""Pause that ends speech whose last sentence is complete. Source: docs/decisions/0005-pauses.md."""
TURN_WINDOWS = 32
"""Windows between two searches of unfinished speech for another voice: about a second."""
BEHIND_S = 3.0
"""Backlog of sound from which finals are recognised with less effort, until it is worked off."""
MAX_FAILED_KEPT = 100
"""Failed segments kept in memory: a recogniser that fails for an hour would fill it with 230 MB of speech."""


@dataclass(slots=True)
class _Guess:
    """Speech that was recognised when it fell silent, as if it had ended.

    Attributes:
        start_sample: where it began.
        silent_from: where it fell silent.
        silent_until: where speech went on; None while it has not.
        text: what was heard.
    """

    start_sample: int
    silent_from: int
    text: str = field(repr=False)
    silent_until: int | None = None

    def fits(self, segment: SpeechSegment) -> bool:
        """Return whether a segment ends in this silence, so that nothing else can be heard in it."""
        end = segment.start_sample + len(segment.samples)
        return (
            segment.start_sample == self.start_sample
            and end >= self.silent_from
            and (self.silent_until is None or end <= self.silent_until)
        )


@dataclass(slots=True)
class _Channel:
    """State of one channel in one stretch of sound.

    Attributes:
        speaker: whose microphone it is; None where several people share it.
        heard_until: sample up to which an earlier run recognised.
        waiting: samples that do not fill a window yet.
        drafted_until: sample up to which open speech was drafted or guessed.
        guess: the latest one made in a pause of its speech.
        draft_shown: whether a draft of open speech is on screen.
    """

    number: int
    detector: SpeechDetector
    segmenter: Segmenter
    speaker: Speaker | None
    heard_until: int
    waiting: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32), repr=False)
    drafted_until: int = 0
    guess: _Guess | None = None
    draft_shown: bool = False


class SpeechPipeline:
    """Recognises speech: drafts while someone speaks, a final at the end of a sentence, a turn or speech."""

    def __init__(
        self,
        recognizer: Recognizer,
        detectors: Sequence[SpeechDetector],
        *,
        speakers: Sequence[Speaker | None],
        next_utterance: int = 1,
        tracker: SpeakerTracker | None = None,
        drafts: bool = True,
        live: bool = True,
    ) -> None:
        """Prepare to listen.

        Args:
            recognizer: speech → text.
            detectors: one for each channel; sound that an earlier run left may have fewer.
            speakers: whose microphones they are where there are so many; of any others nobody knows.
            next_utterance: number of the first utterance.
            tracker: tells speakers apart who share the one microphone.
            drafts: whether to show text before speech has ended.
            live: whether sound comes as it is spoken, so that it matters to be behind.
        """
        self._recognizer = recognizer
        self._detectors = detectors
        self._speakers = speakers
        self._drafts = drafts
        self._live = live
        self._gate = CrosstalkGate(len(detectors))
        self._next_utterance = next_utterance
        self.failed: dict[str, SpeechSegment] = {}
        """The latest segments to try again, by id; kept here because sound may not be on disk."""
        self._channels: list[_Channel] = []
        self._tracker = tracker
        self._lessons: deque[SpeakerAssigned | tuple[Utterance, SpeechSegment]] = deque()
        self._drafted = False
        self._rest_until = 0

    def listen(
        self, batches: Iterable[Sequence[AudioBlock]], heard_until_s: Sequence[float] = ()
    ) -> Iterator[Heard]:
        """Yield what is said in one stretch of sound without a gap, until the batches end.

        Args:
            batches: each holds every block that has arrived since the last one was taken.
            heard_until_s: up to where an earlier run recognised each channel of it.
        """
        begun = False
        for batch in batches:
            if not begun:
                self._begin(batch[0], heard_until_s)
                begun = True
            self._rest(batch)
            yield from self._learn()
            yield from self._hear(batch)
            if self._drafts:
                yield from self._draft()
        for channel in self._channels:
            yield from self._past_turns(channel)
            yield from self._final(channel, channel.segmenter.flush())

    def correct(self, event: SpeakerAssigned) -> None:
        """Note, from any thread, that the clerk set a speaker; `listen` learns the voice from it."""
        self._lessons.append(event)

    def retry(self, segment: SpeechSegment, utterance_id: str) -> Utterance | SegmentFailed | None:
        """Recognise a failed segment again, from any thread; `listen` finds out later whose voice it is."""
        event = self.recognize(segment, utterance_id)
        if isinstance(event, Utterance) and segment.speaker is None:
            self._lessons.append((event, segment))
        return event

    def recognize(
        self, segment: SpeechSegment, utterance_id: str, *, thorough: bool = True
    ) -> Utterance | SegmentFailed | None:
        """Return the utterance in a segment, None when nobody spoke."""
        start_s, end_s = round(segment.start_s, 3), round(segment.end_s, 3)
        try:
            text = self._guessed(segment)
            if text is None:
                text = self._recognizer.recognize(segment, thorough=thorough)
        except RecognitionError as error:
            self.failed[utterance_id] = segment
            if len(self.failed) > MAX_FAILED_KEPT:
                del self.failed[next(iter(self.failed))]
            return SegmentFailed(
                id=utterance_id, channel=segment.channel, start_s=start_s, end_s=end_s, reason=str(error)
            )
        self.failed.pop(utterance_id, None)
        if not text:
            return None
        return Utterance(
            id=utterance_id,
            channel=segment.channel,
            speaker=segment.speaker,
            start_s=start_s,
            end_s=end_s,
            heard=text,
            text=text,
        )

    def _begin(self, block: AudioBlock, heard_until_s: Sequence[float]) -> None:
        """Start a stretch of sound where its first block stands on the consultation's clock."""
        n = len(block)
        if n != len(self._channels):
            self._gate = CrosstalkGate(n)
        pause_s = PAUSE_S if n == 1 else OWN_PAUSE_S
        speakers = self._speakers if n == len(self._speakers) else [None] * n
        self._channels = [
            _Channel(
                frame.channel,
                self._detectors[number],
                Segmenter(frame.channel, frame.start_sample, pause_s=pause_s),
                speakers[number],
                round((heard_until_s[number] if heard_until_s else 0.0) * SAMPLE_RATE_HZ),
            )
            for number, frame in enumerate(block)
        ]

    def _hear(self, batch: Sequence[AudioBlock]) -> Iterator[Heard]:
        """Follow speech window by window, so that the result does not depend on the sizes of the batches."""
        for number, channel in enumerate(self._channels):
            channel.waiting = np.concatenate([channel.waiting, *(block[number].samples for block in batch)])
        n_windows = min(len(channel.waiting) for channel in self._channels) // WINDOW_SAMPLES
        windows = [self._take(channel, n_windows) for channel in self._channels]
        own = self._gate.own_voice(windows)
        speech = [
            channel.detector.probabilities(windows[number]) * own[number]
            for number, channel in enumerate(self._channels)
        ]
        for channel, probabilities in zip(self._channels, speech, strict=True):
            n_heard = round((channel.heard_until - channel.segmenter.end_sample) / WINDOW_SAMPLES)
            probabilities[: max(0, n_heard)] = 0
        for at in range(n_windows):
            waiting_s = (n_windows - at) * WINDOW_SAMPLES / SAMPLE_RATE_HZ
            thorough = not self._live or waiting_s < BEHIND_S
            for number, channel in enumerate(self._channels):
                segment = channel.segmenter.push(windows[number][at], speech[number][at])
                yield from self._final(channel, segment, thorough=thorough)
                if channel.segmenter.open_windows % TURN_WINDOWS == TURN_WINDOWS - 1:
                    yield from self._past_turns(channel, thorough=thorough)
                yield from self._pause(channel, thorough=thorough)

    @staticmethod
    def _take(channel: _Channel, n_windows: int) -> NDArray[np.float32]:
        n_samples = n_windows * WINDOW_SAMPLES
        taken, channel.waiting = channel.waiting[:n_samples], channel.waiting[n_samples:]
        return taken.reshape(n_windows, WINDOW_SAMPLES)

    def _final(
        self, channel: _Channel, segment: SpeechSegment | None, *, thorough: bool = True
    ) -> Iterator[Heard]:
        """Yield what was said in a finished segment; an empty draft clears one that came to nothing."""
        if segment is not None:
            segment = replace(segment, speaker=channel.speaker)
            event = self.recognize(segment, f"u{self._next_utterance:04d}", thorough=thorough)
            if event is not None:
                self._next_utterance += 1
                channel.draft_shown = False
                yield from self._with_speaker(event, segment)
        if channel.draft_shown and not channel.segmenter.is_open:
            channel.draft_shown = False
            yield Draft(channel=channel.number, start_s=channel.drafted_until / SAMPLE_RATE_HZ, text="")

    def _with_speaker(self, event: Utterance | SegmentFailed, segment: SpeechSegment) -> Iterator[Heard]:
        """Yield an utterance with its speaker, then the speakers of earlier ones that it makes clear."""
        if self._tracker is None or segment.speaker is not None or isinstance(event, SegmentFailed):
            yield event
            return
        try:
            news = self._tracker.hear(event.id, segment.samples, event.text)
        except RecognitionError:
            yield event
            return
        yield replace(event, speaker=self._tracker.speaker_of(event.id))
        yield from (assigned for assigned in news if assigned.utterance_id != event.id)

    def _learn(self) -> Iterator[SpeakerAssigned]:
        """Yield the speakers that follow from the clerk's corrections and from retried segments."""
        while self._lessons:
            lesson = self._lessons.popleft()
            if self._tracker is None:
                continue
            if isinstance(lesson, SpeakerAssigned):
                yield from self._tracker.note(lesson)
                continue
            utterance, segment = lesson
            with suppress(RecognitionError):
                yield from self._tracker.hear(utterance.id, segment.samples, utterance.text)

    def _past_turns(self, channel: _Channel, *, thorough: bool = True) -> Iterator[Heard]:
        """Yield the finals of turns in open speech that another voice has followed."""
        speech = channel.segmenter.open_speech
        if self._tracker is None or channel.speaker is not None or speech is None:
            return
        try:
            cuts = self._tracker.turns(speech.samples)
        except RecognitionError:
            return
        for cut in cuts:
            segment = channel.segmenter.cut(speech.start_sample + cut)
            yield from self._final(channel, segment, thorough=thorough)

    def _pause(self, channel: _Channel, *, thorough: bool) -> Iterator[Heard]:
        """Recognise speech as soon as it falls silent; a little later a finished sentence ends it."""
        segmenter, guess = channel.segmenter, channel.guess
        if guess is not None and guess.silent_until is None and not segmenter.is_quiet:
            guess.silent_until = segmenter.end_sample - WINDOW_SAMPLES
        if segmenter.has_paused(GUESS_AFTER_S):
            yield from self._guess(channel, thorough=thorough)
        elif segmenter.has_paused(SENTENCE_PAUSE_S):
            if guess is not None and guess.silent_until is not None:
                yield from self._guess(channel, thorough=thorough)
            if channel.guess is not None and ends_sentence(channel.guess.text):
                yield from self._final(channel, segmenter.flush(), thorough=thorough)

    def _guess(self, channel: _Channel, *, thorough: bool) -> Iterator[Heard]:
        """Recognise open speech as if it had ended, and show the text."""
        yield from self._past_turns(channel, thorough=thorough)
        channel.guess = None
        speech = channel.segmenter.open_speech
        if speech is None:
            return
        try:
            text = self._recognizer.recognize(speech, thorough=thorough)
        except RecognitionError:
            return  # the final will say so
        end = speech.start_sample + len(speech.samples)
        silent_from = channel.segmenter.end_sample - round(channel.segmenter.silence_s * SAMPLE_RATE_HZ)
        channel.guess = _Guess(speech.start_sample, silent_from, text)
        if self._drafts:
            channel.drafted_until = end
            yield from self._shown(speech, text)

    def _guessed(self, segment: SpeechSegment) -> str | None:
        """Return the text of a segment that ends where it was guessed to, None for any other."""
        guess = next((channel.guess for channel in self._channels if channel.number == segment.channel), None)
        return guess.text if guess is not None and guess.fits(segment) else None

    def _rest(self, batch: Sequence[AudioBlock]) -> None:
        """Put off the next draft by the time the last one took, measured by the sound that came meanwhile."""
        if self._drafted and self._live:
            first, last = batch[0][0], batch[-1][0]
            self._rest_until = last.end_sample + round((last.end_sample - first.start_sample) * DRAFT_REST)
        self._drafted = False

    def _draft(self) -> Iterator[Heard]:
        """Draft the channel that has waited longest, unless it is falling silent: then its final is due."""
        for channel in sorted(self._channels, key=lambda channel: channel.drafted_until):
            segmenter = channel.segmenter
            now, due = segmenter.end_sample, max(self._rest_until, _next_draft(channel))
            if now < due or segmenter.silence_s > FALLING_SILENT_S:
                continue
            speech = segmenter.open_speech
            if speech is None or not _is_surely_voice(speech):
                continue
            channel.drafted_until, self._drafted = now, True
            with suppress(RecognitionError):
                yield from self._shown(speech, self._recognizer.draft(speech.samples))
            return

    def _shown(self, speech: SpeechSegment, text: str) -> list[Draft]:
        if not text:
            return []
        self._channels[speech.channel].draft_shown = True
        return [Draft(channel=speech.channel, start_s=round(speech.start_s, 3), text=text)]


def _next_draft(channel: _Channel) -> int:
    """Return the sample at which a draft of the speech so far is worth its time."""
    n_samples = channel.segmenter.open_windows * WINDOW_SAMPLES
    start = channel.segmenter.end_sample - n_samples
    if channel.drafted_until <= start:
        return start + round(FIRST_DRAFT_S * SAMPLE_RATE_HZ)
    step_s, growth = (DRAFT_STEP_S, DRAFT_GROWTH) if channel.draft_shown else (NEXT_TRY_S, NEXT_TRY_GROWTH)
    return channel.drafted_until + round(max(step_s * SAMPLE_RATE_HZ, growth * n_samples))


def _is_surely_voice(speech: SpeechSegment) -> bool:
    return speech.voice_probability is None or speech.voice_probability >= MIN_VOICE_OF_DRAFT
