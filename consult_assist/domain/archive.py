"""Looking through all saved consultations: what is asked for, and what is found."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from consult_assist.domain.consultation import ConsultationState, ConsultationSummary, Purpose
from consult_assist.domain.review import ReviewState

SHOWN: frozenset[Purpose] = frozenset({"consultation", "replay"})
"""What is found unless something else is asked for: no attempts at exercises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWord:
    """A word that must stand in one of these fields of the record."""

    names: frozenset[str]
    word: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """What a consultation must fulfil to be found, all of it; None and an empty tuple ask for nothing.

    Attributes:
        words: each has to stand in what was said, written or noted; widths and case do not matter.
        fields: words with the fields they stand in.
        programmes: at least one of them was on the ledger.
        protocols: at least one of them was raised.
        reviews: the record stands in one of these states.
        operator: part of the clerk's name.
        case_number: part of it.
        since: begun then or later, UTC.
        until: begun before, UTC.
    """

    words: tuple[str, ...] = field(default=(), repr=False)
    fields: tuple[FieldWord, ...] = ()
    programmes: frozenset[str] | None = field(default=None, repr=False)
    protocols: frozenset[str] | None = field(default=None, repr=False)
    reviews: frozenset[ReviewState] | None = None
    state: ConsultationState | None = None
    operator: str | None = None
    case_number: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    purposes: frozenset[Purpose] = SHOWN


EVERYTHING = RecordQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """A text by which a consultation is found, in small letters and common widths.

    A later one with the same source and key takes its place.

    Attributes:
        source: `said` and `written` hold citizens' words, `about` (clerk, case number) does not.
        key: utterance id, or the name of the field.
    """

    source: Literal["about", "said", "written"]
    key: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A consultation that was found, and the first text with a word of the query, if words were asked for."""

    summary: ConsultationSummary
    text: FoundText | None = None
