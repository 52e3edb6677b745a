"""Home, start, samples, records, one record, check."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, OptionList

from consult_assist.app.settings import Settings
from consult_assist.app.upkeep.doctor import equipment_checks
from consult_assist.app.workplace import CheckResult
from consult_assist.domain.consultation import Consent, ConsultationState
from consult_assist.domain.knowledge import Template
from consult_assist.domain.record import RecordLine
from consult_assist.errors import ConsultAssistError, MicrophoneError, StoreBusyError
from consult_assist.storage.base import ChainFault
from consult_assist.tui import files
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.files import record_stem, write_export
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.help import HelpScreen
from consult_assist.tui.screens.home import HomeScreen
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.start import StartScreen
from consult_assist.tui.widgets.record_form import RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import PATIENCE_S, Clerk, screen_text, settled, until
from tests.tui.facts import NOON
from tests.tui.scripted import ScriptedDesk, summary


async def test_consent_has_to_be_chosen_before_anything_starts(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f2")
        await until(clerk, lambda: isinstance(app.screen, StartScreen))
        assert app.screen.query_one("#operator", Input).value == "yamada"
        await until(clerk, lambda: "職員認証なし" in screen_text(app))
        await clerk.press("f2")
        await until(clerk, lambda: "録音の同意を選んでください" in screen_text(app))
        assert desk.asked == [("load ahead",)]
        await clerk.press("f4", "tab", "tab", *"R8-7", "f2")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert ("start", Consent.TEXT_ONLY.value, "yamada", "R8-7") in desk.asked


async def test_arrows_and_enter_start_a_consultation(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, StartScreen))
        await clerk.press("enter", "enter", "enter", "enter")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert ("start", Consent.RECORDED.value, "yamada", "") in desk.asked


@pytest.mark.parametrize(
    "error", [MicrophoneError("マイクが見つかりません。つないでください。"), StoreBusyError("使用中です。")]
)
async def test_what_cannot_start_says_one_sentence_and_stays(
    app: ConsultAssistApp, desk: ScriptedDesk, error: ConsultAssistError
) -> None:
    desk.fails["start"] = error
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f2", "f3", "f2")
        await until(clerk, lambda: str(error) in screen_text(app))
        assert isinstance(app.screen, StartScreen)


async def test_an_interrupted_consultation_is_offered_first(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.interrupted = [summary(3, state=ConsultationState.OPEN)]
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: app.screen.query_one(OptionList).get_option_at_index(0).id == "resume")
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert ("resume", desk.interrupted[0].id) in desk.asked


async def test_an_interrupted_consultation_can_be_closed(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    desk.interrupted = [summary(3, state=ConsultationState.OPEN)]
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: "途中の相談を閉じる" in screen_text(app))
        await clerk.press("f10")
        await until(clerk, lambda: "途中の相談" not in screen_text(app))
        await until(clerk, lambda: "記録を閉じました。F4" in screen_text(app))
        assert desk.asked[0][0] == "close"


async def test_the_mouse_works_too(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: app.screen.query_one(OptionList).option_count == 7)
        await clerk.click("#home-choices", offset=(4, 4))
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))


async def test_a_sample_is_replayed_at_the_speed_chosen(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f3")
        await until(clerk, lambda: "離婚後の生活と手当の相談" in screen_text(app))
        await clerk.press("down", "f3", "f4", "f2")
        await until(clerk, lambda: isinstance(app.screen, CounterScreen))
        assert ("replay", "02-yachin.flac", "2.0") in desk.asked
        await until(clerk, lambda: "見本を再生中" in screen_text(app))
        assert app.screen.has_class("-no-hints")


async def test_records_are_found_and_opened(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    desk.records.append(summary(9, headline="介護の相談", purpose="replay"))
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f4")
        await until(clerk, lambda: "5 件" in screen_text(app))
        await clerk.press("f3", *"介護")
        await until(clerk, lambda: "1 件" in screen_text(app))
        assert "見本" in screen_text(app)
        await clerk.press("enter", "enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        await until(clerk, lambda: "家賃 月5万8千円" in screen_text(app))


async def open_record(app: ConsultAssistApp, clerk: Clerk) -> RecordScreen:
    """Open the first record from the list."""
    await clerk.press("f4")
    await until(clerk, lambda: "4 件" in screen_text(app))
    await clerk.press("f2")
    await until(clerk, lambda: bool(app.screen.query(RecordForm)) and app.focused is not None)
    assert isinstance(app.screen, RecordScreen)
    return app.screen


async def test_a_screen_knows_the_size_of_the_window_before_it_is_drawn(desk: ScriptedDesk) -> None:
    class Seen(OfficeScreen):
        def on_mount(self) -> None:
            self.at_first = set(self.classes)

    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        screen = Seen(desk)
        await app.push_screen(screen)
        await settled(clerk)
        assert {"-narrow", "-low"} <= screen.at_first
        assert screen.classes == screen.at_first


async def test_the_sound_of_a_line_is_one_key_away(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await open_record(app, clerk)
        await clerk.press("down", "f2")
        await until(clerk, lambda: ("play", desk.records[0].id, "u1") in desk.asked)


async def test_a_saved_line_that_was_not_recognised_names_no_key_that_does_something_else(
    desk: ScriptedDesk,
) -> None:
    document = desk.open_record(desk.records[0].id)
    failed = replace(document.transcript[0], failure="時間切れ", text="", heard="")
    shown = replace(document, transcript=(failed,))
    desk.open_record = lambda consultation_id: shown  # type: ignore[method-assign]
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        await clerk.press("f4", "f2")
        await until(clerk, lambda: "認識できませんでした" in screen_text(app))
        assert "F4" not in screen_text(app)


async def test_the_words_behind_a_line_of_the_record_are_one_key_away(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        screen = await open_record(app, clerk)
        await clerk.press("f6", "tab", "f2")
        await until(clerk, lambda: ("play", desk.records[0].id, "u1", "10.5-12.0") in desk.asked)
        await until(clerk, lambda: screen.query_one(TranscriptView).chosen == "u1")
        await clerk.press("shift+tab", "f2")
        await until(clerk, lambda: "この行の元になった発言はありません。" in screen_text(app))


class SlowDesk(ScriptedDesk):
    """Finds words only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.found = threading.Event()

    def find_words(self, consultation_id: str, line_id: str, words: RecordLine) -> None:
        self.found.wait(PATIENCE_S)


async def test_a_search_that_lasts_is_explained_and_ends_with_the_whole_utterance() -> None:
    desk = SlowDesk()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        await open_record(app, clerk)
        await clerk.press("f6", "tab", "f2")
        await until(clerk, lambda: "聞く場所を探しています" in screen_text(app))
        desk.found.set()
        await until(clerk, lambda: ("play", desk.records[0].id, "u1") in desk.asked)


async def test_a_correction_is_saved_and_the_record_can_be_closed_again(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press(*"窓口")
        await until(clerk, lambda: ("edit", desk.records[0].id, "uketsuke", "窓口") in desk.asked)
        await until(clerk, lambda: "書きかけ" in screen_text(app))
        await clerk.press("f5")
        await until(clerk, lambda: "記録だけ閉じる" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "書きかけ" not in screen_text(app) and "下書き" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))


async def test_a_record_is_not_closed_with_words_that_nobody_saw(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press(*"窓口")
        await until(clerk, lambda: ("edit", desk.records[0].id, "uketsuke", "窓口") in desk.asked)
        await clerk.press("f5")
        await until(clerk, lambda: "記録だけ閉じる" in screen_text(app))
        desk.edited["uketsuke"] = "電話"  # in another window
        await clerk.press("down", "enter")
        await until(clerk, lambda: "別の画面で書きかえられました" in screen_text(app))
        assert ("close", desk.records[0].id) not in desk.asked


async def test_leaving_at_once_keeps_what_was_typed(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press("x", "f9")
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))
        assert ("edit", desk.records[0].id, "uketsuke", "x") in desk.asked


@pytest.mark.parametrize(
    ("what", "can_be_heard"),
    [({}, True), ({"sound_erased": True}, False), ({"consent": Consent.HANDWRITTEN}, False)],
    ids=["recorded", "erased", "by hand"],
)
async def test_hearing_is_offered_only_where_there_is_sound(
    app: ConsultAssistApp, desk: ScriptedDesk, what: dict[str, object], can_be_heard: bool
) -> None:
    desk.records[0] = summary(0, **what)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        enabled = {key: item.enabled for key, item in app.screen.active_bindings.items()}
        assert [enabled["f2"], enabled["f7"]] == [can_be_heard] * 2


async def test_export_shows_where_the_file_went(
    app: ConsultAssistApp, desk: ScriptedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "export_folder", lambda: tmp_path)
    async with app.run_test(size=(120, 36)) as clerk:
        await open_record(app, clerk)
        await clerk.press("f3", "down", "down", "enter")
        await until(clerk, lambda: "書き出しました" in screen_text(app))
        assert ("export", desk.records[0].id, "pdf") in desk.asked
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"record"]


@pytest.mark.parametrize(
    ("place", "suffix", "caution"),
    [
        (4, "sheet.pdf", "家で見られて困ることがないか"),
        (10, "training.txt", "必ず目で"),
        (11, "training-list.txt", "事務所の外に"),
    ],
)
async def test_what_may_leave_the_office_is_written_with_what_to_mind(
    app: ConsultAssistApp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: int,
    suffix: str,
    caution: str,
) -> None:
    monkeypatch.setattr(files, "export_folder", lambda: tmp_path)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press("f3", *["down"] * place, "enter")
        await until(clerk, lambda: "書き出しました" in screen_text(app))
        await until(clerk, lambda: caution in screen_text(app))
        (written,) = tmp_path.iterdir()
        assert written.name.endswith(f".{suffix}")
        assert ("2026" in written.name) is ("training" not in suffix)  # the time leads back to the talk


async def test_a_record_is_filled_into_the_word_form_of_the_office_which_is_kept_in_mind(
    app: ConsultAssistApp, desk: ScriptedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "export_folder", lambda: tmp_path)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press("f3", "down", "enter")
        await until(clerk, lambda: isinstance(app.focused, Input))
        app.post_message(events.Paste('"/様式/面接記録票.docx"'))
        await until(clerk, lambda: "面接記録票" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: "書き出しました" in screen_text(app))
        assert ("fill form", desk.records[0].id, str(Path("/様式/面接記録票.docx"))) in desk.asked
        assert [path.suffix for path in tmp_path.iterdir()] == [".docx"]
        await clerk.press("enter", "f3", "down", "enter")
        await until(clerk, lambda: isinstance(app.focused, Input))
        await until(clerk, lambda: "面接記録票.docx" in screen_text(app))


async def test_an_export_that_takes_long_says_so_meanwhile(
    app: ConsultAssistApp, desk: ScriptedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "export_folder", lambda: tmp_path)
    written = threading.Event()
    export = desk.export_record

    def slow(consultation_id: str, format_name: str) -> bytes:
        written.wait(PATIENCE_S)
        return export(consultation_id, format_name)

    monkeypatch.setattr(desk, "export_record", slow)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.press("f3", "enter")
        await until(clerk, lambda: "書き出しています" in screen_text(app))
        written.set()
        await until(clerk, lambda: "書き出しました" in screen_text(app))
        assert "書き出しています" not in screen_text(app)


def test_an_export_never_overwrites_and_names_no_person(tmp_path: Path) -> None:
    first = write_export(b"1", stem=record_stem(NOON), suffix="txt", folder=tmp_path)
    second = write_export(b"2", stem=record_stem(NOON), suffix="txt", folder=tmp_path)
    assert first.read_bytes() == b"1"
    assert second.name == first.stem + "-2.txt"
    assert first.name.startswith("相談記録_2026112")


def test_an_export_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConsultAssistError, match="書き出せません"):
        write_export(b"1", stem=record_stem(NOON), suffix="txt", folder=tmp_path / "missing")


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ([], "書きかえも抜けもありません"),
        (
            [ChainFault(position=3, consultation_id=None, message="3番目の記録が合いません。")],
            "3番目の記録が合いません。",
        ),
        (
            [ChainFault(position=3, consultation_id="a", message="相談 a の録音は、欠けています。")],
            "記録や録音に、合わない所が 1 か所あります",
        ),
    ],
)
async def test_verification_tells_what_it_found(
    app: ConsultAssistApp, desk: ScriptedDesk, faults: list[ChainFault], sentence: str
) -> None:
    desk.faults = faults
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f4")
        await clerk.press("f4")
        await until(clerk, lambda: isinstance(app.screen, ConfirmScreen) and sentence in screen_text(app))


async def test_the_check_lists_each_part_and_what_to_do(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f5")
        await until(clerk, lambda: "直すところが 1 件" in screen_text(app))
        await until(clerk, lambda: "児童相談所の電話番号が未登録です" in screen_text(app))


async def test_the_terminal_can_be_checked_from_the_screens(desk: ScriptedDesk) -> None:
    class CheckingDesk(ScriptedDesk):
        def check_equipment(self) -> Iterator[CheckResult]:
            checks = equipment_checks(
                Settings(),
                desk.knowledge,
                list_microphones=list,
                find_model=lambda: None,
                find_device=NotImplemented,
                load_analyzer=lambda: None,
                load_voice_encoder=lambda: None,
                open_store=lambda: None,
            )
            yield from (check() for check in checks if isinstance(check, partial) and "画面" in check.args)

    app = ConsultAssistApp(CheckingDesk())
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f5")
        await until(clerk, lambda: "すべて使えます" in screen_text(app))


@pytest.mark.parametrize(
    "way", [(), ("f2",), ("f3",), ("f4",), ("f5",)], ids=["home", "start", "samples", "records", "check"]
)
async def test_f1_explains_every_key_of_the_footer(app: ConsultAssistApp, way: tuple[str, ...]) -> None:
    async with app.run_test(size=(120, 36)) as clerk:
        await clerk.press(*way)
        await settled(clerk)
        shown = [item.binding for item in app.screen.active_bindings.values() if item.binding.show]
        await clerk.press("f1")
        await until(clerk, lambda: isinstance(app.screen, HelpScreen))
        await settled(clerk)
        for binding in shown:
            assert binding.tooltip[:12] in screen_text(app)
        await clerk.press("f1")
        await until(clerk, lambda: not isinstance(app.screen, HelpScreen))


async def test_no_act_needs_a_letter_key(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        for way in ("f2", "f3", "f4", "f5"):
            await clerk.press(way)
            await settled(clerk)
            shown = [item.binding.key for item in app.screen.active_bindings.values() if item.binding.show]
            assert all(key.startswith(("f", "ctrl+")) and key != "f10" for key in shown)
            await clerk.press("f9")
            await until(clerk, lambda: isinstance(app.screen, HomeScreen))


def test_a_bug_closes_the_screen_without_showing_anybodys_words(
    desk: ScriptedDesk, capfd: pytest.CaptureFixture[str]
) -> None:
    class BuggyApp(ConsultAssistApp):
        def on_ready(self) -> None:
            def fail() -> None:
                words = "市民のことば"
                raise KeyError(words)

            self.call_later(fail)

    app = BuggyApp(desk)
    app.run(headless=True)
    shown = "".join(capfd.readouterr())
    assert app.return_code == 1
    assert "予期しない不具合" in shown
    assert "市民のことば" not in shown


async def test_a_record_is_put_into_another_form(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        other = Template(id="dv", name="DV相談票", fields=())
        desk.knowledge = replace(desk.knowledge, templates={**desk.knowledge.templates, "dv": other})
        await clerk.press("ctrl+f")
        await until(clerk, lambda: "様式を変える" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: ("form", desk.records[0].id, "dv") in desk.asked)
        await until(clerk, lambda: bool(app.screen.query(RecordForm)) and app.focused is not None)
        await until(clerk, lambda: "家賃 月5万8千円" in screen_text(app))


async def test_what_the_footer_has_no_room_for_is_chosen_from_a_list(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        assert screen_text(app).splitlines()[-1].endswith("F12伏せる")
        await clerk.press("f6", "f8")
        await until(clerk, lambda: "ほかの操作" in screen_text(app))
        await until(clerk, lambda: "Ctrl+G" in screen_text(app))
        await until(clerk, lambda: "書きかえや抜けを調べる  F4" in screen_text(app))
        await clerk.press("down", "down", "down", "down", "enter")
        await until(clerk, lambda: "発言を記録から外す" in screen_text(app))
        await clerk.press("f9", "f8")
        await until(clerk, lambda: "ほかの操作" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "記録の履歴" in screen_text(app))


async def test_the_footer_fits_the_window_after_its_size_changed(app: ConsultAssistApp) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.resize_terminal(120, 36)
        await until(clerk, lambda: "F12 伏せる" in screen_text(app))
        await until(clerk, lambda: "F7 止める  F8 ほか  F9 戻る" in screen_text(app))
        await clerk.resize_terminal(80, 24)
        await until(clerk, lambda: screen_text(app).endswith("F12伏せる"))


async def test_a_window_made_larger_under_a_dialog_is_laid_out_anew_and_no_longer_called_small(
    app: ConsultAssistApp,
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_record(app, clerk)
        await clerk.resize_terminal(70, 20)
        await until(clerk, lambda: "窓が小さすぎます" in screen_text(app))
        await clerk.press("f8")
        await until(clerk, lambda: "ほかの操作" in screen_text(app))
        page = app.screen_stack[-2]
        await clerk.resize_terminal(120, 36)
        await until(clerk, lambda: not page.has_class("-narrow"))
        await settled(clerk)
        assert page.query_one(TranscriptView).region.width > 40
        assert page.query_one(RecordForm).region.width > 40
        assert "窓が小さすぎます" not in screen_text(app)


@pytest.mark.parametrize("width", [1, 3])
async def test_a_window_too_narrow_for_a_wide_character_closes_no_screen(
    app: ConsultAssistApp, width: int
) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.resize_terminal(width, 24)
        await settled(clerk)
        await clerk.resize_terminal(80, 24)
        await until(clerk, lambda: "相談を始める" in screen_text(app))
