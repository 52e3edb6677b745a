"""Keys and clicks that come faster than the screen: twice in one moment, or while something else goes on."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import Input, OptionList
from textual.widgets._footer import FooterKey

from consult_assist.app.records.archive import FoundPage
from consult_assist.app.workplace import CheckResult
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.search import Hit
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.check import CheckScreen
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.finish import FinishScreen
from consult_assist.tui.screens.home import HomeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.search import SearchScreen
from consult_assist.tui.widgets.key_row import KeyRow
from consult_assist.tui.widgets.panes import PaneTabs
from tests.tui.clerk import PATIENCE_S, counter, screen_text, settled, until
from tests.tui.facts import talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession, summary


def at_once(app: ConsultAssistApp, *keys: str) -> None:
    """Let keys come in while the screen has no time for any of them."""
    for key in keys:
        app.post_message(events.Key(key, "\r" if key == "enter" else None))


async def test_an_answer_given_twice_leaves_the_counter_open() -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))
        at_once(app, "enter", "enter")
        await until(clerk, lambda: not isinstance(app.screen, ConfirmScreen))
        await settled(clerk)
        assert app.screen is counter(app)


async def test_going_back_once_too_often_does_not_close_the_program() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        await clerk.press("f4")
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))
        assert app.is_running
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))
        await clerk.press("enter")
        await until(clerk, lambda: not app.is_running)


async def test_what_is_chosen_twice_from_a_list_opens_once() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        chosen = app.screen.query_one(OptionList)
        chosen.highlighted = next(n for n, row in enumerate(chosen.options) if row.id == "records")
        for screen in (RecordsScreen, RecordScreen):
            at_once(app, "enter", "enter", "enter")
            await until(clerk, lambda kind=screen: isinstance(app.screen, kind))  # type: ignore[misc]
            await settled(clerk)
        assert [type(item) for item in app.screen_stack[1:]] == [HomeScreen, RecordsScreen, RecordScreen]


async def test_a_programme_chosen_twice_is_asked_about_once() -> None:
    session = ScriptedSession()
    session.emit(*talk_events())
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen) and bool(app.screen.state.untold))
        counter(app).action_finish()
        await until(clerk, lambda: isinstance(app.screen, FinishScreen))
        at_once(app, "enter", "enter", "enter")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))
        await settled(clerk)
        assert isinstance(app.screen_stack[-2], FinishScreen)


async def test_a_check_asked_for_twice_still_comes_to_its_end() -> None:
    go_on = threading.Event()

    class SlowDesk(ScriptedDesk):
        def check_equipment(self) -> Iterator[CheckResult]:
            go_on.wait(PATIENCE_S)
            yield CheckResult(name="マイク", ok=True, message="OK")

    desk = SlowDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(CheckScreen(desk))
        await until(clerk, lambda: "点検しています" in screen_text(app))
        await clerk.press("f2")
        go_on.set()
        await until(clerk, lambda: "すべて使えます" in screen_text(app))


async def test_words_typed_on_leave_no_sentence_behind_that_the_search_goes_on() -> None:
    class SlowDesk(ScriptedDesk):
        def search_knowledge(self, query: str) -> Sequence[Hit]:
            if query == "b":
                threading.Event().wait(0.3)
            return super().search_knowledge(query)

    desk = SlowDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(SearchScreen(desk))
        await until(clerk, lambda: isinstance(app.focused, Input))
        await clerk.press("b", "o")
        await until(clerk, lambda: "4 件" in screen_text(app))
        await clerk.pause(0.7)
        assert "4 件" in screen_text(app)


async def test_an_error_that_comes_while_a_screen_opens_is_said_there() -> None:
    session = ScriptedSession()
    session.emit(*talk_events())
    desk = ScriptedDesk(session)
    app = ConsultAssistApp(desk, session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        app.push_screen(SearchScreen(desk))
        app.complain(ConsultAssistError("もう一度どうぞ。"))
        await until(clerk, lambda: "もう一度どうぞ。" in screen_text(app))


async def test_a_click_on_the_last_letter_of_a_tab_opens_its_pane() -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await clerk.press("f6")
        await until(clerk, lambda: app.screen.query_one(PaneTabs).active == "guidance")
        tabs = app.screen.query_one(PaneTabs)
        await clerk.click(PaneTabs, offset=(tabs.gutter.left + cell_len(" 文字起こし ") - 1, 0))
        await until(clerk, lambda: tabs.active == "transcript")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_click_on_a_key_does_what_the_key_does(size: tuple[int, int]) -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=size) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await until(clerk, lambda: "終える" in screen_text(app).splitlines()[-1])
        await settled(clerk)
        key = next(key for key in app.screen.query("FooterKey").results(FooterKey) if key.key == "f9")
        assert key.visible
        await clerk.click(key)
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))


async def test_going_down_while_a_page_is_read_asks_for_it_once() -> None:
    desk = ScriptedDesk()
    desk.records = [summary(number) for number in range(70)]
    find, go_on = desk.archive.find, threading.Event()

    def slowly(line: str, after: ConsultationSummary | None = None) -> FoundPage:
        if after is not None:
            go_on.wait(PATIENCE_S)
        return find(line, after)

    desk.archive.find = slowly  # type: ignore[method-assign]
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordsScreen(desk))
        await until(clerk, lambda: app.screen.query_one("#records", OptionList).option_count == 40)
        await clerk.press("end", "up", "up", "up")
        go_on.set()
        records = app.screen.query_one("#records", OptionList)
        await until(clerk, lambda: records.option_count == 70)
        assert len([ask for ask in desk.asked if ask[0] == "list" and len(ask) == 3]) == 1


async def test_going_down_while_a_search_goes_on_does_not_end_the_search() -> None:
    desk = ScriptedDesk()
    desk.records = [summary(number) for number in range(70)]
    find, go_on = desk.archive.find, threading.Event()

    def slowly(line: str, after: ConsultationSummary | None = None) -> FoundPage:
        if line:
            go_on.wait(PATIENCE_S)
        return find(line, after)

    desk.archive.find = slowly  # type: ignore[method-assign]
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordsScreen(desk))
        await until(clerk, lambda: app.screen.query_one("#records", OptionList).option_count == 40)
        records = app.screen.query_one("#records", OptionList)
        await clerk.press("f3", *"職員", "enter", "end")
        await until(clerk, lambda: records.option_count == 70)
        go_on.set()
        await until(clerk, lambda: records.option_count != 70)
        assert ("list", "職員") in desk.asked


async def test_the_first_screen_keeps_the_cursor_where_it_was() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        await clerk.press("down", "down", "down", "enter")
        await until(clerk, lambda: isinstance(app.screen, CheckScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
        await settled(clerk)
        chosen = app.screen.query_one(OptionList).highlighted_option
        assert chosen is not None
        assert chosen.id == "check"


async def test_keys_laid_out_anew_once_their_screen_was_left_do_no_harm() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(SearchScreen(desk))
        await until(clerk, lambda: isinstance(app.screen, SearchScreen))
        keys = app.screen.query_one(KeyRow)
        await clerk.press("escape")
        await until(clerk, lambda: not keys.is_attached)
        await keys.recompose()  # as a window that was made smaller just before asks for it
        assert isinstance(app.screen, HomeScreen)
