"""What the screens ask of the program when a saved record is put right."""

from typing import Protocol

from consult_assist.app.records import correcting
from consult_assist.app.settings import default_operator
from consult_assist.app.workplace import Workplace
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import ReadbackItem, ReadbackState


class CorrectionDesk(Protocol):
    """Every correction of a saved record, in the name of the OS account; every method may block."""

    def decide_readback(
        self, consultation_id: str, item: ReadbackItem, state: ReadbackState, words: str | None
    ) -> RecordDocument:
        """Note what became of an item of the read-back list."""

    def correct_line(self, consultation_id: str, line_id: str, revision: int, text: str) -> RecordDocument:
        """Put a line of the transcript right."""

    def step_edit(self, consultation_id: str, field: str, *, forward: bool) -> RecordDocument | None:
        """Take back what was typed last into a field, or bring it back; None when there is nothing."""


class OfficeCorrectionDesk:
    """The real one: passes everything on to the use cases."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def decide_readback(
        self, consultation_id: str, item: ReadbackItem, state: ReadbackState, words: str | None
    ) -> RecordDocument:
        """Note what became of an item of the read-back list."""
        by = default_operator()
        return correcting.decide_readback(self._workplace, consultation_id, item, state, words, by=by)

    def correct_line(self, consultation_id: str, line_id: str, revision: int, text: str) -> RecordDocument:
        """Put a line of the transcript right."""
        by = default_operator()
        return correcting.correct_line(self._workplace, consultation_id, line_id, revision, text, by=by)

    def step_edit(self, consultation_id: str, field: str, *, forward: bool) -> RecordDocument | None:
        """Take back what was typed last into a field, or bring it back; None when there is nothing."""
        by = default_operator()
        return correcting.step_edit(self._workplace, consultation_id, field, forward=forward, by=by)
