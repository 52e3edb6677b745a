"""Why a programme is left out: a reason from a list, or in the clerk's own words."""

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.presentation.ledger import Answer
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.widgets.dialog import EntryScreen

_OWN_WORDS = "own"
_CHOOSE = "あとで記録を読む人に分かるように、理由を選んでください。"
_WRITE = "理由を、短く書いてください。"
_MAX_CHARS = 100


async def ask_reason(
    screen: Screen[Any], title: str, answers: Sequence[Answer], own: LedgerState
) -> Answer | None:
    """Ask for a reason; None when the clerk thinks better of it.

    Args:
        screen: which asks.
        title: what the reason is for.
        answers: what can be chosen.
        own: where a programme then stands whose reason is in the clerk's own words.
    """
    rows = [(str(place), answer.label) for place, answer in enumerate(answers)]
    choice = ConfirmScreen(title, _CHOOSE, [*rows, (_OWN_WORDS, "ほかの理由を書く")])
    chosen = await screen.app.push_screen_wait(choice)
    if chosen != _OWN_WORDS:
        return answers[int(chosen)] if chosen else None
    entry = EntryScreen(title, [plain(_WRITE)], most_chars=_MAX_CHARS, does="残す")
    words = await screen.app.push_screen_wait(entry)
    return Answer(own, words, words) if words else None
