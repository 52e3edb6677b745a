"""Saved consultations as documents: opened, edited, closed, written to files."""

from functools import partial
from pathlib import Path

from consult_assist.app.journal import Journal
from consult_assist.app.live.recordings import note_left_recordings
from consult_assist.app.live.withdrawal import complete_withdrawal
from consult_assist.app.projections import draft_record
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.domain.consultation import ConsultationState, Finished, Reopened
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event, sound_until_s
from consult_assist.domain.guidance import Alert, Fact
from consult_assist.domain.record import TemplateChosen
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import FormError, KnowledgeError, RecordChangedError
from consult_assist.record.signing import refuse_change, review_from
from consult_assist.record.undoing import typed_edit

_CHANGED = "この記録は、別の画面で書きかえられました。今の内容を出したので、確かめてから、もう一度どうぞ。"


def open_record(workplace: Workplace, consultation_id: str, template: str | None = None) -> RecordDocument:
    """Return a saved consultation with its transcript, in its own form or, this once, in another.

    A record that was handed in or approved is shown as it was then, whatever has changed in the knowledge.

    Raises:
        RecordNotFoundError: there is no such consultation.
        KnowledgeError: there is no such form.
    """
    if template is not None:
        _check_template(workplace, template)
    head = workplace.store.head(consultation_id)  # first: what is kept while all is read counts as unseen
    stamped = workplace.store.events(consultation_id)
    events, review = [item.event for item in stamped], review_from(stamped)
    handed_in = review.record if template is None else None
    record = handed_in or draft_record(workplace, events, template)
    programmes = workplace.knowledge.programmes
    form = workplace.knowledge.templates.get(record.template)
    return RecordDocument(
        summary=workplace.store.summary(consultation_id),
        record=record,
        transcript=tuple(Transcript(events)),
        programme_names={
            line.programme: programmes[line.programme].name
            for line in record.ledger
            if line.programme in programmes
        },
        chain_head=head,
        form=form.name if form is not None else "",
        fills={item.name: item.fill for item in form.fields if item.fill is not None} if form else {},
        facts=tuple(dict.fromkeys(event for event in events if isinstance(event, Fact))),
        alerted=frozenset(event.utterance_id for event in events if isinstance(event, Alert)),
        review=review,
    )


def choose_template(workplace: Workplace, consultation_id: str, template: str, *, by: str) -> RecordDocument:
    """Put a saved record into another form, with its facts and what was typed. A closed one is reopened.

    Raises:
        KnowledgeError: there is no such form.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    _check_template(workplace, template)
    document = open_record(workplace, consultation_id)
    if document.record.template == template:
        return document
    keep_change(workplace, document, TemplateChosen(template=template, by=by), by=by)
    return open_record(workplace, consultation_id)


def _check_template(workplace: Workplace, template: str) -> None:
    if template not in workplace.knowledge.templates:
        known = "、".join(sorted(workplace.knowledge.templates))
        raise KnowledgeError(f"様式「{template}」がありません。次から選んでください: {known}")


def keep_change(workplace: Workplace, document: RecordDocument, change: Event, *, by: str) -> None:
    """Keep a change to a saved record; a closed one is reopened first.

    Raises:
        SignOffError: it was handed in or approved.
    """
    refuse_change(document.review.state)
    with nobody_capturing(workplace, document.summary):
        journal = Journal(document.summary.id, workplace.store)
        if document.summary.state is ConsultationState.CLOSED:
            journal.keep(Reopened(by=by))
        journal.keep(change)


def open_as_seen(workplace: Workplace, consultation_id: str, seen: str | None) -> RecordDocument:
    """Return a saved consultation that nobody has changed since somebody read it.

    Args:
        workplace: where it lies.
        consultation_id: which.
        seen: chain head of the document that person has before them; None is as it stands.

    Raises:
        RecordChangedError: it was changed in another window, or by another command.
    """
    document = open_record(workplace, consultation_id)
    if seen is not None and document.chain_head != seen:
        raise RecordChangedError(_CHANGED)
    return document


def edit_record_field(
    workplace: Workplace, consultation_id: str, field: str, text: str, *, by: str, seen: str | None = None
) -> RecordDocument:
    """Take over a field of a saved record as it stands in the editor; a closed record is reopened.

    Args:
        workplace: where the record lies.
        consultation_id: of the record.
        field: name of the field.
        text: one line of the record a row.
        by: who edited.
        seen: chain head of the document that the text was written into; None is as it stands.

    Raises:
        RecordChangedError: it was changed since; nothing was kept.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    document = open_as_seen(workplace, consultation_id, seen)
    stamped = workplace.store.events(consultation_id)
    edit = typed_edit(stamped, partial(draft_record, workplace), field, text, by=by)
    if edit is None:
        return document
    keep_change(workplace, document, edit, by=by)
    return open_record(workplace, consultation_id)


def close_record(workplace: Workplace, consultation_id: str, *, seen: str | None = None) -> RecordDocument:
    """Close a reopened or interrupted record.

    Args:
        workplace: where the record lies.
        consultation_id: of the record.
        seen: chain head of the document that whoever closes it has before them; None is as it stands.

    Raises:
        RecordChangedError: it was changed since; nothing was kept.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
        RecordingError: sound that was given up by a withdrawal of consent could not be erased.
    """
    document = open_as_seen(workplace, consultation_id, seen)
    if document.summary.state is ConsultationState.OPEN:
        with nobody_capturing(workplace, document.summary):
            stamped = workplace.store.events(consultation_id)
            journal = Journal(consultation_id, workplace.store, stamped)
            note_left_recordings(workplace, consultation_id, journal)
            complete_withdrawal(workplace, journal)
            journal.keep(draft_record(workplace, journal.events()))
            journal.keep(Finished(duration_s=round(sound_until_s(stamped), 3)))
    return open_record(workplace, consultation_id)


def export_record(
    workplace: Workplace, consultation_id: str, format_name: str, template: str | None = None
) -> bytes:
    """Return a record as a whole file; formats are the keys of `workplace.exporters`."""
    return workplace.exporters[format_name](open_record(workplace, consultation_id, template))


def fill_office_form(
    workplace: Workplace, consultation_id: str, form: Path, template: str | None = None
) -> bytes:
    """Return the office's own Word form with its placeholders filled.

    Raises:
        FormError: the file is no Word document, or asks for what no record holds.
    """
    try:
        content = form.read_bytes()
    except OSError as error:
        raise FormError(f"様式 {form} を開けません。ファイルの場所を確かめてください。") from error
    return workplace.fill_form(content, open_record(workplace, consultation_id, template))
