"""Everything the office knows about a programme."""

from collections.abc import Callable, Sequence

from textual import work
from textual.widgets import Static

from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import LEDGER_ACTS, LEDGER_KEYS, key, page_keys
from consult_assist.tui.presentation.counter import CounterState
from consult_assist.tui.presentation.guidance import programme_paragraphs
from consult_assist.tui.presentation.ledger import NOT_APPLICABLE
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.reason import ask_reason
from consult_assist.tui.screens.text import TextScreen
from consult_assist.tui.widgets.prose import Prose

SetLedger = Callable[[str, LedgerState, str | None], None]


class ProgrammeScreen(TextScreen):
    """Shows one programme at a time; the next is one key away."""

    BINDINGS = page_keys(
        key("f2", "next", "次", "次の制度を見ます。どの制度の何件目かは、いちばん上に出ます。"),
        *LEDGER_KEYS,
    )
    HELP_TEXT = "↑↓ と PageUp・PageDown で読み進めます。金額には必ず「いつ時点か」がついています。"

    def __init__(
        self,
        desk: Desk,
        programmes: Sequence[str],
        programme: str,
        state: CounterState,
        set_ledger: SetLedger | None,
        *,
        of: str = "話に出た制度",
    ) -> None:
        """Show one of several programmes, with what they are; without a consultation there is no ledger."""
        super().__init__(desk)
        self._of = of
        # What was just chosen may have left the list meanwhile.
        listed = programmes if programme in programmes else (programme, *programmes)
        self._programmes = [item for item in listed if item in desk.knowledge.programmes]
        self._index = self._programmes.index(programme)
        self._state = state
        self._set_ledger = set_ledger

    def on_mount(self) -> None:
        """Show the programme."""
        self._show()
        self._note_opened()

    def _show(self) -> None:
        programme_id = self._programmes[self._index]
        programme = self.desk.knowledge.programmes[programme_id]
        reason = self._state.reasons.get(programme_id)
        state = self._state.ledger.get(programme_id)
        self.query_one("#page-title", Static).update(
            f"制度の案内   {self._of} {len(self._programmes)} 件のうち {self._index + 1} 件目"
        )
        text = self.query_one(Prose)
        text.show(programme_paragraphs(programme, reason.reason if reason else "", state))
        self.query_one("#text").scroll_home(animate=False)

    def action_next(self) -> None:
        """Show the next programme."""
        self._index = (self._index + 1) % len(self._programmes)
        self._show()
        self._note_opened()

    @work
    async def _note_opened(self) -> None:
        """Let the consultation remember what the clerk read."""
        if (live := self.office.live) is not None:
            await self.in_background(live.note_details_opened, self._programmes[self._index])

    @work
    async def action_mark(self, state: str) -> None:
        """Set the state of the programme in the ledger."""
        await self._keep(LedgerState(state), None)

    @work(exclusive=True, group="reason")
    async def action_not_applicable(self) -> None:
        """Ask for the reason and set the programme to 対象外."""
        if reason := await ask_why_not_applicable(self):
            await self._keep(LedgerState.NOT_APPLICABLE, reason)

    async def _keep(self, state: LedgerState, reason: str | None) -> None:
        if self._set_ledger is not None:
            programme = self._programmes[self._index]
            await self.in_background(self._set_ledger, programme, state, reason)
            self._state.expect(programme, state)
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Hide the keys of the ledger where there is none."""
        return self._set_ledger is not None if action in LEDGER_ACTS else True


async def ask_why_not_applicable(screen: OfficeScreen) -> str | None:
    """Ask why a programme does not apply; None when the clerk thinks better of it."""
    answer = await ask_reason(screen, "対象外とする理由", NOT_APPLICABLE, LedgerState.NOT_APPLICABLE)
    return answer.reason if answer is not None else None
