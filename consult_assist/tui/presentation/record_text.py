"""Lines of the record ↔ text in an editor, and bringing both together again after an edit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import LineKind, RecordField
from consult_assist.errors import ConsultAssistError
from consult_assist.record.edits import text_from_field
from consult_assist.record.wording import one_line
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


def merge(
    base: Sequence[str], edited: Sequence[str], now: Sequence[str], others: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the clerk's lines with what the program, or somebody else, changed meanwhile.

    A line the clerk touched or deleted stays as the clerk left it; an untouched line follows its correction;
    new lines are added below, also one that took the place of a touched line and says something else, or was
    written by a person.

    Args:
        base: the program's lines when the clerk's editor was last filled.
        edited: the editor's lines.
        now: the program's lines at this moment.
        others: those of them that a person wrote in another window.
    """
    result = list(edited)
    if result == list(now):
        return tuple(result)
    for tag, base_start, base_end, now_start, now_end in _changes(base, now):
        old = list(base[base_start:base_end])
        new = list(now[now_start:now_end])
        if tag == "replace":
            for before, after in zip(old, new, strict=False):
                if before in result:
                    result[result.index(before)] = after
                elif after in others or not get_close_matches(before, [after]):
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
    """One field while the record grows: what the editor was filled with, and what the program has now.

    Attributes:
        base: the lines that the editor was filled with.
        now: the lines that the record has now.
        others: those of them that a person wrote in another window, and that were not shown here yet.
    """

    base: tuple[str, ...] = field(default=(), repr=False)
    now: tuple[str, ...] = field(default=(), repr=False)
    others: frozenset[str] = field(default=frozenset(), repr=False)

    def with_program(self, field: RecordField) -> "FieldDraft":
        """Return the draft after the field was drafted or written again."""
        now = editor_lines(field)
        typed = {one_line(line.text) for line in field.lines if line.kind is LineKind.CLERK}
        own = {*self.base, *self.now} - self.others
        return FieldDraft(base=self.base, now=now, others=frozenset(typed - own))

    def merged(self, text: str) -> tuple[str, ...]:
        """Return the lines to keep, given the editor's text."""
        return merge(self.base, lines_of(text), self.now, self.others)

    def saved(self, text: str, kept: Sequence[str]) -> "FieldDraft":
        """Return the draft after `text` was saved as the lines `kept`, while the editor still shows it."""
        return FieldDraft(base=lines_of(text), now=tuple(kept))

    def shown(self) -> "FieldDraft":
        """Return the draft after the editor was filled with what the program has."""
        return FieldDraft(base=self.now, now=self.now)

    @property
    def waiting(self) -> int:
        """Number of new lines the clerk has not been shown."""
        return held_back(self.base, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFields:
    """What became of edited fields.

    Attributes:
        drafts: field name → its draft after it was saved.
        others: field name → lines that were written there in another window meanwhile.
        fields: of the record, as it is now, or as far as it was read.
        failed: what one of the fields could not be saved for; those before it are, those behind it are not.
    """

    drafts: Mapping[str, FieldDraft]
    others: Mapping[str, Sequence[str]] = field(repr=False)
    fields: Sequence[RecordField] = field(repr=False)
    failed: ConsultAssistError | None = None


def save_fields(
    edits: Mapping[str, tuple[FieldDraft, str]],
    read: Callable[[], Sequence[RecordField]],
    write: Callable[[str, str], object],
) -> SavedFields:
    """Save edited fields together with the lines that came up meanwhile, up to the first that fails.

    Reading and writing stand next to each other, because a line drafted in between would count as seen. A
    failure is handed back with the fields saved before it: with the drafts they had, the clerk's own words
    would count next time as somebody else's.

    Args:
        edits: field name → the draft it was filled from, and the editor's text.
        read: the record's fields by now.
        write: field name, text → saved.
    """
    drafts: dict[str, FieldDraft] = {}
    others: dict[str, Sequence[str]] = {}
    fields: Sequence[RecordField] = ()
    failed: ConsultAssistError | None = None
    try:
        fields = read()
        for name, (draft, text) in edits.items():
            now = _field_named(fields, name)
            current = draft.with_program(now) if now is not None else draft
            write(name, "\n".join(current.merged(text)))
            fields = read()
            kept = _field_named(fields, name)
            drafts[name] = draft.saved(text, editor_lines(kept) if kept is not None else ())
            if current.others:
                others[name] = [line for line in current.now if line in current.others]
    except ConsultAssistError as error:
        failed = error
    return SavedFields(drafts=drafts, others=others, fields=fields, failed=failed)


def written_elsewhere(label: str, lines: Sequence[str]) -> str:
    """Say that others wrote into a field meanwhile, and what stands there."""
    words = "」「".join(lines)
    return (
        f"「{label}」に、別の画面で「{words}」と書かれました。"
        "どちらの行も残したので、見くらべて、いらない行を消してください。"
    )


def _field_named(fields: Sequence[RecordField], name: str) -> RecordField | None:
    return next((field for field in fields if field.name == name), None)
