"""What the screens of an exercise ask of the program."""

from collections.abc import Sequence
from datetime import datetime

from consult_assist.app.training import exercises, group
from consult_assist.app.training.group import GroupResults
from consult_assist.app.training.session import ExerciseSession, Way
from consult_assist.app.training.starting import begin_exercise
from consult_assist.app.training.tries import list_tries
from consult_assist.app.workplace import Workplace
from consult_assist.domain.exercise import Exercise, Try


class TrainingDesk:
    """Everything a trainee can do; every method may block."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def exercises(self) -> Sequence[Exercise]:
        """Return every exercise, easy ones first."""
        return exercises.list_exercises(self._workplace)

    def tries(self, trainee: str) -> Sequence[Try]:
        """Return the scored attempts under a name, the latest first."""
        return list_tries(self._workplace, trainee=trainee)

    def group(self, since: datetime | None) -> GroupResults:
        """Count everybody's attempts since a time, without names."""
        return group.group_results(self._workplace, since=since)

    def export_group(self, results: GroupResults, suffix: str) -> bytes:
        """Return these counts as a file, `xlsx` or `csv`."""
        return group.export_results(self._workplace, results, suffix)

    def forget_by_rule(self) -> int:
        """Erase the attempts that are older than the office keeps them; return how many."""
        return group.forget_by_rule(self._workplace)

    def begin(self, exercise: Exercise, way: Way) -> ExerciseSession:
        """Begin an attempt."""
        return begin_exercise(self._workplace, exercise, way)

    def hear(self, exercise: Exercise, start_s: float, end_s: float) -> None:
        """Play a moment of an exercise."""
        if exercise.sound is not None:
            self._workplace.player.play_from(exercise.sound, start_s, end_s)

    def stop(self) -> None:
        """Stop the sound."""
        self._workplace.player.stop()
