"""A scripted review: decisions are kept in a list and read by the program's own rules."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.review import (
    Amended,
    Approved,
    Commented,
    Returned,
    Review,
    ReviewState,
    Submitted,
    TakenBack,
)
from consult_assist.errors import RecordChangedError
from consult_assist.record.signing import open_ledger_items, review_from
from consult_assist.tui.reviewing import ReviewDesk
from tests.tui.facts import NOON

if TYPE_CHECKING:
    from tests.tui.scripted import ScriptedDesk


class ScriptedReviews(ReviewDesk):
    """Remembers what was decided; `steps` are those that a record passes."""

    def __init__(self, desk: "ScriptedDesk") -> None:
        self._desk = desk
        self.steps: tuple[str, ...] = ("係長", "課長")
        self.protocols: dict[str, tuple[str, ...]] = {}
        self._events: dict[str, list[StampedEvent]] = defaultdict(list)

    def of(self, consultation_id: str) -> Review:
        """Return where a record stands."""
        return review_from(self._events[consultation_id])

    def events(self, consultation_id: str) -> list[Event]:
        """Return what was decided, without the record itself."""
        return [item.event for item in self._events[consultation_id]]

    def _keep(self, consultation_id: str, *events: Event) -> RecordDocument:
        self._events[consultation_id] += [
            StampedEvent(event=event, at=NOON, at_s=0.0, sound_s=0.0) for event in events
        ]
        review = self.of(consultation_id)
        self._desk.records = [
            replace(item, review=review.state) if item.id == consultation_id else item
            for item in self._desk.records
        ]
        return self._desk.open_record(consultation_id)

    def waiting(self) -> Sequence[WaitingRecord]:
        found = []
        for item in self._desk.records:
            review = self.of(item.id)
            if review.step is None or review.submitted is None or review.record is None:
                continue
            found.append(
                WaitingRecord(
                    summary=replace(item, protocols=self.protocols.get(item.id, ())),
                    step=review.step,
                    submitted=review.submitted,
                    n_open=open_ledger_items(review.record),
                    amended=bool(review.versions),
                )
            )
        return found

    def submit(self, consultation_id: str, by: str, seen: str | None = None) -> RecordDocument:
        if seen not in {None, self._desk.head}:
            raise RecordChangedError("別の画面で書きかえられました。")
        record = self._desk.close_record(consultation_id).record
        return self._keep(consultation_id, record, Submitted(by=by, steps=self.steps))

    def take_back(self, consultation_id: str, by: str) -> RecordDocument:
        return self._keep(consultation_id, TakenBack(by=by))

    def comment(
        self, consultation_id: str, text: str, by: str, seen: Review, *, field: str | None, place: int | None
    ) -> RecordDocument:
        record = self.of(consultation_id).record
        assert record is not None
        lines = next((item.lines for item in record.fields if item.name == field), ())
        line = None if place is None else lines[place].text
        return self._keep(consultation_id, Commented(by=by, text=text, field=field, line=line, place=place))

    def send_back(self, consultation_id: str, text: str, by: str, seen: Review) -> RecordDocument:
        step = self.of(consultation_id).step or ""
        words = [Commented(by=by, text=text)] if text else []
        return self._keep(consultation_id, *words, Returned(by=by, step=step))

    def approve(self, consultation_id: str, by: str, seen: Review) -> RecordDocument:
        review = self.of(consultation_id)
        final = len(review.acts) + 1 == len(review.steps)
        return self._keep(consultation_id, Approved(by=by, step=review.step or "", final=final))

    def amend(self, consultation_id: str, reason: str, by: str) -> RecordDocument:
        return self._keep(consultation_id, Amended(by=by, reason=reason))

    def approved(self, consultation_id: str) -> RecordDocument:
        document = self._desk.open_record(consultation_id)
        version = document.review.versions[-1]
        review = Review(state=ReviewState.APPROVED, acts=version.acts)
        return replace(document, record=version.record, review=review)
