"""One line of the transcript, put right by hand; what of the record rests on it is shown beside it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from consult_assist.counter.labels import SPEAKERS, clock
from consult_assist.domain.record import RecordField
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.tui.presentation.prose import Paragraph, plain
from consult_assist.tui.presentation.transcript_rows import heard_note
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

CHOOSE_FIRST = "↑↓ で直す行を選んでから、Enter を押してください。"
_MAX_LEANING = 3


async def ask_correction(
    screen: OfficeScreen, line: TranscriptLine | None, fields: Iterable[RecordField]
) -> str | None:
    """Ask what was said; None where nothing is to change.

    Args:
        screen: which asks.
        line: the one selected, if there is one that was recognised.
        fields: of the record, to show what rests on the line.
    """
    if line is None or line.failure is not None:
        screen.office.tell(CHOOSE_FIRST)
        return None
    await screen.office.when_unveiled()
    text = await screen.app.push_screen_wait(LineScreen(line, lines_on(fields, line.id)))
    return None if text is None or text == line.text else text


def lines_on(fields: Iterable[RecordField], utterance_id: str) -> Sequence[str]:
    """Return the lines of the record that rest on an utterance, each after its field."""
    return [
        f"{field.label}: {line.text}"
        for field in fields
        for line in field.lines
        if utterance_id in line.utterance_ids
    ]


class LineScreen(Dialog[str]):
    """Asks for the right text of a line; an empty one changes nothing."""

    TITLE = "発言を直す"
    keys = "Enter 直す ・ F9 やめる"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False, priority=True)]

    def __init__(self, line: TranscriptLine, leaning: Sequence[str]) -> None:
        super().__init__()
        self._line = line
        self._leaning = leaning

    def body(self) -> ComposeResult:
        """Lay out who said it, what was heard, the text and what rests on it."""
        line = self._line
        said = [plain(f"{clock(line.start_s)}　{SPEAKERS[line.speaker]}", "$quiet")]
        if heard := heard_note(line):
            said.append(plain(heard, "$quiet"))
        yield Prose(said)
        yield TextArea(line.text, soft_wrap=True, compact=True, id="line-text", highlight_cursor_line=False)
        yield Prose(self._rests())

    def _rests(self) -> list[Paragraph]:
        if not self._leaning:
            return [plain("この発言を元にした記録の行は、まだありません。", "$quiet")]
        more = len(self._leaning) - _MAX_LEANING
        return [
            plain("この発言を元にした記録（直すと、続いて変わるか、印が付きます）", "$quiet"),
            *(plain(text, most_rows=1, indent=2) for text in self._leaning[:_MAX_LEANING]),
            *([plain(f"ほか {more} 行", "$quiet", indent=2)] if more > 0 else []),
        ]

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    def action_keep(self) -> None:
        """Return the text as one line."""
        self.dismiss(" ".join(self.query_one(TextArea).text.split("\n")).strip() or None)
