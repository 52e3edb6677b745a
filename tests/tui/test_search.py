"""The search, used as a clerk uses it while somebody talks."""

import threading
from collections.abc import Sequence

import pytest
from textual.widgets import Input

from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.search import Hit
from consult_assist.domain.speech import Speaker
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.home import HomeScreen
from consult_assist.tui.screens.programme import ProgrammeScreen
from consult_assist.tui.screens.search import FoundScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from tests.tui.clerk import PATIENCE_S, Clerk, counter, screen_text, settled, until
from tests.tui.facts import utterance
from tests.tui.scripted import ScriptedDesk, ScriptedSession


@pytest.fixture
def desk(session: ScriptedSession) -> ScriptedDesk:
    """A desk whose search finds four things."""
    return ScriptedDesk(session)


@pytest.fixture
def app(desk: ScriptedDesk, session: ScriptedSession) -> ConsultAssistApp:
    """The application, opened on that consultation."""
    return ConsultAssistApp(desk, session=session)


async def open_search(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Open the search once the screen below shows what was said."""
    if any(isinstance(screen, CounterScreen) for screen in app.screen_stack):
        await until(clerk, lambda: bool(counter(app).state.suggested))
    await clerk.press("f8")
    await until(clerk, lambda: isinstance(app.focused, Input))


async def test_results_come_while_typing_and_say_why(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await until(clerk, lambda: "ローマ字" in screen_text(app))
        await clerk.press(*"bosi")
        await until(clerk, lambda: "DV相談ナビ  #8008" in screen_text(app))
        assert ("search", "bosi") in desk.asked
        text = screen_text(app)
        assert "読み: ぼしてあて（母子手当）" in text
        assert "言い方の例: 仕事をやめて" in text
        assert "未確認あり" in text
        assert "4 件" in text


async def test_escape_returns_to_the_field_where_the_clerk_was_writing(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        await clerk.press("f6", "f6")
        field = app.focused
        assert isinstance(field, FieldEditor)
        await open_search(clerk, app)
        session.emit(utterance(8, Speaker.RESIDENT, "ほかにもあります。"))
        await until(clerk, lambda: len(tuple(counter(app).state.transcript)) > 5)
        await clerk.press("escape")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert app.focused is field


async def test_enter_opens_the_programme_under_the_arrow(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await clerk.press("x")
        await until(clerk, lambda: "4 件" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))
        await until(clerk, lambda: "家賃相当額を一定の期間支給する" in screen_text(app))
        await clerk.press("f9", "down", "enter")
        await until(clerk, lambda: isinstance(app.screen, FoundScreen))
        await until(clerk, lambda: "今、安全な場所にいるかを確かめる" in screen_text(app))


async def test_enter_waits_for_what_the_words_find() -> None:
    found = threading.Event()

    class SlowDesk(ScriptedDesk):
        def search_knowledge(self, query: str) -> Sequence[Hit]:
            found.wait(PATIENCE_S if query else 0.0)
            return super().search_knowledge(query)

    app = ConsultAssistApp(SlowDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await clerk.press("x", "enter")
        await until(clerk, lambda: "さがしています" in screen_text(app))
        found.set()
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))


async def test_a_programme_found_is_marked_in_the_ledger(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await clerk.press("x")
        await until(clerk, lambda: "4 件" in screen_text(app))
        await clerk.press("down", "f4")
        await until(clerk, lambda: ("ledger", "jukyo-kakuho", "check", "") in session.asked)
        await until(clerk, lambda: "要確認" in "\n".join(screen_text(app).splitlines()[:-1]))
        await clerk.press("down", "f3")
        await settled(clerk)
        assert not any(asked[:2] == ("ledger", "dv") for asked in session.asked)


async def test_a_mark_gives_way_to_what_the_talk_tells_later(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    def body() -> str:
        return "\n".join(screen_text(app).splitlines()[:-1])

    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await clerk.press("x")
        await until(clerk, lambda: "4 件" in screen_text(app))
        await clerk.press("down", "f4")
        await until(clerk, lambda: "要確認" in body())
        told = LedgerEntry(programme="jukyo-kakuho", state=LedgerState.TOLD, utterance_id="u1", by="program")
        session.emit(told)
        await settled(clerk)
        await clerk.press("x")
        await until(clerk, lambda: "要確認" not in body())


async def test_without_a_consultation_nothing_can_be_marked() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await open_search(clerk, app)
        await clerk.press("x")
        await until(clerk, lambda: "4 件" in screen_text(app))
        assert "説明済" not in screen_text(app)
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))
        await settled(clerk)
        assert "説明済" not in screen_text(app)
        await clerk.press("f9", "f9")
        await until(clerk, lambda: isinstance(app.screen, HomeScreen))
