"""A group's attempts over time: how much was noticed, and what is missed most often.

Counts of the group alone: nothing here tells one trainee from another. See
docs/decisions/0026-training-results.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Literal

from consult_assist.domain.exercise import IN_TIME, CueKind, CueState, ExerciseScored, FactState, Try
from consult_assist.domain.ratio import Ratio

Subject = Literal["danger", "programme", "question", "record"]
SUBJECTS: tuple[Subject, ...] = ("danger", "programme", "question", "record")
_CUES: tuple[CueKind, ...] = ("danger", "programme", "question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month of training.

    Attributes:
        month: `2026-11`.
        shares: what was noticed of what was heard, and written of what was stated.
    """

    month: str
    n_tries: int
    n_trainees: int
    shares: Mapping[Subject, Ratio]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseProgress:
    """How the group does on one exercise, the first time and after practice.

    Attributes:
        first: over the first attempt of each trainee.
        latest: over the latest attempt of those who did it more than once.
    """

    exercise: str
    n_tries: int
    n_trainees: int
    first: Mapping[Subject, Ratio]
    latest: Mapping[Subject, Ratio]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCue:
    """A cue, and in how many of the attempts that heard it nobody acted in time.

    Attributes:
        line_id: the line of the exercise that gives it.
        late: acted on, but too late; counted in `missed` too.
    """

    exercise: str
    line_id: str
    kind: CueKind
    target: str = field(repr=False)
    missed: Ratio
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAdvice:
    """A programme or a danger that was brought up where it does not fit, and in how many attempts."""

    exercise: str
    kind: CueKind
    target: str = field(repr=False)
    n_tries: int


def shares_of(scores: Iterable[ExerciseScored]) -> dict[Subject, Ratio]:
    """Return what was noticed in time of what was heard; the record counts by its facts."""
    sums: dict[Subject, Ratio] = dict.fromkeys(SUBJECTS, Ratio(0, 0))
    for scored in scores:
        for kind in _CUES:
            heard = [cue for cue in scored.cues_of(kind) if cue.state is not CueState.UNHEARD]
            sums[kind] += Ratio(len(scored.cues_of(kind, *IN_TIME)), len(heard))
        stated = [fact for fact in scored.facts if fact.state is not FactState.UNHEARD]
        sums["record"] += Ratio(len(scored.facts_in(FactState.WRITTEN)), len(stated))
    return sums


def by_month(tries: Iterable[Try], zone: tzinfo | None = None) -> tuple[Period, ...]:
    """Return the months in which there were attempts, in order; a month begins at local midnight."""
    return tuple(
        Period(month=month, n_tries=len(found), n_trainees=_trainees(found), shares=_shares(found))
        for month, found in _grouped(tries, lambda item: f"{item.begun_at.astimezone(zone):%Y-%m}").items()
    )


def by_exercise(tries: Iterable[Try]) -> tuple[ExerciseProgress, ...]:
    """Return the exercises that were done, by id."""
    progress = []
    for exercise, found in _grouped(tries, lambda item: item.scored.exercise).items():
        own = _grouped(found, lambda item: item.trainee).values()
        progress.append(
            ExerciseProgress(
                exercise=exercise,
                n_tries=len(found),
                n_trainees=len(own),
                first=_shares([item[0] for item in own]),
                latest=_shares([item[-1] for item in own if len(item) > 1]),
            )
        )
    return tuple(progress)


def most_missed(tries: Iterable[Try]) -> tuple[MissedCue, ...]:
    """Return the cues that were missed or noticed too late, the most often missed first."""
    heard: Counter[tuple[str, str, CueKind, str]] = Counter()
    missed: Counter[tuple[str, str, CueKind, str]] = Counter()
    late: Counter[tuple[str, str, CueKind, str]] = Counter()
    for item in tries:
        for cue in item.scored.cues:
            key = (item.scored.exercise, cue.line_id, cue.kind, cue.target)
            heard[key] += cue.state is not CueState.UNHEARD
            late[key] += cue.state is CueState.LATE
            missed[key] += cue.state in {CueState.LATE, CueState.MISSED, CueState.RELATED}
    cues = (
        MissedCue(
            exercise=exercise,
            line_id=line_id,
            kind=kind,
            target=target,
            missed=Ratio(n_missed, heard[exercise, line_id, kind, target]),
            late=late[exercise, line_id, kind, target],
        )
        for (exercise, line_id, kind, target), n_missed in missed.items()
        if n_missed
    )
    return tuple(
        sorted(cues, key=lambda cue: (-cue.missed.hits, cue.missed.total, cue.exercise, cue.line_id))
    )


def wrong_advice(tries: Iterable[Try]) -> tuple[WrongAdvice, ...]:
    """Return what was brought up and does not fit, the most frequent first."""
    counts = Counter(
        (item.scored.exercise, act.kind, act.target)
        for item in tries
        for act in {(act.kind, act.target): act for act in item.scored.strays if not act.fitting}.values()
    )
    return tuple(
        WrongAdvice(exercise=exercise, kind=kind, target=target, n_tries=number)
        for (exercise, kind, target), number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _shares(tries: Iterable[Try]) -> dict[Subject, Ratio]:
    return shares_of(item.scored for item in tries)


def _trainees(tries: Iterable[Try]) -> int:
    return len({item.trainee for item in tries})


def _grouped(tries: Iterable[Try], key: Callable[[Try], str]) -> dict[str, Sequence[Try]]:
    """Return the attempts by key, keys and attempts in order."""
    groups: dict[str, list[Try]] = {}
    for item in sorted(tries, key=lambda item: (key(item), item.begun_at)):
        groups.setdefault(key(item), []).append(item)
    return dict(groups)
