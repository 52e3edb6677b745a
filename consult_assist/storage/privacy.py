"""Which events hold citizens' words, or something concluded from them, and go when consent is withdrawn.

Every event class stands in exactly one of the two lists; a new one forces a decision.
"""

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
from consult_assist.domain.events import Event
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

NEVER_STORED: frozenset[type[Event]] = frozenset({Draft})

ERASED_WITH_CONSENT: frozenset[type[Event]] = frozenset(
    {
        Utterance,
        Revision,
        Term,
        Fact,
        SuggestionsChanged,
        QuestionsChanged,  # which questions came up tells what was said
        Alert,  # "violence was mentioned" is as private as the words
        AlertDismissed,
        DetailsOpened,
        LedgerEntry,  # the clerk's reasons
        FieldEdited,
        ReadbackDecided,
        TemplateChosen,  # "the form for violence" is as private as the words
        ConsultationRecord,
        ProgrammeRaised,  # an exercise may be made of a consultation: what was noticed tells what was said
        ProgrammeTakenBack,
        DangerCalled,
        DangerTakenBack,
        QuestionPut,
        ExerciseScored,
        Commented,  # quotes the record
        Amended,  # its reason
    }
)

KEPT: frozenset[type[Event]] = frozenset(
    {
        Started,
        Resumed,
        RecordingOpened,
        CapturePaused,
        CaptureResumed,
        MicrophoneLost,
        MicrophoneRestored,
        RecordingFailed,
        ConsentWithdrawn,
        Redacted,
        SpeakerAssigned,
        SegmentFailed,  # its reason is the program's own sentence
        JumpedBack,
        TrainingConsent,
        CaseNumberSet,  # the office's own
        Finished,
        Reopened,
        Submitted,
        TakenBack,
        Returned,
        Approved,
    }
)

WORD_TYPES: frozenset[str] = frozenset(cls.type for cls in ERASED_WITH_CONSENT)
"""Wire names of the events that are erased."""
