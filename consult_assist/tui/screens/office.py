"""What all screens of the program have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.screen import Screen

from consult_assist.errors import ConsultAssistError
from consult_assist.tui.desk import Desk
from consult_assist.tui.screens.confirm import ConfirmScreen
from consult_assist.tui.screens.help import HelpScreen

if TYPE_CHECKING:
    from consult_assist.tui.app import ConsultAssistApp

Result = TypeVar("Result")
_MOST_FAULTS = 8


class OfficeScreen(Screen[None]):
    """Knows the desk, F1 and the way back."""

    HELP_TEXT = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def office(self) -> "ConsultAssistApp":
        """The application."""
        return cast("ConsultAssistApp", self.app)

    async def in_background(self, act: Callable[..., Result], *values: Any, **named: Any) -> Result | None:
        """Do something that may block; show the sentence of its error and return None when it fails."""
        try:
            return await self.office.in_background(act, *values, **named)
        except ConsultAssistError as error:
            self.office.complain(error)
            return None

    def action_help(self) -> None:
        """Explain the keys of this screen."""
        self.app.push_screen(HelpScreen(self.BINDINGS, self.HELP_TEXT))

    async def verify(self) -> None:
        """Check the chain of events and say what was found."""
        faults = await self.in_background(self.desk.verify_records)
        if faults is None:
            return
        text = "\n".join(fault.message for fault in faults[:_MOST_FAULTS])
        title = f"{len(faults)} か所で記録が合いません" if faults else "書き換えも欠けもありません"
        text = text or "保存されたすべての記録を調べました。"
        await self.app.push_screen_wait(ConfirmScreen(title, text, (("", "閉じる"),)))

    def action_back(self) -> None:
        """Go back to the screen below."""
        self.app.pop_screen()
