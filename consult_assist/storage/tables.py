"""The tables, and rows ↔ values. Portable: any SQLAlchemy database.

Citizens' words stand in two columns only, `events.payload` and `texts.text`; what is concluded from them is
in `traits`. Rows of these tables are appended, and never deleted or changed in length: erasing overwrites
them with as many blanks. Measured: where such rows grow, shrink or go, SQLite moves their neighbours
between pages and leaves copies behind that no later erasure reaches, in spite of `secure_delete`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    false,
    select,
)

from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.review import ReviewState
from consult_assist.storage.chain import SealedEvent, text_from_time

metadata = MetaData()

_STATE_CHARS = max(len(state.value) for state in LedgerState)

_Position = BigInteger().with_variant(Integer, "sqlite")
"""INTEGER is what makes a column SQLite's row id: rows then lie on disk in the order of the chain."""

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

chain_head = Table(
    "chain_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("position", _Position, nullable=False),
    Column("hash", String, nullable=False),
)

consultations = Table(
    "consultations",
    metadata,
    Column("id", String, primary_key=True),
    Column("started_at", String, nullable=False, index=True),
    Column("operator", Text, nullable=False),
    Column("case_number", Text),
    Column("purpose", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("state", String, nullable=False),
    Column("duration_s", Double),
    Column("headline_id", _Position),
    Column("review", String, nullable=False, server_default=ReviewState.DRAFT.value),
    Column("talk_ended_at", String),
    Column("submitted_at", String),
    Column("approved_at", String),
    Column("sound_erased", Boolean, nullable=False, server_default=false()),
)
"""`headline_id` names a row of `texts`; None is an empty headline."""

traits = Table(
    "traits",
    metadata,
    Column("id", _Position, primary_key=True),
    Column("consultation_id", String, ForeignKey("consultations.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("state", String, nullable=False),
    Index("traits_of_consultation", "consultation_id"),
)
"""What a consultation touched: programmes with their states in the ledger, danger protocols, the form. "The
form for violence" is as private as the words, so these rows too keep their length and are overwritten with
blanks; all states have one length, so that a new one overwrites the old. There is no index by name, as it
would keep copies."""

events = Table(
    "events",
    metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("consultation_id", String, ForeignKey("consultations.id"), nullable=False),
    Column("type", String, nullable=False),
    Column("at", String, nullable=False),
    Column("at_s", Double, nullable=False),
    Column("sound_s", Double, nullable=False),
    Column("payload", Text, nullable=False),
    Column("salt", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("chain", String, nullable=False),
    Index("events_of_consultation", "consultation_id", "position"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", _Position, primary_key=True),
    Column("consultation_id", String, ForeignKey("consultations.id"), nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("text", Text, nullable=False),
    Index("texts_of_consultation", "consultation_id", "source", "key"),
)
"""What lists show and search finds, `about` and `headline` and one row an utterance and a field; the newest
row of a key counts, the others are blank. Not FTS5, which keeps erased words in its segments (its
`secure-delete` needs SQLite 3.42): rare words are found by a file of tables that can be dropped,
`sqlite_index`."""


def blanks_for(text: str) -> str:
    """Return blanks that take as many bytes as the text, so that they overwrite it in place."""
    return " " * len(text.encode())


def row_from_sealed(sealed: SealedEvent) -> dict[str, Any]:
    """Return the columns of an event."""
    return {column.name: getattr(sealed, column.name) for column in events.columns}


def sealed_from_row(row: Row[Any]) -> SealedEvent:
    """Return an event as kept; values of a type that we never write become text and fail verification."""
    return SealedEvent(
        position=row.position,
        consultation_id=_text(row.consultation_id),
        type=_text(row.type),
        at=_text(row.at),
        at_s=row.at_s,
        sound_s=row.sound_s,
        payload=_unless_blank(row.payload),
        salt=_unless_blank(row.salt),
        digest=_text(row.digest),
        chain=_text(row.chain),
    )


def trait_rows(summary: ConsultationSummary) -> dict[tuple[str, str], str]:
    """Return kind and name → state, in the order of appearance."""
    rows = {("template", summary.template): ""} if summary.template is not None else {}
    rows.update({("programme", name): state.value for name, state in summary.ledger.items()})
    rows.update({("protocol", name): "" for name in summary.protocols})
    return {key: state.ljust(_STATE_CHARS) for key, state in rows.items()}


def row_from_summary(summary: ConsultationSummary) -> dict[str, Any]:
    """Return the columns of a consultation, but for its headline and traits."""
    return {
        "id": summary.id,
        "started_at": text_from_time(summary.started_at),
        "operator": summary.operator,
        "case_number": summary.case_number,
        "purpose": summary.purpose,
        "consent": summary.consent.value,
        "state": summary.state.value,
        "duration_s": summary.duration_s,
        "review": summary.review.value,
        "talk_ended_at": _text_or_none(summary.talk_ended_at),
        "submitted_at": _text_or_none(summary.submitted_at),
        "approved_at": _text_or_none(summary.approved_at),
        "sound_erased": summary.sound_erased,
    }


SUMMARIES = select(consultations, texts.c.text.label("headline")).outerjoin(
    texts, consultations.c.headline_id == texts.c.id
)
"""Rows for `summary_from_row`."""


def summary_from_row(row: Row[Any], touched: Iterable[Row[Any]]) -> ConsultationSummary:
    """Return a line of the list of records from a row of `SUMMARIES` and its rows of `traits`, by their ids.

    Raises:
        ValueError: a column holds something that we never write.
    """
    kept = [trait for trait in touched if trait.name.strip()]
    return ConsultationSummary(
        id=row.id,
        started_at=datetime.fromisoformat(row.started_at),
        operator=row.operator,
        case_number=row.case_number,
        purpose=row.purpose,
        consent=Consent(row.consent),
        state=ConsultationState(row.state),
        duration_s=row.duration_s,
        headline=row.headline or "",
        review=ReviewState(row.review),
        template=next((trait.name for trait in kept if trait.kind == "template"), None),
        ledger={trait.name: LedgerState(trait.state.strip()) for trait in kept if trait.kind == "programme"},
        protocols=tuple(trait.name for trait in kept if trait.kind == "protocol"),
        talk_ended_at=_time_or_none(row.talk_ended_at),
        submitted_at=_time_or_none(row.submitted_at),
        approved_at=_time_or_none(row.approved_at),
        sound_erased=row.sound_erased,
    )


def _text_or_none(at: datetime | None) -> str | None:
    return None if at is None else text_from_time(at)


def _time_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _unless_blank(value: object) -> str | None:
    text = _text(value)
    return text if text.strip() else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else repr(value)
