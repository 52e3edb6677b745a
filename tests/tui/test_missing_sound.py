"""A record whose recording became shorter says so when it is opened."""

import pytest

from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.record import RecordScreen
from tests.tui.clerk import screen_text, until
from tests.tui.scripted import ScriptedDesk, ScriptedSession


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_missing_sound_is_told_when_the_record_is_opened(size: tuple[int, int]) -> None:
    desk = ScriptedDesk(ScriptedSession())
    desk.missing = "録音は 0:03 から 0:08 までが欠けているので、その間は文字起こしで確かめてください。"
    app = ConsultAssistApp(desk)
    async with app.run_test(size=size) as clerk:
        await app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: "0:03 から 0:08 までが欠けている" in screen_text(app))
