"""What a clerk types with the Japanese input method, and what is said where nothing can be typed."""

import pytest
from textual import events
from textual.widgets import Input

from consult_assist.domain.consultation import Consent
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.record_form import RecordForm
from tests.tui.clerk import counter, screen_text, settled, until
from tests.tui.facts import FIELDS
from tests.tui.scripted import ScriptedDesk, ScriptedSession

WIDE_SPACE = "ideographic_space"


def by_hand() -> ConsultAssistApp:
    """A consultation without sound."""
    session = ScriptedSession(consent=Consent.HANDWRITTEN)
    return ConsultAssistApp(ScriptedDesk(session), session=session)


async def test_the_wide_space_of_the_input_method_is_kept() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f2", "tab", "ctrl+u", *"山田", WIDE_SPACE, *"花子")
        assert app.screen.query_one("#operator", Input).value == "山田　花子"
    app = by_hand()
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        await clerk.press(*"面談", WIDE_SPACE, *"一時間")
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.text == "面談　一時間"


async def test_all_pasted_lines_go_into_a_field() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f8")
        app.post_message(events.Paste("家賃が\r\n払えない\n"))
        await until(clerk, lambda: app.screen.query_one(Input).value == "家賃が 払えない")


async def test_a_field_without_choices_says_so() -> None:
    app = by_hand()
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        await clerk.press("ctrl+o")
        await until(clerk, lambda: "この欄に選択肢はありません" in screen_text(app))


async def test_a_record_that_waits_says_why_nothing_is_written() -> None:
    app = ConsultAssistApp(ScriptedDesk())
    async with app.run_test(size=(120, 36)) as clerk:
        await clerk.press("f4")
        await until(clerk, lambda: "4 件" in screen_text(app))
        await clerk.press("f2")
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        await clerk.press("f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        assert isinstance(app.focused, FieldEditor)
        app.screen.query_one(RecordForm).let_write("直せません。")
        await clerk.press("あ")
        await until(clerk, lambda: "直せません。" in screen_text(app))
        assert "あ" not in app.focused.text


async def test_a_consultation_without_sound_speaks_of_none() -> None:
    app = by_hand()
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: "手書きでは出ません。F8 で制度をさがせます" in screen_text(app))
        await until(clerk, lambda: "話は文字になりません" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: "記録を閉じます。記録はあとから直せます。" in screen_text(app))
        assert "残りの文字起こし" not in screen_text(app)


async def test_a_consultation_that_goes_on_by_hand_says_so() -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: "話に出た制度がここに出ます" in screen_text(app))
        await until(clerk, lambda: "話し始めると、ここに文字が出ます" in screen_text(app))
        session.withdraw_consent(erase_text=True)
        await until(clerk, lambda: counter(app).state.by_hand)
        await until(clerk, lambda: "手書きでは出ません" in screen_text(app))


async def test_what_is_written_by_hand_begins_in_the_first_empty_field() -> None:
    session = ScriptedSession(consent=Consent.HANDWRITTEN)
    session.draft_line("uketsuke", "担当：山田")
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.field_name == "shuso"


async def test_by_hand_in_a_small_window_the_cursor_is_where_to_write_from_the_start() -> None:
    session = ScriptedSession(consent=Consent.HANDWRITTEN)
    app = ConsultAssistApp(ScriptedDesk(session))
    async with app.run_test(size=(80, 24)) as clerk:
        for key in ("f2", "f5", "f2"):
            await clerk.press(key)
            await settled(clerk)
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        await settled(clerk)
        await clerk.press(*"家賃")
        await until(clerk, lambda: ("edit", "uketsuke", "家賃") in session.asked)


@pytest.mark.parametrize("locked", [False, True])
async def test_the_first_step_into_a_saved_record_leads_where_something_is_to_be_written(
    locked: bool,
) -> None:
    desk = ScriptedDesk()
    desk.edited["uketsuke"] = "担当：山田"
    if locked:
        desk.reviews.submit(desk.records[0].id, "山田")
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: len(app.screen.query(RecordForm)) > 0 and "パート収入" in screen_text(app))
        await settled(clerk)
        await clerk.press("f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.field_name == ("uketsuke" if locked else "annai")


async def test_what_is_typed_first_comes_after_what_stands_there() -> None:
    session = ScriptedSession()
    for field, _ in FIELDS:
        session.draft_line(field, "担当：山田")
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(120, 36)) as clerk:
        editor = counter(app).query_one(RecordForm).boxes["uketsuke"].editor
        await until(clerk, lambda: editor.text == "担当：山田")
        await clerk.press("f6", "f6", *"花子")
        await until(clerk, lambda: editor.text == "担当：山田花子")


async def test_without_a_recording_none_is_offered_to_be_erased() -> None:
    session = ScriptedSession(consent=Consent.TEXT_ONLY)
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("ctrl+t")
        await until(clerk, lambda: "マイクを閉じる（文字は残す）" in screen_text(app))
        assert "音声だけ消す" not in screen_text(app)
        await clerk.press("down", "enter")
        await until(clerk, lambda: ("withdraw", "sound") in session.asked)
        await until(clerk, lambda: "同意の取り消しを残しました。" in screen_text(app))


async def test_guidance_that_is_not_ready_yet_says_so_where_it_will_stand() -> None:
    session = ScriptedSession()
    session.preparing = True
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: "案内を準備しています" in screen_text(app))
        session.preparing = False
        await until(clerk, lambda: "話に出た制度がここに出ます" in screen_text(app))
