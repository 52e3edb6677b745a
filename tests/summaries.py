"""A saved consultation's line in the list, for tests that care about little of it."""

from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary

_CLOSED = ConsultationSummary(
    id="c1",
    started_at=datetime(2026, 11, 21, tzinfo=UTC),
    operator="佐藤",
    case_number="007",
    purpose="consultation",
    consent=Consent.RECORDED,
    state=ConsultationState.CLOSED,
    duration_s=None,
    headline="",
)


def summary(**changes: object) -> ConsultationSummary:
    """Return a closed and recorded consultation of clerk 佐藤, with the changes named."""
    return replace(_CLOSED, **changes)  # type: ignore[arg-type]
