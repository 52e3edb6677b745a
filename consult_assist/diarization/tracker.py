"""Who is speaking, as a consultation goes on: the one object that the program asks."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from consult_assist.counter.counter_speech import clerk_evidence
from consult_assist.diarization.base import SpeakerEmbedding, VoiceEncoder
from consult_assist.diarization.speaker_change import cuts_between_known, cuts_between_strangers, find_spoken
from consult_assist.diarization.two_speakers import Piece, Verdict, VoicedUtterance, tell_apart
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.events import Event
from consult_assist.domain.speech import Speaker, SpeakerAssigned, Utterance

_MARGIN = 3.0
"""Log odds (95 %) below which a speaker stays unknown. Source: docs/decisions/0011-voices.md."""
_MIN_SOUND_S = 0.3
"""Shorter sound says nothing about a voice."""
MAX_UTTERANCES = 300
"""About half an hour of talk; older lines keep their speaker, those set by the clerk go last.

Source: our measurement, 10 ms to judge so many of six pieces each (docs/decisions/0011-voices.md).
"""
_REMEMBERED = 32


class SpeakerTracker:
    """Listens to every utterance of one microphone and says whose it is, as soon as that is certain.

    It belongs to one thread at a time. Voices are personal data: they never leave memory, and end with it.
    """

    def __init__(self, encoder: VoiceEncoder) -> None:
        """Begin with nobody heard."""
        self._encoder = encoder
        self._utterances: dict[str, VoicedUtterance] = {}
        self._assigned: dict[str, Speaker | None] = {}
        self._corrected: dict[str, Speaker | None] = {}
        self._verdict = Verdict(np.zeros(0))
        self._lately: dict[int, SpeakerEmbedding] = {}

    def restore(self, events: Iterable[Event]) -> None:
        """Take over who spoke before an interruption; those voices are unknown now, so nothing changes."""
        for event in events:
            if isinstance(event, Utterance) and event.speaker is not None:
                self._assigned[event.id] = event.speaker
            if isinstance(event, SpeakerAssigned):
                self._assigned[event.utterance_id] = event.speaker
                if event.by == "clerk":
                    self._corrected[event.utterance_id] = event.speaker

    def turns(self, samples: NDArray[np.float32]) -> tuple[int, ...]:
        """Return the samples at which the voice changes, each in the middle of a pause; usually none.

        Works on speech that is still going on as well; a voice must have been heard for about a second.

        Args:
            samples: `(n_samples,) float32`, −1…1, 16 kHz.
        """
        pieces = self._pieces(samples)
        if len(pieces) < 2:
            return ()
        verdict = self._verdict
        if verdict.voices is None:
            verdict = tell_apart([*self._utterances.values(), VoicedUtterance(pieces)])
        if verdict.voices is None:
            return cuts_between_strangers(pieces)
        return cuts_between_known(pieces, verdict.piece_logit)

    def hear(self, utterance_id: str, samples: NDArray[np.float32], text: str) -> tuple[SpeakerAssigned, ...]:
        """Listen to an utterance and return what is now certain about who spoke: in this and in earlier ones.

        Args:
            utterance_id: the utterance.
            samples: `(n_samples,) float32`, −1…1, 16 kHz.
            text: its words.
        """
        if len(samples) < _MIN_SOUND_S * SAMPLE_RATE_HZ:
            return ()
        self._utterances[utterance_id] = VoicedUtterance(
            self._pieces(samples), clerk_evidence(text), self._corrected.get(utterance_id)
        )
        if len(self._utterances) > MAX_UTTERANCES:
            oldest = next(iter(self._utterances))
            del self._utterances[
                next((known for known in self._utterances if known not in self._corrected), oldest)
            ]
        return self._judge()

    def note(self, event: SpeakerAssigned) -> tuple[SpeakerAssigned, ...]:
        """Learn from a clerk's correction, which always wins, and return what else follows from it."""
        if event.by != "clerk":
            return ()
        self._assigned[event.utterance_id] = self._corrected[event.utterance_id] = event.speaker
        known = self._utterances.get(event.utterance_id)
        if known is None:
            return ()
        self._utterances[event.utterance_id] = VoicedUtterance(known.pieces, known.evidence, event.speaker)
        return self._judge()

    def speaker_of(self, utterance_id: str) -> Speaker | None:
        """Return who said an utterance, None while unknown."""
        return self._assigned.get(utterance_id)

    def _judge(self) -> tuple[SpeakerAssigned, ...]:
        self._verdict = tell_apart(list(self._utterances.values()))
        news: list[SpeakerAssigned] = []
        for utterance_id, logit in zip(self._utterances, self._verdict.logits, strict=True):
            if utterance_id in self._corrected or abs(logit) < _MARGIN:
                continue
            speaker = Speaker.CLERK if logit > 0 else Speaker.RESIDENT
            if self._assigned.get(utterance_id) is not speaker:
                self._assigned[utterance_id] = speaker
                news.append(SpeakerAssigned(utterance_id=utterance_id, speaker=speaker, by="program"))
        return tuple(news)

    def _pieces(self, samples: NDArray[np.float32]) -> list[Piece]:
        return [Piece(start, end, self._embed(samples[start:end])) for start, end in find_spoken(samples)]

    def _embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:
        """Return a voice, remembered for a moment: speech is asked about before and after it is cut."""
        key = hash(samples.tobytes())
        voice = self._lately.pop(key, None)
        if voice is None:
            voice = self._encoder.embed(samples)
        self._lately[key] = voice
        if len(self._lately) > _REMEMBERED:
            del self._lately[next(iter(self._lately))]
        return voice
