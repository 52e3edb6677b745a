"""The exercises that there are, their faults, and the score of an attempt at one."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consult_assist.app.projections import events_of
from consult_assist.app.training.files import SUFFIX, exercise_faults, exercise_id, read_exercise
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import ConsentWithdrawn, TrainingConsent
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.exercise import Exercise, ExerciseScored
from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.errors import ExerciseError, RecordNotFoundError
from consult_assist.resources import shipped_folder
from consult_assist.trainer.questions import Alike
from consult_assist.trainer.scoring import score_attempt


def list_exercises(workplace: Workplace) -> Sequence[Exercise]:
    """Return every usable exercise, easy ones first; `faults_in_exercises` says what ails the others."""
    found = []
    for file in _files(workplace).values():
        try:
            found.append(read_exercise(file, shipped=_is_shipped(workplace, file)))
        except ExerciseError:
            continue
    return sorted(found, key=lambda exercise: (exercise.level, not exercise.shipped, exercise.id))


def faults_in_exercises(workplace: Workplace) -> Sequence[KnowledgeFault]:
    """Return what is wrong with the exercises, also where the knowledge no longer holds what they expect."""
    faults = [
        fault for file in _files(workplace).values() for fault in exercise_faults(file, workplace.knowledge)
    ]
    return [*faults, *_withdrawn(workplace)]


def open_exercise(workplace: Workplace, name: str) -> Exercise:
    """Return the exercise with this id.

    Raises:
        ExerciseError: there is none, or its file cannot be used.
    """
    file = _files(workplace).get(name)
    if file is None:
        raise ExerciseError(
            f"練習 {name} がありません。consult-assist exercise list で番号を確かめてください。"
        )
    return read_exercise(file, shipped=_is_shipped(workplace, file))


def score(
    workplace: Workplace, exercise: Exercise, acts: Sequence[StampedEvent], *, hints: bool = False
) -> ExerciseScored:
    """Return the score of an attempt with its reasons; `acts` are all of its events."""
    return score_attempt(exercise, acts, workplace.knowledge, hints=hints, alike=_alike(workplace))


def _alike(workplace: Workplace) -> Alike:
    """Return a function that says how alike two sentences are; its first call loads the encoder."""

    @cache
    def vector(text: str) -> NDArray[np.float32]:
        return workplace.load_encoder().encode(text)

    return lambda one, other: float(np.dot(vector(one), vector(other)))


def _withdrawn(workplace: Workplace) -> Iterator[KnowledgeFault]:
    """Yield a fault for each exercise whose resident withdrew consent, so that the office deletes it."""
    for exercise in list_exercises(workplace):
        if exercise.made_from is None:
            continue
        try:
            events = events_of(workplace, exercise.made_from)
        except RecordNotFoundError:
            continue
        if any(isinstance(event, ConsentWithdrawn) for event in events) or (
            exercise.sound is not None and not may_use_sound(events)
        ):
            yield KnowledgeFault(
                file=workplace.settings.exercises_folder / f"{exercise.id}{SUFFIX}",
                key="",
                line=None,
                message="もとの相談で同意が取り消されています。この練習と音声のファイルを消してください。",
                entry=exercise.id,
            )


def may_use_sound(events: Iterable[Event]) -> bool:
    """Return whether the resident agreed that the sound is used for training, and still does."""
    given = False
    for event in events:
        if isinstance(event, ConsentWithdrawn):
            return False
        if isinstance(event, TrainingConsent):
            given = event.given
    return given


def _files(workplace: Workplace) -> dict[str, Path]:
    """Return id → file; the office's own takes the place of a shipped one with the same id."""
    folders = (shipped_folder("samples"), shipped_folder("exercises"), workplace.settings.exercises_folder)
    return {exercise_id(file): file for folder in folders for file in sorted(folder.glob(f"*{SUFFIX}"))}


def _is_shipped(workplace: Workplace, file: Path) -> bool:
    return file.parent != workplace.settings.exercises_folder
