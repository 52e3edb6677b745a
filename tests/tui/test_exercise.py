"""An exercise, done as a trainee does it: with the keyboard alone."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from consult_assist.app.training.session import Way
from consult_assist.domain.exercise import ExerciseScored, JumpedBack, ProgrammeRaised
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.screens.exercise_acts import GuideScreen, QuestionScreen
from consult_assist.tui.screens.exercise_counter import ExerciseCounterScreen
from consult_assist.tui.screens.exercise_list import ExerciseListScreen
from consult_assist.tui.screens.exercise_result import ExerciseResultScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.record_pane import RecordPane
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.exercise_facts import Attempt, NotingPlayer
from tests.tui.scripted import ScriptedDesk


def footer(app: ConsultAssistApp) -> str:
    """The row of keys."""
    return screen_text(app).splitlines()[-1].replace(" ", "")


async def open_list(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Go to the exercises."""
    await clerk.press("f6")
    await until(clerk, lambda: "離婚のあとの生活" in screen_text(app))


async def begin(clerk: Clerk, app: ConsultAssistApp, desk: ScriptedDesk, *keys: str) -> Attempt:
    """Begin the first exercise, after some keys among the settings."""
    await open_list(clerk, app)
    await clerk.press(*keys, "f2")
    await until(clerk, lambda: isinstance(app.screen, ExerciseCounterScreen))
    await until(clerk, lambda: desk.training.attempts[-1].session.play.running)
    return desk.training.attempts[-1]


async def hear_until(
    clerk: Clerk, app: ConsultAssistApp, attempt: Attempt, sound_s: float, line: str
) -> None:
    """Let the talk come to a second and see it."""
    attempt.hear_until(sound_s)
    await until(clerk, lambda: line in counter(app).query_one(TranscriptView).text)


async def guide(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Bring up the first programme that the search finds."""
    await clerk.press("f2")
    await until(clerk, lambda: isinstance(app.screen, GuideScreen) and isinstance(app.focused, Input))
    await clerk.press("x")
    await until(clerk, lambda: "4 件" in screen_text(app))
    await clerk.press("enter")
    await until(clerk, lambda: isinstance(app.screen, ExerciseCounterScreen))


async def finish(clerk: Clerk, app: ConsultAssistApp) -> None:
    """End the exercise and wait for its score."""
    await clerk.press("f9", "down", "enter")
    await until(clerk, lambda: isinstance(app.screen, ExerciseResultScreen))
    await until(clerk, lambda: "案内する制度" in screen_text(app))


async def test_an_exercise_from_the_home_screen_to_its_score_and_once_more(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await hear_until(clerk, app, attempt, 16.0, "月に九万円くらいです。")
        await guide(clerk, app)
        await until(clerk, lambda: "案内を残しました: 児童扶養手当" in screen_text(app))
        assert "正" not in screen_text(app)
        await clerk.press("f3")
        await until(clerk, lambda: isinstance(app.screen, QuestionScreen))
        await clerk.press(*"養育費は受け取っていますか", "enter")
        await hear_until(clerk, app, attempt, 30.0, "家の前で待っていて")
        await clerk.press("f4", "enter")
        await until(clerk, lambda: attempt.session.called == ["dv"])
        await until(clerk, lambda: "危険 配偶者からの暴力" in screen_text(app))
        await until(clerk, lambda: "F9 で結果へ" in screen_text(app))
        await clerk.press("f6", "tab", "tab", *"収入 月9万円")
        await finish(clerk, app)
        text = screen_text(app)
        assert "制度 1/2  危険 1/1  質問 1/1  記録 1/1" in text
        assert "× 見のがし" in text
        assert "住居確保給付金" in text
        await clerk.press("f2")
        await until(clerk, lambda: (20.7, 30.3) in desk.training.heard)
        await clerk.press("f4")
        await until(clerk, lambda: "お手本の記録" in screen_text(app))
        await clerk.press("f9", "f5")
        await until(clerk, lambda: len(desk.training.attempts) == 2)
        await until(clerk, lambda: isinstance(app.screen, ExerciseCounterScreen))
        await hear_until(clerk, app, desk.training.attempts[1], 16.0, "月に九万円くらいです。")
        await finish(clerk, app)
        await clerk.press("end")
        await until(clerk, lambda: "前の自分と比べる" in screen_text(app))
        await until(clerk, lambda: "制度 1/2  危険 1/1  質問 1/1  記録 1/1" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, ExerciseListScreen))


async def test_the_talk_waits_while_the_trainee_answers(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await hear_until(clerk, app, attempt, 6.0, "ご相談ですか。")
        await clerk.press("f3")
        await until(clerk, lambda: not attempt.session.play.running)
        await clerk.press("f9")
        await until(clerk, lambda: attempt.session.play.running)
        assert attempt.player.played[-1] == (6.0, None, 1.0)


async def test_as_at_a_counter_nothing_stops_and_nothing_is_heard_again(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk, "f5")
        await hear_until(clerk, app, attempt, 6.0, "ご相談ですか。")
        await clerk.press("f5", "f7", "f3")
        await until(clerk, lambda: isinstance(app.screen, QuestionScreen))
        await settled(clerk)
        assert attempt.session.play.running
        assert attempt.session.status().sound_s == 6.0


async def test_enter_hears_again_from_the_chosen_line_and_writes_a_row_in_the_record(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await hear_until(clerk, app, attempt, 20.0, "いかがですか。")
        await clerk.press("up", "up", "enter")
        await until(clerk, lambda: attempt.session.status().sound_s == 5.0)
        await until(clerk, lambda: "聞き直し中" in screen_text(app))
        await until(clerk, lambda: counter(app).query_one(TranscriptView).chosen == "u0002")
        await clerk.press("f6", "a", "enter", "b")
        field = app.focused
        assert isinstance(field, FieldEditor)
        assert field.text == "a\nb"
        assert attempt.session.status().sound_s == 5.0
        attempt.hear_until(21.0)
        await until(clerk, lambda: "練習中" in screen_text(app))
        await until(clerk, lambda: counter(app).query_one(TranscriptView).chosen is None)
        assert len([item for item in attempt.acts if isinstance(item.event, JumpedBack)]) == 1


async def test_a_programme_is_taken_back_without_searching_for_it(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await guide(clerk, app)
        await until(clerk, lambda: attempt.session.raised == ["jidou-fuyou-teate"])
        await clerk.press("f2")
        await until(clerk, lambda: "児童扶養手当" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: not attempt.session.raised)
        await until(clerk, lambda: "案内を取り消しました" in screen_text(app))


async def test_a_known_question_is_chosen_by_its_words(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    programme = desk.knowledge.programmes["jukyo-kakuho"]
    question = "家賃の滞納は何か月分ですか。"
    desk.knowledge = replace(
        desk.knowledge, programmes={programme.id: replace(programme, questions=(question,))}
    )
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await clerk.press("f3")
        await until(clerk, lambda: isinstance(app.screen, QuestionScreen))
        assert question not in screen_text(app)
        await clerk.press(*"滞納")
        await until(clerk, lambda: question in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: attempt.session.asked == [question])


async def test_without_a_loudspeaker_one_sentence_and_the_text_goes_on(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.training.player = NotingPlayer(silent=True)
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await until(clerk, lambda: "音を出せないので、文字だけで進めます。" in screen_text(app))
        await hear_until(clerk, app, attempt, 6.0, "ご相談ですか。")


async def test_an_exercise_can_be_left_without_a_score(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk)
        await clerk.press("f9", "down", "down", "enter")
        await until(clerk, lambda: isinstance(app.screen, ExerciseListScreen))
        assert not [item for item in attempt.acts if isinstance(item.event, ExerciseScored)]
        assert app.live is None
        await until(clerk, lambda: "まだしていません" in screen_text(app))


async def test_leaving_with_ctrl_q_names_the_exercise(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await begin(clerk, app, desk)
        await clerk.press("ctrl+q")
        await until(clerk, lambda: "練習の途中です。F9 で練習を終えてください。" in screen_text(app))
        assert app.is_running


async def test_speed_hints_and_name_are_set_before(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(clerk, app)
        await clerk.press("f3", "f6", *["backspace"] * 6, *"研修", "enter", "f2")
        await until(clerk, lambda: isinstance(app.screen, ExerciseCounterScreen))
        assert desk.training.attempts[0].session.way == Way(speed=1.25, trainee="研修")
        await until(clerk, lambda: "1.25倍" in screen_text(app))


async def test_danger_in_the_hints_has_its_keys(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        attempt = await begin(clerk, app, desk, "f4")
        await hear_until(clerk, app, attempt, 30.0, "家の前で待っていて")
        await until(clerk, lambda: "危険のサイン: " in screen_text(app))
        await clerk.press("f2")
        await until(clerk, lambda: "今、安全な場所にいるかを確かめる" in screen_text(app))
        await clerk.press("f7")
        await until(clerk, lambda: "危険のサイン: " not in screen_text(app))
        await guide(clerk, app)
        acts = [item for item in attempt.acts if isinstance(item.event, ProgrammeRaised)]
        assert len(acts) == 1


@pytest.mark.parametrize("hints", [False, True])
async def test_the_keys_fit_into_a_row_of_eighty_cells(
    app: ConsultAssistApp, desk: ScriptedDesk, *, hints: bool
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await begin(clerk, app, desk, *(["f4"] if hints else []))
        labels = "F1使い方 F2案内 F3質問 F4危険 F5停止 F6移動 F7前へ F8検索 F9終える F12伏せる"
        await until(clerk, lambda: all(label in footer(app) for label in labels.split()))


async def test_what_the_trainee_writes_begins_below_what_is_filled_in(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        attempt = await begin(clerk, app, desk)
        attempt.session.edit_field("uketsuke", "方法：練習")
        counter(app).query_one(RecordPane).stale = True
        await until(clerk, lambda: "方法：練習" in screen_text(app))
        await clerk.press("f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.field_name == "shuso"
