"""What a clerk typed and what cannot be kept at the moment: it stays where it was typed."""

import pytest

from consult_assist.domain.document import RecordDocument
from consult_assist.errors import ConsultAssistError, StoreBusyError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.record_form import RecordForm
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.scripted import ScriptedDesk, ScriptedSession

BUSY = StoreBusyError("ほかの画面が使っています。閉じてから、もう一度どうぞ。")


async def write(clerk: Clerk, app: ConsultAssistApp, field: str, words: str) -> None:
    """Type into a field of the record on screen."""
    await until(clerk, lambda: len(app.screen.query(RecordForm)) > 0)
    form = app.screen.query_one(RecordForm)
    form.boxes[field].editor.focus()
    await clerk.press(*words)


async def test_a_record_that_cannot_be_kept_is_left_only_when_the_clerk_says_so() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        desk.fails["edit"] = BUSY
        await write(clerk, app, "taio", "abc")
        await clerk.press("f9")
        await until(clerk, lambda: "まだ保存できていません" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        assert app.screen.query_one(RecordForm).boxes["taio"].editor.text == "abc"
        del desk.fails["edit"]
        await clerk.press("f9")
        await until(clerk, lambda: not isinstance(app.screen, RecordScreen | ConfirmScreen))
        assert desk.edited["taio"] == "abc"


async def test_a_record_is_not_handed_in_without_words_that_could_not_be_kept() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        desk.fails["edit"] = BUSY
        await write(clerk, app, "taio", "abc")
        await clerk.press("f5")
        await until(clerk, lambda: "もう一度どうぞ" in screen_text(app))
        await settled(clerk)
        assert isinstance(app.screen, RecordScreen)


async def test_words_typed_into_a_returned_record_are_kept_before_the_next_one_opens() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        screen = RecordScreen(desk, desk.records[0].id, decided=frozenset())
        app.push_screen(screen)
        await write(clerk, app, "taio", "abc")
        screen._may_go_on = True
        screen.refresh_bindings()
        await clerk.press("f5")
        await until(clerk, lambda: ("edit", desk.records[0].id, "taio", "abc") in desk.asked)


@pytest.fixture
def session() -> ScriptedSession:
    """A consultation whose record can be made to fail."""

    class FailingSession(ScriptedSession):
        fails = False

        def edit_field(self, field: str, text: str) -> None:
            if self.fails:
                raise BUSY
            super().edit_field(field, text)

        def step_edit(self, field: str, *, forward: bool) -> bool:
            raise ConsultAssistError("いまは取り消せません。")

    return FailingSession()


async def test_a_consultation_goes_on_where_the_last_words_cannot_be_kept(session: ScriptedSession) -> None:
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        session.fails = True  # type: ignore[attr-defined]
        counter(app).show_pane("record")
        await write(clerk, app, "taio", "abc")
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "もう一度どうぞ" in screen_text(app))
        await settled(clerk)
        assert ("finish",) not in session.asked
        assert app.screen is counter(app)


async def test_a_step_back_that_fails_becomes_a_sentence(session: ScriptedSession) -> None:
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        counter(app).show_pane("record")
        await clerk.press("ctrl+z")
        await until(clerk, lambda: "いまは取り消せません" in screen_text(app))


async def test_a_line_that_was_changed_in_another_window_meanwhile_is_shown_and_kept_beside() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        form = app.screen.query_one(RecordForm)
        await until(clerk, lambda: "家賃" in form.boxes["shuso"].editor.text)
        desk.edited["shuso"] = "離婚後の生活費と家賃の滞納について"  # in another window
        await write(clerk, app, "shuso", "abc")
        await until(clerk, lambda: "別の画面で「離婚後の生活費と家賃の滞納について」" in screen_text(app))
        await until(clerk, lambda: "abc" in desk.edited["shuso"])
        assert "離婚後の生活費と家賃の滞納について" in desk.edited["shuso"].split("\n")
        form.boxes["taio"].editor.focus()
        await until(clerk, lambda: form.boxes["shuso"].editor.text == desk.edited["shuso"])


async def test_a_change_elsewhere_that_reached_the_screen_behind_a_field_is_not_written_over() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        form = app.screen.query_one(RecordForm)
        await until(clerk, lambda: "家賃" in form.boxes["shuso"].editor.text)
        desk.edited["shuso"] = "離婚後の生活費と家賃の滞納について"  # in another window
        await write(clerk, app, "taio", "xyz")
        form.boxes["shuso"].editor.focus()  # not filled again: the clerk has been writing all the time
        await clerk.press(*"abc")
        await until(clerk, lambda: desk.edited.get("taio") == "xyz" and "abc" in desk.edited["shuso"])
        assert "離婚後の生活費と家賃の滞納について" in desk.edited["shuso"].split("\n")


async def test_a_field_that_was_kept_before_another_failed_is_the_clerks_own() -> None:
    class HalfBusyDesk(ScriptedDesk):
        busy = frozenset({"shuso", "taio"})

        def edit_record_field(self, consultation_id: str, field: str, text: str, seen: str) -> RecordDocument:
            if field in self.busy:
                raise BUSY
            return super().edit_record_field(consultation_id, field, text, seen)

    desk = HalfBusyDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        form = app.screen.query_one(RecordForm)
        await until(clerk, lambda: "家賃" in form.boxes["shuso"].editor.text)
        await write(clerk, app, "taio", "xyz")
        await write(clerk, app, "shuso", "abc")
        desk.edited["shuso"] = "家賃の滞納について話した"  # in another window
        desk.busy = frozenset({"taio"})
        await until(clerk, lambda: "abc" in desk.edited["shuso"] and not form.boxes["shuso"].changed)
        assert form.boxes["taio"].changed
        desk.busy = frozenset()
        await clerk.press(*"def")
        await until(clerk, lambda: "taio" in desk.edited and "abcdef" in desk.edited["shuso"])
        await until(clerk, lambda: "別の画面で「家賃の滞納について話した」" in screen_text(app))
        assert desk.edited["shuso"].count("abc") == 1
        assert "abc" not in screen_text(app).partition("別の画面で")[2].partition("と書かれました")[0]
