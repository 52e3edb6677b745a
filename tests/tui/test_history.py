"""The history of a record: what was deleted and added can be read, newest first."""

from datetime import timedelta

from textual.widgets import OptionList

from consult_assist.app.records.histories import Comparison, RecordHistory
from consult_assist.record.history import Change
from consult_assist.record.marking import MarkedField, mark_lines
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.history import HistoryScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.prose import Prose
from tests.tui.clerk import Clerk, screen_text, until
from tests.tui.facts import NOON
from tests.tui.scripted import ScriptedDesk

RENT = ("家賃 月5万8千円", "家賃 月5万3千円")


def desk_with_history() -> ScriptedDesk:
    desk = ScriptedDesk()
    later = NOON + timedelta(hours=2)
    fields = (
        MarkedField(label="受付", lines=mark_lines(["方法：来所"], ["方法：来所"])),
        MarkedField(label="聴取内容", lines=mark_lines(RENT[:1], RENT[1:])),
    )
    desk.history = RecordHistory(
        changes=(
            Change(at=NOON, by=None, what="記録", note="閉じた"),
            Change(at=later, by="鈴木", what="聴取内容", before=RENT[:1], after=RENT[1:], field="choshu"),
        ),
        comparisons=(
            Comparison(before="下書き", after="相談を終えたとき", fields=fields[:1]),
            Comparison(before="下書き", after="今", fields=fields),
            Comparison(before="相談を終えたとき", after="今", fields=fields),
        ),
    )
    return desk


async def opened(clerk: Clerk) -> None:
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    await clerk.press("f4")
    await until(clerk, lambda: "4 件" in screen_text(app))
    await clerk.press("f2")
    await until(clerk, lambda: isinstance(app.screen, RecordScreen) and "家賃" in screen_text(app))
    await clerk.press("ctrl+g")
    await until(clerk, lambda: isinstance(app.screen, HistoryScreen) and "変更 2 件" in screen_text(app))


async def test_the_whole_record_first_and_then_every_change_the_newest_first() -> None:
    app = ConsultAssistApp(desk_with_history())
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        rows = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert [row.split()[0] for row in rows[:3]] == ["全体"] * 3
        assert "相談を終えたとき → 今" in rows[0]
        assert "鈴木" in rows[3]
        assert "自動" in rows[4]
        shown = app.screen.query_one("#change", Prose)
        assert shown.render().plain == "聴取内容\n  家賃 月5万83千円"
        await clerk.press("f2")
        assert shown.render().plain.startswith("受付\n  方法：来所")
        await clerk.press("down", "down", "down")
        assert "鈴木　聴取内容" in shown.render().plain
        deleted = [span for span in shown.render().spans if "strike" in str(span.style)]
        assert len(deleted) == 1
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
