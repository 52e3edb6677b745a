"""A danger that comes up while something else is open: it is shown at once, and nothing is interrupted."""

import pytest
from textual.widgets import Input, TextArea

from consult_assist.domain.guidance import Alert
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.protocol import ProtocolScreen
from consult_assist.tui.screens.veil import VeilScreen
from consult_assist.tui.widgets.alert import AlertBanner, AlertStrip
from consult_assist.tui.widgets.field_editor import FieldEditor
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.facts import talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession

DANGER = Alert(protocol="dv", utterance_id="u3")
FIRST_STEP = "今、安全な場所にいるかを確かめる"


@pytest.fixture
def session() -> ScriptedSession:
    """A consultation with programmes not explained and items to read back."""
    scripted = ScriptedSession()
    scripted.reads_back = True
    scripted.emit(*talk_events())
    return scripted


@pytest.fixture
def app(session: ScriptedSession) -> ConsultAssistApp:
    """The application, opened on that consultation."""
    return ConsultAssistApp(ScriptedDesk(session), session=session)


def typed(app: ConsultAssistApp) -> str:
    """Return the words in the field that has the cursor."""
    match app.focused:
        case Input():
            return app.focused.value
        case TextArea():
            return app.focused.text
    return ""


async def come_to_rest(clerk: Clerk, app: ConsultAssistApp, *keys: str) -> None:
    await until(clerk, lambda: isinstance(app.screen, CounterScreen) and bool(app.screen.state.untold))
    for key in keys:
        await clerk.press(key)
        await settled(clerk)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        pytest.param(("up", "enter"), "母子", id="correction"),
        pytest.param(("f8",), "やちん", id="search"),
        pytest.param(("f9",), "", id="finish"),
        pytest.param(("f9", "enter"), "", id="reason"),
        pytest.param(("f9", "enter", "end", "enter"), "急", id="reason in words"),
        pytest.param(("ctrl+t",), "", id="consent"),
        pytest.param(("ctrl+r",), "", id="read back"),
        pytest.param(("ctrl+r", "f4"), "夫", id="read back, corrected"),
        pytest.param(("ctrl+f",), "", id="form"),
        pytest.param(("f2",), "", id="details"),
        pytest.param(("f1",), "", id="help"),
    ],
)
async def test_what_is_open_stays_open_with_the_danger_on_top(
    app: ConsultAssistApp,
    session: ScriptedSession,
    keys: tuple[str, ...],
    words: str,
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await come_to_rest(clerk, app, *keys)
        opened = app.screen
        assert not isinstance(opened, CounterScreen)
        await clerk.press(*words)
        before, focused = typed(app), app.focused
        assert words in before
        session.emit(DANGER)
        await until(clerk, lambda: FIRST_STEP in screen_text(app) and "#8008" in screen_text(app))
        assert app.screen is opened
        assert app.focused is focused
        assert typed(app) == before
        if words:
            await clerk.press("子")
            assert typed(app) != before
            assert "子" in screen_text(app)
        if focused is not None:
            seen = app.screen.region.intersection(focused.region)
            assert seen.height >= 1


async def test_the_strip_goes_once_the_banner_was_in_sight(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await come_to_rest(clerk, app, "f8")
        session.emit(DANGER)
        await until(clerk, lambda: FIRST_STEP in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: app.screen is counter(app) and app.screen.query_one(AlertBanner).display)
        await settled(clerk)
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, ProtocolScreen))
        await settled(clerk)
        assert not app.screen.query(AlertStrip)
        session.emit(Alert(protocol="destitution", utterance_id="u3"))
        await until(clerk, lambda: "今日の食事・お金・寝る所がない" in screen_text(app))


async def test_the_strip_comes_when_the_veil_goes(app: ConsultAssistApp, session: ScriptedSession) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await come_to_rest(clerk, app, "up", "enter")
        await clerk.press("子", "f12")
        session.emit(DANGER)
        await until(clerk, lambda: bool(counter(app).state.alerts))
        await settled(clerk)
        assert isinstance(app.screen, VeilScreen)
        assert set(screen_text(app)) <= set("[|] F12\n")
        await clerk.press("f12")
        await until(clerk, lambda: FIRST_STEP in screen_text(app))
        assert typed(app).endswith("子")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_field_being_written_stays_in_sight(
    app: ConsultAssistApp, session: ScriptedSession, size: tuple[int, int]
) -> None:
    for number in range(12):
        session.draft_line("choshu", f"{number}番目の行")
    async with app.run_test(size=size) as clerk:
        await come_to_rest(clerk, app, "f6", "f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        await clerk.press("tab", "tab", "tab", "tab", "tab", *"次回は金曜")
        editor = app.focused
        session.emit(DANGER)
        await until(clerk, lambda: "危険のサイン" in screen_text(app))
        await settled(clerk)
        assert app.focused is editor
        assert "次回は金曜" in screen_text(app)
        await clerk.press("enter", *"十時に")
        await until(clerk, lambda: "十時に" in screen_text(app))
