"""Hearing a saved record: the chosen line, or just the words behind a line of the record."""

from consult_assist.app.records.playing import Stretch
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import RecordLine
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.field_editor import FieldEditor
from consult_assist.tui.widgets.transcript import TranscriptView


async def play_chosen(screen: OfficeScreen, document: RecordDocument) -> None:
    """Play the selected line, or the words behind the line of the record under the cursor."""
    transcript = screen.query_one(TranscriptView)
    words = None
    if isinstance(screen.focused, FieldEditor):
        evidence = _evidence(document, screen.focused)
        if evidence is None:
            screen.office.tell("この行の元になった発言はありません。")
            return
        words, line_id = evidence
        transcript.choose(line_id)
    if (line := transcript.acted_line) is not None:
        key = document.summary.id
        part = None if words is None else await _find_words(screen, key, line.id, words)
        await screen.in_background(screen.desk.play_line, key, line.id, part)


async def _find_words(
    screen: OfficeScreen, consultation_id: str, line_id: str, words: RecordLine
) -> Stretch | None:
    """Ask when words were said; the first time that loads the model, and a sentence says so."""
    with screen.saying("聞く場所を探しています…"):
        return await screen.in_background(screen.desk.find_words, consultation_id, line_id, words)


def _evidence(document: RecordDocument, editor: FieldEditor) -> tuple[RecordLine, str] | None:
    """Return the line under the cursor and the first utterance behind it."""
    text = editor.document.get_line(editor.cursor_location[0])
    known = {line.id for line in document.transcript}
    field = document.record.field_named(editor.field_name)
    lines = (line for line in field.lines if line.text == text) if field is not None else ()
    return next(((line, item) for line in lines for item in line.utterance_ids if item in known), None)
