"""見え消し: what was deleted stays to be read, what was added is marked; lines, fields, whole records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

from consult_assist.domain.record import ConsultationRecord, RecordField
from consult_assist.japanese.difference import changes_between
from consult_assist.record.edits import texts_of_lines

_SAME_LINE_PERCENT = 40
"""Lines less alike than this are two lines, one deleted and one added, not one that was changed."""


class Ink(StrEnum):
    """How a piece of text is written."""

    KEPT = "kept"
    DELETED = "deleted"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of text in one ink."""

    text: str = field(repr=False)
    ink: Ink = Ink.KEPT


MarkedLine = tuple[Stroke, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedField:
    """A field of the record with its changes in place."""

    label: str
    lines: tuple[MarkedLine, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return any(stroke.ink is not Ink.KEPT for line in self.lines for stroke in line)


def mark_lines(before: Sequence[str], after: Sequence[str]) -> tuple[MarkedLine, ...]:
    """Return all lines of both, in order, with what was deleted and added."""
    lines: list[MarkedLine] = []
    matcher = SequenceMatcher(a=list(before), b=list(after), autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            lines.extend((Stroke(text),) for text in after[new_from:new_to])
        else:
            lines.extend(_replaced(before[old_from:old_to], after[new_from:new_to]))
    return tuple(lines)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[MarkedLine]:
    """Yield a block of lines that became another one; lines that are alike are marked within."""
    at = 0
    for text in old:
        alike = [place for place in range(at, len(new)) if fuzz.ratio(text, new[place]) >= _SAME_LINE_PERCENT]
        if not alike:
            yield (Stroke(text, Ink.DELETED),)
            continue
        yield from ((Stroke(added, Ink.ADDED),) for added in new[at : alike[0]])
        yield tuple(_strokes(text, new[alike[0]]))
        at = alike[0] + 1
    yield from ((Stroke(added, Ink.ADDED),) for added in new[at:])


def _strokes(before: str, after: str) -> Iterator[Stroke]:
    at = 0
    for change in changes_between(before, after):
        pieces = (
            Stroke(before[at : change.before_start]),
            Stroke(before[change.before_start : change.before_end], Ink.DELETED),
            Stroke(after[change.after_start : change.after_end], Ink.ADDED),
        )
        yield from (piece for piece in pieces if piece.text)
        at = change.before_end
    if before[at:]:
        yield Stroke(before[at:])


def mark_record(before: ConsultationRecord, after: ConsultationRecord) -> tuple[MarkedField, ...]:
    """Return every field of both records with its changes, in the order of the later one."""
    old = {item.name: item for item in before.fields}
    gone = [item for item in before.fields if item.name not in {other.name for other in after.fields}]
    marked = [
        MarkedField(label=item.label, lines=mark_lines(_texts_of(old.get(item.name)), _texts_of(item)))
        for item in after.fields
    ]
    return (
        *marked,
        *(MarkedField(label=item.label, lines=mark_lines(_texts_of(item), ())) for item in gone),
    )


def _texts_of(item: RecordField | None) -> tuple[str, ...]:
    """Return what stands in a field, nothing where there is none."""
    return () if item is None else texts_of_lines(item.lines)
