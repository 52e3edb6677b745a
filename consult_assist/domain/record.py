"""The consultation record (相談記録): fields, lines and where each line comes from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from consult_assist.domain.guidance import LedgerState


class LineKind(StrEnum):
    """Where a line of the record comes from."""

    QUOTED = "quoted"
    """Someone's words as they stand in the transcript."""
    CONDENSED = "condensed"
    """Put together by rule from the utterances named."""
    CLERK = "clerk"
    """Typed by the clerk."""
    UNSUPPORTED = "unsupported"
    """Its evidence was erased."""
    NOT_ASKED = "not_asked"
    """未聴取: nobody asked."""


WORDLESS = frozenset({LineKind.NOT_ASKED, LineKind.UNSUPPORTED})
"""Kinds of lines that hold nobody's words, only the program's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One line and the utterances behind it.

    `overtaken` marks a person's line: an utterance behind it was corrected since it was written.
    """

    text: str = field(repr=False)
    kind: LineKind
    utterance_ids: tuple[str, ...] = ()
    overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordField:
    """One field of the template, filled."""

    name: str
    label: str
    lines: tuple[RecordLine, ...]


ReadbackKind = Literal["name", "date", "money", "phone", "address", "age", "count", "duration", "negation"]


class ReadbackState(StrEnum):
    """What the clerk and the resident made of an item of the read-back list."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DROPPED = "dropped"
    """Nothing that has to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadbackItem:
    """Something that hurts when wrong, to be confirmed with the resident; `value` is normalised.

    Attributes:
        text: the clause it stands in.
        revision: of the utterance, which the characters count in.
        start_char: where the words begin that a correction replaces.
        end_char: where they end.
    """

    kind: ReadbackKind
    value: int | str = field(repr=False)
    text: str = field(repr=False)
    utterance_id: str
    state: ReadbackState = ReadbackState.OPEN
    revision: int = 0
    start_char: int = 0
    end_char: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadbackDecided:
    """An item of the read-back list was confirmed, corrected, dropped or opened again.

    Attributes:
        value: of the item as it stood before.
        text: the clause it stood in.
        revision: of the utterance as it stood before; the characters count in it.
        start_char: where its words began.
        end_char: where they ended.
        words: what took their place, where it was corrected.
        revised: the revision that holds these words.
        operator: who decided; None is the clerk of the consultation.
    """

    type: ClassVar[str] = "readback"
    utterance_id: str
    kind: ReadbackKind
    value: int | str = field(repr=False)
    text: str = field(repr=False)
    state: ReadbackState
    revision: int
    start_char: int
    end_char: int
    words: str | None = field(default=None, repr=False)
    revised: int | None = None
    operator: str | None = None

    @classmethod
    def of(
        cls,
        item: ReadbackItem,
        state: ReadbackState,
        *,
        words: str | None = None,
        revised: int | None = None,
        operator: str | None = None,
    ) -> "ReadbackDecided":
        """Return what was decided about an item as it stands."""
        return cls(
            utterance_id=item.utterance_id,
            kind=item.kind,
            value=item.value,
            text=item.text,
            state=state,
            revision=item.revision,
            start_char=item.start_char,
            end_char=item.end_char,
            words=words,
            revised=revised,
            operator=operator,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """Where a programme stood at the end, and the utterances that touched it.

    Attributes:
        by: who put it there.
        reason: the clerk's own, where one was given.
        quote: the words that brought it up, the resident's if they did.
        at_s: when they were said.
        laws: where the programme is laid down.
        figures: the figures as they stood, where it was explained.
        entry: digest of what was to be explained, as it stood; see `domain.told`.
    """

    programme: str
    state: LedgerState
    utterance_ids: tuple[str, ...]
    by: Literal["program", "clerk"] = "program"
    reason: str | None = field(default=None, repr=False)
    quote: str | None = field(default=None, repr=False)
    at_s: float | None = None
    laws: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRecord:
    """The whole record, as drafted by the program and edited by the clerk."""

    type: ClassVar[str] = "record"
    template: str
    fields: tuple[RecordField, ...]
    readback: tuple[ReadbackItem, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()

    def field_named(self, name: str) -> RecordField | None:
        """Return a field by its name, None where the form has no such field."""
        return next((item for item in self.fields if item.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEdited:
    """A person changed a field: its lines before and after, and who did it.

    Automatic lines that were in `before` are settled by this edit; only lines that come up later are added
    below `after`. So what the clerk typed, and what the clerk deleted, stays that way.

    Attributes:
        undoes: how many edits of this field it takes back, as if they had not been made.
        redoes: how many that were taken back it brings back.
    """

    type: ClassVar[str] = "edit"
    field: str
    before: tuple[RecordLine, ...]
    after: tuple[RecordLine, ...]
    by: str
    undoes: int = 0
    redoes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateChosen:
    """The clerk chose the form of the record; the newest choice holds."""

    type: ClassVar[str] = "template"
    template: str
    by: str
