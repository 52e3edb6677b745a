"""The end of a consultation: programmes left out are asked about once, with few keys."""

import threading

import pytest

from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.record import ConsultationRecord
from consult_assist.errors import StoreError
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.ledger import finish_row
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.record import RecordScreen
from tests.tui.clerk import PATIENCE_S, counter, screen_text, settled, until
from tests.tui.scripted import ScriptedDesk, ScriptedSession

Asked = list[tuple[str, ...]]


def _left_open(*programmes: str) -> ScriptedSession:
    session = ScriptedSession()
    session.emit(
        *(
            LedgerEntry(programme=item, state=LedgerState.UNTOLD, utterance_id=None, by="program")
            for item in programmes
        )
    )
    return session


async def _finish(session: ScriptedSession, *keys: str, ends_at: type = RecordScreen) -> Asked:
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: len(counter(app).state.ledger) == len(session.events))
        await clerk.press("f9")
        await until(clerk, lambda: "相談を終える" in screen_text(app))
        for key in keys:
            await clerk.press(key)
            await settled(clerk)
        await until(clerk, lambda: isinstance(app.screen, ends_at))
    return [ask for ask in session.asked if ask[0] in {"ledger", "finish"}]


async def test_one_reason_for_all_takes_five_keys() -> None:
    session = _left_open("jidou-fuyou-teate", "shugaku-enjo")
    assert await _finish(session, "enter", "down", "enter", "enter") == [
        ("ledger", "jidou-fuyou-teate", "untold", "時間がなかった"),
        ("ledger", "shugaku-enjo", "untold", "時間がなかった"),
        ("finish",),
    ]


async def test_each_programme_may_have_its_own_reason_or_words() -> None:
    session = _left_open("jidou-fuyou-teate", "shugaku-enjo")
    own = (*["down"] * 5, "enter", *"別の課で", "enter")
    assert await _finish(session, "down", "enter", "enter", "enter", *own, "enter") == [
        ("ledger", "jidou-fuyou-teate", "told", ""),
        ("ledger", "shugaku-enjo", "untold", "別の課で"),
        ("finish",),
    ]


async def test_an_impression_has_to_be_checked() -> None:
    session = _left_open("shugaku-enjo")
    assert await _finish(session, "enter", "down", "down", "down", "enter", "enter") == [
        ("ledger", "shugaku-enjo", "check", "対象外と思われる"),
        ("finish",),
    ]


async def test_an_office_may_name_its_programmes_as_it_likes() -> None:
    own = ("all", "check", "finish")
    untold = [("ledger", name, "untold", "時間がなかった") for name in own]
    assert await _finish(_left_open(*own), "enter", "down", "enter", "enter") == [*untold, ("finish",)]


async def test_nobody_is_held_up_without_a_reason() -> None:
    assert await _finish(_left_open("shugaku-enjo"), "end", "enter") == [("finish",)]
    assert "1 件" in finish_row(1)


async def test_a_window_above_another_is_the_only_one_that_names_keys() -> None:
    session = _left_open(*(f"p{number}" for number in range(6)))
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await until(clerk, lambda: len(counter(app).state.ledger) == len(session.events))
        await clerk.press("f9")
        await until(clerk, lambda: "F2 相談を終える" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: "理由を選んでください" in screen_text(app))
        await settled(clerk)
        assert "F2 相談を終える" not in screen_text(app)
        await clerk.press("f9")
        await until(clerk, lambda: "F2 相談を終える" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: "理由を選んでください" in screen_text(app))


async def test_stepping_back_keeps_nothing() -> None:
    session = _left_open("shugaku-enjo")
    assert await _finish(session, "enter", "enter", "f9", ends_at=CounterScreen) == []


async def test_what_was_excused_before_is_not_asked_again() -> None:
    session = _left_open("shugaku-enjo")
    session.set_ledger("shugaku-enjo", LedgerState.UNTOLD, "時間がなかった")
    session.asked.clear()
    session.events[:] = [session.events[-1]]
    assert await _finish(session, "down", "enter") == [("finish",)]


@pytest.mark.parametrize("state", [LedgerState.TOLD, LedgerState.NOT_APPLICABLE, LedgerState.CHECK])
async def test_what_is_settled_is_not_asked(state: LedgerState) -> None:
    session = ScriptedSession()
    session.emit(LedgerEntry(programme="shugaku-enjo", state=state, utterance_id=None, by="program"))
    assert await _finish(session, "down", "enter") == [("finish",)]


async def test_one_key_finishes_however_long_the_list_is() -> None:
    session = _left_open(*(f"p{number}" for number in range(12)))
    assert await _finish(session, "f2") == [("finish",)]


async def test_who_ends_a_talk_while_something_is_loaded_reads_what_the_end_waits_for() -> None:
    session, let_go = ScriptedSession(), threading.Event()
    session.preparing = True

    def slow() -> ConsultationRecord:
        let_go.wait(PATIENCE_S)
        raise StoreError("保存できません。")

    session.finish = slow  # type: ignore[method-assign]
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(80, 24)) as clerk:
        await clerk.press("f9", "down", "enter")
        await until(clerk, lambda: "案内の準備が終わりしだい" in screen_text(app))
        let_go.set()
        await until(clerk, lambda: "保存できません。" in screen_text(app))
