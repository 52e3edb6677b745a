"""The scored attempts at exercises, of one trainee or of all."""

from collections.abc import Sequence
from datetime import datetime

from consult_assist.app.workplace import Workplace
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.exercise import ExerciseScored, Try
from consult_assist.domain.record import ConsultationRecord


def list_tries(
    workplace: Workplace, *, trainee: str | None = None, since: datetime | None = None
) -> Sequence[Try]:
    """Return the scored attempts, the latest first.

    Args:
        workplace: where they are kept.
        trainee: only those under this name; None is everybody's.
        since: begun then or later.
    """
    query = RecordQuery(purposes=frozenset({"exercise"}), since=since)
    return [
        found
        for summary in workplace.store.summaries(query)
        if trainee in {None, summary.operator} and (found := _try(workplace, summary)) is not None
    ]


def _try(workplace: Workplace, summary: ConsultationSummary) -> Try | None:
    """Return an attempt, None where it was not done to its end or was erased."""
    record, scored = None, None
    for stamped in workplace.store.events(summary.id):
        if isinstance(stamped.event, ConsultationRecord):
            record = stamped.event
        elif isinstance(stamped.event, ExerciseScored):
            scored = stamped.event
    if scored is None or record is None:
        return None
    return Try(
        id=summary.id,
        begun_at=summary.started_at,
        trainee=summary.operator,
        scored=scored,
        record=record,
    )
