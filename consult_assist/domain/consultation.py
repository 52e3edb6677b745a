"""A consultation as a whole: how it began, what was agreed, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.review import ReviewState

Purpose = Literal["consultation", "replay", "exercise"]
"""What a consultation was held for: with a resident, to see a sample, or as a trainee's attempt."""


class Consent(StrEnum):
    """What the resident agreed to before anything was captured."""

    RECORDED = "recorded"
    """録音あり: sound and text are kept."""
    TEXT_ONLY = "text_only"
    """録音なし・文字のみ: sound is heard and forgotten, text is kept."""
    HANDWRITTEN = "handwritten"
    """なし (手書き): the microphone stays closed; the clerk types."""


class ConsultationState(StrEnum):
    """Where a consultation stands in the store."""

    OPEN = "open"
    """Begun and not closed: live now, or interrupted."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The consultation began.

    Attributes:
        id: consultation id, made in Python, sortable by time.
        started_at: UTC.
        operator: the clerk's name as entered.
        operator_authenticated: always False today; the name comes from the OS account and can be edited.
        source: `microphone:NAME`, `file:NAME` or `none`.
        purpose: a replay of a sample or an attempt at an exercise never mixes with a resident's consultation
            in the lists.
        versions: digests of program, model and knowledge this consultation runs with.
    """

    type: ClassVar[str] = "started"
    id: str
    started_at: datetime
    operator: str
    operator_authenticated: bool = False
    source: str
    purpose: Purpose = "consultation"
    consent: Consent
    case_number: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def held_on(self) -> date:
        """Return the day of the talk as the calendar at the counter has it."""
        return self.started_at.astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """An interrupted consultation was taken up again; the sound clock goes on at `sound_s`.

    `operator` is who took it up, as the OS account says; None where that is not known.
    """

    type: ClassVar[str] = "resumed"
    sound_s: float
    source: str
    operator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOpened:
    """A sound file was opened; `name` is relative to the recordings folder.

    `start_s` is where its first sample stands on the consultation's clock.
    """

    type: ClassVar[str] = "recording"
    name: str
    start_s: float
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePaused:
    """Capture was paused by the clerk."""

    type: ClassVar[str] = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureResumed:
    """Capture was resumed by the clerk."""

    type: ClassVar[str] = "unpaused"


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneLost:
    """The microphone went away or could not be opened; `reason` is the sentence for the clerk.

    What was heard is kept, and capture goes on by itself when the microphone is there again.
    """

    type: ClassVar[str] = "microphone_lost"
    device: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneRestored:
    """The microphone came back and capture went on by itself."""

    type: ClassVar[str] = "microphone_restored"
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFailed:
    """Sound could not be written; recognition stops so that nothing is interpreted that is not kept.

    `reason` is the sentence the clerk was shown.
    """

    type: ClassVar[str] = "recording_failed"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn:
    """The resident withdrew consent; the erasure itself is the `Redacted` event that follows."""

    type: ClassVar[str] = "consent_withdrawn"
    erase_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConsent:
    """The resident agreed that the sound may be used for training, or no longer does; the newest holds.

    A voice is personal data: without this an exercise made of the consultation is text only.
    """

    type: ClassVar[str] = "training_consent"
    given: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumberSet:
    """The case number was typed, changed or taken away after the talk had begun.

    `operator` is the clerk of the talk, beside whose name lists and search show it.
    """

    type: ClassVar[str] = "case_number"
    case_number: str | None
    operator: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """Payloads of earlier events were lawfully erased.

    Attributes:
        positions: chain positions whose payload and salt are gone.
        recordings: names of the sound files removed.
        reason: `consent_withdrawn`, `personal_number`, `off_record`, `retention`; never a citizen's words.
        in_part: whether only some events were erased; otherwise every event with words was.
        instead: pairs of an erased position and that of the event which is read in its place.
        silenced: stretches of the sound that are gone, as seconds from and to.
        by: who did it.
    """

    type: ClassVar[str] = "redacted"
    positions: tuple[int, ...]
    recordings: tuple[str, ...]
    reason: str
    in_part: bool = False
    instead: tuple[tuple[int, int], ...] = ()
    silenced: tuple[tuple[float, float], ...] = ()
    by: str = "program"

    @property
    def erases_words(self) -> bool:
        """Whether nothing of the words, and of what was concluded from them, is left."""
        return bool(self.positions) and not self.in_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The consultation was closed; until it is reopened, only events of its review follow."""

    type: ClassVar[str] = "finished"
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A closed record was opened again for correction.

    `versions` are the digests of program, model and knowledge when its sound was recognised again; empty when
    a person corrects it.
    """

    type: ClassVar[str] = "reopened"
    by: str
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationSummary:
    """What lists, search and counting know of a consultation; times are UTC, `duration_s` is None while open.

    Attributes:
        headline: first line of 主訴, or empty.
        review: where its record stands.
        template: form of the record, where one is known.
        ledger: programme → where it stands.
        protocols: danger protocols that were raised, in that order.
        talk_ended_at: when it was closed for the first time.
        submitted_at: when the record was first handed in; None if it never was, or its words were erased.
        approved_at: when it was approved; None unless it is approved now.
        sound_erased: whether recordings were removed, as consent was withdrawn.
    """

    id: str
    started_at: datetime
    operator: str
    case_number: str | None
    purpose: Purpose
    consent: Consent
    state: ConsultationState
    duration_s: float | None
    headline: str = field(repr=False)
    review: ReviewState = ReviewState.DRAFT
    template: str | None = field(default=None, repr=False)
    ledger: Mapping[str, LedgerState] = field(default_factory=dict, repr=False)
    protocols: tuple[str, ...] = field(default=(), repr=False)
    talk_ended_at: datetime | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    sound_erased: bool = False

    @property
    def programmes(self) -> tuple[str, ...]:
        """Programmes that the talk touched."""
        return tuple(self.ledger)
