"""How a consultation ends on the counter screen: consent is withdrawn, or the record is closed."""

from textual import work

from consult_assist.domain.record import ConsultationRecord
from consult_assist.tui.desk import Desk, LiveSession
from consult_assist.tui.presentation.readback import n_open
from consult_assist.tui.screens.finish import ask_to_finish
from consult_assist.tui.screens.live_corrections import LiveCorrections
from consult_assist.tui.screens.withdraw import ask_to_withdraw


class LiveEnding(LiveCorrections):
    """The part of the counter screen that ends the recording or the consultation."""

    def __init__(self, desk: Desk, session: LiveSession) -> None:
        super().__init__(desk, session)
        self._finishing = False

    @work(exclusive=True, group="end")
    async def action_withdraw(self) -> None:
        """Ask what to erase and erase it."""
        if await ask_to_withdraw(self, self.session, self._record.keep):
            self._record.stale = True
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
