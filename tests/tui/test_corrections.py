"""Corrections beside the fields: a line of the transcript, a saved read-back list, steps back, the form."""

import threading
from dataclasses import replace

from textual.widgets import TextArea

from consult_assist.app.live.status import Phase
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.errors import SoundError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.form import FormScreen
from consult_assist.tui.screens.line import LineScreen
from consult_assist.tui.screens.readback import ReadbackScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.record_form import RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.facts import FIELDS, talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession
from tests.tui.test_readback import opened, reading_back

OTHER = Template(
    id="dv",
    name="DV相談票",
    fields=(
        TemplateField(name="shuso", label="訴え"),
        TemplateField(name="kiken", label="危険", required=True),
    ),
    note="【案】お使いの様式に合わせて直してください。",
)


def talking() -> tuple[ConsultAssistApp, ScriptedDesk, ScriptedSession]:
    session = ScriptedSession()
    session.emit(*talk_events())
    desk = ScriptedDesk(session)
    desk.knowledge = replace(desk.knowledge, templates={**desk.knowledge.templates, OTHER.id: OTHER})
    return ConsultAssistApp(desk, session=session), desk, session


async def open_record(clerk: Clerk, app: ConsultAssistApp) -> RecordScreen:
    await clerk.press("f4")
    await until(clerk, lambda: "4 件" in screen_text(app))
    await clerk.press("f2")
    await until(clerk, lambda: isinstance(app.screen, RecordScreen) and "家賃" in screen_text(app))
    assert isinstance(app.screen, RecordScreen)
    return app.screen


async def test_enter_on_a_line_of_the_counter_puts_it_right() -> None:
    app, _, session = talking()
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "母子手当" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: "行を選んでから" in screen_text(app))
        await clerk.press("up", "up", "enter")
        await until(clerk, lambda: isinstance(app.screen, LineScreen) and "自動扶養手当" in screen_text(app))
        await until(clerk, lambda: "まだありません" in screen_text(app))
        await clerk.press("home", "delete", "delete", "enter")
        await until(clerk, lambda: ("correct", "u4", "0", "扶養手当ですね。ご説明します。") in session.asked)
        await clerk.press("enter", "f9")
        await clerk.press("enter", "enter")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert len([asked for asked in session.asked if asked[0] == "correct"]) == 1


async def open_first_line(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Open the first line of a saved record to put it right."""
    screen = await open_record(clerk, app)
    screen.show_pane("transcript")
    screen.query_one(TranscriptView).choose("u1")
    await clerk.press("enter")
    await until(clerk, lambda: isinstance(app.screen, LineScreen))


async def test_a_line_of_a_saved_record_is_put_right_and_shows_what_rests_on_it() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first_line(clerk, app)
        assert "聴取内容: 家賃 月5万8千円" in screen_text(app)
        app.screen.query_one(TextArea).text = "先月離婚しました。"
        await clerk.press("enter")
        await until(clerk, lambda: any(asked[0] == "correct" for asked in desk.asked))
        asked = next(asked for asked in desk.asked if asked[0] == "correct")
        assert asked[2:] == ("u1", "0", "先月離婚しました。")


async def test_a_correction_that_takes_long_says_so_meanwhile() -> None:
    desk, go_on = ScriptedDesk(), threading.Event()
    keep = desk.correct_line

    def slowly(consultation_id: str, line_id: str, revision: int, text: str) -> RecordDocument:
        go_on.wait(10)
        return keep(consultation_id, line_id, revision, text)

    desk.correct_line = slowly  # type: ignore[method-assign]
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first_line(clerk, app)
        app.screen.query_one(TextArea).text = "先月離婚しました。"
        await clerk.press("enter")
        await until(clerk, lambda: "直しています。" in screen_text(app))
        go_on.set()
        await until(clerk, lambda: "直しています。" not in screen_text(app))


async def test_the_list_of_a_saved_record_is_read_back_without_a_microphone() -> None:
    desk = ScriptedDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(clerk, app)
        await clerk.press("ctrl+r")
        await until(clerk, lambda: isinstance(app.screen, ReadbackScreen))
        await settled(clerk)
        assert "録音は止まります" not in screen_text(app)
        desk.edited["choshu"] = "確かめたこと"
        await clerk.press("f9")
        await until(clerk, lambda: "書きかけ" in screen_text(app))


async def test_what_cannot_be_heard_does_not_keep_the_recording_waiting() -> None:
    app, session = reading_back()
    desk = app.desk
    assert isinstance(desk, ScriptedDesk)
    desk.fails["play"] = SoundError("この相談は録音されていません。")
    async with app.run_test(size=(80, 24)) as clerk:
        await opened(clerk)
        assert "F2 で聞いている間" in screen_text(app)
        await clerk.press("f2")
        await until(clerk, lambda: ("resume",) in session.asked)
        assert session.phase is Phase.RUNNING
        await until(clerk, lambda: "録音を再開しました" in screen_text(app))


async def test_undo_goes_on_with_what_was_saved_before_the_field_was_filled() -> None:
    app, _, session = talking()
    session.edit_field("uketsuke", "来所")
    session.edit_field("uketsuke", "来所\n夫が同席")
    async with app.run_test(size=(80, 24)) as clerk:
        editor = counter(app).query_one(RecordForm).boxes["uketsuke"].editor
        await until(clerk, lambda: editor.text == "来所\n夫が同席")
        await clerk.press("f6", "f6")
        editor.focus()
        await clerk.press("ctrl+z")
        await until(clerk, lambda: editor.text == "来所")
        await clerk.press("ctrl+z")
        await until(clerk, lambda: editor.text == "")
        await clerk.press("ctrl+z")
        await until(clerk, lambda: "これより前の変更はありません" in screen_text(app))
        await clerk.press("ctrl+y")
        await until(clerk, lambda: editor.text == "来所")


async def test_the_form_is_changed_while_people_talk_and_nothing_typed_is_lost() -> None:
    app, desk, session = talking()
    async with app.run_test(size=(120, 36)) as clerk:
        session.edit_field("shuso", "家賃のこと")
        await until(clerk, lambda: "相談記録　窓口標準（案）" in screen_text(app))
        await clerk.press("ctrl+f")
        await until(clerk, lambda: isinstance(app.screen, FormScreen))
        await clerk.press("down")
        await until(clerk, lambda: "必ず書く欄: 危険" in screen_text(app))
        await until(clerk, lambda: "【案】お使いの様式" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: "相談記録　DV相談票（案）" in screen_text(app))
        assert ("form", "dv") in session.asked
        form = counter(app).query_one(RecordForm)
        await until(clerk, lambda: form.boxes["shuso"].editor.text == "家賃のこと")
        assert set(form.boxes) == {name for name, _ in FIELDS}
        assert desk.knowledge.templates["dv"] is OTHER


async def test_who_was_writing_goes_on_writing_in_the_other_form() -> None:
    app, _, session = talking()
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f6", "f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        await clerk.press("ctrl+f")
        await until(clerk, lambda: isinstance(app.screen, FormScreen))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "に変えました" in screen_text(app))
        await settled(clerk)
        await clerk.press(*"家賃")
        await until(clerk, lambda: ("edit", "uketsuke", "家賃") in session.asked)


async def test_the_form_can_be_chosen_before_the_talk() -> None:
    session = ScriptedSession()
    desk = ScriptedDesk(session)
    desk.knowledge = replace(desk.knowledge, templates={**desk.knowledge.templates, OTHER.id: OTHER})
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f2")
        await until(clerk, lambda: "F6 で選びます" in screen_text(app))
        await clerk.press("f6")
        await until(clerk, lambda: isinstance(app.screen, FormScreen))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "DV相談票（案）" in screen_text(app))
        await clerk.press("f5", "f2")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert ("form", "dv") in session.asked
