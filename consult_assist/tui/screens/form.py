"""Choosing the form of a record: official or a proposal, what has to be known of it, its sources."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from consult_assist.domain.knowledge import Template
from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.prose import Paragraph, plain
from consult_assist.tui.presentation.record_text import REQUIRED
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_NAME_CELLS = 40
_MAX_SOURCES = 2
_CHANGE = ("様式を変える", "聞き取ったことと職員の書いたことは、すべて残ります。")
_CHOOSE = ("様式を選ぶ", "相談が始まってからも、Ctrl+F で変えられます。")


async def ask_form(screen: OfficeScreen, current: str | None, *, begun: bool = True) -> Template | None:
    """Ask for a form; None when nothing is to change, `begun` once there is a record in another one."""
    templates = screen.desk.knowledge.templates
    await screen.office.when_unveiled()
    chosen = await screen.app.push_screen_wait(FormScreen(tuple(templates.values()), current, begun=begun))
    return None if chosen is None or chosen == current else templates[chosen]


class FormScreen(Dialog[str]):
    """Returns the id of a form, or None when the person stepped back."""

    keys = "↑↓ で選んで Enter ・ F9 変えない"

    def __init__(self, templates: Sequence[Template], current: str | None, *, begun: bool = True) -> None:
        super().__init__()
        self._templates = templates
        self._current = current
        self.title, self._remark = _CHANGE if begun else _CHOOSE

    def body(self) -> ComposeResult:
        """Lay out the forms, and what is known of the one under the cursor."""
        yield Prose([plain(self._remark)])
        yield OptionList(*(Option(self._row(form), id=form.id) for form in self._templates), markup=False)
        yield Prose(id="form-note")

    def _row(self, form: Template) -> Content:
        mark = "(*)" if form.id == self._current else "( )"
        kind = "公の様式から" if form.official else "案"
        return Content.assemble((f" {mark} ", "bold"), pad(form.name, _NAME_CELLS), (kind, "$quiet"))

    def on_mount(self) -> None:
        """Begin on the form the record has."""
        ids = [form.id for form in self._templates]
        self.query_one(OptionList).highlighted = ids.index(self._current) if self._current in ids else 0

    @on(OptionList.OptionHighlighted)
    def _show_note(self, event: OptionList.OptionHighlighted) -> None:
        form = next(form for form in self._templates if form.id == event.option_id)
        self.query_one("#form-note", Prose).show(form_paragraphs(form))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the form."""
        self.dismiss(event.option_id)


def form_paragraphs(form: Template) -> list[Paragraph]:
    """Return what has to be known of a form."""
    required = [field.label for field in form.fields if field.required]
    paragraphs = [plain(form.note)] if form.note else []
    if required:
        paragraphs.append(plain(f"{REQUIRED} 必ず書く欄: {'、'.join(required)}", "$quiet"))
    sources = [f"出典: {source.what or source.url}（{source.as_of}）" for source in form.sources]
    return [*paragraphs, *(plain(text, "$quiet") for text in sources[:_MAX_SOURCES])]
