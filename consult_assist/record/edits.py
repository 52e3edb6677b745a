"""A clerk's edits: editor text ↔ lines, and edits merged with what the program drafts.

How the two are merged:

- An automatic line is the same line when its kind, its label (what stands before 「：」 in a condensed
  line) and the first utterance behind it are the same; without utterances, when kind and label or text are.
- Automatic lines that any edit has seen are settled: they stand where the clerk left them, or are gone for
  good. One that the clerk left untouched follows later corrections of its utterance; one that was changed
  is the clerk's and never changes again.
- Automatic lines that come up later are added below.
- An edit made on an older state of the field takes nothing away that it had not seen and brings nothing back
  that was gone by then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from rapidfuzz import fuzz

from consult_assist.counter.masking import mask_typed_numbers
from consult_assist.domain.record import FieldEdited, LineKind, RecordField, RecordLine
from consult_assist.record.rehearing import before_marking
from consult_assist.record.wording import EVIDENCE_ERASED, one_line

_SAME_SENTENCE_PERCENT = 70
"""How much of one line must be found in another for the clerk's line to keep the automatic one's evidence."""
_Key = tuple[str, ...]


def text_from_field(field: RecordField) -> str:
    """Return the text for the editor, one row a line; 未聴取 is a mark, not text."""
    return "\n".join(texts_of_lines(field.lines))


def texts_of_lines(lines: Iterable[RecordLine]) -> tuple[str, ...]:
    """Return lines as the editor shows them."""
    return tuple(one_line(line.text) for line in _without_placeholder(lines))


def edit_from_text(current: RecordField, text: str, *, by: str) -> FieldEdited | None:
    """Compare an editor's text with the field it was taken from, or return None when nothing changed.

    Args:
        current: the field as it was when the editor was filled; lines that came up since are then kept.
        text: one line of the record a row; empty rows count for nothing, a 個人番号 is covered.
        by: who edited.
    """
    text = mask_typed_numbers(text)
    marks = {line.text for line in current.lines if line.kind is LineKind.NOT_ASKED}
    rows = [row.rstrip() for row in text.splitlines() if row.strip() and row.strip() not in marks]
    old = _without_placeholder(current.lines)
    after = _lines_from_rows(old, rows)
    if after == old:
        return None
    return FieldEdited(field=current.name, before=current.lines, after=after, by=by)


def merge_edits(automatic: Sequence[RecordLine], edits: Iterable[FieldEdited]) -> tuple[RecordLine, ...]:
    """Return a field's lines: the clerk's as left, then automatic lines no edit has seen.

    Args:
        automatic: what the program drafts now, without the mark 未聴取.
        edits: of this field, in order.
    """
    kept: tuple[RecordLine, ...] = ()
    settled: set[_Key] = set()
    for edit in edits:
        after = _without_placeholder(edit.after)
        came_up = {line_key(line) for line in edit.before[len(kept) :]}
        if edit.before[: len(kept)] == kept and settled.isdisjoint(came_up):
            # Made on the field as it stood, as nearly always: the editor saves once a second.
            written = [line for line, was in zip_longest(after, edit.before) if line != was]
            settled |= came_up | {line_key(line) for line in written if line is not None}
            kept = after
            continue
        before = {line_key(line) for line in edit.before}
        gone = (settled & before) - {line_key(line) for line in kept}
        after = tuple(line for line in after if line_key(line) not in gone)
        seen = before | {line_key(line) for line in after}
        kept = after + tuple(line for line in kept if line_key(line) not in seen)
        settled |= seen
    drafted = {line_key(line): line for line in automatic}
    untouched = tuple(
        line if line.kind is LineKind.CLERK else drafted.get(line_key(line), line) for line in kept
    )
    return untouched + tuple(line for line in automatic if line_key(line) not in settled)


def settled_statements(edits: Iterable[FieldEdited]) -> frozenset[tuple[str, ...]]:
    """Return the statements (label：value) that edits changed or deleted, for fields of other forms.

    A value that the clerk corrected must not come back as it was heard when another form states it elsewhere.
    """
    edits = tuple(edits)
    seen = {line_key(line) for edit in edits for line in edit.before if _is_statement(line)}
    kept = {line_key(line) for line in merge_edits((), edits)}
    return frozenset(seen - kept)


def _is_statement(line: RecordLine) -> bool:
    return line.kind is LineKind.CONDENSED and bool(line.utterance_ids) and "：" in line.text


def with_living_evidence(edit: FieldEdited, known: frozenset[str]) -> FieldEdited:
    """Return the edit with erased utterances taken out of the evidence of its lines.

    A quoted or condensed line none of whose utterances is left says nothing any more but that it was erased;
    what the clerk typed stays.
    """
    lines = (*edit.before, *edit.after)
    if all(known.issuperset(line.utterance_ids) for line in lines):
        return edit
    before = tuple(_with_living_evidence(line, known) for line in edit.before)
    after = tuple(_with_living_evidence(line, known) for line in edit.after)
    return replace(edit, before=before, after=after)


def _with_living_evidence(line: RecordLine, known: frozenset[str]) -> RecordLine:
    living = tuple(item for item in line.utterance_ids if item in known)
    if living == line.utterance_ids:
        return line
    if line.kind is LineKind.CLERK or living:
        return replace(line, utterance_ids=living)
    return RecordLine(text=EVIDENCE_ERASED, kind=LineKind.UNSUPPORTED)


def _without_placeholder(lines: Iterable[RecordLine]) -> tuple[RecordLine, ...]:
    return tuple(line for line in lines if line.kind is not LineKind.NOT_ASKED)


def line_key(line: RecordLine) -> tuple[str, ...]:
    """Return what makes a line the same line after a correction; a clerk's line is its text.

    Words quoted and the same words condensed are one line.
    """
    if line.kind is LineKind.CLERK:
        return (line.kind, line.text, *line.utterance_ids)
    line = before_marking(line)
    label, colon, _ = line.text.partition("：")
    if line.kind is not LineKind.CONDENSED or not colon:
        label = "" if line.utterance_ids else line.text
        return (LineKind.QUOTED if line.utterance_ids else line.kind, label, *line.utterance_ids[:1])
    return (line.kind, label, *line.utterance_ids[:1])


def _lines_from_rows(old: Sequence[RecordLine], rows: Sequence[str]) -> tuple[RecordLine, ...]:
    """Give each row the line it was, wherever it now stands; the rest is the clerk's."""
    texts = [one_line(line.text) for line in old]
    blocks = SequenceMatcher(a=texts, b=rows, autojunk=False).get_opcodes()
    lines: dict[int, RecordLine] = {}
    free = set(range(len(old)))
    for tag, old_from, old_to, row_from, row_to in blocks:
        if tag == "equal":
            lines.update(zip(range(row_from, row_to), old[old_from:old_to], strict=True))
            free.difference_update(range(old_from, old_to))
    for number, row in enumerate(rows):
        moved = next((i for i in sorted(free) if texts[i] == row), None) if number not in lines else None
        if moved is not None:
            lines[number] = old[moved]
            free.discard(moved)
    for tag, old_from, old_to, row_from, row_to in blocks:
        if tag != "equal":
            changed = [old[i] for i in range(old_from, old_to) if i in free]
            written = [i for i in range(row_from, row_to) if i not in lines]
            typed = _typed_lines(changed, [rows[i] for i in written])
            lines.update(zip(written, typed, strict=True))
    return tuple(lines[number] for number in range(len(rows)))


def _typed_lines(changed: Sequence[RecordLine], rows: Sequence[str]) -> Iterator[RecordLine]:
    """Yield the clerk's lines for a block of rows, with the evidence of the lines they were made from."""
    row_by_row = len(changed) == len(rows)
    for number, row in enumerate(rows):
        origins = (
            [changed[number]] if row_by_row else [line for line in changed if _resembles(line.text, row)]
        )
        ids = dict.fromkeys(item for line in origins for item in line.utterance_ids)
        yield RecordLine(text=row, kind=LineKind.CLERK, utterance_ids=tuple(ids))


def _resembles(text: str, row: str) -> bool:
    return fuzz.partial_ratio(text, row) >= _SAME_SENTENCE_PERCENT
