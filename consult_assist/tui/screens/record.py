"""One saved record beside its transcript."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from consult_assist.counter.labels import has_sound
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import RecordField
from consult_assist.domain.review import ReviewState
from consult_assist.record.signing import Obstacle
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import BACK, HELP, VEIL, key
from consult_assist.tui.messages import LineChosen
from consult_assist.tui.presentation.cells import pad
from consult_assist.tui.presentation.found import word_spans
from consult_assist.tui.presentation.record_text import form_fields, form_title
from consult_assist.tui.presentation.records import record_title
from consult_assist.tui.presentation.review import comments_by_field, review_note
from consult_assist.tui.presentation.transcript_rows import heard_note
from consult_assist.tui.screens.case import show_case
from consult_assist.tui.screens.correcting import CORRECTING_KEYS, CorrectingScreen
from consult_assist.tui.screens.exporting import export_record
from consult_assist.tui.screens.form import ask_form
from consult_assist.tui.screens.hearing import play_chosen
from consult_assist.tui.screens.review import comment_on, review_record
from consult_assist.tui.screens.withdraw import ask_to_redact
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.panes import PaneTabs
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.record_form import RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView

# What a footer of 80 cells has no room for: action, words, key.
_MORE = (
    ("readback", "復唱リスト", "Ctrl+R"),
    ("history", "変更の履歴", "Ctrl+G"),
    ("case", "案件を見る、番号を付ける", "Ctrl+N"),
    ("change_form", "様式を変える", "Ctrl+F"),
    ("redact", "選んだ発言を記録から外す", "Ctrl+T"),
    ("verify", "記録と録音の書きかえや抜けを調べる", "F4"),
)
_MORE_CELLS = 36
_LINE_FIRST = "F6 で記録の欄に移り、指摘する行を選んでください。"
_LOCKED = "この記録は提出済か決裁済なので、直せません。直すときは F5 を押してください。"
_SENT_BACK = "差し戻した記録なので、担当者が直します。自分で直すときは、F9 で戻って開き直してください。"
_UNKEPT = (
    "まだ保存できていません",
    "この記録に書いたもののうち、保存できていないものがあります。",
    (("", "この記録に戻る"), ("leave", "保存できていないものを捨てて、前の画面に戻る")),
)


class RecordScreen(CorrectingScreen):
    """Read, hear, correct, export; every correction is kept with its author."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key(
            "f2", "play", "聞く", "選んだ行の録音を聞きます。記録の欄では、その行の元になった発言を聞きます。"
        ),
        key("f3", "export", "書出", "記録をファイルに書き出します。"),
        key("f4", "verify", "点検", "保存した記録と録音に、書きかえや抜けがないかを調べます。", show=False),
        key("f4", "comment", "指摘", "提出された記録の、カーソルのある行に指摘を付けます。"),
        key(
            "f5",
            "review('submit')",
            "提出",
            "足りない所がないかを確かめて、記録を提出します。閉じるだけもできます。",
        ),
        key("f5", "review('decide')", "決裁", "提出された記録を承認する、差し戻す、または取り下げます。"),
        key("f5", "review('amend')", "訂正", "決裁された記録の訂正を、理由を付けて始めます。"),
        key("f5", "next_waiting", "次へ", "決裁を待つ、次の記録を開きます。"),
        key("f6", "next_pane", "移動", "文字起こしと記録の間を移ります。"),
        key("f7", "stop", "止める", "再生を止めます。"),
        key("f8", "more", "ほか", "下に出ていない操作（次の Ctrl のキーと F4）を、一覧から選びます。"),
        BACK,
        VEIL,
        key(
            "ctrl+f",
            "change_form",
            "様式",
            "相談記録の様式を変えます。聞き取ったことと職員の書いたことは残ります。",
            show=False,
        ),
        key(
            "ctrl+n",
            "case",
            "案件",
            "同じ案件番号の相談と、残っていることを見ます。番号もここで付けます。",
            show=False,
        ),
        *CORRECTING_KEYS,
        key(
            "ctrl+t",
            "redact",
            "消す",
            "選んだ発言の文字と音を消し、記録から外します。元には戻せません。",
            show=False,
        ),
    ]
    HELP_TEXT = (
        "文字起こしで ↑↓ を押して行を選び、F2 でその音を聞き、Enter でその言葉を直します。"
        "記録の欄はそのまま直せます。↑↓ か Tab で次の欄へ移ります。選択肢のある欄では Ctrl+O で選べます。"
        "直した人・時刻・前後の内容が残ります。太い字は職員の書いた言葉です。保存は自動です。"
    )

    _panes = (("transcript", "文字起こし"), ("record", "記録"))

    def __init__(
        self,
        desk: Desk,
        consultation_id: str,
        *,
        decided: frozenset[str] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        """Open a record.

        Args:
            desk: what can be done.
            consultation_id: which.
            decided: those that were decided before it, one after the other.
            words: searched for, to be marked in it.
        """
        super().__init__(desk, consultation_id)
        self._decided = decided
        self._words = words
        self._may_go_on = False
        self._sent_back = False

    def compose(self) -> ComposeResult:
        """Lay out the two panes."""
        yield Static("相談記録", id="page-title", markup=False)
        yield PaneTabs(self._panes, id="tabs")
        with Container(id="panes"):
            with Vertical(id="transcript-pane"):
                yield Static("文字起こし", classes="pane-title", markup=False)
                yield TranscriptView(times=True, id="transcript")
                yield Static(id="transcript-note", markup=False)
            with Container(id="side"), Vertical(id="record-pane"):
                yield Static("相談記録", id="form-title", classes="pane-title", markup=False)
                yield Prose(id="review-note")
        yield KeyRow()

    def on_mount(self) -> None:
        """Open the record."""
        self._bring_forward("record")
        self._open()

    @work
    async def _open(self) -> None:
        document = await self.in_background(self.desk.open_record, self._consultation_id)
        if document is None:
            return
        await self._show_form(document)
        transcript = self.query_one(TranscriptView)
        transcript.words = self._words
        transcript.say(empty="文字起こしはありません")
        transcript.show(document.transcript)
        if document.transcript:
            lines = document.transcript
            hit = next((line for line in lines if word_spans(line.text, self._words)), lines[0])
            transcript.choose(hit.id)
        self._show_title()
        to_read = bool(document.transcript) and not self.has_class("-narrow")
        self.show_pane("transcript" if to_read else "record")
        missing = await self.in_background(self.desk.missing_sound, self._consultation_id)
        if missing is not None:
            self.notice(missing, wrong=True)

    async def _show_form(self, document: RecordDocument) -> None:
        """Show the record in its form, in place of the one shown before."""
        self._document = document
        form_name = form_title(self.desk.knowledge.templates.get(document.record.template))
        self.query_one("#form-title", Static).update(f"相談記録　{form_name}")
        await self.query(RecordForm).remove()
        form = RecordForm(self._template(document.record.fields), id="record")
        await self.query_one("#record-pane").mount(form)
        form.mark(self._words)
        form.take_in(document.record.fields)
        self._show_review(document)

    def _template(self, fields: Sequence[RecordField]) -> Sequence[TemplateField]:
        templates = self.desk.knowledge.templates
        return form_fields(templates.get(self._document.record.template) if self._document else None, fields)

    def _show_title(self) -> None:
        if self._document is not None:
            title = record_title(self._document.summary, submits=not (self._may_go_on or self._sent_back))
            self.query_one("#page-title", Static).update(title)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show of the keys with several meanings the one that fits where the record stands."""
        state = self._document.review.state if self._document else ReviewState.DRAFT
        waits = state is ReviewState.SUBMITTED
        match action:
            case "play" | "stop":
                return None if self._document and not has_sound(self._document.summary) else True
            case "next_waiting":
                return self._may_go_on
            case "verify" | "comment":
                return waits is (action == "comment")
            case "change_form":
                return None if self._document and self._refusal(self._document) else True
            case "review":
                fitting = "decide" if waits else "amend" if state is ReviewState.APPROVED else "submit"
                return parameters == (fitting,) and not (self._may_go_on or self._sent_back)
        return True

    # -- panes ----------------------------------------------------------------------------------------------

    def _enter(self, pane: str) -> None:
        if pane == "transcript":
            self.query_one(TranscriptView).focus()
        else:
            for form in self.query(RecordForm):
                form.enter()

    @on(LineChosen)
    def _show_note(self) -> None:
        note = heard_note(self.query_one(TranscriptView).chosen_line)
        self.query_one("#transcript-note", Static).update(note)

    @work(exclusive=True, group="more")
    async def action_more(self) -> None:
        """Ask for one of the acts that the footer has no room for, and do it."""
        rows = [
            (act, f"{pad(text, _MORE_CELLS)}{name}")
            for act, text, name in _MORE
            if self.check_action(act, ())
        ]
        act = await self.ask("ほかの操作", "右のキーを押しても、同じことができます。", rows)
        if act is not None:
            self.call_after_refresh(self.run_action, act)

    # -- review ---------------------------------------------------------------------------------------------

    def _show_review(self, document: RecordDocument) -> None:
        """Show where the record stands and what was said about it; nobody writes while it waits."""
        self._document = document
        self.query_one("#review-note", Prose).show(review_note(document.review))
        for form in self.query(RecordForm):
            form.let_write(self._refusal(document))
            form.take_in(document.record.fields)
            form.show_comments(comments_by_field(document.review.comments))
        self._show_title()

    def _refusal(self, document: RecordDocument) -> str:
        """Return why nobody may write; whoever has just sent a record back must not change it unawares."""
        return _LOCKED if document.review.locked else _SENT_BACK if self._sent_back else ""

    @work(exclusive=True, group="review")
    async def action_review(self, _: str) -> None:
        """Hand the record in, decide about it or amend it, by where it stands."""
        if not await self._keep_now() or (before := self._document) is None:
            return
        after = await review_record(self, before)
        if after is None:
            await self._open_again()  # it may have been refused because the record has changed
        if isinstance(after, Obstacle):
            self.show_pane("record")
            self.query_one(RecordForm).go_to(after.field, after.line)
        elif after is not None:
            decided = before.review.state is ReviewState.SUBMITTED
            self._may_go_on = decided and self._decided is not None
            self._sent_back = decided and after.review.state is ReviewState.RETURNED
            self._show_review(after)
            if self._may_go_on:
                self.office.tell("残しました。F5 で次の記録へ進みます。")

    @work(exclusive=True, group="review")
    async def action_comment(self) -> None:
        """Comment on the line under the cursor."""
        if not isinstance(editor := self.focused, FieldEditor) or self._document is None:
            self.office.tell(_LINE_FIRST)
            return
        self.unsay(_LINE_FIRST)
        row = editor.document.get_line(editor.cursor_location[0])
        after = await comment_on(self, self._document, editor.field_name, row)
        if after is not None:
            self._show_review(after)

    @work(exclusive=True, group="review")
    async def action_next_waiting(self) -> None:
        """Open the next record that waits for a decision."""
        if not await self._keep_now():
            return
        decided = (self._decided or frozenset()) | {self._consultation_id}
        waiting = await self.in_background(self.desk.reviews.waiting) or ()
        following = next((item.summary.id for item in waiting if item.summary.id not in decided), None)
        await self.office.when_unveiled()
        if following is None:
            self.office.tell("決裁を待つ記録は、もうありません。")
        elif self.app.screen is self:
            self.app.switch_screen(RecordScreen(self.desk, following, decided=decided))

    # -- form -----------------------------------------------------------------------------------------------

    @work(exclusive=True, group="form")
    async def action_change_form(self) -> None:
        """Ask for another form and show the record in it."""
        if self._document is None:
            return
        form = await ask_form(self, self._document.record.template)
        if form is None or not await self._keep_now():
            return
        document = await self.in_background(self.desk.choose_template, self._consultation_id, form.id)
        if document is None:
            return
        self._document = document
        if await self._keep_now():  # what was typed meanwhile
            await self._show_form(self._document)
            self.office.tell(f"様式を「{form.name}」に変えました。")
            self.show_pane("record")

    def action_back(self) -> None:
        """Save and go back; what cannot be saved is given up only by the clerk."""
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        if not await self._keep_now() and not await self.ask(*_UNKEPT):
            return
        await self.in_background(self.desk.stop_playing)
        await self.office.when_unveiled()
        if self.app.screen is self:
            self.app.pop_screen()

    # -- hearing, exporting ---------------------------------------------------------------------------------

    @work(exclusive=True, group="play")
    async def action_play(self) -> None:
        """Play the selected line, or the words behind the line of the record under the cursor."""
        if self._document is not None:
            await play_chosen(self, self._document)

    @work(exclusive=True, group="case")
    async def action_case(self) -> None:
        """Open the case of this record, as it now stands."""
        await self._keep_now()
        document = await show_case(self, self._consultation_id, partial(RecordScreen, self.desk))
        if document is not None:
            self._show_again(document)

    @work(exclusive=True, group="redact")
    async def action_redact(self) -> None:
        """Take the selected line off the record."""
        line = self.query_one(TranscriptView).acted_line
        document = await ask_to_redact(self, self._consultation_id, line)
        if document is not None:
            self._show_again(document)

    @work(exclusive=True, group="play")
    async def action_stop(self) -> None:
        """Stop the sound."""
        await self.in_background(self.desk.stop_playing)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask for the format and write the file."""
        if await self._keep_now() and self._document is not None:
            await export_record(self, self._document.summary)
