"""What was said for one programme so far, kept so small that its score costs the same in the last hour."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.quoting import quote

_NAMED = {Match.EXACT: 10.0, Match.READING: 9.0, Match.SOUND: 7.0}
_CLERK_NAMED_SHARE = 0.6
_CUE = 2.0
_CUE_WORD = 0.5
"""Each further word that a cue demands makes it surer."""
_SITUATION = 4.0
"""A sentence that is like the examples, as sure as may be."""
_SURE = 0.85
"""What is less like the examples is doubtful.

Source: docs/decisions/0019-situations.md.
"""
_MAX_BY_CUES = 6.5
"""However many situations fit, a programme that was named stands higher."""
_CUES_BESIDE_NAME = 0.3
_URGENCY = {"緊急": 0.2, "要注意": 0.1}
_HALF_LIFE_S = 20.0
"""After so much more talk a mention is worth half: what matters now stands in front.

Source: docs/decisions/0041-what-adds-up.md.
"""
_MIN_FRESHNESS = 0.2
"""Old suggestions stay until newer ones need their place."""
_TALK_HALF_LIFE_S = 300.0
"""After so much more talk what was said counts half, so that an old subject takes nothing from a new one.

Source: docs/decisions/0028-guidance-in-talk.md.
"""
_MAX_LINES = 12
"""Every new list on screen names them for each programme, so that they must not grow with the talk."""
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Mention:
    """One term that points to a programme.

    Attributes:
        words: the words as they stand in the utterance.
        by_clerk: said by the clerk.
        follows_up: asked about what has been explained, and so hardly about anything new.
    """

    term: Term
    words: str = field(repr=False)
    by_clerk: bool = False
    follows_up: bool = False

    @property
    def strength(self) -> float:
        """How much this term counts when it is said."""
        if self.term.how is not Match.CUE:
            return _NAMED[self.term.how] * (_CLERK_NAMED_SHARE if self.by_clerk else 1.0)
        if self.term.confidence < 1:
            return _SITUATION * self.term.confidence
        return _CUE + _CUE_WORD * (len(self.term.name.split()) - 1)

    @property
    def doubtful(self) -> bool:
        """Whether it is too vague to bring others into play; it counts with all else that was said."""
        return self.term.how is Match.CUE and self.term.confidence < _SURE


@dataclass(frozen=True, slots=True)
class DecayingScore:
    """How much a mention counted and when; a later one of its kind takes its place."""

    strength: float
    end_s: float

    def at(self, now_s: float) -> float:
        """Return how much it counts now."""
        freshness: float = 0.5 ** ((now_s - self.end_s) / _HALF_LIFE_S)
        return self.strength * max(_MIN_FRESHNESS, freshness)


@dataclass(slots=True)
class MentionHistory:
    """What points to one programme.

    Attributes:
        utterance_ids: where it was mentioned last, and where the reason stands, in the order of the talk.
        told: first line in which the clerk named it.
        named: first line in which anyone else named it.
        touched: first line in which anyone else named it or told of its situation.
        telling_chars: length of the sentences that are like its examples, each as far as it is, by when it
            was said.
        beyond_doubt: the words of one of its cues were said, in a sentence that is like its examples too, or
            a sentence that could hardly be more like them.
        best: the mention to quote: the resident's before the clerk's, the strongest, the first of several.
    """

    utterance_ids: dict[str, None] = field(default_factory=dict)
    told: str | None = None
    named: str | None = None
    touched: str | None = None
    telling_chars: float = 0.0
    beyond_doubt: bool = False
    best: Mention | None = None
    _names: dict[tuple[Match, bool], DecayingScore] = field(default_factory=dict)
    _cues: dict[str, DecayingScore] = field(default_factory=dict)
    _doubtful: dict[str, DecayingScore] = field(default_factory=dict)

    def add(self, mention: Mention, end_s: float) -> None:
        """Take in a mention; the clerk's description of a situation counts for nothing."""
        term = mention.term
        if mention.by_clerk and term.how is Match.CUE:
            return
        self.utterance_ids[term.utterance_id] = None
        self._note_line(mention)
        if self.best is None or _rank(mention) > _rank(self.best):
            self.best = mention
        self._forget_a_line(keep=self.best.term.utterance_id)
        if term.how is Match.CUE:
            self._note_situation(mention, end_s)
            _renew(self._doubtful if mention.doubtful else self._cues, term.name, mention, end_s)
        else:
            _renew(self._names, (term.how, mention.by_clerk), mention, end_s)

    @property
    def is_named(self) -> bool:
        """Whether anyone named it."""
        return bool(self._names)

    @property
    def in_play(self) -> bool:
        """Whether it was named, or its situation told beyond doubt."""
        return bool(self._names or self._cues)

    def score(self, now_s: float, programme: Programme) -> float:
        """Return how strongly all of it points to the programme now."""
        return self._total(now_s, programme, (*self._cues.values(), *self._doubtful.values()))

    def sure_score(self, now_s: float, programme: Programme) -> float:
        """Return how strongly what is beyond doubt points to the programme now."""
        return self._total(now_s, programme, self._cues.values())

    def reason(self) -> str:
        """Return the line that says why; nothing where nothing was said."""
        if self.best is None:
            return ""
        term = self.best.term
        n_others = len(self._cues.keys() - {term.name})
        return quote(term, self.best.words, by_clerk=self.best.by_clerk, n_others=n_others)

    def _total(self, now_s: float, programme: Programme, cues: Iterable[DecayingScore]) -> float:
        named = max((score.at(now_s) for score in self._names.values()), default=0.0)
        by_cues = min(_MAX_BY_CUES, sum(score.at(now_s) for score in cues))
        total = named + _CUES_BESIDE_NAME * by_cues if named else by_cues
        return total + _URGENCY.get(programme.urgency, 0.0) if total else 0.0

    def _forget_a_line(self, keep: str) -> None:
        if len(self.utterance_ids) > _MAX_LINES:
            del self.utterance_ids[next(line for line in self.utterance_ids if line != keep)]

    def _note_situation(self, mention: Mention, end_s: float) -> None:
        if mention.term.confidence == 1:
            self.beyond_doubt = True
        elif not mention.follows_up:
            self.beyond_doubt |= not mention.doubtful
            n_chars = mention.term.end_char - mention.term.start_char
            self.telling_chars += mention.term.confidence * n_chars * weight_in_talk(end_s)

    def _note_line(self, mention: Mention) -> None:
        utterance_id = mention.term.utterance_id
        if mention.by_clerk:
            self.told = self.told or utterance_id
            return
        self.touched = self.touched or utterance_id
        if mention.term.how is not Match.CUE:
            self.named = self.named or utterance_id


def weight_in_talk(at_s: float) -> float:
    """Return how much a character said at a moment counts; it grows, so that nothing earlier is touched."""
    weight: float = 2.0 ** (at_s / _TALK_HALF_LIFE_S)
    return weight


def _renew(scores: dict[_Key, DecayingScore], key: _Key, mention: Mention, end_s: float) -> None:
    """Let a mention take the place of an earlier one of its kind; the latest moment of both counts."""
    known = scores.get(key)
    scores[key] = DecayingScore(mention.strength, max(end_s, known.end_s if known else 0.0))


def _rank(mention: Mention) -> tuple[bool, float]:
    return not mention.by_clerk, mention.strength
