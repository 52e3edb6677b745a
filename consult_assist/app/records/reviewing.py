"""Review of saved records: hand in, take back, comment, return, approve, amend; what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult_assist.app.journal import Journal
from consult_assist.app.records.documents import close_record, open_as_seen, open_record
from consult_assist.app.workplace import Workplace
from consult_assist.counter.labels import REVIEW_STATES
from consult_assist.counter.masking import mask_typed_numbers
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import ConsultationState, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event
from consult_assist.domain.review import (
    Act,
    Amended,
    Approved,
    Commented,
    Returned,
    Review,
    ReviewState,
    Submitted,
    TakenBack,
)
from consult_assist.errors import SignOffError
from consult_assist.record.signing import obstacles, open_ledger_items, refusal, review_from

_NOT_WAITING = "この記録は{}です。決裁・差戻し・取下げができるのは、提出済の記録だけです。"
_NOT_APPROVED = (
    "この記録は{}です。訂正を始められるのは決裁済の記録だけです。"
    "提出済なら、取り下げてから直してください。ほかは、そのまま直せます。"
)
_NOT_AS_SEEN = "この記録は、開いたあとで承認されたか、出し直されました。開き直して確かめてください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRecord:
    """A record that waits for a decision.

    Attributes:
        step: whose turn it is.
        submitted: who handed it in, and when.
        n_open: programmes that are 未説明 or 要確認.
        amended: whether it was approved before.
    """

    summary: ConsultationSummary
    step: str
    submitted: Act
    n_open: int
    amended: bool


def waiting_records(workplace: Workplace) -> Sequence[WaitingRecord]:
    """Return the records that wait: danger first, then those with the most left open, then the oldest."""
    waiting = [
        _waiting(workplace, summary)
        for summary in workplace.store.summaries(RecordQuery(reviews=frozenset({ReviewState.SUBMITTED})))
    ]
    return sorted(
        (item for item in waiting if item is not None),
        key=lambda item: (not item.summary.protocols, -item.n_open, item.summary.started_at),
    )


def _waiting(workplace: Workplace, summary: ConsultationSummary) -> WaitingRecord | None:
    review = _review(workplace, summary.id)
    if review.step is None or review.submitted is None or review.record is None:
        return None
    return WaitingRecord(
        summary=summary,
        step=review.step,
        submitted=review.submitted,
        n_open=open_ledger_items(review.record),
        amended=bool(review.versions),
    )


def submit_record(
    workplace: Workplace, consultation_id: str, *, by: str, seen: str | None = None
) -> RecordDocument:
    """Hand in a record as it stands; one that is open is closed first.

    Args:
        workplace: where the record lies.
        consultation_id: which record.
        by: who hands it in.
        seen: chain head of the document that person has before them; None is as it stands.

    Raises:
        RecordChangedError: it was changed since; nobody hands in what they have not seen.
        SignOffError: it waits already, is approved, or something is missing in it.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    document = open_as_seen(workplace, consultation_id, seen)
    if document.review.locked:
        raise SignOffError(
            "この記録はもう提出されています。直すときは、提出を取り下げるか、決裁のあとで訂正を始めてください。"
        )
    template = workplace.knowledge.templates.get(document.record.template)
    if found := obstacles(document.record, template):
        raise SignOffError(refusal(found))
    handed_in = Submitted(by=_named(by), steps=workplace.settings.review_steps)
    if document.summary.state is ConsultationState.OPEN:
        close_record(workplace, consultation_id)
    else:
        _keep(workplace, consultation_id, document.record)
    return _keep(workplace, consultation_id, handed_in)


def take_back_record(workplace: Workplace, consultation_id: str, *, by: str) -> RecordDocument:
    """Take back what was handed in, to correct it.

    Raises:
        SignOffError: it does not wait for a decision.
    """
    review = _waiting_review(workplace, consultation_id)
    return _keep(workplace, consultation_id, TakenBack(by=_named(by), amending=bool(review.versions)))


def comment_record(
    workplace: Workplace,
    consultation_id: str,
    text: str,
    *,
    by: str,
    field: str | None = None,
    place: int | None = None,
    seen: Review | None = None,
) -> RecordDocument:
    """Comment on a line of a record that waits, or on all of it; an empty text takes the comment away.

    Args:
        workplace: where the record lies.
        consultation_id: which record.
        text: what has to be looked at.
        by: who says so.
        field: name of the field; None for the record as a whole.
        place: which line of the field, from 0; None for all of it.
        seen: where it stood as that person read it; None is as it stands.

    Raises:
        SignOffError: it does not wait for a decision as it did when it was read.
    """
    review = _waiting_review(workplace, consultation_id, seen)
    item = review.record.field_named(field) if review.record is not None and field is not None else None
    lines = item.lines if item is not None else ()
    line = lines[place].text if place is not None and place < len(lines) else None
    text = mask_typed_numbers(text.strip())
    comment = Commented(by=_named(by), text=text, field=field, line=line, place=place)
    return _keep(workplace, consultation_id, comment)


def return_record(
    workplace: Workplace, consultation_id: str, text: str, *, by: str, seen: Review | None = None
) -> RecordDocument:
    """Return a record to whoever handed it in, with a comment on all of it where there is one.

    Args:
        workplace: where the record lies.
        consultation_id: which record.
        text: why.
        by: who returns it.
        seen: where it stood as that person read it; None is as it stands.

    Raises:
        SignOffError: it does not wait for a decision as it did when it was read, or nobody has said why.
    """
    review = _waiting_review(workplace, consultation_id, seen)
    if text.strip():
        comment_record(workplace, consultation_id, text, by=by)
    elif not review.comments:
        raise SignOffError("差し戻す理由を書いてください。行に付けた指摘でもかまいません。")
    return _keep(workplace, consultation_id, Returned(by=_named(by), step=review.step or ""))


def approve_record(
    workplace: Workplace, consultation_id: str, *, by: str, seen: Review | None = None
) -> RecordDocument:
    """Approve a record at the step that it waits for.

    Args:
        workplace: where the record lies.
        consultation_id: which record.
        by: who approves it.
        seen: where it stood as that person read it; None is as it stands.

    Raises:
        SignOffError: it does not wait for a decision as it did when it was read.
    """
    review = _waiting_review(workplace, consultation_id, seen)
    final = len(review.acts) + 1 >= len(review.steps)
    approved = Approved(by=_named(by), step=review.step or "", final=final)
    return _keep(workplace, consultation_id, approved)


def amend_record(workplace: Workplace, consultation_id: str, reason: str, *, by: str) -> RecordDocument:
    """Open an approved record to be amended; the version approved stays readable.

    Raises:
        SignOffError: it is not approved, or no reason is given.
    """
    state = _review(workplace, consultation_id).state
    if state is not ReviewState.APPROVED:
        raise SignOffError(_NOT_APPROVED.format(REVIEW_STATES[state]))
    if not reason.strip():
        raise SignOffError("訂正する理由を書いてください。")
    reason = mask_typed_numbers(reason.strip())
    return _keep(workplace, consultation_id, Amended(by=_named(by), reason=reason))


def approved_record(workplace: Workplace, consultation_id: str) -> RecordDocument:
    """Return the version of a record that was approved last, with whoever approved it.

    Raises:
        SignOffError: none was.
    """
    document = open_record(workplace, consultation_id)
    if not document.review.versions:
        raise SignOffError("決裁された版はまだありません。")
    version = document.review.versions[-1]
    review = Review(
        state=ReviewState.APPROVED,
        submitted=version.submitted,
        steps=version.steps,
        acts=version.acts,
        reason=version.reason,
        record=version.record,
    )
    summary = replace(document.summary, review=ReviewState.APPROVED)
    return replace(document, summary=summary, record=version.record, review=review)


def _review(workplace: Workplace, consultation_id: str) -> Review:
    return review_from(workplace.store.events(consultation_id))


def _waiting_review(workplace: Workplace, consultation_id: str, seen: Review | None = None) -> Review:
    """Return where a record stands that waits, and still waits for what somebody saw.

    A screen may show what another one has decided about, or replaced, since.
    """
    review = _review(workplace, consultation_id)
    if review.step is None:
        raise SignOffError(_NOT_WAITING.format(REVIEW_STATES[review.state]))
    if seen is not None and (seen.submitted, seen.acts) != (review.submitted, review.acts):
        raise SignOffError(_NOT_AS_SEEN)
    return review


def _named(by: str) -> str:
    """Return the name of whoever decides, without spaces around it.

    Raises:
        SignOffError: there is none.
    """
    if not by.strip():
        raise SignOffError("名前を入れてください。")
    return by.strip()


def _keep(workplace: Workplace, consultation_id: str, event: Event) -> RecordDocument:
    Journal(consultation_id, workplace.store).keep(event)
    return open_record(workplace, consultation_id)
