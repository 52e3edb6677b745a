"""Two voices at one counter: which utterance is whose, and which of the two is the clerk. Pure.

The speech is split into the two voices that explain it best (expectation–maximisation on directions). Which
voice is the clerk's is decided by all that both have said together, never by one sentence. Whatever stays
below its margin is left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult_assist.diarization.base import SpeakerEmbedding
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.speech import Speaker

Floats = NDArray[np.float64]

_CORE_S: Final = 0.8
"""Shorter speech is told apart by the voices, but does not shape them."""
_FULL_WEIGHT_S: Final = 3.0
_LOGIT_PER_COSINE: Final = 100.0
"""How much one voice being closer than the other says, as log odds.

Source: our measurement; of 727 pieces of over 0.5 s two were nearer to the wrong voice, by 0.015 at most
(docs/decisions/0011-voices.md).
"""
_MIN_DISTANCE: Final = 0.10
"""Least 1 − cosine between two voices; halves of one person's speech were 0.04 apart in the median."""
_CLEARLY_APART: Final = 0.20
"""… while a voice has been heard for less than `_SETTLED_S`: short samples of one voice differ more."""
_APART_AS_WORDS_SAY: Final = 0.07
"""… where what the two say leaves no doubt that they are two."""
_SETTLED_S: Final = 4.0
_MIN_SPEECH_OF_A_VOICE_S: Final = 1.2
"""Less speech than this of one of them, and it does not count as a second person."""
_ALONE: Final = 2.5
"""What one sentence can say at most while the voices say nothing: too little to name anybody."""
_ROLE_MARGIN: Final = 3.0
"""Log odds (95 %) that one voice is the clerk's. Source: docs/decisions/0011-voices.md, as for the next."""
_MIN_AGREEMENT: Final = 0.6
"""Share of all the words' evidence that must speak for the naming.

Less means that the voices are not split into clerk and resident but otherwise, as when a third person speaks.
"""
_CLEAR_CERTAINTY: Final = 8.0
"""What the clerk's own correction counts."""
_STRANGER_COSINE: Final = 0.70
"""Speech less alike than this to both voices is somebody else's."""
_ROUNDS: Final = 12
_LONGEST: Final = 40
"""Pieces among which the two most unlike are looked for; short ones are unlike everything."""


# A voice is personal data: none of these may show it where they are printed.
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Piece:
    """Speech between two pauses: where it lies in the samples it was cut from, and how it sounds."""

    start: int
    end: int
    voice: SpeakerEmbedding

    @property
    def speech_s(self) -> float:
        """How long it is."""
        return (self.end - self.start) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class VoicedUtterance:
    """What is known of one utterance.

    Attributes:
        pieces: its speech, at least one piece.
        evidence: how much its words sound like the clerk, as log odds.
        fixed: who said it, where the clerk has set it.
    """

    pieces: Sequence[Piece]
    evidence: float = 0.0
    fixed: Speaker | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verdict:
    """Who said what.

    Attributes:
        logits: log odds that each utterance is the clerk's.
        voices: the two voices, where they are apart; the first is more likely the clerk's.
    """

    logits: Floats
    voices: tuple[SpeakerEmbedding, SpeakerEmbedding] | None = None

    def piece_logit(self, piece: Piece) -> float:
        """Return the log odds that a piece is the first voice's."""
        if self.voices is None:
            return 0.0
        nearer = float(piece.voice @ self.voices[0] - piece.voice @ self.voices[1])
        return _LOGIT_PER_COSINE * min(1.0, piece.speech_s / _CORE_S) * nearer


def tell_apart(utterances: Sequence[VoicedUtterance]) -> Verdict:
    """Return who said what in all utterances so far, as far as two voices can be told apart."""
    speech = _Speech(utterances)
    splits = [split for start in _starts(speech) if (split := _settle(speech, start)) is not None]
    if not splits:
        return Verdict(speech.alone)
    # Words have a say in which split holds: a third voice must not make one of the clerk and the resident.
    role, split = max(
        ((_role(split, speech), split) for split in splits),
        key=lambda pair: _LOGIT_PER_COSINE * pair[1].fit / _FULL_WEIGHT_S + abs(pair[0]),
    )
    if role < 0:
        split, role = split.mirrored(), -role
    if not split.is_apart(role):
        return Verdict(speech.alone)
    voices = (split.voices[0].astype(np.float32), split.voices[1].astype(np.float32))
    if role < max(_ROLE_MARGIN, _MIN_AGREEMENT * float(np.abs(speech.said).sum())):
        return Verdict(speech.alone, voices)
    logits = speech.by_utterance(split.logits) + 0.5 * speech.evidence
    logits[speech.fixed != 0] = speech.fixed[speech.fixed != 0] * _CLEAR_CERTAINTY
    return Verdict(logits, voices)


class _Speech:
    """All utterances as arrays: one row a piece, and what each utterance adds."""

    def __init__(self, utterances: Sequence[VoicedUtterance]) -> None:
        self.owner = np.array(
            [index for index, item in enumerate(utterances) for _ in item.pieces], dtype=int
        )
        self.voices: Floats = np.array(
            [piece.voice for item in utterances for piece in item.pieces], dtype=np.float64
        )
        self.seconds: Floats = np.array([piece.speech_s for item in utterances for piece in item.pieces])
        self.evidence: Floats = np.array([item.evidence for item in utterances])
        self.fixed: Floats = np.array([_SIGNS[item.fixed] for item in utterances])
        self.said: Floats = np.where(self.fixed != 0, _CLEAR_CERTAINTY * self.fixed, self.evidence)
        self.alone: Floats = np.clip(self.said, -_ALONE, _ALONE)
        self.alone[self.fixed != 0] = self.said[self.fixed != 0]
        self.weights: Floats = np.minimum(self.seconds, _FULL_WEIGHT_S) * (self.seconds >= _CORE_S)
        self.trust: Floats = _LOGIT_PER_COSINE * np.minimum(1.0, self.seconds / _CORE_S)

    def by_utterance(self, values: Floats) -> Floats:
        """Return the mean of each utterance's pieces, the longer ones counting more."""
        count = len(self.evidence)
        total = np.bincount(self.owner, values * self.seconds, count)
        return np.asarray(total / np.bincount(self.owner, self.seconds, count))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Split:
    """One way to share the pieces between two voices; the first is taken for the clerk's."""

    voices: Floats
    shares: Floats
    logits: Floats
    heard_s: Floats
    fit: float

    def is_apart(self, role: float) -> bool:
        """Return whether these are two people rather than two moods of one; words that agree help."""
        apart = 1.0 - float(self.voices[0] @ self.voices[1])
        least_s = float(self.heard_s.min())
        if least_s < _SETTLED_S:
            return least_s >= _MIN_SPEECH_OF_A_VOICE_S and apart >= _CLEARLY_APART
        return apart >= (_APART_AS_WORDS_SAY if role >= _CLEAR_CERTAINTY else _MIN_DISTANCE)

    def mirrored(self) -> "_Split":
        """Return the same split with the two voices exchanged."""
        return _Split(self.voices[::-1], 1.0 - self.shares, -self.logits, self.heard_s[::-1], self.fit)


def _starts(speech: _Speech) -> list[Floats]:
    """Return first guesses at the first voice's share of each piece: by words, and by the least alike."""
    core = np.flatnonzero(speech.weights)
    if len(core) < 2:
        return []
    longest = core[np.argsort(-speech.weights[core], kind="stable")[:_LONGEST]]
    alike = speech.voices[longest] @ speech.voices[longest].T
    first, second = np.unravel_index(int(np.argmin(alike)), alike.shape)
    closer = speech.voices @ (speech.voices[longest[first]] - speech.voices[longest[second]])
    return [_sigmoid(speech.evidence[speech.owner]), (closer > 0).astype(np.float64)]


def _settle(speech: _Speech, shares: Floats) -> _Split | None:
    """Improve a first guess until it holds; None when one voice takes everything."""
    fixed = speech.fixed[speech.owner]
    weights = speech.weights
    before = np.zeros((2, 0))
    for _ in range(_ROUNDS):
        set_shares = np.where(fixed != 0, (fixed + 1) / 2, shares)
        sums = (np.stack([set_shares, 1.0 - set_shares]) * weights) @ speech.voices
        lengths = np.linalg.norm(sums, axis=1)
        if lengths.min() < 1e-6:
            return None
        voices = sums / lengths[:, np.newaxis]
        if np.array_equal(voices, before):  # it holds: another round would change nothing
            break
        before = voices
        near = speech.voices @ voices.T
        logits = speech.trust * (near[:, 0] - near[:, 1])
        shares = _sigmoid(logits)
        weights = np.where(near.max(axis=1) >= _STRANGER_COSINE, speech.weights, 0.0)
    heard_s = np.stack([logits > 0, logits <= 0]) @ weights
    fit = float(speech.weights @ np.maximum(near.max(axis=1), _STRANGER_COSINE))
    left_out = _left_out_logits(speech, shares, weights, sums)
    return _Split(voices, shares, np.where(near.max(axis=1) >= _STRANGER_COSINE, left_out, 0.0), heard_s, fit)


def _left_out_logits(speech: _Speech, shares: Floats, weights: Floats, sums: Floats) -> Floats:
    """Return the log odds of each piece against voices that it did not help to shape."""
    own = np.stack([shares, 1.0 - shares], axis=1) * weights[:, np.newaxis]
    # |sum − own·voice|² and its product with the voice, written out: no copy of all voices for each sum.
    size = np.square(speech.voices).sum(axis=1)[:, np.newaxis]
    product = speech.voices @ sums.T
    squares = np.square(sums).sum(axis=1) - 2.0 * own * product + np.square(own) * size
    lengths = np.sqrt(np.maximum(squares, 0.0))
    near = (product - own * size) / np.maximum(lengths, 1e-9)
    # Nobody else has this voice yet: it stands as far off as two clearly different voices do.
    near[lengths < 0.5] = 1.0 - _CLEARLY_APART
    return np.asarray(speech.trust * (near[:, 0] - near[:, 1]))


def _role(split: _Split, speech: _Speech) -> float:
    """Return the log odds that the first voice is the clerk's and not the second."""
    return float(speech.by_utterance(2.0 * split.shares - 1.0) @ speech.said)


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))))


_SIGNS: Final = {Speaker.CLERK: 1.0, Speaker.RESIDENT: -1.0, None: 0.0}
