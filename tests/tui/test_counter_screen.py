"""The counter screen, used as a clerk uses it."""

import threading

import pytest

from consult_assist.app.live.status import Phase
from consult_assist.domain.consultation import Consent, ConsentWithdrawn
from consult_assist.domain.guidance import Alert, SuggestionsChanged
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.speech import Draft, SegmentFailed, Speaker
from consult_assist.errors import SoundError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.messages import ProgrammeOpened
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.programme import ProgrammeScreen
from consult_assist.tui.screens.protocol import ProtocolScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.veil import VeilScreen
from consult_assist.tui.widgets.alert import AlertBanner
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.guidance import Suggestions
from consult_assist.tui.widgets.record_form import RecordForm
from consult_assist.tui.widgets.status import StatusLine
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import PATIENCE_S, counter, screen_text, settled, until
from tests.tui.facts import talk_events, utterance
from tests.tui.scripted import ScriptedDesk, ScriptedSession


@pytest.fixture
def app(session: ScriptedSession) -> ConsultAssistApp:
    """The application, opened on that consultation."""
    return ConsultAssistApp(ScriptedDesk(session), session=session)


async def test_what_was_said_before_and_is_being_said_is_shown(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await until(clerk, lambda: "児童扶養手当ですね" in view.text)
        assert ("start",) in session.asked
        session.emit(Draft(channel=0, start_s=40.0, text="元の夫から"))
        await until(clerk, lambda: "元の夫から" in view.text)
        session.emit(utterance(8, Speaker.RESIDENT, "元の夫から電話が来ます。"))
        await until(clerk, lambda: "電話が来ます。" in view.text)
        assert view.text.count("元の夫から") == 1


async def test_the_view_follows_until_the_clerk_looks_further_up(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        view = counter(app).query_one(TranscriptView)
        session.emit(*(utterance(number, None, f"{number}番目の発言です。") for number in range(6, 60)))
        await until(clerk, lambda: view.max_scroll_y > 0 and view.scroll_offset.y == view.max_scroll_y)
        await clerk.press("pageup")
        await settled(clerk)
        place = view.scroll_offset.y
        session.emit(utterance(70, None, "新しい発言です。"))
        await until(clerk, lambda: view.unseen == 1)
        assert view.scroll_offset.y == place
        await clerk.press("end")
        await until(clerk, lambda: view.scroll_offset.y == view.max_scroll_y)
        assert view.following


async def test_a_thousand_lines_draw_only_what_is_in_view(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    session.emit(*(utterance(number, None, "長い相談の一行です。" * 5) for number in range(6, 1000)))
    async with app.run_test(size=(120, 36)) as clerk:
        screen = counter(app)
        view = screen.query_one(TranscriptView)
        await until(clerk, lambda: len(view.text.splitlines()) > 1000)
        assert not view.children
        assert view.scroll_offset.y == view.max_scroll_y


async def test_keys_flip_the_speaker_and_retry(app: ConsultAssistApp, session: ScriptedSession) -> None:
    session.emit(SegmentFailed(id="u9", channel=0, start_s=45.0, end_s=50.0, reason="時間切れ"))
    async with app.run_test(size=(80, 24)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await until(clerk, lambda: "F4で再試行" in view.text)
        await clerk.press("f4")
        await until(clerk, lambda: "やり直せました。" in view.text)
        await clerk.press("up", "up", "f3")
        await until(clerk, lambda: ("flip", "u5") in session.asked)
        assert ("retry", "u9") in session.asked


async def test_no_key_flips_a_line_out_of_sight(app: ConsultAssistApp, session: ScriptedSession) -> None:
    session.emit(*(utterance(number, None, "長い相談の一行です。") for number in range(6, 60)))
    async with app.run_test(size=(80, 24)) as clerk:
        screen = counter(app)
        view = screen.query_one(TranscriptView)

        def flips() -> list[tuple[str, ...]]:
            return [ask for ask in session.asked if ask[0] == "flip"]

        await until(clerk, lambda: "flip" not in screen._impossible and view.scroll_offset.y)
        await clerk.press("f6", "f6")
        await until(clerk, lambda: "flip" in screen._impossible)
        await clerk.press("f3", "f6")
        await until(clerk, lambda: "flip" not in screen._impossible)
        await clerk.press("pageup")
        await until(clerk, lambda: "flip" in screen._impossible)
        await clerk.press("f3")
        await settled(clerk)
        assert not flips()
        await clerk.press("end")
        await until(clerk, lambda: "flip" not in screen._impossible)
        await clerk.press("f3")
        await until(clerk, lambda: flips() == [("flip", "u59")])


async def test_a_line_that_changes_its_speaker_leaves_no_copy_of_itself(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    for number, speaker, text in (
        (8, Speaker.RESIDENT, "娘がいます。"),
        (9, Speaker.RESIDENT, "五歳です。"),
        (10, Speaker.CLERK, "そうですか。"),
    ):
        session.emit(utterance(number, speaker, text))
    async with app.run_test(size=(120, 36)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await until(clerk, lambda: "そうですか。" in view.text)
        view.choose("u0")  # the view stays where it is, as while the clerk reads
        await settled(clerk)
        session.flip_speaker("u9")
        await until(clerk, lambda: "職員   五歳です。" in screen_text(app))
        assert screen_text(app).count("五歳です。") == 1


async def test_pause_and_resume(app: ConsultAssistApp, session: ScriptedSession) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        status = counter(app).query_one(StatusLine)
        await clerk.press("f5")
        await until(clerk, lambda: "一時停止" in status.text)
        await clerk.press("f5")
        await until(clerk, lambda: "録音中" in status.text)


async def test_a_lost_microphone_is_said_and_what_to_do(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        session.phase = Phase.MICROPHONE_LOST
        session.trouble = "マイクが外れています。つなぎ直すと自動で再開します。"
        await until(clerk, lambda: "× マイクが外れています" in screen_text(app))
        await until(clerk, lambda: "つなぎ直すと自動で再開します。" in screen_text(app))
        session.phase, session.trouble = Phase.RUNNING, "空き容量がなく、保存できません。"
        await until(clerk, lambda: "空き容量がなく、保存できません。" in screen_text(app))
        session.trouble = None
        await until(clerk, lambda: "保存できません" not in screen_text(app))


# -- danger ------------------------------------------------------------------------------------------------


async def test_alerts_are_shown_one_by_one_and_put_away_with_one_key(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        banner = counter(app).query_one(AlertBanner)
        session.emit(
            Alert(protocol="dv", utterance_id="u5"), Alert(protocol="destitution", utterance_id="u3")
        )
        await until(clerk, lambda: banner.shown == "dv")
        assert "次へ（" in str(banner.border_subtitle)
        await clerk.press("f7")
        await until(clerk, lambda: banner.shown == "destitution")
        await clerk.press("f7")
        await until(clerk, lambda: not banner.display)
        assert [ask for ask in session.asked if ask[0] == "dismiss"] == [
            ("dismiss", "dv"),
            ("dismiss", "destitution"),
        ]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_shipped_protocol_fits_its_banner(
    shipped_knowledge: KnowledgeBase, size: tuple[int, int]
) -> None:
    session = ScriptedSession()
    session.emit(*talk_events())
    desk = ScriptedDesk(session)
    desk.knowledge = shipped_knowledge
    app = ConsultAssistApp(desk, session=session)
    async with app.run_test(size=size) as clerk:
        banner = counter(app).query_one(AlertBanner)
        for protocol in shipped_knowledge.protocols:
            session.emit(Alert(protocol=protocol, utterance_id="u3"))
            await until(clerk, lambda: banner.shown == protocol)  # noqa: B023
            await settled(clerk)
            assert banner.virtual_size.height <= banner.size.height
            assert counter(app).query_one(TranscriptView).size.height >= 3
            await clerk.press("f7")
            await until(clerk, lambda: not banner.display)


async def test_the_whole_protocol_is_one_key_away(app: ConsultAssistApp, session: ScriptedSession) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        session.emit(Alert(protocol="dv", utterance_id="u5"))
        await until(clerk, lambda: counter(app).query_one(AlertBanner).shown == "dv")
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, ProtocolScreen))
        await until(clerk, lambda: "最寄りの相談窓口へ" in screen_text(app))
        await clerk.press("f7")
        await until(clerk, lambda: ("dismiss", "dv") in session.asked)


async def test_hiding_hides_everything_alerts_and_messages_too(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "離婚" in screen_text(app))
        await clerk.press("f12")
        await until(clerk, lambda: isinstance(app.screen, VeilScreen))
        session.emit(Alert(protocol="dv", utterance_id="u5"))
        app.tell("来庁者に見せない文")
        await clerk.press("f9", "f2", "f6", "a", "enter", "escape")
        await until(clerk, lambda: counter(app).query_one(AlertBanner).display)
        assert isinstance(app.screen, VeilScreen)
        assert set(screen_text(app)) <= set("[|] F12\n")
        await clerk.press("f12")
        await until(clerk, lambda: "危険のサイン" in screen_text(app))


# -- the record --------------------------------------------------------------------------------------------


async def test_the_record_fills_itself_but_not_under_the_clerks_hands(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    session.draft_line("shuso", "家賃が払えない")
    async with app.run_test(size=(120, 36)) as clerk:
        form = counter(app).query_one(RecordForm)
        editor = form.boxes["shuso"].editor
        await until(clerk, lambda: editor.text == "家賃が払えない")
        editor.focus()
        await until(clerk, lambda: app.focused is editor)
        await clerk.press("end", "enter", *"本人は窓口相談を希望")
        session.draft_line("shuso", "手当を知りたい")
        session.emit(utterance(9, None, "手当を知りたいです。"))
        await until(clerk, lambda: form.boxes["shuso"].draft.waiting == 1)
        assert editor.text == "家賃が払えない\n本人は窓口相談を希望"
        await clerk.press("tab")
        await until(clerk, lambda: editor.text == "家賃が払えない\n本人は窓口相談を希望\n手当を知りたい")
        kept = [line.text for line in session.record().fields[1].lines]
        assert kept == ["家賃が払えない", "本人は窓口相談を希望", "手当を知りたい"]


async def test_edits_are_saved_while_typing_and_can_be_undone(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f6", "f6")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        await clerk.press(*"面談")
        await until(clerk, lambda: ("edit", "uketsuke", "面談") in session.asked)
        await clerk.press("ctrl+z")
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.text == ""


# -- consent and end ---------------------------------------------------------------------------------------


async def test_withdrawing_consent_erases_only_after_the_question(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await until(clerk, lambda: "離婚" in view.text)
        await clerk.press("ctrl+t")
        await clerk.press("enter")
        await settled(clerk)
        assert not [ask for ask in session.asked if ask[0] == "withdraw"]
        await clerk.press("ctrl+t")
        await clerk.press("down", "down", "enter")
        await until(clerk, lambda: ("withdraw", "all") in session.asked)
        await until(clerk, lambda: view.text == "")


@pytest.mark.parametrize(("downs", "erased", "kept"), [(1, "sound", ["F3", "Ct"]), (2, "all", [])])
async def test_once_consent_is_withdrawn_no_key_is_shown_that_needs_sound(
    app: ConsultAssistApp, session: ScriptedSession, downs: int, erased: str, kept: list[str]
) -> None:
    def shown() -> list[str]:
        footer = screen_text(app).splitlines()[-1].replace(" ", "")
        return [name for name in ("F3話者", "F5停止", "Ctrl+T消す") if name in footer]

    session.emit(SegmentFailed(id="u9", channel=0, start_s=45.0, end_s=50.0, reason="時間切れ"))
    session.emit(utterance(10, Speaker.RESIDENT, "録音はやめてください。"))
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: len(shown()) == 3 and "F4で再試行" in screen_text(app))
        await clerk.press("ctrl+t", *["down"] * downs, "enter")
        await until(clerk, lambda: ("withdraw", erased) in session.asked)
        await until(clerk, lambda: [name[:2] for name in shown()] == kept)
        await until(clerk, lambda: "F4で再試行" not in screen_text(app))
        await until(clerk, lambda: isinstance(app.focused, FieldEditor) is (erased == "all"))
        assert ("認識できませんでした" in screen_text(app)) is (erased == "sound")
        await clerk.press("f4")
        await settled(clerk)
        assert not [ask for ask in session.asked if ask[0] == "retry"]


async def test_a_line_can_be_taken_off_the_record_after_the_sound_was_withdrawn(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "離婚" in counter(app).query_one(TranscriptView).text)
        await clerk.press("ctrl+t", "down", "enter")
        await until(clerk, lambda: counter(app).state.by_hand)
        await clerk.press("ctrl+t")
        await until(clerk, lambda: "選んだ発言だけを記録から外す" in screen_text(app))
        assert "同意の取り消し:" not in screen_text(app)
        await clerk.press("down", "enter")
        await until(clerk, lambda: "この発言の文字と音を消す" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: any(ask[0] == "off record" for ask in session.asked))


async def test_one_line_is_taken_off_the_record_only_after_the_question(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await until(clerk, lambda: "離婚" in view.text)
        last = view.acted_line
        assert last is not None
        await clerk.press("ctrl+t")
        await clerk.press("down", "down", "down", "enter")
        await until(clerk, lambda: "発言を記録から外す" in screen_text(app))
        await clerk.press("enter")
        await settled(clerk)
        assert ("off record", last.id) not in session.asked
        await clerk.press("ctrl+t")
        await clerk.press("down", "down", "down", "enter")
        await until(clerk, lambda: "発言を記録から外す" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: ("off record", last.id) in session.asked)
        await until(clerk, lambda: "記録しない発言" in view.text)
        assert not any(ask[0] == "withdraw" for ask in session.asked)


async def test_finishing_saves_the_open_field_and_opens_the_record(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f6", "f6")
        await clerk.press(*"電話")
        await clerk.press("f9")
        await clerk.press("down", "enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        names = [ask[0] for ask in session.asked]
        assert names.index("edit") < names.index("finish")
        assert ("edit", "uketsuke", "電話") in session.asked


async def test_nothing_typed_while_the_record_is_closed_is_written_after_the_end(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    let_go = threading.Event()
    finish = session.finish

    def slow() -> ConsultationRecord:
        let_go.wait(PATIENCE_S)
        return finish()

    session.finish = slow  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f6", "f6", "f9", "down", "enter")
        await until(clerk, lambda: "記録をまとめています" in screen_text(app))
        await clerk.press(*"あと", "f12")
        let_go.set()
        await until(clerk, lambda: ("finish",) in session.asked)
        await settled(clerk)
        assert isinstance(app.screen, VeilScreen)
        await clerk.press("f12")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        assert session.asked[-1] == ("finish",)


async def test_leaving_with_ctrl_q_is_refused_during_a_consultation(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("ctrl+q")
        await until(clerk, lambda: "相談の途中です" in screen_text(app))
        await clerk.press("ctrl+c")
        await settled(clerk)
        assert "最初の画面で F9" not in screen_text(app)
        assert app.is_running


# -- panes and suggestions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "panes"), [((80, 24), 1), ((120, 36), 3), ((200, 50), 3)])
async def test_panes_fit_the_terminal(app: ConsultAssistApp, size: tuple[int, int], panes: int) -> None:
    async with app.run_test(size=size) as clerk:
        await settled(clerk)
        names = ("#transcript-pane", "#guidance-pane", "#record-pane")
        shown = [name for name in names if counter(app).query_one(name).region.area > 0]
        assert len(shown) == panes


async def test_details_open_from_the_key_and_show_dates_of_amounts(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        await clerk.press("f6")
        assert isinstance(app.focused, Suggestions)
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))
        await until(clerk, lambda: "時点 2025-04" in screen_text(app))
        await clerk.press("f3")
        await until(clerk, lambda: ("ledger", "jidou-fuyou-teate", "told", "") in session.asked)
        await clerk.press("f2")
        opened = [ask[1] for ask in session.asked if ask[0] == "opened"]
        assert opened[:1] == ["jidou-fuyou-teate"]
        assert len(opened) == 2
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))


async def test_a_programme_that_left_the_list_when_it_was_chosen_still_opens(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        gone = counter(app).state.listed[0]
        counter(app).post_message(ProgrammeOpened(gone))
        session.emit(ConsentWithdrawn(erase_text=True))
        counter(app)._tick()
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))
        await until(clerk, lambda: app.desk.knowledge.programmes[gone].name in screen_text(app))


async def test_why_a_programme_does_not_apply_can_be_said_in_own_words(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, ProgrammeScreen))
        await clerk.press("f5")
        await until(clerk, lambda: "対象外とする理由" in screen_text(app))
        await clerk.press("up", "enter")
        await until(clerk, lambda: "短く書いてください" in screen_text(app))
        await clerk.press(*"県外に住む", "enter")
        wanted = ("ledger", "jidou-fuyou-teate", "not_applicable", "県外に住む")
        await until(clerk, lambda: wanted in session.asked)


async def test_among_the_suggestions_one_key_sets_the_ledger(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        await clerk.press("f6", "f3", "down", "f4")
        await until(clerk, lambda: len([ask for ask in session.asked if ask[0] == "ledger"]) == 2)
        await until(clerk, lambda: "説明済" in screen_text(app).splitlines()[-1])
        titles = [
            counter(app).query_one(name) for name in ("#suggestions-title", "#transcript-pane > Static")
        ]
        assert [bool(title.styles.text_style.underline) for title in titles] == [True, False]
        assert [ask[1:3] for ask in session.asked if ask[0] == "ledger"] == [
            ("jidou-fuyou-teate", "told"),
            ("jukyo-kakuho", "check"),
        ]
        assert not [ask for ask in session.asked if ask[0] == "flip"]


async def test_a_programme_that_took_the_place_under_the_finger_is_not_marked_unseen(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    def marked() -> list[tuple[str, ...]]:
        return [ask[1:3] for ask in session.asked if ask[0] == "ledger"]

    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: bool(counter(app).state.suggested))
        await clerk.press("f6")
        session.emit(SuggestionsChanged(shown=("boshi-kashitsuke", "jukyo-kakuho", "shugaku-enjo"), why=()))
        counter(app)._tick()
        await clerk.press("f3")
        await until(clerk, lambda: "案内が入れかわった" in screen_text(app))
        assert not marked()
        counter(app)._replaced_at_s -= 1.0
        await clerk.press("f3")
        await until(clerk, lambda: marked() == [("boshi-kashitsuke", "told")])


async def test_below_a_danger_questions_and_record_stay_in_sight(
    app: ConsultAssistApp, session: ScriptedSession
) -> None:
    session.emit(Alert(protocol="dv", utterance_id="u1"))
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: "危険のサイン" in screen_text(app))
        await until(clerk, lambda: "市立の小中学校に通っていますか" in screen_text(app))
        await settled(clerk)
        assert counter(app).query_one(RecordForm).region.height >= 5
        assert "必要なもの" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_act_is_named_in_the_footer(
    app: ConsultAssistApp, session: ScriptedSession, size: tuple[int, int]
) -> None:
    session.reads_back = True
    async with app.run_test(size=size) as clerk:
        wanted = "F1使い方 F2詳細 F3話者 F5停止 F6移動 F8検索 F9終える F12伏せる Ctrl+T消す"
        labels = wanted.split()

        def all_named() -> bool:
            footer = screen_text(app).splitlines()[-1].replace(" ", "")
            return all(label in footer for label in labels)

        await until(clerk, all_named)
        await until(clerk, lambda: "（Ctrl+R）" in screen_text(app).splitlines()[0])
        assert ("Ctrl+R" in screen_text(app).splitlines()[-1]) is (size[0] > 80)  # whole or not at all
        session.emit(Alert(protocol="dv", utterance_id="u1"))
        labels.append("F7見た")
        await until(clerk, all_named)
        await until(clerk, lambda: "Ctrl+R" not in screen_text(app))


async def test_an_act_that_fails_says_one_sentence(app: ConsultAssistApp, session: ScriptedSession) -> None:
    def fail(_: str) -> None:
        raise SoundError("この行の音声はもうありません。")

    session.retry_segment = fail  # type: ignore[method-assign,assignment]
    session.emit(SegmentFailed(id="u9", channel=0, start_s=45.0, end_s=50.0, reason="時間切れ"))
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "F4で再試行" in screen_text(app))
        await clerk.press("f4")
        await until(clerk, lambda: "この行の音声はもうありません。" in screen_text(app))


async def test_handwritten_works_without_a_microphone() -> None:
    session = ScriptedSession(consent=Consent.HANDWRITTEN)
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        status = counter(app).query_one(StatusLine)
        await until(clerk, lambda: "手書き" in status.text)
        await clerk.press("f12", "f12")
        await clerk.press(*"手で書く")
        await until(clerk, lambda: ("edit", "uketsuke", "手で書く") in session.asked)


async def test_by_hand_the_room_of_what_cannot_be_found_is_for_the_record() -> None:
    session = ScriptedSession(consent=Consent.HANDWRITTEN)
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: "F8 で制度をさがせます" in screen_text(app))
        await until(clerk, lambda: counter(app).query_one(RecordForm).region.height > 25)


async def test_a_slow_act_does_not_hold_the_screen(app: ConsultAssistApp, session: ScriptedSession) -> None:
    let_go = threading.Event()
    session.pause = lambda: let_go.wait(PATIENCE_S)  # type: ignore[method-assign,assignment]
    async with app.run_test(size=(80, 24)) as clerk:
        view = counter(app).query_one(TranscriptView)
        await clerk.press("f5")
        session.emit(utterance(9, None, "止めている間の発言です。"))
        await until(clerk, lambda: "止めている間の発言です。" in view.text)
        let_go.set()
