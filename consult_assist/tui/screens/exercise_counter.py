"""The counter screen for an exercise: the same panes, the trainee's acts in place of the program's."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from consult_assist.app.training.session import ExerciseSession
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import EXERCISE_KEYS
from consult_assist.tui.presentation.exercise import (
    acts_piece,
    known_questions,
    session_pieces,
    session_remark,
)
from consult_assist.tui.presentation.prose import Piece, content_of
from consult_assist.tui.presentation.status import trouble_sentence
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.exercise_acts import GuideScreen, QuestionScreen
from consult_assist.tui.widgets.status import StatusLine
from consult_assist.tui.widgets.transcript import TranscriptView

_DANGER = frozenset({"details", "answer_alert"})
_ELSE_THAN_DANGER = frozenset({"guide", "go_back"})
_STOPPING = frozenset({"pause", "go_back", "from_line"})


class ExerciseCounterScreen(CounterScreen, inherit_bindings=False):
    """Nothing is recorded here: the talk is played, and what the trainee would do is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Screen.BINDINGS,
        *EXERCISE_KEYS,
        Binding("enter", "from_line", "この行から", show=False),
    ]
    HELP_TEXT = (
        "自分が窓口にいるつもりで、案内する制度（F2）、たずねること（F3）、危険のサイン（F4）を、気づいたときに残します。"
        "もう一度選ぶと取り消せます。合っているかどうかは、終わるまで出ません。\n"
        "文字起こしでは ↑↓ で行を選び、Enter でその行から聞き直せます。"
        "記録の欄（F6）は自分で書きます。話が終わってから書いてもかまいません。"
    )

    UNDER_WAY = "練習の途中です。F9 で練習を終えてください。"
    MORE_KEY = ""

    def __init__(self, desk: Desk, session: ExerciseSession, *, done: Callable[[], object]) -> None:
        """Show an attempt; `done` is called when it was finished, to show its score."""
        super().__init__(desk, session, hints=session.way.hints)
        self.attempt = session
        self._set_ledger = None  # to look something up is no act
        self._done = done
        self._moving = asyncio.Lock()
        self._held = False
        self._again: str | None = None
        self._silence_told = False
        self._thinking = False
        self._acts: Piece = ("", "")

    async def on_mount(self) -> None:
        """Add the row of what was done so far."""
        await self.query_one("#transcript-pane", Vertical).mount(Static(id="acts", markup=False))

    # -- time -----------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self.attempt.advance() and not self._thinking:
            self._thinking = True
            self._understand()
        super()._tick()
        self._follow_again()
        acts = self.query_one("#acts", Static)
        done = acts_piece(self.attempt, self.desk.knowledge, acts.content_size.width)
        if done != self._acts:
            self._acts = done
            acts.update(content_of([done]))

    @work(group="hints")
    async def _understand(self) -> None:
        await self.in_background(self.attempt.understand)
        self._thinking = False

    def _follow_again(self) -> None:
        """Mark the line that is heard again."""
        line = self.attempt.play.heard_again
        again = line.id if line is not None else None
        if again == self._again:
            return
        self._again = again
        if again is None or self.state.transcript.get(again) is not None:
            self.query_one(TranscriptView).choose(again)

    def _show_status(self) -> None:
        self.query_one(StatusLine).show(session_pieces(self.attempt), session_remark(self.attempt))
        self._show_trouble(trouble_sentence(self.attempt.status()))
        if (silence := self.attempt.play.silence) is not None and not self._silence_told:
            self._silence_told = True
            self.office.tell(silence)

    def on_screen_suspend(self) -> None:
        """Stand still while another screen is open, where that is allowed."""
        self._move(self._hold)

    def on_screen_resume(self) -> None:
        """Go on."""
        self._move(self._go_on)

    def _hold(self) -> None:
        self._held = self.attempt.hold() or self._held

    def _go_on(self) -> None:
        if self._held:
            self._held = False
            self.attempt.go_on()

    @work(group="moving")
    async def _move(self, act: Callable[[], object]) -> None:
        """Stop or go on in a thread, one after the other."""
        async with self._moving:
            await self.in_background(act)

    # -- keys -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let danger that the hints show have its keys; dim what may not be done."""
        if action in _DANGER | _ELSE_THAN_DANGER and bool(self.state.alerts) is not (action in _DANGER):
            return False
        return None if action in _STOPPING and not self.attempt.way.stops else True

    def _refresh_keys(self) -> None:
        self._marking = bool(self.state.alerts)

    def action_go_back(self) -> None:
        """Hear the line again, or the one before."""
        self._move(self.attempt.go_back)

    def action_from_line(self) -> None:
        """Hear again from the chosen line on."""
        line = self.query_one(TranscriptView).chosen_line
        if line is not None:
            self._move(lambda: self.attempt.jump(line.id))

    # -- acts -----------------------------------------------------------------------------------------------

    def action_guide(self) -> None:
        """Choose a programme to bring up."""
        self.app.push_screen(GuideScreen(self.desk, self.state, self.attempt.raised, self._guide))

    def _guide(self, programme: str) -> None:
        taken_back = programme in self.attempt.raised
        self._act(self.attempt.raise_programme, programme)
        self._sign("案内", self.desk.knowledge.programme_name(programme), taken_back=taken_back)

    @work(exclusive=True, group="act")
    async def action_question(self) -> None:
        """Ask something."""
        await self.office.when_unveiled()
        text = await self.app.push_screen_wait(QuestionScreen(known_questions(self.desk.knowledge)))
        if text is not None:
            self._act(self.attempt.put_question, text)
            self._sign("質問", text, taken_back=False)

    @work(exclusive=True, group="act")
    async def action_danger(self) -> None:
        """Say which danger is there."""
        called, protocols = self.attempt.called, self.desk.knowledge.protocols
        answers = [
            (
                item.id,
                f"{item.title}（残してあります。選ぶと取り消します）" if item.id in called else item.title,
            )
            for item in protocols.values()
        ]
        protocol = await self.ask("危険のサインに気づいた", "どの危険ですか。", answers)
        if protocol is not None:
            self._sign("危険", protocols[protocol].title, taken_back=protocol in called)
            self._act(self.attempt.call_danger, protocol)

    def _sign(self, kind: str, name: str, *, taken_back: bool) -> None:
        """Say quietly that an act was taken, never whether it was right."""
        self.office.tell(f"{kind}を{'取り消しました' if taken_back else '残しました'}: {name}")

    # -- end ------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="end")
    async def action_finish(self) -> None:
        """Ask, then show the score; or leave without one."""
        text = "残したことと記録を、お手本と比べます。"
        if not self.attempt.play.ended:
            text = "話はまだ続きます。ここまでを、お手本と比べます。"
        answers = (("", "練習に戻る"), ("score", "終えて結果を見る"), ("leave", "結果を残さずにやめる"))
        answer = await self.ask("練習を終える", text, answers)
        if not answer or not await self._record.keep():
            return
        self._record.resting = True
        if answer == "leave":
            await self.in_background(self.attempt.leave)
            self.office.live = None
            await self.office.when_unveiled()
            self.app.pop_screen()
            return
        done = await self.office.wait_for(
            self.attempt.finish, "結果をまとめています", "お手本と比べています。"
        )
        self._record.resting = done is not None
        if done is not None:
            self.office.live = None
            self._done()
