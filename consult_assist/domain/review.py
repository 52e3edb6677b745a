"""Review of a record (決裁): handed in, commented, returned, approved step by step, amended afterwards."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from consult_assist.domain.record import ConsultationRecord


class ReviewState(StrEnum):
    """Where a record stands on its way to the decision."""

    DRAFT = "draft"
    """下書き"""
    SUBMITTED = "submitted"
    """提出済: waits for the next step."""
    RETURNED = "returned"
    """差戻し"""
    APPROVED = "approved"
    """決裁済: every step has approved."""
    AMENDED = "amended"
    """訂正中: approved once, opened again with a reason, to be handed in again."""


LOCKED = frozenset({ReviewState.SUBMITTED, ReviewState.APPROVED})
"""States in which nobody writes into the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The record was handed in as it stood; `steps` are the names of those who approve it, in order."""

    type: ClassVar[str] = "submitted"
    by: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was handed in was taken back to be corrected; `amending` where it had been approved once."""

    type: ClassVar[str] = "taken_back"
    by: str
    amending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """Someone who reviews the record said something about a line of it, or about all of it.

    A later comment on the same line takes the place of the earlier one; an empty one takes it away.

    Attributes:
        text: what has to be looked at.
        field: name of the field; None for the record as a whole.
        line: the line as it stood.
        place: which line of the field it was, from 0.
    """

    type: ClassVar[str] = "commented"
    by: str
    text: str = field(repr=False)
    line: str | None = field(default=None, repr=False)
    place: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The record was returned at a step, for what the comments since it was handed in say."""

    type: ClassVar[str] = "returned"
    by: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The record was approved at a step; `final` where it was the last one."""

    type: ClassVar[str] = "approved"
    by: str
    step: str
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An approved record was opened to be amended; the version approved stays readable."""

    type: ClassVar[str] = "amended"
    by: str
    reason: str = field(repr=False)


def state_after(state: ReviewState, event: object) -> ReviewState:
    """Return the state after one more event of the consultation.

    A decision about what no longer waits changes nothing: of two made at the same moment in two windows,
    the one kept first counts.
    """
    waits = state is ReviewState.SUBMITTED
    match event:
        case Submitted():
            return ReviewState.SUBMITTED
        case TakenBack() if waits:
            return ReviewState.AMENDED if event.amending else ReviewState.DRAFT
        case Returned() if waits:
            return ReviewState.RETURNED
        case Approved() if waits:
            return ReviewState.APPROVED if event.final else ReviewState.SUBMITTED
        case Amended() if state is ReviewState.APPROVED:
            return ReviewState.AMENDED
        case _:
            return state


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who did something in a review, when (UTC), and at which step."""

    by: str
    at: datetime
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedVersion:
    """The record as it was approved: who handed it in, who approved it, and why it was amended if it was."""

    record: ConsultationRecord
    submitted: Act | None
    steps: tuple[str, ...]
    acts: tuple[Act, ...]
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where a record stands, read from its events.

    Attributes:
        steps: of the submission that waits or was decided last.
        submitted: who handed it in last.
        acts: approvals of that submission so far.
        returned: who returned it last, while it is returned.
        comments: made since it was handed in, and still to be answered.
        amended: who last opened it after an approval; `reason` says why.
        record: as it was handed in; None unless it waits or is approved.
        versions: every version approved, the oldest first.
    """

    state: ReviewState = ReviewState.DRAFT
    steps: tuple[str, ...] = ()
    submitted: Act | None = None
    acts: tuple[Act, ...] = ()
    returned: Act | None = None
    comments: tuple[Commented, ...] = ()
    amended: Act | None = None
    reason: str | None = field(default=None, repr=False)
    record: ConsultationRecord | None = None
    versions: tuple[ApprovedVersion, ...] = ()

    @property
    def step(self) -> str | None:
        """The step that it waits for, None where it waits for none."""
        waits = self.state is ReviewState.SUBMITTED and len(self.acts) < len(self.steps)
        return self.steps[len(self.acts)] if waits else None

    @property
    def locked(self) -> bool:
        """Whether nobody may write into the record now."""
        return self.state in LOCKED
