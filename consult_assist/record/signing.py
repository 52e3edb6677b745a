"""What a record must hold before it is handed in, and what became of it in review. All pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from consult_assist.domain.consultation import Redacted
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.guidance import OPEN_STATES, LedgerState
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, LineKind, ReadbackState, RecordField
from consult_assist.domain.review import (
    LOCKED,
    Act,
    Amended,
    Approved,
    ApprovedVersion,
    Commented,
    Returned,
    Review,
    ReviewState,
    Submitted,
    TakenBack,
    state_after,
)
from consult_assist.errors import SignOffError
from consult_assist.record.choices import is_answered
from consult_assist.record.wording import ERASED_BY_WITHDRAWAL, EVIDENCE_ERASED

_ERASED = frozenset({ERASED_BY_WITHDRAWAL, EVIDENCE_ERASED})
"""Lines that only say that something was lawfully erased: they state nothing that would need evidence."""
_MAX_NAMED = 3
_TAKE_BACK = "提出した記録は、そのままでは直せません。提出を取り下げるか、差戻しを受けてから直してください。"
_AMEND = "決裁済の記録は、そのままでは直せません。理由を付けて訂正を始めてください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a record cannot be handed in yet; `place` is the line of the field, None where it is empty."""

    line: str | None = field(default=None, repr=False)
    field: str
    label: str
    place: int | None = None


def obstacles(record: ConsultationRecord, template: Template | None) -> tuple[Obstacle, ...]:
    """Return what keeps a record from being handed in, in the order of its fields.

    A required field is answered, by a person where it has choices; no line stands without evidence and
    without a writer.
    """
    required = {item.name: item for item in template.fields if item.required} if template else {}
    return tuple(item for field_ in record.fields for item in _field_obstacles(field_, required))


def _field_obstacles(item: RecordField, required: Mapping[str, TemplateField]) -> Iterator[Obstacle]:
    if item.name in required and not is_answered(required[item.name], item.lines):
        yield Obstacle(field=item.name, label=item.label)
    for place, line in enumerate(item.lines):
        if line.kind is LineKind.UNSUPPORTED and line.text not in _ERASED:
            yield Obstacle(field=item.name, label=item.label, place=place, line=line.text)


def refusal(found: Iterable[Obstacle]) -> str:
    """Return the one sentence that says why a record cannot be handed in; it names fields, not words."""
    found = tuple(found)
    empty = _labels(item.label for item in found if item.place is None)
    unsupported = _labels(item.label for item in found if item.place is not None)
    parts = [
        f"必ず書く欄（{empty}）が空です。書き足してから提出してください。" if empty else "",
        f"根拠のない行（{unsupported}）があります。直すか消してから提出してください。" if unsupported else "",
    ]
    return "".join(parts)


def _labels(labels: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(labels))
    more = f" ほか {len(distinct) - _MAX_NAMED} 欄" if len(distinct) > _MAX_NAMED else ""
    return "・".join(distinct[:_MAX_NAMED]) + more


def remarks(record: ConsultationRecord) -> tuple[str, ...]:
    """Return what is left open and does not keep a record from being handed in."""
    n_untold = sum(line.state is LedgerState.UNTOLD for line in record.ledger)
    n_check = sum(line.state is LedgerState.CHECK for line in record.ledger)
    n_unread = sum(item.state is ReadbackState.OPEN for item in record.readback)
    found = (
        f"未説明の制度 {n_untold} 件" if n_untold else "",
        f"要確認の制度 {n_check} 件" if n_check else "",
        f"確かめていない復唱 {n_unread} 件" if n_unread else "",
    )
    return tuple(remark for remark in found if remark)


def open_ledger_items(record: ConsultationRecord) -> int:
    """Return how many programmes are 未説明 or 要確認."""
    return sum(line.state in OPEN_STATES for line in record.ledger)


def refuse_change(state: ReviewState) -> None:
    """Refuse to write into a record that was handed in or approved.

    Raises:
        SignOffError: it was.
    """
    if state in LOCKED:
        raise SignOffError(_AMEND if state is ReviewState.APPROVED else _TAKE_BACK)


def review_from(stamped: Iterable[StampedEvent]) -> Review:
    """Read from the events of one consultation where its record stands.

    Where the words of the record were lawfully erased, nothing that was decided about them stands: it is a
    draft again.
    """
    review = Review()
    written: ConsultationRecord | None = None
    for item in stamped:
        event = item.event
        if isinstance(event, ConsultationRecord):
            written = event
        elif isinstance(event, Redacted) and event.erases_words:
            review, written = Review(), None
        elif _counts(review, event):
            review = replace(_after(review, item, written), state=state_after(review.state, event))
    return review


def _counts(review: Review, event: object) -> bool:
    """Whether a decision is about what waits; two windows can decide at the same moment, and one is late."""
    match event:
        case Approved(step=step):
            return step == review.step
        case TakenBack() | Returned():
            return review.step is not None
        case Amended():
            return review.state is ReviewState.APPROVED
        case _:
            return True


def _after(review: Review, stamped: StampedEvent, written: ConsultationRecord | None) -> Review:
    """Return the review after one more event, but for its state."""
    at = stamped.at
    match stamped.event:
        case Submitted(by=by, steps=steps):
            handed_in = Act(by=by, at=at)
            fresh = replace(review, acts=(), returned=None, comments=())
            review = replace(fresh, steps=steps, submitted=handed_in, record=written)
        case TakenBack():
            review = replace(review, record=None)
        case Commented() as comment:
            review = replace(review, comments=tuple(_with_comment(review.comments, comment)))
        case Returned(by=by, step=step):
            review = replace(review, returned=Act(by=by, at=at, step=step), record=None)
        case Approved(by=by, step=step, final=final):
            review = replace(review, acts=(*review.acts, Act(by=by, at=at, step=step)))
            review = _with_version(review) if final else review
        case Amended(by=by, reason=reason):
            opened = replace(review, comments=(), record=None)
            review = replace(opened, amended=Act(by=by, at=at), reason=reason)
        case _:
            pass
    return review


def _with_comment(comments: Iterable[Commented], comment: Commented) -> Iterator[Commented]:
    """Yield the comments; a new one takes the place of an earlier one on the same line."""
    about = (comment.field, comment.line)
    yield from (item for item in comments if (item.field, item.line) != about)
    if comment.text.strip():
        yield comment


def _with_version(review: Review) -> Review:
    if review.record is None:
        return review
    version = ApprovedVersion(
        record=review.record,
        submitted=review.submitted,
        steps=review.steps,
        acts=review.acts,
        reason=review.reason,
    )
    return replace(review, versions=(*review.versions, version))
