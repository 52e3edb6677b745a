"""Lines of the record ↔ text in an editor, and bringing both together again after an edit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import LineKind, RecordField
from consult_assist.record.edits import text_from_field
from consult_assist.tui.presentation.prose import Piece

REQUIRED = "＊"


def overtaken_rows(field: RecordField, text: str) -> tuple[int, ...]:
    """Return the rows of an editor, from 1, that a person wrote from words that were corrected since."""
    marked = {line.text for line in field.lines if line.overtaken}
    return tuple(number for number, row in enumerate(lines_of(text), start=1) if row in marked)


def field_label(
    field: TemplateField, *, chosen: bool = False, waiting: int = 0, overtaken: Sequence[int] = ()
) -> tuple[Piece, ...]:
    """Return the label of a field with its marks: required, official or not, to be chosen, new, overtaken."""
    pieces: list[Piece] = [(field.label, "")]
    if field.required:
        pieces.append((f" {REQUIRED}", "bold"))
    if field.official is not None:
        pieces.append(("（公式）" if field.official else "（案）", "$quiet"))
    if field.choices:
        pieces.append(("   Ctrl+O で選び直す" if chosen else "   未選択 ・ Ctrl+O で選ぶ", "$quiet"))
    if waiting:
        pieces.append((f"   新しい行 {waiting}", "bold $accent"))
    if overtaken:
        rows = "・".join(map(str, overtaken))
        pieces.append((f"   △ 元の発言が直された行: {rows}", "bold $warning"))
    return tuple(pieces)


def form_title(template: Template | None) -> str:
    """Return what a form is called, and whether it is a proposal."""
    return "" if template is None else template.name + ("" if template.official else "（案）")


def form_fields(template: Template | None, fields: Sequence[RecordField]) -> Sequence[TemplateField]:
    """Return the fields of a record as its form describes them, with those the form does not have."""
    known = {field.name: field for field in template.fields} if template else {}
    return [known.get(field.name) or TemplateField(name=field.name, label=field.label) for field in fields]


def editor_lines(field: RecordField) -> tuple[str, ...]:
    """Return what the editor shows; 未聴取 is a mark, not text."""
    return lines_of(text_from_field(field))


def empty_text(field: RecordField, template: TemplateField) -> str:
    """Return what an empty editor says: 未聴取 where the program says so, and what belongs there."""
    words = [line.text for line in field.lines if line.kind is LineKind.NOT_ASKED][:1]
    return "　".join([*words, *([template.hint] if template.hint else [])])


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of an editor's text; an empty text has none."""
    return tuple(text.split("\n")) if text else ()


def merge(base: Sequence[str], edited: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return the clerk's lines with what the program changed meanwhile.

    A line the clerk touched or deleted stays as the clerk left it; an untouched line follows its correction;
    new lines are added below, also one that took the place of a touched line and says something else.

    Args:
        base: the program's lines when the clerk's editor was last filled.
        edited: the editor's lines.
        now: the program's lines at this moment.
    """
    result = list(edited)
    for tag, base_start, base_end, now_start, now_end in _changes(base, now):
        old = list(base[base_start:base_end])
        new = list(now[now_start:now_end])
        if tag == "replace":
            for before, after in zip(old, new, strict=False):
                if before in result:
                    result[result.index(before)] = after
                elif not get_close_matches(before, [after]):
                    _append(result, [after])
            old, new = old[len(new) :], new[len(old) :]
        for line in old:
            if line in result:
                result.remove(line)
        _append(result, new)
    return tuple(result)


def held_back(base: Sequence[str], now: Sequence[str]) -> int:
    """Return how many new lines wait until the clerk leaves the field."""
    added = 0
    for _, base_start, base_end, now_start, now_end in _changes(base, now):
        added += max(0, (now_end - now_start) - (base_end - base_start))
    return added


def _changes(base: Sequence[str], now: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(a=list(base), b=list(now), autojunk=False)
    return [change for change in matcher.get_opcodes() if change[0] != "equal"]


def _append(result: list[str], lines: Sequence[str]) -> None:
    if not lines:
        return
    while result and not result[-1].strip():
        result.pop()
    result.extend(lines)


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """One field while the record grows: what the editor was filled with, and what the program has now."""

    base: tuple[str, ...] = field(default=(), repr=False)
    now: tuple[str, ...] = field(default=(), repr=False)

    def with_program(self, now: tuple[str, ...]) -> "FieldDraft":
        """Return the draft after the program drafted the field anew."""
        return FieldDraft(base=self.base, now=now)

    def merged(self, text: str) -> tuple[str, ...]:
        """Return the lines to keep, given the editor's text."""
        return merge(self.base, lines_of(text), self.now)

    def saved(self, text: str) -> "FieldDraft":
        """Return the draft after `merged(text)` was saved while the editor still shows `text`."""
        return FieldDraft(base=lines_of(text), now=self.merged(text))

    def shown(self) -> "FieldDraft":
        """Return the draft after the editor was filled with what the program has."""
        return FieldDraft(base=self.now, now=self.now)

    @property
    def waiting(self) -> int:
        """Number of new lines the clerk has not been shown."""
        return held_back(self.base, self.now)


def save_fields(
    edits: Mapping[str, tuple[FieldDraft, str]],
    read: Callable[[], Sequence[RecordField]],
    write: Callable[[str, str], object],
) -> tuple[dict[str, FieldDraft], Sequence[RecordField]]:
    """Save edited fields together with the lines that came up meanwhile; return new drafts and fields.

    Reading and writing stand next to each other, because a line drafted in between would count as seen.

    Args:
        edits: field name → the draft it was filled from, and the editor's text.
        read: the record's fields by now.
        write: field name, text → saved.
    """
    saved: dict[str, FieldDraft] = {}
    for name, (draft, text) in edits.items():
        now = next((editor_lines(field) for field in read() if field.name == name), draft.now)
        current = draft.with_program(now)
        write(name, "\n".join(current.merged(text)))
        saved[name] = current.saved(text)
    return saved, read()
