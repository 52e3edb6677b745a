"""What the program understands and proposes: terms, facts, suggestions, questions, alerts, the ledger."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal


class Match(StrEnum):
    """How a term was found."""

    EXACT = "exact"
    """Written just so."""
    READING = "reading"
    """Other characters, same reading (自動扶養手当)."""
    SOUND = "sound"
    """A reading close enough (集学援助 → 就学援助)."""
    CUE = "cue"
    """A situation, no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A name or a cue found in a numbered revision of an utterance.

    Attributes:
        start_char: first character in that revision's text.
        end_char: just after the last character.
        name: canonical name, or the cue as written in the knowledge base.
        programme: programme id, or None.
        protocol: danger protocol id, or None.
        confidence: 0 … 1, how close what was heard is to the name; 1 where it is written just so.
    """

    type: ClassVar[str] = "term"
    utterance_id: str
    revision: int
    start_char: int
    end_char: int
    name: str = field(repr=False)
    programme: str | None = None
    protocol: str | None = None
    how: Match
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value stated in a numbered revision of an utterance.

    `name` is one of the fact names of the event stream's contract (`rent_monthly`, `child_age` …); yen are
    integers, phone numbers digits only, complete dates ISO.

    Attributes:
        corrects: it takes back the value that was told under the same name just before, in another line
            (5万円です。… あ、すみません、6万円でした); which one that is, `found.retracted_facts` finds.
    """

    type: ClassVar[str] = "fact"
    name: str
    value: int | str = field(repr=False)
    utterance_id: str
    revision: int
    start_char: int
    end_char: int
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a programme is suggested: one short Japanese line and the utterances behind it."""

    programme: str
    utterance_ids: tuple[str, ...]
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsChanged:
    """The whole list of suggested programme ids, best first, with one reason each."""

    type: ClassVar[str] = "suggestion"
    shown: tuple[str, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question the clerk may want to ask, and the programme it serves.

    Attributes:
        programme: empty where it serves a danger protocol.
        protocol: the danger it is asked for, or None.
    """

    programme: str
    text: str
    protocol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsChanged:
    """The whole list of proposed questions."""

    type: ClassVar[str] = "question"
    shown: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Danger words were heard; the protocol is shown. People decide."""

    type: ClassVar[str] = "alert"
    protocol: str
    utterance_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDismissed:
    """The clerk has seen the protocol and put it away."""

    type: ClassVar[str] = "alert_dismissed"
    protocol: str


class LedgerState(StrEnum):
    """State of a programme in the guidance ledger (教示台帳)."""

    UNTOLD = "untold"
    """未説明"""
    TOLD = "told"
    """説明済"""
    NOT_APPLICABLE = "not_applicable"
    """対象外"""
    CHECK = "check"
    """要確認"""


OPEN_STATES = frozenset({LedgerState.UNTOLD, LedgerState.CHECK})
"""States in which something is still owed to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """The state of a programme changed; `reason` is the clerk's own, where one was given."""

    type: ClassVar[str] = "ledger"
    programme: str
    state: LedgerState
    utterance_id: str | None
    by: Literal["program", "clerk"]
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsOpened:
    """The clerk opened everything the office knows about a programme."""

    type: ClassVar[str] = "details_opened"
    programme: str
