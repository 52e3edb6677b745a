"""Finding records and counting them, with the keyboard."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from consult_assist.app.records.archive import FoundPage
from consult_assist.cli.printing import line_from_summary
from consult_assist.domain.archive import FoundText
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.tui import files
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.found import MARKED, marked_pieces, snippet, word_spans
from consult_assist.tui.presentation.records import record_title
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.record_filter import RecordFilterScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.statistics import StatisticsScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import PATIENCE_S, Clerk, screen_text, settled, until
from tests.tui.facts import knowledge
from tests.tui.scripted import ScriptedDesk, summary


async def open_list(app: ConsultAssistApp, clerk: Clerk) -> None:
    await clerk.press("f4")
    await until(clerk, lambda: isinstance(app.screen, RecordsScreen) and "件" in screen_text(app))


def test_words_are_found_whatever_their_width_and_case() -> None:
    text = "ＤＶと離婚、dvの相談"
    assert [text[start:end] for start, end in word_spans(text, ["dv", "離婚"])] == ["ＤＶ", "離婚", "dv"]
    assert word_spans("家賃家賃", ["家賃"]) == [(0, 4)]
    assert word_spans("家賃", []) == word_spans("", ["家賃"]) == []
    pieces = list(marked_pieces(text, ["離婚"]))
    assert "".join(part for part, _ in pieces) == text
    assert [part for part, style in pieces if style == MARKED] == ["離婚"]


@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_snippet_shows_the_word_and_where_it_stands(width: int) -> None:
    text = "あ" * 100 + "\n家賃の滞納" + "い" * 100
    pieces = snippet(
        FoundText(source="written", key="shuso", text=text), ["滞納"], knowledge().templates, width
    )
    shown = "".join(part for part, _ in pieces)
    assert shown.startswith("主訴: …")
    assert ("滞納", MARKED) in pieces
    heard = snippet(FoundText(source="said", key="u1", text="滞納"), ["滞納"], {}, width)
    assert "".join(part for part, _ in heard) == "発言: 滞納"


def test_a_snippet_names_the_field_as_the_form_of_its_record_does() -> None:
    forms = {
        name: Template(id=name, name=name, fields=(TemplateField(name="choshu", label=label),))
        for name, label in (("dv", "暴力の内容"), ("madoguchi", "聴取内容"))
    }
    found = FoundText(source="written", key="choshu", text="家賃")
    pieces = snippet(found, ["家賃"], forms, 60, form="madoguchi")
    assert "".join(part for part, _ in pieces) == "聴取内容: 家賃"


async def test_what_was_searched_for_is_marked_in_list_and_record(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.records = [summary(1), summary(2, headline="介護のこと")]
    async with app.run_test(size=(120, 36)) as clerk:
        await open_list(app, clerk)
        await clerk.press("f3")
        app.screen.query_one(Input).value = "家賃"
        await until(clerk, lambda: "主訴: 離婚後の生活費と家賃" in screen_text(app))
        assert "介護" not in screen_text(app)
        await clerk.press("down", "enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen) and app.screen.query(FieldEditor))
        await until(clerk, lambda: app.screen.query_one(TranscriptView).chosen == "u3")
        marked = [editor.get_line(0).spans for editor in app.screen.query(FieldEditor)]
        assert any(str(span.style) == MARKED for spans in marked for span in spans)


async def test_more_records_are_read_on_the_way_down(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    desk.records = [summary(number) for number in range(200)]
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(app, clerk)
        records = app.screen.query_one(OptionList)
        assert records.option_count == 40
        await clerk.press("end")
        await until(clerk, lambda: records.option_count == 80)
        assert records.highlighted == 39
        assert ("list", "", desk.records[39].id) in desk.asked
        assert "200" not in screen_text(app)


async def test_filters_can_be_chosen_in_a_dialog_or_typed(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(app, clerk)
        app.screen.query_one(Input).value = "家賃 担当:山田"
        await clerk.press("f6")
        await until(clerk, lambda: isinstance(app.screen, RecordFilterScreen))
        rows = list(app.screen.query(Input))
        assert (rows[0].value, rows[6].value) == ("家賃", "山田")
        await clerk.press("down", "down")
        rows[2].value = "児童扶養手当"
        await clerk.press("f2")
        line = "家賃 制度:児童扶養手当 担当:山田"
        await until(clerk, lambda: ("list", line) in desk.asked)
        assert app.screen.query_one(Input).value == line
        app.screen.query_one(Input).value = "状態:彗星"
        await until(clerk, lambda: "状態は 下書き・" in screen_text(app))


async def test_the_counts_of_a_period_stand_on_pages(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(app, clerk)
        await clerk.press("f7")
        await until(
            clerk, lambda: isinstance(app.screen, StatisticsScreen) and "相談 40 件" in screen_text(app)
        )
        assert "2026-04-01〜2027-03-31" in screen_text(app)
        await clerk.press("f6", "f6")
        await until(clerk, lambda: "住居確保給付金" in screen_text(app))
        assert "山田" not in screen_text(app)
        await clerk.press("f6", "f6")
        await until(clerk, lambda: "最短 3 分" in screen_text(app))
        await clerk.press("f3")
        app.screen.query_one(Input).value = "2026-05"
        await clerk.press("enter")
        await until(clerk, lambda: "相談 5 件" in screen_text(app))
        app.screen.query_one(Input).value = "いつか"
        await clerk.press("f3", "enter")
        await until(clerk, lambda: "のように入れてください" in screen_text(app))


async def test_counts_are_written_to_a_file(
    app: ConsultAssistApp, desk: ScriptedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "export_folder", lambda: tmp_path)
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(app, clerk)
        await clerk.press("f7")
        await until(clerk, lambda: "相談 40 件" in screen_text(app))
        await clerk.press("f2", "enter")
        await until(clerk, lambda: "書き出しました" in screen_text(app))
        assert [path.name for path in tmp_path.iterdir()] == ["相談の集計_20260401-20270331.xlsx"]


async def test_without_any_record_the_list_does_not_ask_for_fewer_words(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.records = []
    async with app.run_test(size=(80, 24)) as clerk:
        await open_list(app, clerk)
        await until(clerk, lambda: "記録はまだありません。" in screen_text(app))


def test_the_heading_says_that_the_sound_is_gone() -> None:
    kept = summary(1)
    gone = replace(kept, sound_erased=True)
    assert "録音あり" in record_title(kept)
    assert "録音あり" not in record_title(gone)
    assert "録音は消去済" in record_title(gone)
    long_name = replace(gone, operator="山田" * 20, case_number="R8-1" * 10, purpose="replay")
    assert record_title(long_name).index("見本") < record_title(long_name).index("山田")
    assert "録音は消去済" in line_from_summary(gone)


async def test_coming_back_from_a_record_far_below_finds_its_place_again() -> None:
    desk = ScriptedDesk()
    desk.records = [summary(number) for number in range(70)]
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordsScreen(desk))
        await until(clerk, lambda: bool(app.screen.query_one("#records", OptionList).option_count))
        records = app.screen.query_one("#records", OptionList)
        await clerk.press("end")
        await until(clerk, lambda: records.option_count == 70)
        records.highlighted = 60
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        asked, find, go_on = len(desk.asked), desk.archive.find, threading.Event()

        def slowly(line: str, after: ConsultationSummary | None = None) -> FoundPage:
            go_on.wait(PATIENCE_S)
            return find(line, after)

        desk.archive.find = slowly  # type: ignore[method-assign]
        await clerk.press("f9")
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))
        await clerk.press("up")
        await until(clerk, lambda: records.highlighted == 59)
        go_on.set()
        await until(clerk, lambda: len([ask for ask in desk.asked[asked:] if ask[0] == "list"]) == 2)
        await settled(clerk)
        assert records.option_count == 70
        assert records.highlighted == 59
