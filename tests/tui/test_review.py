"""Handing in a record and deciding about it, by keys alone."""

from dataclasses import replace

from rich.cells import cell_len
from textual.widgets import Input

from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.knowledge import KnowledgeBase, Template
from consult_assist.domain.review import Act, Amended, Approved, Commented, Returned, ReviewState, Submitted
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.review import queue_row
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.review import SignScreen
from consult_assist.tui.screens.review_queue import ReviewQueueScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.record_form import RecordForm
from consult_assist.tui.widgets.transcript import TranscriptView
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.facts import NOON, talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession, summary


def require(desk: ScriptedDesk, name: str) -> None:
    """Let the form require a field."""
    form = desk.knowledge.templates["madoguchi"]
    fields = tuple(replace(item, required=item.name == name) for item in form.fields)
    changed: dict[str, Template] = {form.id: replace(form, fields=fields)}
    desk.knowledge = replace(desk.knowledge, templates=changed)


async def shown(clerk: Clerk, app: ConsultAssistApp) -> None:
    """Wait for a record with its fields."""
    await until(clerk, lambda: bool(app.screen.query(RecordForm)) and app.focused is not None)
    assert isinstance(app.screen, RecordScreen)


async def open_first(clerk: Clerk, app: ConsultAssistApp) -> None:
    await clerk.press("f4")
    await until(clerk, lambda: "4 件" in screen_text(app))
    await clerk.press("f2")
    await shown(clerk, app)


async def press(clerk: Clerk, *keys: str) -> None:
    for key in keys:
        await clerk.press(key)
        await settled(clerk)


async def dialog(clerk: Clerk, app: ConsultAssistApp) -> None:
    await until(clerk, lambda: isinstance(app.screen, SignScreen))


async def test_from_the_end_of_the_talk_to_a_submitted_record_takes_at_most_twelve_keys() -> None:
    session = ScriptedSession()
    desk = ScriptedDesk(session)
    desk.records = [replace(desk.records[0], id=session.id)]
    app = ConsultAssistApp(desk, session=session)
    left_open = ("jukyo-kakuho", "shugaku-enjo", "boshi-kashitsuke")
    async with app.run_test(size=(80, 24)) as clerk:
        session.emit(*talk_events())
        session.emit(
            *(
                LedgerEntry(programme=item, state=LedgerState.UNTOLD, utterance_id=None, by="program")
                for item in left_open
            )
        )
        await until(clerk, lambda: len(counter(app).state.ledger) == len(left_open) + 1)
        n_keys = 0

        async def count(*keys: str) -> None:
            nonlocal n_keys
            n_keys += len(keys)
            await press(clerk, *keys)

        await count("f9")
        await until(clerk, lambda: "まだ説明していない制度が 3 件" in screen_text(app))
        await count("enter", "down", "enter", "enter")
        await shown(clerk, app)
        await count("f5")
        await dialog(clerk, app)
        await count("enter")
        await until(clerk, lambda: "提出済" in screen_text(app))
    assert isinstance(desk.reviews.events(session.id)[-1], Submitted)
    assert n_keys <= 12


async def test_what_is_missing_is_listed_and_one_key_away(app: ConsultAssistApp, desk: ScriptedDesk) -> None:
    require(desk, "taio")
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        await press(clerk, "f5")
        await until(clerk, lambda: "まだ提出できません" in screen_text(app))
        await until(clerk, lambda: "必ず書く欄（対応）が空です" in screen_text(app))
        await press(clerk, "enter")
        await until(clerk, lambda: isinstance(app.focused, FieldEditor))
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.field_name == "taio"
        await press(clerk, *"済み", "f5")
        await dialog(clerk, app)
        await press(clerk, "enter")
        await until(clerk, lambda: "提出済" in screen_text(app))


async def test_what_waits_cannot_be_written_into_until_it_is_taken_back(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    key = desk.records[0].id
    desk.reviews.submit(key, "山田")
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        await press(clerk, *"x", "f5")
        await dialog(clerk, app)
        assert ("edit", key, "uketsuke", "x") not in desk.asked
        await press(clerk, "down", "down", "enter")
        await until(clerk, lambda: "取り下げました" in screen_text(app))
        await press(clerk, "y")
        await until(clerk, lambda: ("edit", key, "uketsuke", "y") in desk.asked)


async def test_what_to_do_for_a_comment_is_said_until_it_is_done(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.reviews.submit(desk.records[0].id, "山田")
    async with app.run_test(size=(120, 36)) as clerk:
        await open_first(clerk, app)
        await press(clerk, "f4")
        await until(clerk, lambda: "指摘する行を選んでください" in screen_text(app))
        await press(clerk, "f6", "f4")
        await dialog(clerk, app)
        assert "指摘する行を選んでください" not in screen_text(app)


async def test_a_line_is_commented_and_the_record_returned_to_the_clerk(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    key = desk.records[0].id
    desk.reviews.submit(key, "山田")
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        await press(clerk, "tab", "tab", "down", "f4")
        await dialog(clerk, app)
        assert "家賃 月5万8千円" in screen_text(app)
        await press(clerk, *"何か月分か", "enter")
        await until(clerk, lambda: "指摘: 何か月分か（yamada）" in screen_text(app))
        await press(clerk, "f5", "down", "enter")
        await until(clerk, lambda: desk.reviews.of(key).state is ReviewState.RETURNED)
        await until(clerk, lambda: "） 差戻し" in screen_text(app))
        await until(clerk, lambda: "指摘: 何か月分か（yamada）" in screen_text(app))
        await press(clerk, "f9")
        await until(clerk, lambda: "差戻し" in screen_text(app) and "主訴" in screen_text(app))
    comment, returned = desk.reviews.events(key)[-2:]
    assert isinstance(comment, Commented)
    assert (comment.field, comment.line, comment.text) == ("choshu", "家賃 月5万8千円", "何か月分か")
    assert returned == Returned(by="yamada", step="係長")


async def test_a_return_without_a_reason_asks_for_it_and_keeps_the_dialog(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    key = desk.records[0].id
    desk.reviews.submit(key, "山田")
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        await press(clerk, "f5")
        await dialog(clerk, app)
        app.screen.query_one("#by", Input).value = "田中"
        await press(clerk, "down", "enter")
        await until(clerk, lambda: "差し戻す理由を書いてください" in screen_text(app))
        assert desk.reviews.of(key).state is ReviewState.SUBMITTED
        await press(clerk, *"家賃の月", "enter", "enter")
        await until(clerk, lambda: desk.reviews.of(key).state is ReviewState.RETURNED)
    comment, returned = desk.reviews.events(key)[-2:]
    assert isinstance(comment, Commented)
    assert comment.text == "家賃の月"
    assert returned == Returned(by="田中", step="係長")


async def test_who_sent_a_record_back_does_not_write_into_it_unawares(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    key = desk.records[0].id
    desk.reviews.submit(key, "山田")
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        await press(clerk, "f5")
        await dialog(clerk, app)
        await press(clerk, "down", "enter", *"家賃", "enter", "enter")
        await until(clerk, lambda: "） 差戻し" in screen_text(app))
        await press(clerk, "x")
        await until(clerk, lambda: "担当者が直します" in screen_text(app))
        assert "F5" not in screen_text(app).splitlines()[-1]  # handing in is not theirs either
        await press(clerk, "f9", "f2")
        await shown(clerk, app)
        await press(clerk, "y")
        await until(clerk, lambda: ("edit", key, "uketsuke", "y") in desk.asked)
    assert ("edit", key, "uketsuke", "x") not in desk.asked


async def test_a_line_of_what_waits_is_not_even_opened_to_be_corrected(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.reviews.submit(desk.records[0].id, "山田")
    async with app.run_test(size=(120, 36)) as clerk:
        await open_first(clerk, app)
        app.screen.query_one(TranscriptView).focus()
        await press(clerk, "down", "enter")
        await until(clerk, lambda: "直せません" in screen_text(app))
        assert isinstance(app.screen, RecordScreen)


async def test_the_next_waiting_record_opens_with_one_key_after_the_decision(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    desk.reviews.steps = ("課長",)
    first, second = (item.id for item in desk.records[:2])
    desk.reviews.protocols[first] = ("dv",)
    for key in (first, second):
        desk.reviews.submit(key, "山田")
    async with app.run_test(size=(120, 36)) as clerk:
        await press(clerk, "f4", "f5")
        await until(clerk, lambda: "2 件" in screen_text(app) and isinstance(app.screen, ReviewQueueScreen))
        await until(clerk, lambda: "！配偶者からの" in screen_text(app))
        await press(clerk, "f2")
        await shown(clerk, app)
        await press(clerk, "f5")
        await dialog(clerk, app)
        await press(clerk, "tab", "shift+tab", "enter")
        await until(clerk, lambda: "次へ" in screen_text(app))
        await press(clerk, "f5")
        await until(clerk, lambda: ("open", second) in desk.asked[-2:])
        await shown(clerk, app)
        await press(clerk, "f5")
        await dialog(clerk, app)
        app.screen.query_one("#by", Input).value = "田中"
        await press(clerk, "enter")
        await until(clerk, lambda: "次へ" in screen_text(app))
        await press(clerk, "f5")
        await until(clerk, lambda: "決裁を待つ記録は、もうありません" in screen_text(app))
        await press(clerk, "f9")
        await until(clerk, lambda: isinstance(app.screen, ReviewQueueScreen))
        await until(clerk, lambda: "決裁を待つ記録はありません" in screen_text(app))
    assert desk.reviews.events(first)[-1] == Approved(by="yamada", step="課長", final=True)
    assert desk.reviews.events(second)[-1] == Approved(by="田中", step="課長", final=True)


async def test_an_approved_record_is_amended_for_a_reason_and_its_version_stays_readable(
    app: ConsultAssistApp, desk: ScriptedDesk
) -> None:
    key = desk.records[0].id
    desk.reviews.steps = ("課長",)
    desk.reviews.submit(key, "山田")
    desk.reviews.approve(key, "田中", desk.reviews.of(key))
    async with app.run_test(size=(80, 24)) as clerk:
        await open_first(clerk, app)
        assert "決裁済" in screen_text(app)
        await press(clerk, "f5")
        await dialog(clerk, app)
        await press(clerk, *"誤記", "enter")
        await until(clerk, lambda: "訂正中" in screen_text(app))
        assert desk.reviews.events(key)[-1] == Amended(by="yamada", reason="誤記")
        await press(clerk, "f5")
        await until(clerk, lambda: "決裁された版を読む" in screen_text(app))
        await press(clerk, "down", "enter")
        await until(clerk, lambda: "家賃 月5万8千円" in screen_text(app) and "課長 田中" in screen_text(app))


def test_a_wide_window_names_the_danger_in_full(shipped_knowledge: KnowledgeBase) -> None:
    handed_in = Act(by="山田", at=NOON)
    waiting = WaitingRecord(
        summary=summary(1, protocols=("dv",)), submitted=handed_in, step="係長", n_open=3, amended=False
    )
    row = "".join(text for text, _ in queue_row(waiting, shipped_knowledge, NOON, 110))
    assert f"！{shipped_knowledge.protocol_title('dv')} " in row
    assert cell_len(row) <= 110
