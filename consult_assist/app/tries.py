"""What a trainee has done before: one's own attempts at exercises, for oneself to compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult_assist.app.workplace import Workplace
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.exercise import ExerciseScored
from consult_assist.domain.record import ConsultationRecord


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


def tries_of(workplace: Workplace, trainee: str) -> Sequence[Try]:
    """Return the scored attempts under a name, the latest first."""
    found = []
    for summary in workplace.store.summaries(RecordQuery(purposes=frozenset({"exercise"}))):
        if summary.operator != trainee:
            continue
        record, scored = None, None
        for stamped in workplace.store.events(summary.id):
            if isinstance(stamped.event, ConsultationRecord):
                record = stamped.event
            elif isinstance(stamped.event, ExerciseScored):
                scored = stamped.event
        if scored is not None and record is not None:
            found.append(
                Try(
                    id=summary.id,
                    begun_at=summary.started_at,
                    trainee=trainee,
                    scored=scored,
                    record=record,
                )
            )
    return sorted(found, key=lambda item: item.id, reverse=True)
