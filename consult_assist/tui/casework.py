"""What the screens ask of the program about the consultations of one case."""

from typing import Protocol

from consult_assist.app.records import cases
from consult_assist.app.settings import default_operator
from consult_assist.app.workplace import Workplace
from consult_assist.domain.document import RecordDocument
from consult_assist.record.case import Case


class CaseDesk(Protocol):
    """Everything about case numbers; every method may block."""

    def open_case(self, number: str) -> Case:
        """Return what is open and what changed in a case; without talks where the number is new."""

    def set_number(self, consultation_id: str, number: str | None) -> RecordDocument:
        """Set, change or take away the case number of a saved consultation."""


class OfficeCaseDesk:
    """Passes everything on to the use cases, in the name of the OS account."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def open_case(self, number: str) -> Case:
        """Return what is open and what changed in a case."""
        return cases.open_case(self._workplace, number)

    def set_number(self, consultation_id: str, number: str | None) -> RecordDocument:
        """Set, change or take away the case number of a saved consultation."""
        by = default_operator()
        return cases.set_case_number(self._workplace, consultation_id, number, by=by)
