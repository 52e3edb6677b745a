"""Before a consultation: consent, name of the clerk, case number."""

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.domain.consultation import Consent
from consult_assist.domain.knowledge import Template
from consult_assist.tui.desk import Correctable, Desk, LiveSession
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.case import known_case
from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.record_text import form_title
from consult_assist.tui.screens.form import ask_form
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose

_CHOICES = (
    (Consent.RECORDED, "F3", "録音あり", "音声と文字を残します"),
    (Consent.TEXT_ONLY, "F4", "録音なし・文字のみ", "音声は残さず、文字だけを残します"),
    (Consent.HANDWRITTEN, "F5", "なし（手書き）", "マイクを使わず、職員が手で書きます"),
)

_PAUSE_S = 0.4
_CONSENT_FIRST = "録音の同意を選んでください（F3・F4・F5）。"
_NAME_FIRST = "担当者名を入れてください。"


class StartScreen(OfficeScreen):
    """Nothing is captured before the resident's answer was entered here."""

    BINDINGS = page_keys(
        key("f2", "start", "開始", "この内容で相談を始めます。"),
        key("f3", "consent('recorded')", "録音あり", "録音に同意がありました。音声と文字を残します。"),
        key("f4", "consent('text_only')", "文字のみ", "録音はせず、文字だけを残します。"),
        key("f5", "consent('handwritten')", "手書き", "マイクを使わず、手で書きます。"),
        key("f6", "form", "様式", "相談記録の様式を選びます。あとからでも変えられます。"),
    )
    HELP_TEXT = (
        "相談者に録音してよいかをたずね、答えを選んでから始めてください。同意は相談の途中でも取り消せます。"
        "担当者名はパソコンの利用者名から入れています。本人であることの確認はしていません。\n"
        "前にも来た方の案件番号を入れると、前回から残っていること（次回と決めたこと、まだ説明していない制度など）が出ます。"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._consent: Consent | None = None
        self._form: Template | None = None

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        usual = self.desk.knowledge.templates.get(self.desk.template)
        yield Static("相談を始める", id="page-title", markup=False)
        with Vertical(id="start"):
            yield Static("録音の同意（相談者にたずねてください）", classes="form-label", markup=False)
            yield OptionList(id="consent")
            with Horizontal(classes="form-row"):
                yield Static("担当者名", classes="form-name", markup=False)
                yield Input(id="operator", compact=True, max_length=40)
                yield Static("職員認証なし", classes="form-note", markup=False)
            with Horizontal(classes="form-row"):
                yield Static("案件番号", classes="form-name", markup=False)
                yield Input(id="case-number", compact=True, max_length=40)
                yield Static("空のままでもかまいません", classes="form-note", markup=False)
            yield Prose(id="known-case")
            with Horizontal(classes="form-row"):
                yield Static("様式", classes="form-name", markup=False)
                yield Static(form_title(usual), id="start-form", markup=False)
                yield Static("F6 で選びます", classes="form-note", markup=False)
            with Horizontal(id="start-buttons"):
                yield Button("開始（F2）", id="start-now", compact=True)
                yield Button("戻る（F9）", id="start-back", compact=True)
        yield KeyRow()

    def on_mount(self) -> None:
        """Propose the clerk's name; the consent is not proposed."""
        self.desk.load_ahead()
        self.query_one("#operator", Input).value = self.desk.default_operator()
        self._show_choices()

    def _show_choices(self) -> None:
        choices = self.query_one(OptionList)
        place = choices.highlighted or 0
        choices.set_options(
            [
                Option(
                    Content.assemble(
                        ("(*) " if consent is self._consent else "( ) ", "bold"),
                        (f"{shown} ", "bold $accent"),
                        (pad(title, 20), "bold"),
                        (remark, "$quiet"),
                    ),
                    id=consent.value,
                )
                for consent, shown, title, remark in _CHOICES
            ]
        )
        choices.highlighted = place

    def action_consent(self, consent: str) -> None:
        """Enter the resident's answer."""
        self._consent = Consent(consent)
        self.unsay(_CONSENT_FIRST)
        self.query_one(OptionList).highlighted = [item[0] for item in _CHOICES].index(self._consent)
        self._show_choices()

    @on(OptionList.OptionSelected)
    def _consent_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_consent(event.option_id or "")
        self.query_one("#operator").focus()

    @on(Input.Changed, "#operator")
    def _name_typed(self) -> None:
        self.unsay(_NAME_FIRST)

    @on(Input.Changed, "#case-number")
    def _case_typed(self, event: Input.Changed) -> None:
        self._show_case(event.value.strip())

    @work(exclusive=True, group="case")
    async def _show_case(self, number: str) -> None:
        """Show what an earlier talk of the case left open, once the typing has come to rest."""
        await asyncio.sleep(_PAUSE_S)
        case = await self.in_background(self.desk.open_case, number) if number else None
        text = [] if case is None else known_case(case, self.desk.knowledge)
        self.query_one("#known-case", Prose).show(text)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#start-now")
    def _start_pressed(self) -> None:
        self.action_start()

    @on(Button.Pressed, "#start-back")
    def _back_pressed(self) -> None:
        self.action_back()

    def action_start(self) -> None:
        """Load what is needed and open the counter screen."""
        consent = self._consent
        operator = self.query_one("#operator", Input).value.strip()
        if consent is None:
            self.office.tell(_CONSENT_FIRST)
            self.query_one(OptionList).focus()
            return
        if not operator:
            self.office.tell(_NAME_FIRST)
            self.query_one("#operator").focus()
            return
        case_number = self.query_one("#case-number", Input).value.strip() or None
        form = self._form

        def start() -> LiveSession:
            session = self.desk.start_consultation(
                consent=consent, operator=operator, case_number=case_number
            )
            if form is not None and isinstance(session, Correctable):
                session.choose_template(form.id)
            return session

        self.office.open_counter(start, instead_of=self)

    @work(exclusive=True, group="form")
    async def action_form(self) -> None:
        """Ask for the form of the record."""
        form = await ask_form(self, self.desk.template if self._form is None else self._form.id, begun=False)
        if form is not None:
            self._form = form
            self.query_one("#start-form", Static).update(form_title(form))
