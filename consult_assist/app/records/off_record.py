"""Taking a line of a saved consultation off the record."""

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.records.documents import open_record
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.domain.document import RecordDocument
from consult_assist.errors import RecordNotFoundError


def redact_line(workplace: Workplace, consultation_id: str, utterance_id: str, *, by: str) -> RecordDocument:
    """Erase a line and its sound for good, also after the record was approved.

    Raises:
        RecordNotFoundError: there is no such consultation, or no such line in it.
        StoreBusyError: it is live in another window.
        StoreError: the words could not be erased.
        RecordingError: nothing was erased, as it could not be noted on disk.
    """
    document = open_record(workplace, consultation_id)
    line = next((line for line in document.transcript if line.id == utterance_id), None)
    if line is None:
        raise RecordNotFoundError(f"発言 {utterance_id} は、この相談にありません。番号を確かめてください。")
    with nobody_capturing(workplace, document.summary):
        journal = Journal(consultation_id, workplace.store, workplace.store.events(consultation_id))
        redactor = Redactor(journal, workplace.sound_files)
        redactor.erase_line(line, by=by)
        redactor.settle()
    return open_record(workplace, consultation_id)
