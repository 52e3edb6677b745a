"""The counter screen: what is said, what matters now, the record that writes itself."""

import time
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.reactive import reactive
from textual.widgets import Static

from consult_assist.app.live.status import Phase
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord
from consult_assist.tui.desk import Desk, LiveSession
from consult_assist.tui.feed import EventFeed
from consult_assist.tui.keys import COUNTER_KEYS
from consult_assist.tui.messages import LineChosen, ProgrammeOpened
from consult_assist.tui.presentation.counter import Changed, idle_keys
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.presentation.readback import n_open, readback_remark
from consult_assist.tui.presentation.status import ended_remark, status_pieces, trouble_sentence
from consult_assist.tui.presentation.transcript_rows import heard_note
from consult_assist.tui.screens.finish import ask_to_finish
from consult_assist.tui.screens.live_corrections import LiveCorrections
from consult_assist.tui.screens.programme import ProgrammeScreen, SetLedger
from consult_assist.tui.screens.protocol import ProtocolScreen
from consult_assist.tui.screens.search import SearchScreen
from consult_assist.tui.screens.veil import VeilScreen
from consult_assist.tui.screens.withdraw import ask_to_withdraw
from consult_assist.tui.widgets.alert import AlertBanner, AlertStrip
from consult_assist.tui.widgets.guidance import Questions, Suggestions, SuggestionStrip
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.panes import PaneTabs
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.record_pane import RecordPane
from consult_assist.tui.widgets.status import StatusLine
from consult_assist.tui.widgets.transcript import TranscriptView

TICK_S = 0.1
_STILL = 20
"""Ticks without new sound after which a replay has come to its end."""
_PANES = (("transcript", "文字起こし"), ("guidance", "案内"), ("record", "記録"))
_NOTHING_SAID = ("話し始めると、ここに文字が出ます", "手書きの相談です。話は文字になりません")
_TO_SEE_S = 1.0
"""A key pressed sooner after another programme took a place was meant for the one before it."""
_REPLACED = "案内が入れかわったところです。選んだ制度を確かめて、もう一度押してください。"
_ABOUT_LINES = frozenset({"flip", "retry"})


class CounterScreen(LiveCorrections):
    """Three panes; a narrow terminal shows one of them at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [*COUNTER_KEYS]
    HELP_TEXT = (
        "文字起こしでは ↑↓ で行を選べます。End を押すと最新の行に戻ります。"
        "下線は、聞こえた言葉を用語に直したところです。その行を選ぶと、聞こえたままの言葉が下に出ます。\n"
        "記録の欄では、太い字が職員の書いた言葉です。書いている間に見つかった新しい行は、欄を離れたときに下へ加わります。"
        "Ctrl+Z で取り消し、Ctrl+Y でやり直し、選択肢のある欄では Ctrl+O で選べます。保存は自動です。"
    )

    _impossible: reactive[frozenset[str]] = reactive(frozenset(), bindings=True)
    _marking = reactive(default=False, bindings=True)
    """The footer is drawn again when one of these changes."""

    UNDER_WAY = "相談の途中です。F9 で相談を終えてください。"
    MORE_KEY = "（F2）"

    def __init__(self, desk: Desk, session: LiveSession, *, hints: bool = True) -> None:
        super().__init__(desk, session)
        self._feed = EventFeed()
        self._set_ledger: SetLedger | None = session.set_ledger
        self._replay = session.source_name.startswith("file:")
        self._finishing = False
        self._still_ticks = 0
        self._last_sound_s = -1.0
        self._seen: frozenset[str] = frozenset()
        self._replaced_at_s = -_TO_SEE_S
        self._said: tuple[bool, bool] | None = None
        """Whether the empty panes say that it is by hand, and that something is prepared."""
        self.set_class(not hints, "-no-hints")
        self._panes = tuple(pane for pane in _PANES if hints or pane[0] != "guidance")

    # -- layout ---------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out status line, banner and panes."""
        knowledge = self.desk.knowledge
        yield StatusLine(id="status")
        yield Prose(id="trouble")
        yield AlertBanner(knowledge, id="alert")
        yield PaneTabs(self._panes, id="tabs")
        with Container(id="panes"):
            with Vertical(id="transcript-pane"):
                yield Static("文字起こし", classes="pane-title", markup=False)
                yield TranscriptView(id="transcript")
                yield Static(id="transcript-note", markup=False)
                yield SuggestionStrip(self.state, knowledge.programmes, id="strip")
            with Container(id="side"):
                with Vertical(id="guidance-pane"):
                    yield Static("案内", id="suggestions-title", classes="pane-title", markup=False)
                    yield Suggestions(self.state, knowledge.programmes, id="suggestions")
                    yield Static("たずねること", id="questions-title", classes="pane-title", markup=False)
                    yield Questions(self.state, id="questions")
                yield RecordPane(knowledge, self.session, id="record-pane")
        yield KeyRow()

    async def on_mount(self) -> None:
        """Start the session and the timers."""
        self.office.live = self.session
        self._bring_forward("transcript")
        self.query_one(AlertBanner).display = False
        self.query_one(TranscriptView).focus()
        self._begin()
        self.set_interval(TICK_S, self._tick)

    @work
    async def _begin(self) -> None:
        await self.in_background(self.session.subscribe, self._feed.put)
        await self.in_background(self.session.start)
        self.state.by_hand = self.session.status().phase is Phase.HANDWRITTEN
        if self.state.by_hand:
            await self._write_by_hand()

    async def _write_by_hand(self) -> None:
        """Go to the record, once it holds what it begins with: what is written by hand is written there."""
        self._record.stale = True
        await self._record.keep()
        self.show_pane("record")

    # -- events → screen ------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Take in what happened in the last tenth of a second."""
        before = self._suggestion
        changed = self.state.apply_all(self._feed.take())
        if self._suggestion != before:
            self._replaced_at_s = time.monotonic()
        if Changed.TRANSCRIPT in changed:
            self.query_one(TranscriptView).show(self.state.transcript, tuple(self.state.drafts.values()))
            self._show_note()
        if Changed.SUGGESTIONS in changed:
            self.query_one(Suggestions).refresh()
            self.query_one(SuggestionStrip).refresh()
            self._show_counts()
        if Changed.QUESTIONS in changed:
            self.query_one(Questions).refresh(layout=True)
            self._show_counts()
        if Changed.ALERTS in changed:
            self.query_one(AlertBanner).show(self.state.alerts, self._alert_quote)
        if Changed.RECORD in changed:
            self._record.stale = True
        if self.state.erased:
            self.state.erased = False
            self._record.form.forget()
        self._refresh_keys()
        self._show_alerts_above()
        self._show_status()

    def _show_status(self) -> None:
        status = self.session.status()
        self._still_ticks = self._still_ticks + 1 if status.sound_s == self._last_sound_s else 0
        self._last_sound_s = status.sound_s
        pieces = status_pieces(status, replay=self._replay)
        remark = readback_remark(self._record.readback, can_open=not self.state.alerts)
        if self._finishing:
            remark = "記録をまとめています…"
        elif (
            self._replay
            and self._still_ticks > _STILL
            and status.phase is Phase.RUNNING
            and status.sound_s > 0
        ):
            remark = ended_remark(status)
        self.query_one(StatusLine).show(pieces, remark)
        self._show_trouble(trouble_sentence(status))
        self._show_empty(by_hand=status.phase is Phase.HANDWRITTEN, preparing=status.preparing)

    def _show_empty(self, *, by_hand: bool, preparing: bool) -> None:
        """Say in the empty panes what will come, or that nothing will; by hand nothing can be tried again."""
        self.set_class(by_hand and not self.state.listed, "-by-hand")  # the room is for the record
        if self._said != (by_hand, preparing):
            self._said = self.state.by_hand, self.state.preparing = by_hand, preparing
            retry = "" if by_hand else "（F4で再試行）"
            self.query_one(TranscriptView).say(empty=_NOTHING_SAID[by_hand], retry=retry)
            self.query_one(Suggestions).refresh()
            self.query_one(SuggestionStrip).refresh()
            self.query_one(Questions).refresh(layout=True)

    def _show_trouble(self, sentence: str | None) -> None:
        """Say at once, in its own row, what cannot be kept."""
        trouble = self.query_one("#trouble", Prose)
        trouble.display = sentence is not None
        trouble.show([plain(sentence)] if sentence else [])

    @property
    def _alert_quote(self) -> str:
        """The words that raised the alert on screen."""
        alerts = self.state.alerts
        line = self.state.transcript.get(alerts[0].utterance_id) if alerts else None
        return line.text if line else ""

    def _show_alerts_above(self) -> None:
        """Say what came up since the banner was last in sight, in whatever is open above this screen."""
        alerts, screen = self.state.alerts, self.app.screen
        if screen is self:
            self._seen = frozenset(alert.protocol for alert in alerts)
        elif not isinstance(screen, VeilScreen):
            unseen = [alert for alert in alerts if alert.protocol not in self._seen]
            AlertStrip.show_on(screen, unseen, self.desk.knowledge)

    def _show_counts(self) -> None:
        n_shown = sum(item is not None for item in self.state.suggestion_places)
        more = len(self.state.listed) - n_shown
        self.query_one("#suggestions-title", Static).update(
            f"案内   ほかに {more} 件{self.MORE_KEY}" if more > 0 else "案内"
        )
        count = len(self.state.listed)
        self.query_one(PaneTabs).remark("guidance", str(count) if count else "")

    @on(LineChosen)
    def _show_note(self) -> None:
        view = self.query_one(TranscriptView)
        notes = []
        if not view.following:
            notes.append(f"↓ 新しい発言 {view.unseen} ・ End で最新へ" if view.unseen else "End で最新へ")
        if heard := heard_note(view.chosen_line):
            notes.append(heard)
        self.query_one("#transcript-note", Static).update("   ".join(notes))

    # -- the record -----------------------------------------------------------------------------------------

    @on(RecordPane.Kept)
    def _record_kept(self, message: RecordPane.Kept) -> None:
        self.query_one(PaneTabs).remark("record", f"+{message.waiting}" if message.waiting else "")

    @on(RecordPane.NotKept)
    def _record_not_kept(self, message: RecordPane.NotKept) -> None:
        self.office.complain(message.error)

    # -- acts -----------------------------------------------------------------------------------------------

    def _act(self, act: Callable[..., object], *values: object) -> None:
        """Do something in a thread; its error becomes a sentence."""
        self.run_worker(self.in_background(act, *values))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim the keys that have nothing to act on; by hand hide them, since nothing is heard that brings it.

        Among the suggestions, F3 and F4 are about them.
        """
        if action in {"answer_alert", "readback"}:
            return bool(self.state.alerts) is (action == "answer_alert")
        if action == "mark":
            return self._suggestion is not None
        if action in _ABOUT_LINES and self._suggestion is not None:
            return False
        if action not in self._impossible:
            return True
        return False if self.state.by_hand else None

    @property
    def _suggestion(self) -> str | None:
        """The programme that the cursor stands on."""
        suggestions = self.query_one(Suggestions)
        return self.state.suggestion_places[suggestions.place] if suggestions.has_focus else None

    def action_mark(self, state: str) -> None:
        """Set where the programme under the cursor stands in the ledger."""
        if time.monotonic() - self._replaced_at_s < _TO_SEE_S:
            self.office.tell(_REPLACED)
        elif (programme := self._suggestion) is not None:
            self.unsay(_REPLACED)
            self._act(self.session.set_ledger, programme, LedgerState(state))

    def _refresh_keys(self) -> None:
        """Find out which keys have nothing to act on."""
        view = self.query_one(TranscriptView)
        self._impossible = idle_keys(
            self.state,
            self.session.status(),
            line=view.acted_line,
            in_sight=view.is_on_screen and (view.following or view.chosen is not None),
            failed=self._failed_line,
            hints=not self.has_class("-no-hints"),
        )
        self._marking = self._suggestion is not None

    @property
    def _failed_line(self) -> str | None:
        """The failed line that a retry is about: the selected one, otherwise the latest that failed."""
        chosen = self.query_one(TranscriptView).chosen_line
        if chosen is not None:
            return chosen.id if chosen.failure is not None else None
        return self.state.failed[-1] if self.state.failed else None

    def action_details(self) -> None:
        """Open the danger protocol on screen; otherwise the programme in the chosen place, or the first."""
        protocol = self.desk.knowledge.protocols.get(self.query_one(AlertBanner).shown or "")
        if protocol is not None:
            self.app.push_screen(
                ProtocolScreen(self.desk, protocol, self._alert_quote, self.action_answer_alert)
            )
            return
        chosen = self.state.suggestion_places[self.query_one(Suggestions).place]
        if wanted := chosen or next(iter(self.state.listed), None):
            self._open(wanted)

    @on(ProgrammeOpened)
    def _programme_opened(self, message: ProgrammeOpened) -> None:
        self._open(message.programme)

    def _open(self, programme: str) -> None:
        if programme in self.desk.knowledge.programmes:
            shown = ProgrammeScreen(self.desk, self.state.listed, programme, self.state, self._set_ledger)
            self.app.push_screen(shown)

    def action_search(self) -> None:
        """Open the search over the knowledge."""
        self.app.push_screen(SearchScreen(self.desk, self.state, self._set_ledger))

    def action_flip(self) -> None:
        """Flip the speaker of the line."""
        if (line := self.query_one(TranscriptView).acted_line) is not None:
            self._act(self.session.flip_speaker, line.id)

    def action_retry(self) -> None:
        """Recognise a failed line again."""
        if (failed := self._failed_line) is not None:
            self._act(self.session.retry_segment, failed)

    def action_pause(self) -> None:
        """Pause, or go on, also after sound could not be kept."""
        stopped = self.session.status().phase in {Phase.PAUSED, Phase.RECORDING_FAILED}
        self._act(self.session.resume if stopped else self.session.pause)

    def action_answer_alert(self) -> None:
        """Put the danger banner away."""
        if (protocol := self.query_one(AlertBanner).shown) is not None:
            self._act(self.session.dismiss_alert, protocol)

    def _enter(self, pane: str) -> None:
        match pane:
            case "transcript":
                self.query_one(TranscriptView).focus()
            case "guidance":
                self.query_one(Suggestions).focus()
            case _:
                self._record.form.enter()

    # -- end ------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="end")
    async def action_withdraw(self) -> None:
        """Ask what to erase and erase it."""
        if await ask_to_withdraw(self, self.session, self._record.keep):
            self._tick()
            if not self.state.transcript:
                await self._write_by_hand()
            self.office.tell("同意の取り消しを残しました。このあとは手書きで続けられます。")

    @work(exclusive=True, group="end")
    async def action_finish(self) -> None:
        """Ask, also why programmes were not explained; close the record and open it."""
        untold = () if self.has_class("-no-hints") else self.state.untold
        left, by_hand = n_open(self._record.readback), self.state.by_hand
        answers = await ask_to_finish(self, untold, left, self.action_readback, by_hand=by_hand)
        if answers is None or not await self._record.keep():
            return
        self._finishing = self._record.resting = True

        def finish() -> ConsultationRecord:
            for programme, answer in answers.items():
                self.session.set_ledger(programme, answer.state, answer.reason)
            return self.session.finish()

        done = await self.office.wait_for(finish, "記録をまとめています", self._waited_for(by_hand=by_hand))
        if done is None:
            self._finishing = self._record.resting = False
        else:
            self.office.open_record_after(self.session)

    def _waited_for(self, *, by_hand: bool) -> str:
        """Return the sentence that says what closing the record waits for."""
        if self.session.status().preparing:
            return "案内の準備が終わりしだい、まとめます（20 秒ほど）。"
        return "数秒お待ちください。" if by_hand else "残りの文字起こしを済ませています。"
