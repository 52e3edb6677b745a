"""What the screens ask of the program when a record is handed in and decided about."""

from collections.abc import Sequence

from consult_assist.app.records import reviewing
from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.app.workplace import Workplace
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.review import Review


class ReviewDesk:
    """Everything that brings a record to its decision; every method may block."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def waiting(self) -> Sequence[WaitingRecord]:
        """Return what waits for a decision, the most pressing first."""
        return reviewing.waiting_records(self._workplace)

    def submit(self, consultation_id: str, by: str, seen: str | None = None) -> RecordDocument:
        """Hand in a record, if it still stands as it was shown."""
        return reviewing.submit_record(self._workplace, consultation_id, by=by, seen=seen)

    def take_back(self, consultation_id: str, by: str) -> RecordDocument:
        """Take back what was handed in."""
        return reviewing.take_back_record(self._workplace, consultation_id, by=by)

    def comment(
        self, consultation_id: str, text: str, by: str, seen: Review, *, field: str | None, place: int | None
    ) -> RecordDocument:
        """Say something about a line of a record that waits, if it still stands as it was shown."""
        return reviewing.comment_record(
            self._workplace, consultation_id, text, by=by, field=field, place=place, seen=seen
        )

    def send_back(self, consultation_id: str, text: str, by: str, seen: Review) -> RecordDocument:
        """Return a record to whoever handed it in, if it still stands as it was shown."""
        return reviewing.return_record(self._workplace, consultation_id, text, by=by, seen=seen)

    def approve(self, consultation_id: str, by: str, seen: Review) -> RecordDocument:
        """Approve a record at the step that it waits for, if it still stands as it was shown."""
        return reviewing.approve_record(self._workplace, consultation_id, by=by, seen=seen)

    def amend(self, consultation_id: str, reason: str, by: str) -> RecordDocument:
        """Open an approved record to be amended."""
        return reviewing.amend_record(self._workplace, consultation_id, reason, by=by)

    def approved(self, consultation_id: str) -> RecordDocument:
        """Return the version that was approved last."""
        return reviewing.approved_record(self._workplace, consultation_id)
