"""What a trainee did, held against what an exercise expects, cue by cue and with a reason for each.

The rules, and why: docs/decisions/0024-exercises.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consult_assist.counter.question_parts import asked_part
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.exercise import (
    CueKind,
    CueScored,
    CueState,
    DangerCalled,
    DangerTakenBack,
    Exercise,
    ExerciseLine,
    ExerciseScored,
    JumpedBack,
    ProgrammeRaised,
    ProgrammeTakenBack,
    QuestionPut,
    StrayAct,
)
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.speech import Speaker
from consult_assist.trainer import reasons
from consult_assist.trainer.questions import Alike, same_question
from consult_assist.trainer.records import score_facts
from consult_assist.trainer.timing import limit_s

_HEARD_WITHIN_S = 0.05
"""The end of a line counts as heard so close to it: sound arrives in blocks."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """Something to notice; `place` is the first line that tells it, `places` are all."""

    kind: CueKind
    target: str = field(repr=False)
    places: tuple[int, ...]

    @property
    def place(self) -> int:
        return self.places[0]


@dataclass(slots=True, repr=False)
class _Acts:
    """What stood at the end, and since when.

    Attributes:
        standing: kind and target → when it was done; what was repeated counts from the first time, what was
            taken back and done again from the last.
        taken_back: what was done once and stood no longer at the end.
    """

    standing: dict[tuple[CueKind, str], float] = field(default_factory=dict)
    taken_back: set[tuple[CueKind, str]] = field(default_factory=set)
    jumps: int = 0
    heard_s: float = 0.0

    def take(self, stamped: StampedEvent) -> None:
        """Take in one event."""
        self.heard_s = max(self.heard_s, stamped.sound_s)
        match stamped.event:
            case ProgrammeRaised(programme=target):
                self._do("programme", target, stamped.sound_s)
            case DangerCalled(protocol=target):
                self._do("danger", target, stamped.sound_s)
            case QuestionPut(text=target) if target.strip():
                self._do("question", target.strip(), stamped.sound_s)
            case ProgrammeTakenBack(programme=target):
                self._undo("programme", target)
            case DangerTakenBack(protocol=target):
                self._undo("danger", target)
            case JumpedBack():
                self.jumps += 1
            case _:
                pass

    def of(self, kind: CueKind) -> dict[str, float]:
        """Return target → time of what stood at the end."""
        return {target: at_s for (item, target), at_s in self.standing.items() if item == kind}

    def _do(self, kind: CueKind, target: str, at_s: float) -> None:
        self.standing.setdefault((kind, target), at_s)
        self.taken_back.discard((kind, target))

    def _undo(self, kind: CueKind, target: str) -> None:
        if self.standing.pop((kind, target), None) is not None:
            self.taken_back.add((kind, target))


def score_attempt(
    exercise: Exercise,
    acts: Sequence[StampedEvent],
    knowledge: KnowledgeBase,
    *,
    hints: bool = False,
    alike: Alike | None = None,
) -> ExerciseScored:
    """Return the score of one attempt, explained.

    Args:
        exercise: with what it expects.
        acts: everything that happened in the attempt, in order.
        knowledge: names of programmes and which are related.
        hints: whether the program's own hints were shown.
        alike: how alike two sentences are in meaning, for questions put in other words.
    """
    done = _Acts()
    for stamped in acts:
        done.take(stamped)
    judge = _Judge(exercise, done, knowledge, alike)
    cues = sorted((judge.cue(cue) for cue in _cues(exercise)), key=lambda cue: cue.start_s)
    return ExerciseScored(
        exercise=exercise.id,
        digest=exercise.digest,
        heard_s=round(done.heard_s, 3),
        jumps=done.jumps,
        hints=hints,
        cues=tuple(cues),
        strays=tuple(sorted(judge.strays(), key=lambda act: act.at_s)),
        facts=score_facts(exercise, [item.event for item in acts], done.heard_s + _HEARD_WITHIN_S),
    )


def _cues(exercise: Exercise) -> Iterator[_Cue]:
    """Yield everything to notice, each once, where it is told first."""
    places: dict[tuple[CueKind, str], list[int]] = {}
    for place, line in enumerate(exercise.lines):
        targets: tuple[tuple[CueKind, tuple[str, ...]], ...] = (
            ("danger", line.protocols),
            ("programme", line.programmes),
            ("question", line.ask),
        )
        for kind, names in targets:
            for name in names:
                places.setdefault((kind, name), []).append(place)
    for (kind, target), where in places.items():
        yield _Cue(kind, target, tuple(where))


class _Judge:
    """Holds acts against cues."""

    def __init__(
        self, exercise: Exercise, acts: _Acts, knowledge: KnowledgeBase, alike: Alike | None
    ) -> None:
        self._lines = exercise.lines
        self._ok: frozenset[tuple[CueKind, str]] = frozenset(
            [("programme", target) for target in exercise.programmes_ok]
            + [("danger", target) for target in exercise.protocols_ok]
        )
        self._acts = acts
        self._knowledge = knowledge
        self._alike = alike
        self._expected = {(cue.kind, cue.target) for cue in _cues(exercise)}
        self._programmes = {target for kind, target in self._expected if kind == "programme"}

    def cue(self, cue: _Cue) -> CueScored:
        """Return what became of one cue."""
        line = self._lines[cue.place]
        limit = limit_s(self._lines, cue.place, danger=cue.kind == "danger")
        at_s, instead = self._answer(cue)
        state = self._state(line, limit, at_s, instead)
        acted_s = at_s if instead is None else self._acts.standing["programme", instead]
        given_s = self._given_away_s(cue)
        given_away = acted_s is not None and given_s is not None and given_s <= acted_s
        scored = CueScored(
            line_id=line.id,
            kind=cue.kind,
            target=cue.target,
            state=state,
            start_s=line.start_s,
            end_s=line.end_s,
            limit_s=limit,
            at_s=acted_s,
            after_s=None if acted_s is None else round(max(0.0, acted_s - line.end_s), 1),
            instead=instead,
            given_away=given_away,
        )
        return reasons.explained(
            scored,
            self._knowledge,
            taken_back=(cue.kind, cue.target) in self._acts.taken_back,
            again=state is CueState.LATE and self._was_told_again(cue, at_s),
        )

    def strays(self) -> Iterator[StrayAct]:
        """Yield what was done and no cue asked for."""
        for (kind, target), at_s in self._acts.standing.items():
            if kind == "question":
                if not any(self._same(target, text) for item, text in self._expected if item == "question"):
                    yield StrayAct(
                        kind=kind, target=target, at_s=at_s, fitting=True, reason=reasons.OTHER_QUESTION
                    )
            elif (kind, target) not in self._expected:
                near = self._near(target) if kind == "programme" else None
                ok = (kind, target) in self._ok
                reason = reasons.stray(kind, self._knowledge, ok=ok, near=near)
                yield StrayAct(
                    kind=kind, target=target, at_s=at_s, fitting=ok or near is not None, reason=reason
                )

    def _answer(self, cue: _Cue) -> tuple[float | None, str | None]:
        """Return when the cue was answered, or the related programme that was raised in its place."""
        if cue.kind == "question":
            times = [at_s for text, at_s in self._acts.of("question").items() if self._same(text, cue.target)]
            return min(times, default=None), None
        at_s = self._acts.standing.get((cue.kind, cue.target))
        if at_s is not None or cue.kind == "danger":
            return at_s, None
        since_s = self._lines[cue.place].start_s
        near = [
            (raised_s, other)
            for other, raised_s in self._acts.of("programme").items()
            if raised_s > since_s and other not in self._programmes and self._are_related(other, cue.target)
        ]
        return None, min(near)[1] if near else None

    def _state(self, line: ExerciseLine, limit: float, at_s: float | None, instead: str | None) -> CueState:
        if at_s is None:
            if instead is not None:
                return CueState.RELATED
            heard = self._acts.heard_s + _HEARD_WITHIN_S >= line.end_s
            return CueState.MISSED if heard else CueState.UNHEARD
        if at_s <= line.start_s:
            return CueState.EARLY
        return CueState.NOTICED if at_s <= limit else CueState.LATE

    def _was_told_again(self, cue: _Cue, at_s: float | None) -> bool:
        return at_s is not None and any(self._lines[place].start_s < at_s for place in cue.places[1:])

    def _given_away_s(self, cue: _Cue) -> float | None:
        """Return when the clerk in the exercise has said what was to be thought of, if they do."""
        for line in self._lines[cue.place + 1 :]:
            if line.speaker is not Speaker.CLERK:
                continue
            question = asked_part(line.text) if cue.kind == "question" else ""
            if question and self._same(question, cue.target):
                return line.end_s
            if cue.kind == "programme" and (end := self._named_until(cue.target, line.text)):
                return line.start_s + (line.end_s - line.start_s) * end / len(line.text)
        return None

    def _named_until(self, programme: str, text: str) -> int:
        """Return after which character a programme has been named, 0 where it is not."""
        known = self._knowledge.programmes.get(programme)
        names = {known.name, *(name.text for name in known.names)} if known else set()
        ends = [text.find(name) + len(name) for name in names if name in text]
        return min(ends, default=0)

    def _same(self, put: str, expected: str) -> bool:
        return same_question(put, expected, self._alike)

    def _near(self, programme: str) -> str | None:
        return next(
            (other for other in sorted(self._programmes) if self._are_related(programme, other)), None
        )

    def _are_related(self, one: str, other: str) -> bool:
        programmes = self._knowledge.programmes
        mine, its = programmes.get(one), programmes.get(other)
        return (mine is not None and other in mine.related) or (its is not None and one in its.related)
