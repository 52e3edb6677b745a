"""Pictures of the screens at the three sizes; look at them before accepting a change."""

import os
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest

from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.guidance import Alert
from consult_assist.domain.speech import Draft, SegmentFailed
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.widgets.record_form import RecordForm
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.facts import talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession, summary

SMALL, MIDDLE, WIDE = (80, 24), (120, 36), (200, 50)
Compare = Callable[..., bool]
Before = Callable[[Clerk], Awaitable[None]]


@pytest.fixture(autouse=True)
def _office_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    os.environ.setdefault("TZ", "")
    time.tzset()


def talking(theme: str = "dark") -> ConsultAssistApp:
    """The counter in the middle of a consultation."""
    session = ScriptedSession()
    session.emit(*talk_events())
    session.emit(SegmentFailed(id="u6", channel=0, start_s=30.0, end_s=33.0, reason="時間切れ"))
    session.emit(Draft(channel=0, start_s=40.0, text="あの、実は元の夫から電話が何度も"))
    session.auto = {
        "uketsuke": ["令和8年11月21日（土） 12時0分", "担当 山田（職員認証なし）"],
        "shuso": ["「母子手当というのがあると聞いたんですが」"],
        "choshu": [
            "先月離婚、五歳の娘と二人暮らし",
            "パート収入 月9万円",
            "家賃 5万8千円（先月から払えていない）",
        ],
        "annai": ["児童扶養手当（説明済）"],
    }
    desk = ScriptedDesk(session)
    desk.theme = theme
    return ConsultAssistApp(desk, session=session)


def at_home() -> ConsultAssistApp:
    """The home screen with an interrupted consultation."""
    desk = ScriptedDesk()
    desk.interrupted = [summary(3, state=ConsultationState.OPEN)]
    desk.records[1] = summary(1, purpose="replay")
    return ConsultAssistApp(desk)


def pressing(*keys: str, shows: str) -> Before:
    """Press keys, then wait for words."""

    async def before(clerk: Clerk) -> None:
        app = clerk.app
        assert isinstance(app, ConsultAssistApp)
        for key in keys:
            await clerk.press(key)
            await settled(clerk)
        await until(clerk, lambda: shows in screen_text(app))
        await settled(clerk)

    return before


async def filled(clerk: Clerk) -> None:
    """Wait until everything that was said and drafted is on screen."""
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    form = counter(app).query_one(RecordForm)
    await until(clerk, lambda: "児童扶養手当" in form.boxes["annai"].editor.text)
    await until(clerk, lambda: bool(counter(app).state.drafts))
    await settled(clerk)


async def alarmed(clerk: Clerk) -> None:
    """Let two danger words be heard."""
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    await filled(clerk)
    session = counter(app).session
    assert isinstance(session, ScriptedSession)
    session.emit(Alert(protocol="dv", utterance_id="u5"), Alert(protocol="destitution", utterance_id="u3"))
    await until(clerk, lambda: "危険のサイン" in screen_text(app))
    await settled(clerk)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, WIDE], ids=["80", "120", "200"])
def test_counter(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(talking(), terminal_size=size, run_before=filled)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
def test_alert(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(talking(), terminal_size=size, run_before=alarmed)


def test_counter_in_the_light_theme(snap_compare: Compare) -> None:
    assert snap_compare(talking("light"), terminal_size=MIDDLE, run_before=alarmed)


def test_record_pane(snap_compare: Compare) -> None:
    async def before(clerk: Clerk) -> None:
        await filled(clerk)
        await pressing("f6", "f6", shows="パート収入")(clerk)

    assert snap_compare(talking(), terminal_size=SMALL, run_before=before)


def test_details(snap_compare: Compare) -> None:
    async def before(clerk: Clerk) -> None:
        await filled(clerk)
        await pressing("f2", shows="時点 2025-04")(clerk)

    assert snap_compare(talking(), terminal_size=SMALL, run_before=before)


def test_search(snap_compare: Compare) -> None:
    async def before(clerk: Clerk) -> None:
        await filled(clerk)
        await pressing("f8", *"bosi", shows="4 件")(clerk)

    assert snap_compare(talking(), terminal_size=MIDDLE, run_before=before)


def test_help(snap_compare: Compare) -> None:
    async def before(clerk: Clerk) -> None:
        await filled(clerk)
        await pressing("f1", shows="F1 閉じる")(clerk)

    assert snap_compare(talking(), terminal_size=SMALL, run_before=before)


@pytest.mark.parametrize(
    ("keys", "shows"),
    [((), "途中の相談を続ける"), (("f2",), "職員認証なし"), (("f4",), "4 件"), (("f5",), "直すところが")],
    ids=["home", "start", "records", "check"],
)
def test_page(snap_compare: Compare, keys: tuple[str, ...], shows: str) -> None:
    assert snap_compare(at_home(), terminal_size=SMALL, run_before=pressing(*keys, shows=shows))


def test_saved_record(snap_compare: Compare) -> None:
    before = pressing("f4", "f2", shows="家賃 月5万8千円")
    assert snap_compare(at_home(), terminal_size=MIDDLE, run_before=before)
