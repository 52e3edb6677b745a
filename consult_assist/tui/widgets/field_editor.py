"""The editor of one field of the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Size
from textual.message import Message
from textual.widgets import TextArea

from consult_assist.domain.knowledge import TemplateField
from consult_assist.tui.messages import FieldEntered, FieldLeft, Said, StepWanted
from consult_assist.tui.presentation.found import MARKED, word_spans
from consult_assist.tui.widgets.wrapping import JapaneseRows

_WRITING = frozenset({"enter", "backspace", "delete"})


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
        self.field_name = field.name
        self.program_lines: frozenset[str] = frozenset()
        self.commented_lines: frozenset[str] = frozenset()
        self.words: Sequence[str] = ()
        self.refusal = ""

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

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = JapaneseRows(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

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
            self.post_message(Said(self.refusal))

    def on_focus(self, _: events.Focus) -> None:
        """Tell the screen that new lines must wait."""
        self.post_message(FieldEntered(self.field_name))

    def on_blur(self, _: events.Blur) -> None:
        """Tell the screen to save and to let waiting lines in."""
        self.post_message(FieldLeft(self.field_name))
