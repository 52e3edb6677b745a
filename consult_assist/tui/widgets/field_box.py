"""One field of the record: its label, its editor, and what the program has for it."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import LineKind, RecordField
from consult_assist.domain.review import Commented
from consult_assist.record.choices import chosen_in, with_choices
from consult_assist.record.wording import one_line
from consult_assist.tui.messages import Said
from consult_assist.tui.presentation.record_text import (
    FieldDraft,
    empty_text,
    field_label,
    lines_of,
    overtaken_rows,
)
from consult_assist.tui.presentation.review import comment_paragraphs
from consult_assist.tui.widgets.choice import ChoiceScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.prose import Prose

_NO_CHOICES = "この欄に選択肢はありません。そのまま文字で書いてください。"


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
            self.post_message(Said(self.editor.refusal or _NO_CHOICES))
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

    def take_in(self, field: RecordField, *, held: bool) -> bool:
        """Show the program's lines, or hold them back while the clerk writes; say whether some came up."""
        self._known = field
        self.draft = self.draft.with_program(field)
        own = {line.text for line in field.lines if line.kind is LineKind.CLERK}
        self.editor.program_lines = frozenset({line.text for line in field.lines} - own)
        if self.editor.placeholder != (hint := empty_text(field, self.field)):
            self.editor.placeholder = hint
            self.editor.refresh(layout=True)
        grown = False
        if not self.changed and not (held and (self._filled or self.editor.text)):
            grown = self._filled and len(self.draft.now) > len(self.draft.base)
            self.fill()
        self.announce()
        return grown

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
