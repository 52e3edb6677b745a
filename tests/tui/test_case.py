"""Cases on the screens: before a talk, from the list, from a record; the number set by hand."""

from dataclasses import replace

from textual.widgets import OptionList

from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord, LedgerLine, LineKind, RecordField, RecordLine
from consult_assist.record.case import Talk, read_case
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.case import case_paragraphs
from consult_assist.tui.presentation.prose import prose
from consult_assist.tui.screens.case import CaseScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.start import StartScreen
from tests.tui.clerk import screen_text, settled, until
from tests.tui.scripted import ScriptedDesk


def desk_with_case() -> ScriptedDesk:
    """A desk with an earlier talk of case R8-101."""
    desk = ScriptedDesk()
    line = RecordLine(text="住民票を持って来る", kind=LineKind.CONDENSED, utterance_ids=("u1",))
    programme = next(iter(desk.knowledge.programmes))
    record = ConsultationRecord(
        template="madoguchi",
        fields=(RecordField(name="next", label="次回", lines=(line,)),),
        ledger=(
            LedgerLine(programme=programme, state=LedgerState.CHECK, utterance_ids=("u2",), quote="手当"),
        ),
    )
    desk.case = read_case("R8-101", [Talk(summary=replace(desk.records[1], operator="佐藤"), record=record)])
    return desk


async def test_typing_a_known_number_before_a_talk_shows_what_was_promised() -> None:
    desk = desk_with_case()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(StartScreen(desk))
        await until(clerk, lambda: bool(app.screen.query("#case-number")))
        app.screen.query_one("#case-number").focus()
        await clerk.press(*"R8-101")
        await until(clerk, lambda: "住民票を持って来る" in screen_text(app))
        await until(clerk, lambda: "前回" in screen_text(app))
        await until(clerk, lambda: "要確認" in screen_text(app))
        await clerk.press("backspace")
        await until(clerk, lambda: "まだありません" in screen_text(app))
        assert "住民票" not in screen_text(app)


async def test_a_case_is_opened_from_the_list_and_its_records_from_the_case() -> None:
    desk = desk_with_case()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordsScreen(desk))
        await until(clerk, lambda: isinstance(app.screen, RecordsScreen))
        await until(clerk, lambda: app.screen.query_one(OptionList).option_count >= 2)
        await clerk.press("down", "ctrl+n")
        await until(clerk, lambda: isinstance(app.screen, CaseScreen) and "相談 1 回" in screen_text(app))
        assert screen_text(app).index("残っていること") < screen_text(app).index("変わったこと")
        await clerk.press("enter")
        await until(clerk, lambda: isinstance(app.screen, RecordScreen))
        assert ("open", desk.records[1].id) in desk.asked


async def test_the_number_of_a_record_is_changed_from_its_case() -> None:
    desk = desk_with_case()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: "案件 R8-100" in screen_text(app))
        await clerk.press("ctrl+n")
        await until(clerk, lambda: isinstance(app.screen, CaseScreen))
        await clerk.press("f3")
        await until(clerk, lambda: "空にすると" in screen_text(app))
        await clerk.press(*"R8-101", "enter")
        await until(clerk, lambda: ("number", desk.records[0].id, "R8-101") in desk.asked)
        await until(clerk, lambda: "住民票を持って来る" in screen_text(app))
        await clerk.press("f9")
        await until(clerk, lambda: "案件 R8-101" in screen_text(app) and isinstance(app.screen, RecordScreen))


async def test_a_line_of_a_saved_record_is_erased_only_after_the_question() -> None:
    desk = desk_with_case()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(120, 36)) as clerk:
        app.push_screen(RecordScreen(desk, desk.records[0].id))
        await until(clerk, lambda: "離婚しまして" in screen_text(app))
        await clerk.press("ctrl+t")
        await until(clerk, lambda: "発言を記録から外す" in screen_text(app))
        await clerk.press("enter")
        await settled(clerk)
        assert not any(ask[0] == "redact" for ask in desk.asked)
        await clerk.press("ctrl+t")
        await until(clerk, lambda: "発言を記録から外す" in screen_text(app))
        await clerk.press("down", "enter")
        await until(clerk, lambda: "記録しない発言" in screen_text(app))
        assert any(ask[0] == "redact" for ask in desk.asked)


async def test_a_record_without_its_number_stands_in_no_case_any_more() -> None:
    desk = desk_with_case()
    app = ConsultAssistApp(desk)
    async with app.run_test(size=(80, 24)) as clerk:
        app.push_screen(CaseScreen(desk, desk.records[1], lambda key: RecordScreen(desk, key)))
        await until(clerk, lambda: "案件 R8-101" in screen_text(app))
        await clerk.press("f3")
        await until(clerk, lambda: "空にすると" in screen_text(app))
        await clerk.press("delete", "enter")
        await until(clerk, lambda: "案件番号の付いていない記録です" in screen_text(app))
        assert "R8-101" not in screen_text(app)
        assert "主訴" not in screen_text(app)


def test_a_case_of_replays_alone_does_not_speak_of_a_first_talk() -> None:
    shown = prose(case_paragraphs(read_case("R8-102", ()), ScriptedDesk().knowledge), 200).plain
    assert "1 回目" not in shown
    assert "見本の再生は数えません" in shown
