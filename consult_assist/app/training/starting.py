"""Beginning an attempt at an exercise."""

from datetime import UTC, datetime
from functools import partial

from consult_assist import __version__
from consult_assist.app.journal import Journal
from consult_assist.app.live.assembly import new_id
from consult_assist.app.projections import draft_record
from consult_assist.app.training.exercises import score
from consult_assist.app.training.hints import Hints
from consult_assist.app.training.session import ExerciseSession, Way
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.exercise import Exercise
from consult_assist.guidance.advisor import Advisor

FORM = "madoguchi"
"""The form of an attempt's record, in which model records are written too."""


def begin_exercise(workplace: Workplace, exercise: Exercise, way: Way) -> ExerciseSession:
    """Begin an attempt in the store, as a consultation is, and return it, not yet running.

    With hints the analyzer is loaded, which takes seconds.

    Raises:
        StoreError: the database cannot be written.
        ModelError: hints are wanted and what finds them is missing.
    """
    now = datetime.now(UTC)
    attempt_id = new_id(now)
    started = Started(
        id=attempt_id,
        started_at=now,
        operator=way.trainee,
        source=f"exercise:{exercise.id}",
        purpose="exercise",
        consent=Consent.HANDWRITTEN,
        versions={
            "program": __version__,
            "knowledge": workplace.knowledge.digest,
            "exercise": exercise.digest,
        },
    )
    hints = None
    if way.hints:
        held_on = exercise.held_on or started.held_on
        hints = Hints(workplace.load_analyzer(), Advisor(workplace.knowledge), held_on)
    journal = Journal(attempt_id, workplace.store)
    for listener in workplace.listeners:
        journal.subscribe(listener)
    journal.keep(started)
    return ExerciseSession(
        attempt_id,
        exercise,
        way,
        journal=journal,
        player=workplace.player,
        draft=partial(draft_record, workplace, template=FORM),
        hints=hints,
        score=partial(score, workplace, exercise, hints=way.hints),
    )
