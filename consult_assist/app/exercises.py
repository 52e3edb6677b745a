"""Exercises as trainees meet them: which there are, one of them, and the score of an attempt."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from consult_assist.app.exercise_files import SUFFIX, exercise_faults, exercise_id, read_exercise
from consult_assist.app.workplace import Workplace
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.exercise import Exercise, ExerciseScored
from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.errors import ExerciseError
from consult_assist.resources import shipped_folder
from consult_assist.trainer.scoring import score_attempt


def exercises_folder(workplace: Workplace) -> Path:
    """Return where the office keeps its own exercises."""
    return workplace.settings.exercises_folder


def list_exercises(workplace: Workplace) -> Sequence[Exercise]:
    """Return every exercise that can be used, easy ones first; `faults_in_exercises` names the others."""
    found = []
    for file in _files(workplace).values():
        try:
            found.append(read_exercise(file, shipped=_is_shipped(workplace, file)))
        except ExerciseError:
            continue
    return sorted(found, key=lambda exercise: (exercise.level, not exercise.shipped, exercise.id))


def faults_in_exercises(workplace: Workplace) -> Sequence[KnowledgeFault]:
    """Return what is wrong with the exercises, also where the knowledge no longer holds what they expect."""
    return [
        fault for file in _files(workplace).values() for fault in exercise_faults(file, workplace.knowledge)
    ]


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
    """Return the explained score of an attempt; `acts` is everything that happened in it."""
    return score_attempt(exercise, acts, workplace.knowledge, hints=hints)


def _files(workplace: Workplace) -> dict[str, Path]:
    """Return id → file; the office's own takes the place of a shipped one with the same id."""
    folders = (shipped_folder("samples"), shipped_folder("exercises"), exercises_folder(workplace))
    return {exercise_id(file): file for folder in folders for file in _in(folder)}


def _in(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else iter(())


def _is_shipped(workplace: Workplace, file: Path) -> bool:
    return file.parent != exercises_folder(workplace)
