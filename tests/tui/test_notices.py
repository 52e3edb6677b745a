"""Sentences for a few seconds: there until somebody could read them, gone once they no longer hold."""

import threading
from collections.abc import Sequence

import pytest
from textual.widgets import Input, OptionList

from consult_assist.errors import StoreError
from consult_assist.storage.base import ChainFault
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.search import SearchScreen
from consult_assist.tui.screens.start import StartScreen
from consult_assist.tui.widgets import notice
from tests.tui.clerk import PATIENCE_S, Clerk, screen_text, until
from tests.tui.facts import talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession

SENTENCES = ("空き容量がありません。", "様式を変えました。")
SHORT_S, FOR_GOOD_S = 0.05, 3600.0


async def let_pass(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Wait until a sentence that was said for a short time would have gone."""
    passed: list[bool] = []
    app.set_timer(2 * SHORT_S, lambda: passed.append(True))
    await until(clerk, lambda: bool(passed))


@pytest.mark.parametrize("cover", ["f12", "f1"])
async def test_what_is_said_unseen_is_there_when_it_can_be_seen(
    cover: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "SHOWN_S", SHORT_S)
    session = ScriptedSession()
    session.emit(*talk_events())
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "児童扶養手当" in screen_text(app))
        await clerk.press(cover)
        await until(clerk, lambda: not isinstance(app.screen, CounterScreen))
        for sentence in (*SENTENCES, SENTENCES[0]):
            app.tell(sentence)
        await let_pass(clerk, app)
        if cover == "f12":
            assert set(screen_text(app)) <= set("[|] F12\n")
        monkeypatch.setattr(notice, "SHOWN_S", FOR_GOOD_S)
        await clerk.press(cover)
        await until(clerk, lambda: all(screen_text(app).count(item) == 1 for item in SENTENCES))
        monkeypatch.setattr(notice, "SHOWN_S", SHORT_S)
        await clerk.press(cover)
        await until(clerk, lambda: not isinstance(app.screen, CounterScreen))
        await clerk.press(cover)
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await until(clerk, lambda: not any(item in screen_text(app) for item in SENTENCES))
        monkeypatch.setattr(notice, "SHOWN_S", FOR_GOOD_S)
        app.tell(SENTENCES[1])
        await until(clerk, lambda: SENTENCES[1] in screen_text(app))


async def test_of_much_that_is_said_unseen_the_faults_and_the_latest_are_kept() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f12")
        await until(clerk, lambda: app.veiled)
        app.complain(StoreError(SENTENCES[0]))
        for sentence in ("一つ目。", "二つ目。", "三つ目。", "二つ目。"):
            app.tell(sentence)
        await clerk.press("f12")
        await until(clerk, lambda: SENTENCES[0] in screen_text(app))
        assert "一つ目" not in screen_text(app)
        assert screen_text(app).index("三つ目") < screen_text(app).index("二つ目")


async def test_a_sentence_read_on_a_page_does_not_come_back_after_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notice, "SHOWN_S", SHORT_S)
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        home = app.screen
        await until(clerk, lambda: isinstance(app.focused, OptionList))
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, StartScreen))
        await clerk.press("f1")
        await until(clerk, lambda: not isinstance(app.screen, StartScreen))
        assert isinstance(home, OfficeScreen)
        home.notice(SENTENCES[1], wrong=False)
        await let_pass(clerk, app)
        monkeypatch.setattr(notice, "SHOWN_S", FOR_GOOD_S)
        await clerk.press("f1")
        await until(clerk, lambda: isinstance(app.screen, StartScreen))
        await clerk.press("f9")
        await until(clerk, lambda: app.screen is home)
        assert SENTENCES[1] not in screen_text(app)


@pytest.mark.parametrize("way", ["f4", "enter"])
async def test_what_is_asked_for_is_no_longer_asked_once_it_was_given(way: str) -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, StartScreen))
        await clerk.press("f2")
        await until(clerk, lambda: "録音の同意を選んでください" in screen_text(app))
        await clerk.press(way)
        await until(clerk, lambda: "録音の同意を選んでください" not in screen_text(app))
        app.screen.query_one("#operator", Input).focus()
        await clerk.press("end", "ctrl+u")
        await until(clerk, lambda: app.screen.query_one("#operator", Input).value == "")
        await clerk.press("f2")
        await until(clerk, lambda: "担当者名を入れてください" in screen_text(app))
        await clerk.press("花")
        await until(clerk, lambda: "担当者名を入れてください" not in screen_text(app))


async def test_the_result_of_a_long_check_does_not_come_between_what_is_typed() -> None:
    go_on = threading.Event()

    class SlowDesk(ScriptedDesk):
        def verify_records(self) -> Sequence[ChainFault]:
            go_on.wait(PATIENCE_S)
            return ()

    desk = SlowDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        records = RecordsScreen(desk)
        app.push_screen(records)
        await until(clerk, lambda: bool(app.screen.query_one("#records", OptionList).option_count))
        records.action_verify()
        await until(clerk, lambda: "調べています" in screen_text(app))
        app.push_screen(SearchScreen(desk))
        await until(clerk, lambda: isinstance(app.focused, Input))
        go_on.set()
        await until(clerk, lambda: "書きかえも抜けもありません" in screen_text(app))
        assert not isinstance(app.screen, ConfirmScreen)
        await clerk.press("f9")
        await until(clerk, lambda: app.screen is records)
        assert "調べています" not in screen_text(app)


async def test_a_window_that_is_too_small_says_what_to_do() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(60, 18)) as clerk:
        await until(clerk, lambda: "80×24 文字以上に広げてください" in screen_text(app))


async def test_waiting_for_long_is_counted() -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session))
    ready = threading.Event()

    def load() -> ScriptedSession:
        ready.wait(PATIENCE_S)
        return session

    async with app.run_test(size=(80, 24)) as clerk:
        app.open_counter(load)
        await until(clerk, lambda: "秒）" in screen_text(app))
        ready.set()
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
