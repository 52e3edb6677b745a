"""復唱リスト: what hurts when it was heard wrongly, confirmed aloud with the resident, one key each."""

import asyncio
from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.live.status import Phase
from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import Desk, LiveSession
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.prose import content_of, plain
from consult_assist.tui.presentation.readback import (
    NOTHING_YET,
    readback_row,
    readback_title,
    said_around,
)
from consult_assist.tui.readback_source import ReadbackSource
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.dialog import EntryScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.prose import Prose
from consult_assist.tui.widgets.rows import RowList

_LOOK_S = 1.0
_AFTER_S = 0.3
"""Until the loudspeaker has gone quiet."""
_MAX_WORDS_CHARS = 200
_ASK_WORDS = "下線の言葉を、正しい言葉に書きかえてください。"
_WILL_REST = "F2 で聞いている間（およそ 3 秒）だけ、録音は止まります。"
_RESTS = "■ 録音を止めて聞いています。終わると自動で再開します（F7 ですぐ再開）。"
_GOES_ON = "● 録音を再開しました。"
_ABOUT_ITEM = frozenset({"play", "decide", "correct"})


class ReadbackScreen(OfficeScreen):
    """Lists what to confirm in the order it came up; what is done stays in its place."""

    BINDINGS = page_keys(
        key(
            "f2", "play", "聞く", "選んだ言葉の前後 3 秒を聞きます。録音中なら、その間だけ止めて再開します。"
        ),
        key("f3", "decide('confirmed')", "確認", "合っていると確かめました。Enter でも同じです。"),
        key("f4", "correct", "訂正", "正しい言葉に直します。文字起こしと記録も直ります。"),
        key("f5", "decide('dropped')", "除く", "確かめる必要のないものとして、リストから除きます。"),
        key("f6", "decide('open')", "戻す", "確認や除外を取り消して、まだ確かめていないものに戻します。"),
        key("f7", "stop", "止める", "再生を止めます。"),
    )
    HELP_TEXT = (
        "名前・日付・金額・電話番号・住所・数・打ち消しなど、聞き違えると困るものを、話に出た順に並べています。"
        "↑↓ で選び、声に出して相談者と確かめてください。済んだものも消えずに残ります。"
        "名前のよみは辞書によるものです。必ず本人に確かめてください。"
    )

    def __init__(self, desk: Desk, source: ReadbackSource) -> None:
        """Check what was said so far."""
        super().__init__(desk)
        self._source = source
        self._items: Sequence[ReadbackItem] = ()
        self._looked = False
        self._kana: dict[str, str | None] = {}
        self._resting: LiveSession | None = None
        self._end: Timer | None = None
        self._deciding = asyncio.Lock()
        """Decisions are noted one after the other; none takes another's place."""

    def compose(self) -> ComposeResult:
        """Lay out the list, and below it what was said."""
        yield Static("復唱リスト", id="page-title", markup=False)
        with Vertical(id="page"):
            yield RowList(id="readback")
            yield Prose(id="readback-said")
            yield Prose(id="readback-hearing")
        yield KeyRow()

    def on_mount(self) -> None:
        """Show the list and keep it up to date."""
        self._show_hearing(_WILL_REST if self._recording else "")
        self._look()

    @work(group="look")
    async def _look(self) -> None:
        """Look again and again; of a long talk a look may take longer than the time between two."""
        while True:
            await self._take_in()
            await asyncio.sleep(_LOOK_S)

    async def _take_in(self) -> None:
        items = await self.in_background(self._source.look)
        if items is None or (self._looked and items == self._items):
            return
        self._looked = True
        before, self._items = self._items, items
        self._show(first=not before)
        self._read_names()

    @work(exclusive=True, group="names")
    async def _read_names(self) -> None:
        """Ask the dictionary for the kana of names not seen before; nobody waits until it is loaded."""
        for item in self._items:
            name = str(item.value)
            if item.kind == "name" and name not in self._kana:
                self._kana[name] = await self.in_background(self.desk.read_name, name)
                self._show()

    # -- list -----------------------------------------------------------------------------------------------

    @property
    def _place(self) -> int | None:
        return self.query_one(RowList).highlighted

    @property
    def _chosen(self) -> ReadbackItem | None:
        place = self._place
        return self._items[place] if place is not None and place < len(self._items) else None

    def _show(self, place: int | None = None, *, first: bool = False) -> None:
        """Draw the list; without a place the cursor stays with its item, or goes to the first one left."""
        if place is None and first:
            place = self._next_open(-1)
        self.query_one(RowList).show(self._options, place)
        self.query_one("#page-title", Static).update(readback_title(self._items))
        self._show_said()
        self.refresh_bindings()

    def _options(self, width: int) -> list[Option]:
        rows = (readback_row(item, self._kana.get(str(item.value)), width) for item in self._items)
        return [Option(content_of(((" ", ""), *row))) for row in rows]

    def _next_open(self, place: int) -> int | None:
        """Return the next item that is left below a place, or the first one above; None when all is done."""
        left = [number for number, item in enumerate(self._items) if item.state is ReadbackState.OPEN]
        return next((number for number in left if number > place), left[0] if left else None)

    @on(OptionList.OptionHighlighted)
    def _show_said(self) -> None:
        item = self._chosen
        said = [plain(NOTHING_YET)] if item is None else said_around(item, self._source.transcript)
        self.query_one("#readback-said", Prose).show(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Dim what has nothing to act on."""
        return None if action in _ABOUT_ITEM and not self._items else True

    # -- deciding -------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_decide(ReadbackState.CONFIRMED.value)

    @work(group="decide")
    async def action_decide(self, state: str) -> None:
        """Note what became of the chosen item."""
        if (item := self._chosen) is not None:
            await self._decide(item, ReadbackState(state), None)

    @work(exclusive=True, group="correct")
    async def action_correct(self) -> None:
        """Ask for the right words."""
        item = self._chosen
        if item is None or (line := self._source.transcript.get(item.utterance_id)) is None:
            return
        await self.office.when_unveiled()
        before = line.text[item.start_char : item.end_char]
        said = [*said_around(item, self._source.transcript), plain(""), plain(_ASK_WORDS)]
        entry = EntryScreen("訂正", said, before, most_chars=_MAX_WORDS_CHARS, does="直す")
        words = await self.app.push_screen_wait(entry)
        if words == before:
            await self._decide(item, ReadbackState.CONFIRMED, None)
        elif words:
            await self._decide(item, ReadbackState.CORRECTED, words)

    async def _decide(self, item: ReadbackItem, state: ReadbackState, words: str | None) -> None:
        """Go on to the next item at once, for the next key; come back if this one could not be noted."""
        following = None
        if state is not ReadbackState.OPEN and self._place is not None:
            following = self._next_open(self._place)
            self._show(following)
        async with self._deciding:
            if state is item.state is ReadbackState.OPEN and item in self._items:
                return  # nothing was decided that could be taken back
            await self.in_background(self._source.decide, item, state, words)
            await self._take_in()
        if item.state is not state and item in self._items and self._place == following:
            self._show(self._items.index(item))

    # -- hearing --------------------------------------------------------------------------------------------

    @work(exclusive=True, group="play")
    async def action_play(self) -> None:
        """Play the three seconds around the chosen item; the microphone must not hear them again."""
        if (item := self._chosen) is None or (line := self._source.transcript.get(item.utterance_id)) is None:
            return
        part = await self.in_background(self.desk.find_item, self._source.id, item)
        if self._recording and (live := self._source.live) is not None:
            self._resting = live
            await self.in_background(live.pause)
            self._show_hearing(_RESTS)
        if self._end is not None:
            self._end.stop()
        try:
            await asyncio.to_thread(self.desk.play_line, self._source.id, line.id, part)
        except ConsultAssistError as error:
            self.office.complain(error)
            self._listen_again()
            return
        played = part or line
        self._end = self.set_timer(played.end_s - played.start_s + _AFTER_S, self._listen_again)

    @property
    def _recording(self) -> bool:
        """Whether the microphone is open and what it hears is kept."""
        live = self._source.live
        return live is not None and live.status().recording and live.status().phase is Phase.RUNNING

    def action_stop(self) -> None:
        """Stop the sound."""
        self._in_app(self.desk.stop_playing)
        self._listen_again()

    def _listen_again(self) -> None:
        """Go on with the recording that was paused for the sound."""
        if (resting := self._resting) is not None:
            self._resting = None
            self._in_app(resting.resume)
            self._show_hearing(_GOES_ON)

    def _show_hearing(self, sentence: str) -> None:
        """Say what becomes of the recording while something is heard."""
        for note in self.query("#readback-hearing").results(Prose):
            note.show([plain(sentence, "bold" if sentence == _RESTS else "$quiet")] if sentence else [])

    def _in_app(self, act: Callable[[], None]) -> None:
        """Do something that must come to its end also when this screen is left."""
        self.app.run_worker(self.in_background(act), group="hearing")

    def on_unmount(self) -> None:
        """Never leave the recording paused behind."""
        if self._resting is not None:
            self.action_stop()
