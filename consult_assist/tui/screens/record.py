"""One saved record beside its transcript."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Footer, Static

from consult_assist.app.playing import Stretch
from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import RecordField, RecordLine
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import Desk
from consult_assist.tui.files import write_export
from consult_assist.tui.keys import BACK, HELP, VEIL, key
from consult_assist.tui.messages import FieldLeft, LineChosen
from consult_assist.tui.presentation.records import record_title
from consult_assist.tui.screens.history import HistoryScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.panes import PaneTabs
from consult_assist.tui.widgets.record_form import FieldEditor, RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView

_KEEP_S = 2.0
_PATIENCE_S = 0.5
"""Waiting that needs no explanation."""
_FORMATS = (
    ("docx", "Word（.docx）"),
    ("pdf", "PDF（.pdf）"),
    ("xlsx", "Excel（.xlsx）"),
    ("sheet.pdf", "本人に渡すまとめ（.pdf）"),
    ("sheet.docx", "本人に渡すまとめ（.docx）"),
    ("txt", "テキスト（.txt）"),
    ("md", "Markdown（.md）"),
    ("csv", "表（.csv）"),
    ("json", "データ（.json）"),
)


class RecordScreen(OfficeScreen):
    """Read, hear, correct, export; every correction is kept with its author."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key(
            "f2", "play", "聞く", "選んだ行の録音を聞きます。記録の欄では、その行の元になった発言を聞きます。"
        ),
        key("f3", "export", "書出", "記録をファイルに書き出します。"),
        key("f4", "verify", "検証", "保存した記録に、書き換えや欠けがないかを調べます。"),
        key("f5", "close", "閉じる", "訂正した記録を閉じます。"),
        key("f6", "next_pane", "移動", "文字起こしと記録の間を移ります。"),
        key("f7", "stop", "止める", "再生を止めます。"),
        key(
            "f8",
            "change_form",
            "様式",
            "相談記録の様式を変えます。聞き取ったことと職員の書いたことは残ります。",
        ),
        BACK,
        VEIL,
        key("ctrl+g", "history", "履歴", "だれが・いつ・何を変えたかを見ます。下書きと今の違いも出ます。"),
    ]
    HELP_TEXT = (
        "文字起こしで ↑↓ を押して行を選び、F2 でその音を聞きます。記録の欄はそのまま直せます。"
        "直した人・時刻・前後の内容が残ります。太い字は職員の書いた言葉です。保存は自動です。"
    )

    def __init__(self, desk: Desk, consultation_id: str) -> None:
        super().__init__(desk)
        self._consultation_id = consultation_id
        self._document: RecordDocument | None = None

    def compose(self) -> ComposeResult:
        """Lay out the two panes."""
        yield Static("相談記録", id="page-title", markup=False)
        yield PaneTabs((("transcript", "文字起こし"), ("record", "記録")), id="tabs")
        with Container(id="panes"):
            with Vertical(id="transcript-pane"):
                yield Static("文字起こし", classes="pane-title", markup=False)
                yield TranscriptView(times=True, id="transcript")
                yield Static(id="transcript-note", markup=False)
            with Container(id="side"), Vertical(id="record-pane"):
                yield Static("相談記録", classes="pane-title", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Open the record."""
        self._show_pane("record")
        self._open()
        self.set_interval(_KEEP_S, self._keep)

    @work
    async def _open(self) -> None:
        document = await self.in_background(self.desk.open_record, self._consultation_id)
        if document is None:
            return
        await self._show_form(document)
        transcript = self.query_one(TranscriptView)
        transcript.show(document.transcript)
        if document.transcript:
            transcript.choose(document.transcript[0].id)
        self._show_title()
        self.show_pane("record" if self.has_class("-narrow") else "transcript")

    async def _show_form(self, document: RecordDocument) -> None:
        """Show the record in its form, in place of the one shown before."""
        self._document = document
        await self.query(RecordForm).remove()
        form = RecordForm(self._template(document.record.fields), id="record")
        await self.query_one("#record-pane").mount(form)
        form.take_in(document.record.fields)

    def _template(self, fields: Sequence[RecordField]) -> Sequence[TemplateField]:
        template = (
            self.desk.knowledge.templates.get(self._document.record.template) if self._document else None
        )
        hints = {field.name: field for field in template.fields} if template else {}
        return [
            hints.get(field.name) or TemplateField(name=field.name, label=field.label) for field in fields
        ]

    def _show_title(self) -> None:
        if self._document is not None:
            self.query_one("#page-title", Static).update(record_title(self._document.summary))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim what cannot be done now."""
        if action == "close":
            document = self._document
            return True if document and document.summary.state is ConsultationState.OPEN else None
        return True

    # -- panes ----------------------------------------------------------------------------------------------

    def _show_pane(self, pane: str) -> None:
        for name in ("transcript", "record"):
            self.set_class(name == pane, f"-show-{name}")
        self.query_one(PaneTabs).active = pane

    def action_next_pane(self) -> None:
        """Go to the other pane."""
        self.show_pane("record" if self.query_one(PaneTabs).active == "transcript" else "transcript")

    def show_pane(self, pane: str) -> None:
        """Bring a pane to the front and put the cursor there."""
        self._show_pane(pane)
        if pane == "transcript":
            self.query_one(TranscriptView).focus()
        else:
            for form in self.query(RecordForm):
                form.enter()

    @on(PaneTabs.Chosen)
    def _pane_chosen(self, message: PaneTabs.Chosen) -> None:
        self.show_pane(message.pane)

    @on(LineChosen)
    def _show_note(self) -> None:
        line = self.query_one(TranscriptView).chosen_line
        heard = f"聞こえたまま: {line.heard}" if line and not line.failure and line.heard != line.text else ""
        self.query_one("#transcript-note", Static).update(heard)

    # -- correcting -----------------------------------------------------------------------------------------

    @on(FieldLeft)
    def _field_left(self, message: FieldLeft) -> None:
        self._keep(message.field)

    @work(group="keep")
    async def _keep(self, left: str | None = None) -> None:
        await self._keep_now(left)

    async def _keep_now(self, left: str | None = None) -> None:
        for form in self.query(RecordForm):
            if not form.changed:
                continue
            try:
                await form.keep(self._fields, self._write, left=left)
            except ConsultAssistError as error:
                self.office.complain(error)
            self._show_title()

    def _fields(self) -> Sequence[RecordField]:
        return self._document.record.fields if self._document else ()

    def _write(self, field: str, text: str) -> None:
        self._document = self.desk.edit_record_field(self._consultation_id, field, text)

    @work(exclusive=True, group="close")
    async def action_close(self) -> None:
        """Close a corrected record."""
        await self._keep_now()
        document = await self.in_background(self.desk.close_record, self._consultation_id)
        if document is not None:
            self._document = document
            self._show_title()
            self.office.tell("記録を閉じました。")

    @work(exclusive=True, group="form")
    async def action_change_form(self) -> None:
        """Ask for another form and show the record in it."""
        templates = self.desk.knowledge.templates
        answers = [(template.id, template.name) for template in templates.values()]
        chosen = await self.ask("様式を変える", "どの様式にしますか。", (*answers, ("", "変えない")))
        if not chosen or self._document is None:
            return
        await self._keep_now()
        document = await self.in_background(self.desk.choose_template, self._consultation_id, chosen)
        if document is not None:
            await self._show_form(document)
            self._show_title()
            self.office.tell(f"様式を「{templates[chosen].name}」に変えました。")
            self.show_pane("record")

    def action_back(self) -> None:
        """Save and go back."""
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        await self._keep_now()
        await self.in_background(self.desk.stop_playing)
        await self.office.when_unveiled()
        if self.app.screen is self:
            self.app.pop_screen()

    # -- hearing, exporting ---------------------------------------------------------------------------------

    @work(exclusive=True, group="play")
    async def action_play(self) -> None:
        """Play the selected line, or the words behind the line of the record under the cursor."""
        transcript = self.query_one(TranscriptView)
        words = None
        if isinstance(self.focused, FieldEditor):
            evidence = self._evidence(self.focused)
            if evidence is None:
                self.office.tell("この行の元になった発言はありません（職員が書いた行です）。")
                return
            words, line_id = evidence
            transcript.choose(line_id)
        if (line := transcript.acted_line) is not None:
            part = None if words is None else await self._find_words(line.id, words)
            await self.in_background(self.desk.play_line, self._consultation_id, line.id, part)

    async def _find_words(self, line_id: str, words: RecordLine) -> Stretch | None:
        """Ask when words were said; the first time that loads the model, and a sentence says so."""
        hint = self.set_timer(_PATIENCE_S, lambda: self.office.tell("聞く場所を探しています…"))
        try:
            return await self.in_background(self.desk.find_words, self._consultation_id, line_id, words)
        finally:
            hint.stop()

    def _evidence(self, editor: FieldEditor) -> tuple[RecordLine, str] | None:
        """Return the line under the cursor and the first utterance behind it."""
        text = editor.document.get_line(editor.cursor_location[0])
        known = {line.id for line in self._document.transcript} if self._document else set()
        lines = [line for field in self._fields() if field.name == editor.field_name for line in field.lines]
        found = (
            (line, item)
            for line in lines
            if line.text == text
            for item in line.utterance_ids
            if item in known
        )
        return next(found, None)

    @work(exclusive=True, group="play")
    async def action_stop(self) -> None:
        """Stop the sound."""
        await self.in_background(self.desk.stop_playing)

    @work(exclusive=True, group="history")
    async def action_history(self) -> None:
        """Show who changed what, and when."""
        await self._keep_now()
        await self.office.when_unveiled()
        self.app.push_screen(HistoryScreen(self.desk, self._consultation_id))

    @work(exclusive=True, group="verify")
    async def action_verify(self) -> None:
        """Check the chain of events."""
        await self.verify()

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask for the format and write the file."""
        format_name = await self.ask("書き出す", "形式を選んでください。", _FORMATS)
        if not format_name or self._document is None:
            return
        await self._keep_now()
        path = await self.in_background(self._export, format_name)
        if path is not None:
            await self.ask("書き出しました", str(path), (("", "閉じる"),))

    def _export(self, format_name: str) -> str:
        assert self._document is not None
        content = self.desk.export_record(self._consultation_id, format_name)
        started_at = self._document.summary.started_at
        return str(write_export(content, started_at=started_at, suffix=format_name))
