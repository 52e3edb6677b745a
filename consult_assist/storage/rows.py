"""Keep the projections in step with the events, in the same transaction."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from consult_assist.domain.consultation import ConsultationSummary, Redacted
from consult_assist.domain.events import Event
from consult_assist.storage.chain import stamped_from_sealed
from consult_assist.storage.projection import SearchText, search_texts, summary_after
from consult_assist.storage.tables import (
    SUMMARIES,
    blanks_for,
    consultations,
    events,
    row_from_summary,
    sealed_from_row,
    summary_from_row,
    texts,
)

SCAN_ROWS = 500
"""Rows fetched at a time when everything is read: memory stays flat."""


def find_summary(connection: Connection, consultation_id: str) -> ConsultationSummary | None:
    """Return one line of the list of records, if there is such a consultation."""
    found = connection.execute(SUMMARIES.where(consultations.c.id == consultation_id)).first()
    return None if found is None else summary_from_row(found)


def project(connection: Connection, consultation_id: str, event: Event) -> None:
    """Bring list and search up to date with one more event.

    Raises:
        RecordNotFoundError: the consultation has not been started.
        ValueError: it is started twice, or under another id.
    """
    known = find_summary(connection, consultation_id)
    summary = summary_after(known, consultation_id, event)
    if known is None:
        connection.execute(insert(consultations).values(row_from_summary(summary)))
    elif summary != known:
        _update(connection, consultation_id, row_from_summary(summary))
    if isinstance(event, Redacted) and event.positions:
        _blank(connection, consultation_id, texts.c.source != "about")
    for text in search_texts(event):
        _save_text(connection, consultation_id, text)
    if known is not None and summary.headline != known.headline:
        _save_headline(connection, consultation_id, summary.headline)


def rebuild_projections(connection: Connection) -> None:
    """Read all events again and write list and search anew from them."""
    connection.execute(delete(texts))
    summaries: dict[str, ConsultationSummary] = {}
    for key, event in _all_events(connection):
        summaries[key] = summary_after(summaries.get(key), key, event)
        for text in search_texts(event):
            _save_text(connection, key, text)
    for key, summary in summaries.items():
        _update(connection, key, row_from_summary(summary))
        _save_headline(connection, key, summary.headline)


def erase_payloads(connection: Connection, consultation_id: str, types: Iterable[str]) -> tuple[int, ...]:
    """Overwrite payload and salt of events of these types with blanks and return their positions."""
    found = connection.execute(
        select(events)
        .where(events.c.consultation_id == consultation_id, events.c.type.in_(sorted(types)))
        .order_by(events.c.position)
    )
    kept = [sealed for sealed in map(sealed_from_row, found) if sealed.payload is not None]
    if kept:
        overwrite = update(events).where(events.c.position == bindparam("place"))
        connection.execute(
            overwrite.values(payload=bindparam("no_payload"), salt=bindparam("no_salt")),
            [
                {
                    "place": sealed.position,
                    "no_payload": blanks_for(sealed.payload or ""),
                    "no_salt": blanks_for(sealed.salt or ""),
                }
                for sealed in kept
            ],
        )
    return tuple(sealed.position for sealed in kept)


def _all_events(connection: Connection) -> Iterator[tuple[str, Event]]:
    position = 0
    while rows := connection.execute(
        select(events).where(events.c.position > position).order_by(events.c.position).limit(SCAN_ROWS)
    ).all():
        position = rows[-1].position
        for sealed in map(sealed_from_row, rows):
            if sealed.payload is not None:
                yield sealed.consultation_id, stamped_from_sealed(sealed).event


def _update(connection: Connection, consultation_id: str, values: dict[str, Any]) -> None:
    connection.execute(update(consultations).where(consultations.c.id == consultation_id).values(values))


def _save_headline(connection: Connection, consultation_id: str, headline: str) -> None:
    _blank(connection, consultation_id, texts.c.source == "headline")
    headline_id = None
    if headline:
        row = {"consultation_id": consultation_id, "source": "headline", "key": "", "text": headline}
        headline_id = connection.execute(insert(texts).values(row).returning(texts.c.id)).scalar_one()
    _update(connection, consultation_id, {"headline_id": headline_id})


def _save_text(connection: Connection, consultation_id: str, text: SearchText) -> None:
    _blank(connection, consultation_id, texts.c.source == text.source, texts.c.key == text.key)
    row = {"consultation_id": consultation_id, "source": text.source, "key": text.key, "text": text.text}
    connection.execute(insert(texts).values(row))


def _blank(connection: Connection, consultation_id: str, *which: ColumnElement[bool]) -> None:
    found = connection.execute(
        select(texts.c.id, texts.c.text).where(texts.c.consultation_id == consultation_id, *which)
    )
    blanks = [{"place": row.id, "no_text": blanks_for(row.text)} for row in found if row.text.strip()]
    if blanks:
        overwrite = update(texts).where(texts.c.id == bindparam("place"))
        connection.execute(overwrite.values(text=bindparam("no_text")), blanks)
