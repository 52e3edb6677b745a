"""The read-back list: one key an item, a correction in place, three seconds heard again."""

from collections.abc import Sequence
from threading import Event

import pytest

from consult_assist.app.live.status import Phase
from consult_assist.domain.guidance import Alert
from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import TranscriptChangedError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.readback import NOTHING_YET, readback_row
from consult_assist.tui.readback_source import LiveReadback
from consult_assist.tui.screens import readback
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.readback import ReadbackScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.dialog import EntryScreen
from consult_assist.tui.widgets.rows import RowList
from tests.tui.clerk import PATIENCE_S, Clerk, counter, screen_text, settled, until
from tests.tui.facts import utterance
from tests.tui.scripted import ScriptedDesk, ScriptedSession

SAID = (
    (Speaker.CLERK, "お名前をうかがってもよろしいですか。"),
    (Speaker.RESIDENT, "はい、佐藤由美です。"),
    (Speaker.CLERK, "家賃はおいくらですか。"),
    (Speaker.RESIDENT, "家賃は五万八千円で、先月から払えていません。"),
    (Speaker.RESIDENT, "電話は090の1234の5678です。"),
    (Speaker.CLERK, "では、次は12月3日の10時にお越しください。"),
)


class HeldReadback(LiveReadback):
    """Looks only when it is let."""

    def __init__(self, session: ScriptedSession, transcript: Transcript) -> None:
        super().__init__(session, transcript)
        self.asked, self.let = Event(), Event()

    def look(self) -> Sequence[ReadbackItem]:
        """Wait to be let."""
        self.asked.set()
        self.let.wait(PATIENCE_S)
        return super().look()


def reading_back() -> tuple[ConsultAssistApp, ScriptedSession]:
    session = ScriptedSession()
    session.reads_back = True
    session.emit(*(utterance(number, speaker, text) for number, (speaker, text) in enumerate(SAID)))
    return ConsultAssistApp(ScriptedDesk(session), session=session), session


async def opened(clerk: Clerk) -> None:
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
    await clerk.press("ctrl+r")
    await until(clerk, lambda: "残り 5 件" in screen_text(app) and "サトウユミ" in screen_text(app))


async def test_the_list_does_not_call_itself_empty_before_it_has_looked() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
        source = HeldReadback(session, Transcript(session.events))
        screen = ReadbackScreen(ScriptedDesk(session), source)
        app.push_screen(screen)
        await until(clerk, lambda: source.asked.is_set() and app.screen is screen)
        await settled(clerk)
        assert NOTHING_YET not in screen_text(app)
        source.let.set()
        await until(clerk, lambda: "残り 5 件" in screen_text(app))


async def test_a_list_that_takes_longer_to_draft_than_the_time_between_two_looks_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readback, "_LOOK_S", 0.05)
    app, session = reading_back()

    class SlowReadback(LiveReadback):
        def look(self) -> Sequence[ReadbackItem]:
            Event().wait(0.3)
            return super().look()

    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
        source = SlowReadback(session, Transcript(session.events))
        app.push_screen(ReadbackScreen(ScriptedDesk(session), source))
        await until(clerk, lambda: "残り 5 件" in screen_text(app))
        await until(clerk, lambda: "サトウユミ" in screen_text(app))


def decisions(session: ScriptedSession) -> list[tuple[str, ...]]:
    return [asked[1:] for asked in session.asked if asked[0] == "readback"]


async def test_a_key_while_a_decision_is_being_noted_is_about_the_next_item() -> None:
    app, session = reading_back()
    let = Event()

    class SlowNotes(LiveReadback):
        def decide(self, item: ReadbackItem, state: ReadbackState, words: str | None = None) -> None:
            let.wait(PATIENCE_S)
            super().decide(item, state, words)

    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
        app.push_screen(ReadbackScreen(ScriptedDesk(session), SlowNotes(session, Transcript(session.events))))
        await until(clerk, lambda: "残り 5 件" in screen_text(app))
        await clerk.press("f3", "f5", "f4")
        await until(clerk, lambda: isinstance(app.screen, EntryScreen))
        let.set()
        await until(clerk, lambda: len(decisions(session)) == 2)
        (first, *_), (second, *_) = decisions(session)
        assert first != second
        await clerk.press("escape")
        await until(clerk, lambda: "残り 3 件" in screen_text(app))


async def test_one_key_an_item_and_the_cursor_goes_to_what_is_left() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        assert "090-1234-5678" in screen_text(app)
        for number, key in enumerate(("f3", "enter", "f5", "f3", "f3"), start=1):
            await clerk.press(key)
            await until(clerk, lambda done=number: len(decisions(session)) == done)  # type: ignore[misc]
            await settled(clerk)
        await until(clerk, lambda: "すべて済み" in screen_text(app))
        assert [asked[:2] for asked in decisions(session)] == [
            ("佐藤由美", "confirmed"),
            ("58000", "confirmed"),
            ("払えていません", "dropped"),
            ("09012345678", "confirmed"),
            ("12月3日", "confirmed"),
        ]
        assert "除外" in screen_text(app)
        await clerk.press("up", "f6")
        await until(clerk, lambda: "残り 1 件" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await until(clerk, lambda: "復唱 残り 1" in screen_text(app))


async def test_nothing_is_noted_where_there_is_nothing_to_take_back() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        await clerk.press("f6", "f3")
        await until(clerk, lambda: "残り 4 件" in screen_text(app))
        assert [asked[1] for asked in decisions(session)] == ["confirmed"]


async def test_the_cursor_stays_on_an_item_that_could_not_be_decided() -> None:
    app, session = reading_back()

    def fail(*_: object) -> None:
        raise TranscriptChangedError("この行は書きかえられました。")

    session.decide_readback = fail  # type: ignore[method-assign,assignment]
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        await clerk.press("f3")
        await until(clerk, lambda: "この行は書きかえられました" in screen_text(app))
        await settled(clerk)
        assert app.screen.query_one(RowList).highlighted == 0


async def test_what_is_typed_takes_the_place_of_the_words_and_of_nothing_else() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        await clerk.press("down", "f4")
        await until(clerk, lambda: isinstance(app.screen, EntryScreen))
        await clerk.press(*"五万三千円", "enter")
        await until(clerk, lambda: "53,000円" in screen_text(app))
        line = Transcript(session.events).get("u3")
        assert line is not None
        assert line.text == "家賃は五万三千円で、先月から払えていません。"
        assert "訂正" in screen_text(app)
        await clerk.press("up", "f4")
        await until(clerk, lambda: isinstance(app.screen, EntryScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ReadbackScreen))
        assert len(decisions(session)) == 1


async def test_the_recording_rests_while_three_seconds_are_heard() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        await clerk.press("f2")
        desk = counter(app).desk
        assert isinstance(desk, ScriptedDesk)
        await until(clerk, lambda: ("play", session.id, "u1", "10.0-10.2") in desk.asked)
        await until(clerk, lambda: ("resume",) in session.asked)
        assert [asked[0] for asked in session.asked if asked[0] in {"pause", "resume"}] == ["pause", "resume"]
        assert session.phase is Phase.RUNNING


async def test_leaving_goes_on_with_the_recording_and_what_the_clerk_paused_stays_paused() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        await clerk.press("f2")
        await until(clerk, lambda: session.phase is Phase.PAUSED)
        await clerk.press("f9")
        await until(clerk, lambda: session.phase is Phase.RUNNING)
        await clerk.press("f5")
        await until(clerk, lambda: session.phase is Phase.PAUSED)
        await clerk.press("ctrl+r")
        await until(clerk, lambda: "残り 5 件" in screen_text(app))
        await clerk.press("f2", "f7")
        await settled(clerk)
        assert session.phase is Phase.PAUSED


async def test_danger_goes_before_the_list() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        session.emit(Alert(protocol="dv", utterance_id="u3"))
        await until(clerk, lambda: "危険のサイン" in screen_text(app))
        await clerk.press("f9")
        await clerk.press("ctrl+r")
        await settled(clerk)
        assert isinstance(app.screen, CounterScreen)
        await clerk.press("f7")
        await until(clerk, lambda: not counter(app).state.alerts)
        await clerk.press("ctrl+r")
        await until(clerk, lambda: isinstance(app.screen, ReadbackScreen))


async def test_the_end_offers_the_list_and_holds_nobody_up() -> None:
    app, session = reading_back()
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: "復唱リストを確かめる（残り 5 件）" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: isinstance(app.screen, ReadbackScreen))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await clerk.press("f9")
        await until(clerk, lambda: "相談を終えて" in screen_text(app))
        await clerk.press("end", "enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        assert ("finish",) in session.asked


async def test_the_list_does_not_wait_for_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readback, "_LOOK_S", 0.1)
    app, _ = reading_back()
    loaded = Event()
    read_name = app.desk.read_name

    def slowly(name: str) -> str | None:
        loaded.wait(PATIENCE_S)
        return read_name(name)

    app.desk.read_name = slowly  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "復唱 残り 5" in screen_text(app))
        await clerk.press("ctrl+r")
        await until(clerk, lambda: "残り 5 件" in screen_text(app))
        assert "サトウユミ" not in screen_text(app)
        await settled(clerk)
        loaded.set()
        await until(clerk, lambda: "サトウユミ" in screen_text(app))


def test_a_date_is_shown_as_it_is_read_out() -> None:
    item = ReadbackItem(kind="date", value="2026-10-05", text="令和8年10月5日に", utterance_id="u1")
    shown = "".join(text for text, _ in readback_row(item, None, 80))
    assert "2026年10月5日" in shown
    spoken = ReadbackItem(kind="date", value="10月の末", text="10月の末に", utterance_id="u1")
    assert "10月の末" in "".join(text for text, _ in readback_row(spoken, None, 80))
