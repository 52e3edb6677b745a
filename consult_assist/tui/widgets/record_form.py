"""The record as a form: program's lines flow in, the clerk's words are never touched."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widgets import TextArea

from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import RecordField
from consult_assist.domain.review import Commented
from consult_assist.record.wording import one_line
from consult_assist.tui.messages import FieldEntered
from consult_assist.tui.presentation.record_text import lines_of, save_fields
from consult_assist.tui.widgets.field_box import FieldBox
from consult_assist.tui.widgets.field_editor import FieldEditor

NO_STEP = {False: "これより前の変更はありません。", True: "やり直せる変更はありません。"}


class RecordForm(VerticalScroll, can_focus=False):
    """All fields of the template, one below the other."""

    def __init__(self, fields: Sequence[TemplateField], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fields = tuple(fields)
        self._last = ""
        self._followed = 0
        """Row at the top as of the last new lines."""
        self._keeping = asyncio.Lock()
        self._untold: dict[str, Sequence[str]] = {}
        """Lines of another window beside which words were saved before another field failed."""

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

    def enter(self) -> None:
        """Put the cursor into the field it was in; at first into one that is still to be written.

        Where a field is entered for the first time, what is typed comes after what stands there.
        """
        editors = list(self.query(FieldEditor))
        before = [editor for editor in editors if editor.field_name == self._last]
        empty = [editor for editor in editors if not (editor.text or editor.read_only)]
        wanted = next(iter([*before, *empty, *editors]), None)
        if wanted is None:  # the form is still being built
            return
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

    def let_write(self, refusal: str) -> None:
        """Let people write into the fields, or only read, and say then why."""
        for editor in self.query(FieldEditor):
            editor.refusal = refusal
            editor.read_only = bool(refusal)

    def show_comments(self, comments: Mapping[str, Sequence[Commented]]) -> None:
        """Show what was said about each field."""
        for name, box in self.boxes.items():
            box.show_comments(comments.get(name, ()))

    def _show_step(self, field: str) -> None:
        """Fill a field with what the record has now, also while the clerk is in it, but never over words."""
        if (box := self.boxes.get(field)) is not None and not box.changed:
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
            self._show_step(field)
        return moved

    def forget(self) -> None:
        """Empty every field: what it held was erased."""
        for box in self.query(FieldBox):
            box.empty()

    def take_in(self, fields: Sequence[RecordField], *, left: str | None = None) -> None:
        """Take in the record as the program has it; while the clerk edits a field, nothing else moves."""
        boxes, editing = self.boxes, self.editing
        grown = [
            box
            for field in fields
            if (box := boxes.get(field.name)) is not None
            and box.take_in(field, held=editing and (field.name != left or box.editor.has_focus))
        ]
        if grown and not editing and self.scroll_offset.y == self._followed:
            self.call_after_refresh(self._follow, grown[-1])

    def _follow(self, box: FieldBox) -> None:
        """Bring new lines into view; where the person scrolled to another place, that is kept."""
        bottom = box.virtual_region.bottom
        if not self.scroll_offset.y < bottom <= self.scroll_offset.y + self.size.height:
            self.scroll_to(y=bottom - self.size.height, animate=False, immediate=True)
        self._followed = self.scroll_offset.y

    async def keep(
        self,
        read: Callable[[], Sequence[RecordField]],
        write: Callable[[str, str], object],
        *,
        left: str | None = None,
    ) -> Mapping[str, Sequence[str]]:
        """Save what the clerk typed and take in what the program drafted, without blocking the screen.

        Args:
            read: the record's fields by now.
            write: field name, text → saved.
            left: the field the clerk has just left; its new lines come in although another is being edited.

        Returns:
            Label of a saved field → the lines that were written there in another window meanwhile.

        Raises:
            ConsultAssistError: a field could not be saved; those before it are.
        """
        async with self._keeping:
            boxes = self.boxes
            edits = {name: (box.draft, box.editor.text) for name, box in boxes.items() if box.changed}
            saved = await asyncio.to_thread(save_fields, edits, read, write)
            for name, draft in saved.drafts.items():
                boxes[name].draft = draft
            self._untold |= {boxes[name].field.label: lines for name, lines in saved.others.items()}
            if saved.failed is not None:
                raise saved.failed
            others, self._untold = self._untold, {}
            if not self.is_attached:
                return others  # the screen was left meanwhile
            await self._make_room(saved.fields)
            self.take_in(saved.fields, left=left)
            return others

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

    def on_field_left(self) -> None:
        """Follow new lines from here on."""
        self._followed = self.scroll_offset.y

    def on_resize(self) -> None:
        """Follow new lines from where another height has left it; a danger banner takes much of it."""
        self.call_after_refresh(self._show_cursor)
        self.call_after_refresh(self.on_field_left)

    @on(TextArea.SelectionChanged)
    def _cursor_moved(self) -> None:
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        """Bring the row that is being written into view."""
        for editor in self.query(FieldEditor):
            if editor.has_focus:
                row = editor.cursor_screen_offset.y - self.content_region.y + self.scroll_offset.y
                self.scroll_to_region(Region(0, row, 1, 1), animate=False, immediate=True)
