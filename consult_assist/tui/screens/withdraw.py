"""Withdrawal of consent: what to erase is asked, and then it is gone."""

from collections.abc import Awaitable, Callable

from consult_assist.tui.desk import LiveSession
from consult_assist.tui.screens.office import OfficeScreen

_TEXT = "録音の同意が取り消されたときに使います。消したものは元に戻せません。"
_ANSWERS = (
    ("", "やめる（何も消さない）"),
    ("sound", "音声だけ消す（文字は残す）"),
    ("all", "音声と文字を消す"),
)


async def ask_to_withdraw(
    screen: OfficeScreen, session: LiveSession, keep: Callable[[], Awaitable[None]]
) -> bool:
    """Ask what to erase and erase it; say whether it is done.

    Args:
        screen: which asks.
        session: the consultation.
        keep: saves what the clerk typed.
    """
    answer = await screen.ask("同意の撤回", _TEXT, _ANSWERS)
    if not answer:
        return False
    await keep()

    def withdraw() -> bool:
        session.withdraw_consent(erase_text=answer == "all")
        return True

    return bool(await screen.office.wait_for(withdraw, "消しています", "終わるまでお待ちください。"))
