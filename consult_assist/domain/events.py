"""Everything that can happen in a consultation, and the envelope it is kept in.

An event's class carries its wire name in `type`; its fields are the public contract of the event stream
(fields may be added, none is renamed or removed).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from consult_assist.domain.consultation import (
    CapturePaused,
    CaptureResumed,
    CaseNumberSet,
    ConsentWithdrawn,
    Finished,
    MicrophoneLost,
    MicrophoneRestored,
    RecordingFailed,
    RecordingOpened,
    Redacted,
    Reopened,
    Resumed,
    Started,
    TrainingConsent,
)
from consult_assist.domain.exercise import (
    DangerCalled,
    DangerTakenBack,
    ExerciseScored,
    JumpedBack,
    ProgrammeRaised,
    ProgrammeTakenBack,
    QuestionPut,
)
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    DetailsOpened,
    Fact,
    LedgerEntry,
    QuestionsChanged,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.record import ConsultationRecord, FieldEdited, ReadbackDecided, TemplateChosen
from consult_assist.domain.review import Amended, Approved, Commented, Returned, Submitted, TakenBack
from consult_assist.domain.speech import Draft, Revision, SegmentFailed, SpeakerAssigned, Utterance

Event = (
    Started
    | Resumed
    | RecordingOpened
    | CapturePaused
    | CaptureResumed
    | MicrophoneLost
    | MicrophoneRestored
    | RecordingFailed
    | ConsentWithdrawn
    | TrainingConsent
    | CaseNumberSet
    | Redacted
    | Draft
    | Utterance
    | Revision
    | SpeakerAssigned
    | SegmentFailed
    | Term
    | Fact
    | SuggestionsChanged
    | QuestionsChanged
    | Alert
    | AlertDismissed
    | DetailsOpened
    | LedgerEntry
    | FieldEdited
    | ReadbackDecided
    | TemplateChosen
    | ConsultationRecord
    | ProgrammeRaised
    | ProgrammeTakenBack
    | DangerCalled
    | DangerTakenBack
    | QuestionPut
    | JumpedBack
    | ExerciseScored
    | Finished
    | Reopened
    | Submitted
    | TakenBack
    | Commented
    | Returned
    | Approved
    | Amended
)

EVENT_CLASSES: dict[str, type[Event]] = {cls.type: cls for cls in get_args(Event)}
"""Wire name → class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedEvent:
    """An event with its times.

    Attributes:
        at: UTC, when it was emitted.
        at_s: wall-clock seconds since the first sample was delivered.
        sound_s: seconds of sound delivered by then.
        position: place in the store's chain; None while it is only shown (drafts).
    """

    event: Event
    at: datetime
    at_s: float
    sound_s: float
    position: int | None = None


def sound_until_s(stamped: Iterable[StampedEvent]) -> float:
    """Return how far the sound of a consultation came; what is written into it later is stamped with 0."""
    return max((item.sound_s for item in stamped), default=0.0)
