"""The record as a form: program's lines flow in, the clerk's words are never touched."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static, TextArea

from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import LineKind, RecordField
from consult_assist.domain.review import Commented
from consult_assist.record.choices import chosen_in, with_choices
from consult_assist.record.wording import one_line
from consult_assist.tui.messages import FieldEntered, FieldLeft, Said, StepWanted
from consult_assist.tui.presentation.found import MARKED, word_spans
from consult_assist.tui.presentation.record_text import (
    FieldDraft,
    editor_lines,
    empty_text,
    field_label,
    lines_of,
    overtaken_rows,
    save_fields,
)
from consult_assist.tui.presentation.review import comment_paragraphs
from consult_assist.tui.widgets.choice import ChoiceScreen
from consult_assist.tui.widgets.prose import Prose

_NO_CHOICES = "この欄に選択肢はありません。そのまま文字で書いてください。"
_LOCKED = "この記録は提出済か決裁済なので、直せません。直すときは F5 を押してください。"
_WRITING = frozenset({"enter", "backspace", "delete"})
NO_STEP = {False: "これより前の変更はありません。", True: "やり直せる変更はありません。"}


class FieldEditor(TextArea, inherit_bindings=False):
    """Plain Japanese editing with undo; lines that the clerk typed stand out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(item for item in TextArea.BINDINGS if not (isinstance(item, Binding) and item.key in {"f6", "f7"})),
        Binding("ctrl+o", "choose", show=False, priority=True),
    ]

    @dataclass
    class ChoiceWanted(Message):
        """The clerk wants to choose from what the field offers."""

    def __init__(self, field: TemplateField) -> None:
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            placeholder=field.hint,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.field_name = field.name
        self.program_lines: frozenset[str] = frozenset()
        self.commented_lines: frozenset[str] = frozenset()
        self.words: Sequence[str] = ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows of the text, or of what an empty field says."""
        height = super().get_content_height(container, viewport, width)
        hint = [] if self.text else Content(str(self.placeholder)).wrap(max(1, width))
        return max(height, len(hint))

    def get_line(self, line_index: int) -> Text:
        """Return a line: bold if not the program's, underlined if commented on, searched words marked."""
        line = super().get_line(line_index)
        if line.plain in self.commented_lines:
            line.stylize(Style(underline=True))
        if line.plain.strip() and line.plain not in self.program_lines:
            line.stylize(Style(bold=True))
        for start, end in word_spans(line.plain, self.words):
            line.stylize(Style.parse(MARKED), start, end)
        return line

    def action_undo(self) -> None:
        """Undo what was typed here; after that, what was saved before."""
        if self.read_only:
            return
        if self.history.undo_stack:
            self.undo()
        else:
            self.post_message(StepWanted(self.field_name, forward=False))

    def action_redo(self) -> None:
        """Bring back what was undone here; after that, what was taken back before."""
        if self.read_only:
            return
        if self.history.redo_stack:
            self.redo()
        else:
            self.post_message(StepWanted(self.field_name, forward=True))

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; from the end of the field, into the next one."""
        below = None if select or self.cursor_location != self.document.end else self._beside(1)
        if below is None:
            super().action_cursor_down(select)
        else:
            below.focus()
            below.move_cursor((0, 0))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the beginning of the field, into the one before."""
        above = None if select or self.cursor_location != (0, 0) else self._beside(-1)
        if above is None:
            super().action_cursor_up(select)
        else:
            above.focus()
            above.move_cursor(above.document.end)

    def _beside(self, step: int) -> "FieldEditor | None":
        editors = list(self.screen.query(FieldEditor))
        place = editors.index(self) + step
        return editors[place] if 0 <= place < len(editors) else None

    def action_choose(self) -> None:
        """Ask for the choices of the field."""
        self.post_message(self.ChoiceWanted())

    def on_key(self, event: events.Key) -> None:
        """Say why nothing is written where nothing can be."""
        if self.read_only and (event.is_printable or event.key in _WRITING):
            self.post_message(Said(_LOCKED))

    def on_focus(self, _: events.Focus) -> None:
        """Tell the screen that new lines must wait."""
        self.post_message(FieldEntered(self.field_name))

    def on_blur(self, _: events.Blur) -> None:
        """Tell the screen to save and to let waiting lines in."""
        self.post_message(FieldLeft(self.field_name, self.text))


class FieldBox(Vertical):
    """A label, its editor, and what was said about it in the review."""

    def __init__(self, field: TemplateField) -> None:
        super().__init__(classes="field")
        self.field = field
        self.draft = FieldDraft()
        self.editor = FieldEditor(field)
        self._label = Static(field.label, classes="field-label", markup=False)
        self._comments = Prose()
        self._filled = False
        self._known: RecordField | None = None

    def compose(self) -> ComposeResult:
        """Lay out label, editor and comments."""
        yield self._label
        yield self.editor
        yield self._comments

    def announce(self) -> None:
        """Say beside the label what is to be chosen and how many new lines wait."""
        pieces = field_label(
            self.field,
            chosen=bool(self.chosen),
            waiting=self.draft.waiting,
            overtaken=() if self._known is None else overtaken_rows(self._known, self.editor.text),
        )
        self._label.update(Content.assemble(*pieces))

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen."""
        return chosen_in(self.field, self.editor.text)

    @on(TextArea.Changed)
    def _text_changed(self) -> None:
        self.announce()

    @on(events.Click, ".field-label")
    def _label_clicked(self) -> None:
        if self.field.choices:
            self._choose()

    @on(FieldEditor.ChoiceWanted)
    def _choose(self) -> None:
        if self.editor.read_only or not self.field.choices:
            self.post_message(Said(_LOCKED if self.editor.read_only else _NO_CHOICES))
        else:
            self.app.push_screen(ChoiceScreen(self.field, self.chosen), self._take)

    def _take(self, chosen: tuple[str, ...] | None) -> None:
        """Put what was chosen on top, as one step that can be undone."""
        editor = self.editor
        editor.focus()
        text = editor.text if chosen is None else with_choices(self.field, editor.text, chosen)
        if text != editor.text:
            editor.replace(text, (0, 0), editor.document.end, maintain_selection_offset=False)
            editor.move_cursor(editor.document.end)

    def take_in(self, field: RecordField, *, held: bool) -> None:
        """Show the program's lines, or hold them back while the clerk is writing."""
        self._known = field
        self.draft = self.draft.with_program(editor_lines(field))
        own = {line.text for line in field.lines if line.kind is LineKind.CLERK}
        self.editor.program_lines = frozenset({line.text for line in field.lines} - own)
        if self.editor.placeholder != (hint := empty_text(field, self.field)):
            self.editor.placeholder = hint
            self.editor.refresh(layout=True)
        if not self.changed and not (held and self._filled):
            self.fill()
        self.announce()

    def show_comments(self, comments: Sequence[Commented]) -> None:
        """Show below the field what was said about it, and mark the lines."""
        self._comments.show(comment_paragraphs(comments))
        self.editor.commented_lines = frozenset(one_line(item.line) for item in comments if item.line)
        self.editor.refresh()

    def fill(self) -> None:
        """Fill the editor with what the program has."""
        self._filled = True
        text = "\n".join(self.draft.now)
        self.draft = self.draft.shown()
        if self.editor.text != text:
            self.editor.load_text(text)

    def empty(self) -> None:
        """Forget what it held."""
        self.draft = FieldDraft()
        self._known = None
        self.editor.load_text("")

    @property
    def changed(self) -> bool:
        """Whether the clerk changed something that is not saved."""
        return lines_of(self.editor.text) != self.draft.base


class RecordForm(VerticalScroll, can_focus=False):
    """All fields of the template, one below the other."""

    def __init__(self, fields: Sequence[TemplateField], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fields = tuple(fields)
        self._last = ""
        self._keeping = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        for field in self._fields:
            yield FieldBox(field)

    @property
    def boxes(self) -> Mapping[str, FieldBox]:
        """Field name → box."""
        return {box.field.name: box for box in self.query(FieldBox)}

    @property
    def editing(self) -> bool:
        """Whether the clerk is in one of the fields: then nothing in the form moves."""
        return any(box.editor.has_focus for box in self.query(FieldBox))

    @property
    def changed(self) -> bool:
        """Whether something the clerk typed is not saved."""
        return any(box.changed for box in self.query(FieldBox))

    @property
    def waiting(self) -> int:
        """New lines that are held back, in all fields."""
        return sum(box.draft.waiting for box in self.query(FieldBox))

    def mark(self, words: Sequence[str]) -> None:
        """Mark words that were searched for."""
        for box in self.query(FieldBox):
            box.editor.words = words

    def enter(self, *, to_write: bool = False) -> None:
        """Put the cursor into the field it was in; at first into the first one, or the first empty one.

        Where a field is entered for the first time, what is typed comes after what stands there.
        """
        editors = list(self.query(FieldEditor))
        before = [editor for editor in editors if editor.field_name == self._last]
        empty = [editor for editor in editors if to_write and not editor.text]
        wanted = [*before, *empty, *editors][0]
        if wanted.cursor_location == (0, 0) and not wanted.read_only:
            wanted.move_cursor(wanted.document.end)
        wanted.focus()

    def go_to(self, field: str, line: str | None = None) -> None:
        """Put the cursor on a line of a field."""
        if (box := self.boxes.get(field)) is None:
            return
        rows = lines_of(box.editor.text)
        row = rows.index(one_line(line)) if line is not None and one_line(line) in rows else 0
        box.editor.focus()
        box.editor.move_cursor((row, 0))

    def let_write(self, *, allowed: bool) -> None:
        """Let people write into the fields, or only read."""
        for editor in self.query(FieldEditor):
            editor.read_only = not allowed

    def show_comments(self, comments: Mapping[str, Sequence[Commented]]) -> None:
        """Show what was said about each field."""
        for name, box in self.boxes.items():
            box.show_comments(comments.get(name, ()))

    def show_step(self, field: str) -> None:
        """Fill a field with what the record has now, although the clerk is in it."""
        if (box := self.boxes.get(field)) is not None:
            box.fill()
            box.editor.move_cursor(box.editor.document.end)

    async def step(
        self, field: str, act: Callable[[], bool], read: Callable[[], Sequence[RecordField]]
    ) -> bool:
        """Take an edit of a field back or bring it back, and say whether there was one."""
        async with self._keeping:
            moved = await asyncio.to_thread(act)
            fields = await asyncio.to_thread(read)
        if moved and self.is_attached:
            self.take_in(fields)
            self.show_step(field)
        return moved

    def forget(self) -> None:
        """Empty every field: what it held was erased."""
        for box in self.query(FieldBox):
            box.empty()

    def take_in(self, fields: Sequence[RecordField], *, left: str | None = None) -> None:
        """Take in the record as the program has it; while the clerk edits a field, nothing else moves."""
        boxes, editing = self.boxes, self.editing
        for field in fields:
            if (box := boxes.get(field.name)) is not None:
                box.take_in(field, held=editing and (field.name != left or box.editor.has_focus))

    async def keep(
        self,
        read: Callable[[], Sequence[RecordField]],
        write: Callable[[str, str], object],
        *,
        left: str | None = None,
    ) -> None:
        """Save what the clerk typed and take in what the program drafted, without blocking the screen.

        Args:
            read: the record's fields by now.
            write: field name, text → saved.
            left: the field the clerk has just left; its new lines come in although another is being edited.
        """
        async with self._keeping:
            boxes = self.boxes
            edits = {name: (box.draft, box.editor.text) for name, box in boxes.items() if box.changed}
            saved, fields = await asyncio.to_thread(save_fields, edits, read, write)
            if not self.is_attached:
                return  # the screen was left meanwhile
            for name, draft in saved.items():
                boxes[name].draft = draft
            await self._make_room(fields)
            self.take_in(fields, left=left)

    async def _make_room(self, fields: Sequence[RecordField]) -> None:
        """Add boxes for what came up and has no field in this form."""
        known = self.boxes
        missing = [field for field in fields if field.name not in known]
        if missing:
            boxes = [FieldBox(TemplateField(name=field.name, label=field.label)) for field in missing]
            await self.mount_all(boxes)

    def on_field_entered(self, message: FieldEntered) -> None:
        """Remember where the clerk was."""
        self._last = message.field
