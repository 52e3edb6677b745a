"""What a search over the knowledge base finds, and why."""

from dataclasses import dataclass, field
from enum import StrEnum


class HitKind(StrEnum):
    """What was found."""

    PROGRAMME = "programme"
    PROTOCOL = "protocol"
    CONTACT = "contact"


class Why(StrEnum):
    """Where the words of the search were found."""

    NAME = "name"
    READING = "reading"
    """The name sounds just so."""
    ALIKE = "alike"
    """The name is written or sounds nearly so: a typing error, another kanji."""
    EXAMPLE = "example"
    CUE = "cue"
    SUMMARY = "summary"
    TARGET = "target"
    QUESTION = "question"
    DOCUMENT = "document"
    AMOUNT = "amount"
    MISCONCEPTION = "misconception"
    LAW = "law"
    DESK = "desk"
    UNVERIFIED = "unverified"
    STEP = "step"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One entry of the knowledge base.

    Attributes:
        id: id of the programme, protocol or contact.
        line: the line that matched; a reading where `why` is `READING`.
        name: the name whose reading it is, where `why` is a name's.
        unverified: the entry holds something that is not verified.
    """

    kind: HitKind
    id: str
    title: str
    why: Why
    line: str = field(repr=False)
    name: str = ""
    unverified: bool = False
