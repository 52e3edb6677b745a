"""What was said: drafts, utterances, their revisions and speakers."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal


class Speaker(StrEnum):
    """Who spoke; unknown is None, never a third member."""

    CLERK = "clerk"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text of speech that has not ended yet. Shown, never analysed, never stored."""

    type: ClassVar[str] = "draft"
    channel: int
    start_s: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A finished stretch of speech as text, emitted once, as soon as it is final.

    `heard` is what the model said; `text` is the best reading known at that moment (revision 0).
    """

    type: ClassVar[str] = "utterance"
    id: str
    channel: int
    speaker: Speaker | None
    start_s: float
    end_s: float
    heard: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A later and better text of an utterance; `revision` counts from 1.

    `operator` is who corrected it; None is the program or the clerk of the consultation.
    """

    type: ClassVar[str] = "revision"
    utterance_id: str
    revision: int
    text: str = field(repr=False)
    by: Literal["terms", "clerk", "again"]
    operator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAssigned:
    """The speaker of an utterance was set or flipped.

    With `reread`, what was found in it before counts no longer: a clerk's words are read otherwise than a
    resident's, and what is found in them now follows.
    """

    type: ClassVar[str] = "speaker"
    utterance_id: str
    speaker: Speaker | None
    by: Literal["program", "clerk"]
    reread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFailed:
    """A segment could not be recognised; its sound stays and it can be retried.

    When a retry succeeds, the `Utterance` that follows carries the same `id`.
    """

    type: ClassVar[str] = "segment_failed"
    id: str
    channel: int
    start_s: float
    end_s: float
    reason: str
