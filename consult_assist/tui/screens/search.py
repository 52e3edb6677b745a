"""Search over everything the office knows, while a consultation goes on."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.lookup import MAX_HITS
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.search import Hit, HitKind
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import LEDGER_ACTS, LEDGER_KEYS, key, page_keys
from consult_assist.tui.presentation.counter import CounterState
from consult_assist.tui.presentation.prose import content_of
from consult_assist.tui.presentation.search import hit_paragraphs, hit_rows, search_note
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.programme import ProgrammeScreen, SetLedger, ask_why_not_applicable
from consult_assist.tui.screens.text import TextScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList

MOVING_KEYS: tuple[BindingType, ...] = (
    Binding("up", "move(-1)", show=False, priority=True),
    Binding("down", "move(1)", show=False, priority=True),
    Binding("pageup", "move(-5)", show=False, priority=True),
    Binding("pagedown", "move(5)", show=False, priority=True),
)


class SearchScreen(OfficeScreen):
    """Finds while typing; the cursor stays in the field, ↑↓ choose, Enter opens."""

    BINDINGS = page_keys(
        key("f2", "open", "開く", "選んだものの詳しい内容を出します。Enter でも開きます。"),
        *LEDGER_KEYS,
        key("f8", "clear", "消す", "入れた言葉を消して、初めから探します。"),
        *MOVING_KEYS,
    )
    TITLE = "制度をさがす"
    HELP_TEXT = (
        "制度、危険時の手順、電話番号を、打っている途中から探します。"
        "名前の一部、読み（ひらがな）、ローマ字、「旦那が出て行って」のような言い方でも見つかります。"
        "変換の途中、打ち間違い、漢字違いでもかまいません。空白で区切ると、両方に合うものが先に出ます。\n"
        "2 行目は、どこに合ったかです。「未確認あり」は、確かめられていないことがある項目です。"
        "探している間も、録音と文字起こしは続きます。"
    )

    def __init__(
        self, desk: Desk, state: CounterState | None = None, set_ledger: SetLedger | None = None
    ) -> None:
        """Search during a consultation, or without one, when nothing can be marked."""
        super().__init__(desk)
        self._state = state or CounterState()
        self._set_ledger = set_ledger
        self._found: Sequence[Hit] = ()
        self._searching = False
        self._enter_waits = False

    def compose(self) -> ComposeResult:
        """Lay out field, list and details."""
        yield Static(self.TITLE, id="page-title", markup=False)
        with Vertical(id="page"):
            with Horizontal(classes="form-row"):
                yield Static("さがす言葉", classes="form-name", markup=False)
                yield Input(id="search", compact=True)
            with Horizontal(id="search-panes"):
                hits = RowList(id="hits")
                hits.can_focus = False  # the cursor stays where the words are typed
                yield hits
                with VerticalScroll(id="hit-pane", can_focus=False):
                    yield Prose(id="hit-text")
            yield Static(id="search-note", markup=False)
        yield KeyRow()

    def on_mount(self) -> None:
        """Get the search ready."""
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._searching, self._enter_waits = True, False
        self._search(event.value)

    @work(exclusive=True, group="search")
    async def _search(self, query: str) -> None:
        """Search in a thread; only the answer to the latest words is shown, and Enter waits for it."""
        note = self.query_one("#search-note", Static)
        with self.explaining(lambda: note.update("さがしています…")):
            found = await self.in_background(self.desk.search_knowledge, query)
        entered, self._searching, self._enter_waits = self._enter_waits, False, False
        if found is not None:
            self._found = found
            self._show(0)
            note.update(search_note(query, len(found), MAX_HITS))
            if entered and self.app.screen is self:
                self._take()

    # -- list -----------------------------------------------------------------------------------------------

    @property
    def _chosen(self) -> Hit | None:
        place = self.query_one(RowList).highlighted
        return self._found[place] if place is not None and place < len(self._found) else None

    def _show(self, place: int | None = None) -> None:
        self.query_one(RowList).show(self._options, place)
        self._show_details()

    def _options(self, width: int) -> list[Option]:
        blocks = (hit_rows(hit, self.desk.knowledge, self._state.ledger, width) for hit in self._found)
        return [Option(Content("\n").join(content_of(((" ", ""), *row)) for row in rows)) for rows in blocks]

    def on_screen_resume(self) -> None:
        """Show what was marked on the page of a programme."""
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show_details(self) -> None:
        hit = self._chosen
        text = hit_paragraphs(hit, self.desk.knowledge, self._state.ledger) if hit is not None else ()
        self.query_one("#hit-text", Prose).show(text)
        self.query_one("#hit-pane").scroll_home(animate=False)
        self.refresh_bindings()

    def action_move(self, step: int) -> None:
        """Go up or down the list while the cursor stays in the field."""
        results = self.query_one(RowList)
        if self._found:
            place = (results.highlighted or 0) + step
            results.highlighted = max(0, min(len(self._found) - 1, place))

    def action_clear(self) -> None:
        """Begin again."""
        field = self.query_one(Input)
        field.value = ""
        field.focus()

    # -- what was found -------------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self._searching:
            self._enter_waits = True  # what stands in the list was found for other words
        else:
            self._take()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take()

    def _take(self) -> None:
        """Do with what is chosen what Enter stands for."""
        self.action_open()

    def action_open(self) -> None:
        """Open what is chosen; F2 there goes on to the next programme found."""
        hit = self._chosen
        if hit is None:
            return
        if hit.kind is HitKind.PROGRAMME:
            found = [item.id for item in self._found if item.kind is HitKind.PROGRAMME]
            of = "見つかった制度"
            self.open(ProgrammeScreen(self.desk, found, hit.id, self._state, self._set_ledger, of=of))
        else:
            self.open(FoundScreen(self.desk, hit_paragraphs(hit, self.desk.knowledge, {})))

    @work
    async def action_mark(self, state: str) -> None:
        """Set the state of the chosen programme in the ledger."""
        await self._keep(self._chosen, LedgerState(state), None)

    @work(exclusive=True, group="reason")
    async def action_not_applicable(self) -> None:
        """Ask for the reason and set the chosen programme to 対象外."""
        hit = self._chosen
        if reason := await ask_why_not_applicable(self):
            await self._keep(hit, LedgerState.NOT_APPLICABLE, reason)

    async def _keep(self, hit: Hit | None, state: LedgerState, reason: str | None) -> None:
        if hit is not None and self._set_ledger is not None:
            await self.in_background(self._set_ledger, hit.id, state, reason)
            self._state.expect(hit.id, state)
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim the keys that have nothing to act on; outside a consultation nothing is marked."""
        if action in LEDGER_ACTS and self._set_ledger is None:
            return False
        if action in LEDGER_ACTS or action == "open":
            hit = self._chosen if self.is_mounted else None
            fits = hit is not None and (action == "open" or hit.kind is HitKind.PROGRAMME)
            return True if fits else None
        return True


class FoundScreen(TextScreen):
    """A danger protocol or a telephone number in full."""

    BINDINGS = page_keys()
    TITLE = "さがしたもの"
