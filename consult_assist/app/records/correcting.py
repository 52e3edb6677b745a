"""Corrections of a saved record: read-back list, transcript, edits taken back.

A closed record is reopened first, as for any change. A corrected line is analysed again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.transcript_writer import TRANSCRIPT_CHANGED, TranscriptWriter
from consult_assist.app.projections import draft_record
from consult_assist.app.records.documents import keep_change, open_as_seen, open_record
from consult_assist.app.records.reanalysis import advice_on
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.domain.consultation import ConsultationState, Reopened
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.domain.speech import Revision
from consult_assist.errors import StoreError, TranscriptChangedError
from consult_assist.nlp.base import Analyzer
from consult_assist.record.signing import refuse_change
from consult_assist.record.undoing import stepping_edit


def decide_readback(
    workplace: Workplace,
    consultation_id: str,
    item: ReadbackItem,
    state: ReadbackState,
    words: str | None,
    *,
    by: str,
) -> RecordDocument:
    """Note what became of an item of the read-back list; `words` replace its own in the transcript.

    Raises:
        TranscriptChangedError: its words stand there no longer.
        SignOffError: the record was handed in or approved.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    seen = item.revision if words is not None else None
    analyzer = workplace.load_analyzer() if words is not None else None
    with _writer(workplace, consultation_id, item.utterance_id, seen, by) as (writer, journal):
        revision = writer.decide(item, state, words, by)
        if revision is not None:
            _understand(workplace, analyzer, writer, journal, revision)
    return open_record(workplace, consultation_id)


def correct_line(
    workplace: Workplace, consultation_id: str, utterance_id: str, revision: int, text: str, *, by: str
) -> RecordDocument:
    """Put a line of the transcript right; the record follows, and what a person wrote from it is marked.

    Args:
        workplace: where it lies.
        consultation_id: of the record.
        utterance_id: of the line.
        revision: that the person saw.
        text: what was said.
        by: who corrects.

    Raises:
        TranscriptChangedError: it was rewritten since.
        SignOffError: the record was handed in or approved.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    analyzer = workplace.load_analyzer()
    with _writer(workplace, consultation_id, utterance_id, revision, by) as (writer, journal):
        _understand(workplace, analyzer, writer, journal, writer.correct(utterance_id, revision, text, by))
    return open_record(workplace, consultation_id)


def step_edit(
    workplace: Workplace, consultation_id: str, field: str, *, forward: bool, by: str, seen: str | None = None
) -> RecordDocument | None:
    """Take back what was typed last into a field, or bring it back; None when there is nothing.

    Args:
        workplace: where the record lies.
        consultation_id: of the record.
        field: name of the field.
        forward: redo instead of undo.
        by: who does it.
        seen: chain head of the document that person has before them; None is as it stands.

    Raises:
        RecordChangedError: it was changed since; what somebody else typed is not taken back unseen.
        SignOffError: the record was handed in or approved.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    document = open_as_seen(workplace, consultation_id, seen)
    stamped = workplace.store.events(consultation_id)
    edit = stepping_edit(stamped, partial(draft_record, workplace), field, forward=forward, by=by)
    if edit is None:
        return None
    keep_change(workplace, document, edit, by=by)
    return open_record(workplace, consultation_id)


@contextmanager
def _writer(
    workplace: Workplace, consultation_id: str, utterance_id: str, revision: int | None, by: str
) -> Iterator[tuple[TranscriptWriter, Journal]]:
    """Yield what writes into a saved transcript, if the line still reads as the person saw it.

    Nothing that takes long may happen in between: what another window erases meanwhile would be kept again
    with the new record. So whoever needs the analyzer has loaded it before.
    """
    document = open_record(workplace, consultation_id)
    refuse_change(document.review.state)
    line = next((line for line in document.transcript if line.id == utterance_id), None)
    if line is None or (revision is not None and line.revision != revision):
        raise TranscriptChangedError(TRANSCRIPT_CHANGED)
    with nobody_capturing(workplace, document.summary):
        journal = Journal(consultation_id, workplace.store, workplace.store.events(consultation_id))
        if document.summary.state is ConsultationState.CLOSED:
            journal.keep(Reopened(by=by))
        n_before = len(journal.events())
        redactor = Redactor(journal, workplace.sound_files)
        writer = TranscriptWriter(journal, redactor)
        yield writer, journal
        writer.erase_pending()
        redactor.settle()
        if any(isinstance(event, Revision) for event in journal.events()[n_before:]):
            journal.emit(draft_record(workplace, journal.events()))  # what lists show and search finds
        if journal.trouble is not None:
            raise StoreError(journal.trouble)


def _understand(
    workplace: Workplace,
    analyzer: Analyzer | None,
    writer: TranscriptWriter,
    journal: Journal,
    revision: Revision,
) -> None:
    """Analyse a corrected line, and keep what it raises now."""
    before = journal.events()
    writer.understand(revision.utterance_id, analyzer)
    new = [revision, *journal.events()[len(before) :]]
    for item in advice_on(workplace, before, new):
        journal.emit(item)
