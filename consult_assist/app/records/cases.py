"""Consultations of the same person, joined by the case number that a clerk typed."""

from dataclasses import replace

from consult_assist.app.journal import Journal
from consult_assist.app.records.documents import open_record
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import CaseNumberSet
from consult_assist.domain.document import RecordDocument
from consult_assist.record.case import Case, Talk, check_case_number, read_case, same_case

_CONSULTATIONS = RecordQuery(purposes=frozenset({"consultation"}))


def open_case(workplace: Workplace, number: str) -> Case:
    """Return what the consultations of a case left open and what changed; it holds no talks where it is new.

    Only the number that a clerk typed joins them: what is known of the residents is never compared.
    """
    found = workplace.store.summaries(replace(_CONSULTATIONS, case_number=number.strip()))
    talks = [
        Talk(summary=summary, record=open_record(workplace, summary.id).record)
        for summary in found
        if same_case(number, summary.case_number)
    ]
    return read_case(number.strip(), talks)


def set_case_number(
    workplace: Workplace, consultation_id: str, number: str | None, *, by: str
) -> RecordDocument:
    """Set, change or take away the case number of a saved consultation.

    That is possible after approval too: the number says where the record belongs, not what it states.

    Raises:
        CaseError: the number cannot be used.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    checked = check_case_number(number)
    document = open_record(workplace, consultation_id)
    summary = document.summary
    if checked == summary.case_number:
        return document
    with nobody_capturing(workplace, summary):
        event = CaseNumberSet(case_number=checked, operator=summary.operator, by=by)
        Journal(consultation_id, workplace.store).keep(event)
    return open_record(workplace, consultation_id)
