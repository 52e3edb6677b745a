"""The first screen: what do you want to do?"""

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.counter.labels import PURPOSES, local_time
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import HELP, SEARCH, VEIL, key
from consult_assist.tui.screens.check import CheckScreen
from consult_assist.tui.screens.exercise_list import ExerciseListScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.samples import SamplesScreen
from consult_assist.tui.screens.search import SearchScreen
from consult_assist.tui.screens.start import StartScreen
from consult_assist.tui.widgets.key_row import KeyRow

_CHOICES = (
    ("start", "F2", "相談を始める", "録音の同意をたずね、文字起こしと案内を始めます"),
    ("samples", "F3", "見本を再生する", "録音済みの相談で画面の動きを見ます"),
    ("records", "F4", "記録を見る", "保存した相談記録を探す・読む・書き出す"),
    ("check", "F5", "機器を点検する", "マイク、認識の部品、空き容量などを確かめます"),
    ("training", "F6", "練習する", "作りものの相談で練習し、気づいたことと見のがしたことを確かめます"),
    ("search", "F8", "制度をさがす", "名前、読み、相談に来た方の言い方から、制度や電話番号を探します"),
    ("quit", "F9", "終了", "このプログラムを閉じます"),
)
_PAGES: Mapping[str, type[OfficeScreen]] = {
    "start": StartScreen,
    "samples": SamplesScreen,
    "records": RecordsScreen,
    "check": CheckScreen,
    "training": ExerciseListScreen,
    "search": SearchScreen,
}


class HomeScreen(OfficeScreen):
    """Offers an interrupted consultation first, when there is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        key("f2", "page('start')", "相談", "新しい相談を始めます。"),
        key("f3", "page('samples')", "見本", "見本の録音を再生します。"),
        key("f4", "page('records')", "記録", "保存した記録を見ます。"),
        key("f5", "page('check')", "点検", "マイクや部品を点検します。"),
        key("f6", "page('training')", "練習", "作りものの相談で練習します。"),
        key("f7", "resume", "続ける", "途中で止まった相談の続きをします。"),
        SEARCH,
        key("f9", "quit", "終了", "プログラムを閉じます。"),
        key("f10", "close", "閉じる", "途中で止まった相談を、そのまま記録として閉じます。", show=False),
        VEIL,
        key(
            "ctrl+l",
            "app.switch_theme",
            "色",
            "画面の色を、暗い色と明るい色で切り替えます。",
            show=False,
        ),
    ]
    HELP_TEXT = "↑↓で選んで Enter、または左のキーで進みます。マウスでも選べます。"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._interrupted: ConsultationSummary | None = None

    def compose(self) -> ComposeResult:
        """Lay out title and choices."""
        with Vertical(id="home"):
            yield Static("相談アシスト", id="home-title", markup=False)
            yield Static("音声も文字も、このパソコンの外へは出ません", id="home-subtitle", markup=False)
            yield OptionList(id="home-choices")
        yield KeyRow()

    def on_mount(self) -> None:
        """Show the choices at once; whether a consultation was interrupted is found out meanwhile."""
        self._fill()

    def on_screen_resume(self) -> None:
        """Look again after every return."""
        self._look_for_interrupted()

    @work(exclusive=True)
    async def _look_for_interrupted(self) -> None:
        found = await self.in_background(self.desk.interrupted_consultations)
        interrupted = found[0] if found else None
        if interrupted != self._interrupted:
            self._interrupted = interrupted
            self._fill()

    def _fill(self) -> None:
        choices = self.query_one(OptionList)
        rows = [Option(_row(shown, title, remark), id=name) for name, shown, title, remark in _CHOICES]
        if self._interrupted is not None:
            purpose = PURPOSES[self._interrupted.purpose]
            when = local_time(self._interrupted.started_at) + (f" （{purpose}）" if purpose else "")
            rows = [
                Option(_row("F7", "途中の相談を続ける", f"{when} に始めた相談が残っています"), id="resume"),
                Option(_row("F10", "途中の相談を閉じる", "ここまでを記録として閉じます"), id="close"),
                *rows,
            ]
        place = choices.highlighted or 0
        kept = choices.get_option_at_index(place).id if place else None
        ids = [row.id for row in rows]
        choices.set_options(rows)
        choices.highlighted = ids.index(kept) if kept in ids else 0
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Hide the keys for an interrupted consultation when there is none."""
        return self._interrupted is not None if action in {"resume", "close"} else True

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, once."""
        if self.app.screen is self:
            chosen = event.option_id or "nothing"
            await self.run_action(f"page('{chosen}')" if chosen in _PAGES else chosen)

    def action_page(self, name: str) -> None:
        """Open a page."""
        self.app.push_screen(_PAGES[name](self.desk))

    def action_search(self) -> None:
        """Open the search over the knowledge."""
        self.action_page("search")

    def action_resume(self) -> None:
        """Go on with the interrupted consultation."""
        if (interrupted := self._interrupted) is not None:
            self.office.open_counter(lambda: self.desk.resume_consultation(interrupted.id))

    @work(exclusive=True, group="resume")
    async def action_close(self) -> None:
        """Close the interrupted consultation as it is."""
        if self._interrupted is None:
            return
        if await self.in_background(self.desk.close_record, self._interrupted.id) is not None:
            self.office.tell("記録を閉じました。F4（記録を見る）から開けます。")
        self._look_for_interrupted()

    @work(exclusive=True, group="quit")
    async def action_quit(self) -> None:
        """Leave the program once that was confirmed: the same key leads back to here."""
        if await self.ask("終了", "このプログラムを閉じますか。", (("quit", "閉じる"), ("", "閉じない"))):
            self.app.exit()


def _row(shown: str, title: str, remark: str) -> Content:
    return Content.assemble(
        (f" {shown:<3} ", "bold $accent"), (f" {title}", "bold"), "\n", (f"      {remark}", "$quiet")
    )
