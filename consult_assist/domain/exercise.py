"""An exercise: a consultation with what a good clerk makes of it, a trainee's acts in it, and their score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal

from consult_assist.domain.record import ConsultationRecord, ReadbackKind
from consult_assist.domain.speech import Speaker, Utterance

Level = Literal[1, 2, 3]
"""1 やさしい, 2 ふつう, 3 むずかしい."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFact:
    """A value that a line states and a record must hold, under a fact name of the event stream."""

    name: str
    value: int | str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedReadback:
    """Something in a line that hurts when wrong and is read back to the resident."""

    kind: ReadbackKind
    value: int | str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLine:
    """One utterance of an exercise.

    Attributes:
        id: `u0001`, `u0002` … in the order of the talk.
        programmes: ids that a good clerk thinks of on hearing it.
        protocols: ids of the dangers to notice in it.
        ask: what is worth asking after it; the meaning counts, not the wording.
        facts: what it states.
        readback: what of it is to be read back.
    """

    id: str
    speaker: Speaker
    channel: int
    start_s: float
    end_s: float
    text: str = field(repr=False)
    programmes: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    facts: tuple[ExpectedFact, ...] = ()
    readback: tuple[ExpectedReadback, ...] = ()

    def utterance(self) -> Utterance:
        """Return the line as if every word of it had been heard."""
        return Utterance(
            id=self.id,
            channel=self.channel,
            speaker=self.speaker,
            start_s=self.start_s,
            end_s=self.end_s,
            heard=self.text,
            text=self.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A consultation to train with.

    Attributes:
        id: its file name without the ending.
        goals: what it teaches, in plain words.
        lines: in the order of their start.
        programmes_ok: ids that are also right to bring up, but not expected.
        protocols_ok: ids of dangers that a careful clerk may also call, but that are not expected.
        record: a model record, field name → lines.
        sound: its sound file; None is text only.
        digest: over its file, kept with every attempt.
        shipped: whether it came with the program, and is read-only.
        made_from: the saved consultation it was made from, if it was.
        held_on: the day of the talk, from which 今年 and 先月 are told; None is the day it is done.
    """

    id: str
    title: str
    level: Level
    goals: tuple[str, ...]
    lines: tuple[ExerciseLine, ...] = field(repr=False)
    programmes_ok: tuple[str, ...] = ()
    protocols_ok: tuple[str, ...] = ()
    record: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    sound: Path | None = None
    digest: str = ""
    shipped: bool = False
    made_from: str | None = None
    held_on: date | None = None

    @property
    def duration_s(self) -> float:
        """When the last line ends."""
        return max((line.end_s for line in self.lines), default=0.0)


# -- what the trainee does, as events ---------------------------------------------------------------------
# When an act happened is `StampedEvent.sound_s`: the furthest place of the exercise heard by then.


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRaised:
    """The trainee would bring up this programme now."""

    type: ClassVar[str] = "programme_raised"
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeTakenBack:
    """The trainee would not bring up this programme after all."""

    type: ClassVar[str] = "programme_taken_back"
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerCalled:
    """The trainee sees this danger and would follow its protocol."""

    type: ClassVar[str] = "danger_called"
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerTakenBack:
    """The trainee does not see this danger after all."""

    type: ClassVar[str] = "danger_taken_back"
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPut:
    """The trainee would ask this now."""

    type: ClassVar[str] = "question_put"
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpedBack:
    """The trainee heard again from an earlier place of the exercise on."""

    type: ClassVar[str] = "jumped_back"
    to_s: float


# -- how it is scored ---------------------------------------------------------------------------------------


class CueState(StrEnum):
    """What became of a cue."""

    NOTICED = "noticed"
    """気づいた: after its words began and before the talk had left it."""
    EARLY = "early"
    """先に挙げた: before its words; right, but only the trainee knows why."""
    LATE = "late"
    """遅れて気づいた"""
    RELATED = "related"
    """近い制度を挙げた: partly right."""
    MISSED = "missed"
    """見のがした"""
    UNHEARD = "unheard"
    """まだ聞いていない: the attempt ended before."""


IN_TIME = (CueState.NOTICED, CueState.EARLY)
"""The states in which a cue counts as noticed."""
CueKind = Literal["programme", "danger", "question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueScored:
    """One thing to notice, and whether it was.

    Attributes:
        line_id: the first line that gives it.
        target: programme id, protocol id, or the question.
        start_s: where that line begins; play from here to hear the moment again.
        limit_s: until when noticing it was in time.
        at_s: when the trainee acted; None where nothing was done.
        after_s: seconds from the end of the line to the act, 0 during the line or before.
        instead: the related programme that was raised in its place.
        given_away: whether the clerk in the exercise had said it by then.
        reason: one sentence that explains the state.
    """

    line_id: str
    kind: CueKind
    target: str = field(repr=False)
    state: CueState
    start_s: float
    end_s: float
    limit_s: float
    at_s: float | None = None
    after_s: float | None = None
    instead: str | None = None
    given_away: bool = False
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayAct:
    """An act that no cue asked for.

    Attributes:
        target: programme id, protocol id, or the question.
        fitting: whether it is right all the same, or just one more question; otherwise it is wrong advice.
        reason: one sentence that explains it.
    """

    kind: CueKind
    target: str = field(repr=False)
    at_s: float
    fitting: bool
    reason: str = field(default="", repr=False)


class FactState(StrEnum):
    """How the trainee's record holds a fact."""

    WRITTEN = "written"
    """書いてある"""
    PARTLY = "partly"
    """一部だけ: a date without its day, a right figure under another heading."""
    CONTRADICTED = "contradicted"
    """ちがう値が書いてある"""
    MISSING = "missing"
    """書いていない"""
    UNHEARD = "unheard"
    """まだ聞いていない"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScored:
    """One fact that was stated, and whether the trainee's record holds it.

    Attributes:
        written: the words of the record that decided it.
    """

    line_id: str
    name: str
    value: int | str = field(repr=False)
    state: FactState
    written: str | None = field(default=None, repr=False)
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseScored:
    """The score of one attempt, explained: no mark, only what became of each cue and each fact.

    Attributes:
        exercise: id of the exercise.
        digest: of the exercise as it was.
        heard_s: how far it was heard.
        jumps: how often the trainee went back.
        hints: whether the program's own hints were shown.
    """

    type: ClassVar[str] = "exercise_scored"
    exercise: str
    digest: str = ""
    heard_s: float
    jumps: int = 0
    hints: bool = False
    cues: tuple[CueScored, ...] = ()
    strays: tuple[StrayAct, ...] = ()
    facts: tuple[FactScored, ...] = ()

    def cues_of(self, kind: CueKind, *states: CueState) -> tuple[CueScored, ...]:
        """Return the cues of a kind, only those in the given states if any are given."""
        return tuple(cue for cue in self.cues if cue.kind == kind and (not states or cue.state in states))

    def strays_of(self, kind: CueKind, *, fitting: bool) -> tuple[StrayAct, ...]:
        """Return the acts of a kind that no cue asked for."""
        return tuple(act for act in self.strays if act.kind == kind and act.fitting is fitting)

    def facts_in(self, *states: FactState) -> tuple[FactScored, ...]:
        """Return the facts in any of these states."""
        return tuple(fact for fact in self.facts if fact.state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A scored attempt.

    Attributes:
        id: of the attempt in the store.
        begun_at: UTC.
        record: as the trainee had written it.
    """

    id: str
    begun_at: datetime
    trainee: str
    scored: ExerciseScored
    record: ConsultationRecord
