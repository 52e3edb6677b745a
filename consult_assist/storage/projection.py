"""What lists and search need, read from the events one by one. Pure."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.domain.archive import FoundText
from consult_assist.domain.consultation import (
    CaseNumberSet,
    ConsultationState,
    ConsultationSummary,
    Finished,
    Redacted,
    Reopened,
    Started,
)
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, LedgerEntry
from consult_assist.domain.record import (
    WORDLESS,
    ConsultationRecord,
    FieldEdited,
    RecordLine,
    TemplateChosen,
)
from consult_assist.domain.review import (
    Amended,
    Approved,
    Returned,
    ReviewState,
    Submitted,
    TakenBack,
    state_after,
)
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.errors import RecordNotFoundError
from consult_assist.storage.chain import storable

HEADLINE_FIELD = "chief_complaint"
"""主訴: its first line stands in the list of records."""

SUMMARY_TYPES: frozenset[str] = frozenset(
    cls.type
    for cls in (
        *(Started, Finished, Reopened, Redacted, ConsultationRecord, FieldEdited),
        *(TemplateChosen, Alert, LedgerEntry, CaseNumberSet),
        *(Submitted, TakenBack, Returned, Approved, Amended),
    )
)
"""Events that can change a summary."""

TEXT_TYPES: frozenset[str] = frozenset(
    cls.type for cls in (Started, CaseNumberSet, Utterance, Revision, FieldEdited, ConsultationRecord)
)
"""Events with texts by which a consultation is found."""


def summary_after(
    known: ConsultationSummary | None, consultation_id: str, event: Event, at: datetime
) -> ConsultationSummary:
    """Return the summary after one more event, which was emitted at `at`.

    Raises:
        RecordNotFoundError: the consultation has not been started.
        ValueError: it is started twice, or under another id.
    """
    if isinstance(event, Started):
        if known is not None or event.id != consultation_id:
            raise ValueError("a consultation starts once, under its own id")
        return _begun(event)
    if known is None:
        raise not_found()
    if isinstance(event, Redacted):
        known = replace(known, sound_erased=known.sound_erased or bool(event.recordings))
        return _without_words(known) if event.erases_words else known
    if isinstance(event, CaseNumberSet):
        return replace(known, case_number=None if event.case_number is None else storable(event.case_number))
    known = _reviewed(_gone_on(known, event, at), event, at)
    headline = _headline(event)
    return known if headline is None else replace(known, headline=headline)


def search_texts(event: Event) -> tuple[FoundText, ...]:
    """Return the texts by which a consultation is found from this event on."""
    match event:
        case Started() | CaseNumberSet():
            about = "\n".join((event.operator, event.case_number or ""))
            return (FoundText(source="about", key="", text=searchable(about)),)
        case Utterance():
            return (FoundText(source="said", key=event.id, text=searchable(event.text)),)
        case Revision():
            return (FoundText(source="said", key=event.utterance_id, text=searchable(event.text)),)
        case FieldEdited():
            return (_written(event.field, event.after),)
        case ConsultationRecord():
            return tuple(_written(item.name, item.lines) for item in event.fields)
    return ()


def searchable(text: str) -> str:
    """Return text in the form in which texts and queries are compared: widths and case do not matter."""
    return storable(unicodedata.normalize("NFKC", text).casefold())


def not_found() -> RecordNotFoundError:
    """Return the error for an id that no consultation has."""
    return RecordNotFoundError(
        "その番号の相談記録はありません。一覧（consult-assist records list）から選び直してください。"
    )


def _begun(event: Started) -> ConsultationSummary:
    return ConsultationSummary(
        id=event.id,
        started_at=event.started_at,
        operator=storable(event.operator),
        case_number=None if event.case_number is None else storable(event.case_number),
        purpose=event.purpose,
        consent=event.consent,
        state=ConsultationState.OPEN,
        duration_s=None,
        headline="",
    )


def _gone_on(known: ConsultationSummary, event: Event, at: datetime) -> ConsultationSummary:
    """Return the summary after an event of the talk or its record."""
    changes: dict[str, object] = {}
    match event:
        case Finished():
            changes = {"state": ConsultationState.CLOSED, "duration_s": event.duration_s}
            changes["talk_ended_at"] = known.talk_ended_at or at.astimezone(UTC)
        case Reopened():
            changes = {"state": ConsultationState.OPEN, "duration_s": None}
        case Alert():
            changes = {"protocols": tuple(dict.fromkeys((*known.protocols, event.protocol)))}
        case LedgerEntry():
            changes = {"ledger": {**known.ledger, event.programme: event.state}}
        case TemplateChosen() | ConsultationRecord():
            changes = {"template": event.template}
    return replace(known, **changes)  # type: ignore[arg-type]


def _without_words(known: ConsultationSummary) -> ConsultationSummary:
    """Return the summary after all words were erased, and with them what was decided about them."""
    return replace(
        known,
        headline="",
        template=None,
        ledger={},
        protocols=(),
        review=ReviewState.DRAFT,
        submitted_at=None,
        approved_at=None,
    )


def _reviewed(known: ConsultationSummary, event: Event, at: datetime) -> ConsultationSummary:
    review = state_after(known.review, event)
    submitted_at, approved_at = known.submitted_at, known.approved_at
    if isinstance(event, Submitted):
        submitted_at = submitted_at or at.astimezone(UTC)
    if review is not ReviewState.APPROVED:
        approved_at = None
    elif known.review is not ReviewState.APPROVED:
        approved_at = at.astimezone(UTC)
    return replace(known, review=review, submitted_at=submitted_at, approved_at=approved_at)


def _headline(event: Event) -> str | None:
    match event:
        case FieldEdited() if event.field == HEADLINE_FIELD:
            return _first_line(event.after)
        case ConsultationRecord():
            item = event.field_named(HEADLINE_FIELD)
            return _first_line(item.lines if item is not None else ())
    return None


def _written(name: str, lines: tuple[RecordLine, ...]) -> FoundText:
    words = "\n".join(line.text for line in lines if line.kind not in WORDLESS)
    return FoundText(source="written", key=name, text=searchable(words))


def _first_line(lines: tuple[RecordLine, ...]) -> str:
    texts = (storable(line.text) for line in lines if line.kind not in WORDLESS)
    return next((text.splitlines()[0].strip() for text in texts if text.strip()), "")
