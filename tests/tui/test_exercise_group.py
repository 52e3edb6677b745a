"""What a trainer sees of a group: counts, and nobody's name."""

from datetime import UTC, datetime, timedelta

import pytest

from consult_assist.domain.exercise import CueScored, CueState, ExerciseScored, StrayAct, Try
from consult_assist.domain.record import ConsultationRecord
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.exercise_group import ExerciseGroupScreen
from consult_assist.tui.widgets.plots import SharePlot
from tests.tui.clerk import Clerk, screen_text, until
from tests.tui.scripted import ScriptedDesk

NOW = datetime.now(UTC)
RECORD = ConsultationRecord(template="madoguchi", fields=())


def attempt(trainee: str, days_ago: int, state: CueState, *, hints: bool = False) -> Try:
    cues = (
        CueScored(
            line_id="u0004", kind="danger", target="dv", state=state, start_s=21.0, end_s=30.0, limit_s=40.0
        ),
        CueScored(
            line_id="u0002",
            kind="programme",
            target="jidou-fuyou-teate",
            state=CueState.NOTICED,
            start_s=5.0,
            end_s=15.0,
            limit_s=30.0,
        ),
    )
    strays = (StrayAct(kind="programme", target="jukyo-kakuho", at_s=9.0, fitting=False),)
    scored = ExerciseScored(exercise="01-rikon", heard_s=30.0, hints=hints, cues=cues, strays=strays)
    begun_at = NOW - timedelta(days=days_ago)
    return Try(id=f"{trainee}{days_ago}", begun_at=begun_at, trainee=trainee, scored=scored, record=RECORD)


@pytest.fixture
def desk() -> ScriptedDesk:
    """A desk of three trainees, one of them long ago."""
    desk = ScriptedDesk()
    desk.training.everybody = [
        attempt("阿部", 40, CueState.MISSED),
        attempt("阿部", 2, CueState.NOTICED),
        attempt("馬場", 2, CueState.LATE),
        attempt("馬場", 1, CueState.NOTICED, hints=True),
        attempt("千葉", 300, CueState.MISSED),
    ]
    return desk


async def open_group(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Go from the home screen to the group."""
    await clerk.press("f6")
    await until(clerk, lambda: "離婚のあとの生活" in screen_text(app))
    await clerk.press("f8")
    await until(clerk, lambda: isinstance(app.screen, ExerciseGroupScreen) and "回" in screen_text(app))


async def test_what_is_missed_stands_first_and_nobody_is_named(desk: ScriptedDesk) -> None:
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 40)) as clerk:
        await open_group(clerk, app)
        await until(clerk, lambda: "見のがしの多いところ" in screen_text(app))
        text = screen_text(app)
        assert "3 回 ・ 2 人（案内を出した 1 回は数えません）" in text
        missed = next(row for row in text.splitlines() if "2 / 3" in row)
        assert "危険" in missed
        assert "（遅れ 1）" in missed
        wrong = next(row for row in text.splitlines() if "（離婚のあとの生活）" in row)
        assert "3 回" in wrong
        assert all(name not in text for name in ("阿部", "馬場", "千葉"))
        assert app.screen.query_one(SharePlot).display


async def test_another_period_counts_more(desk: ScriptedDesk) -> None:
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_group(clerk, app)
        await clerk.press("f3")
        await until(clerk, lambda: "4 回 ・ 3 人" in screen_text(app))


async def test_without_attempts_it_says_so(desk: ScriptedDesk) -> None:
    desk.training.everybody = []
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_group(clerk, app)
        await until(clerk, lambda: "終わりまでした練習はありません" in screen_text(app))
        assert not app.screen.query_one(SharePlot).display
