"""Keep the projections in step with the events, in the same transaction."""

from sqlalchemy import Connection, delete, insert, select, update

from consult_assist.domain.consultation import ConsultationSummary, Redacted
from consult_assist.domain.events import Event
from consult_assist.storage.chain import stamped_from_sealed
from consult_assist.storage.projection import SearchText, search_texts, summary_after
from consult_assist.storage.tables import (
    consultations,
    events,
    row_from_summary,
    sealed_from_row,
    summary_from_row,
)
from consult_assist.storage.tables import search_texts as search_table

SCAN_ROWS = 500
"""Rows fetched at a time when everything is read: memory stays flat."""


def find_summary(connection: Connection, consultation_id: str) -> ConsultationSummary | None:
    """Return one line of the list of records, if there is such a consultation."""
    found = connection.execute(select(consultations).where(consultations.c.id == consultation_id)).first()
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
        connection.execute(
            update(consultations)
            .where(consultations.c.id == consultation_id)
            .values(row_from_summary(summary))
        )
    for text in search_texts(event):
        _save_search_text(connection, consultation_id, text)
    if isinstance(event, Redacted) and event.positions:
        connection.execute(
            delete(search_table).where(
                search_table.c.consultation_id == consultation_id, search_table.c.source != "about"
            )
        )


def rebuild_projections(connection: Connection) -> None:
    """Read all events again and write list and search anew from them."""
    connection.execute(delete(search_table))
    summaries: dict[str, ConsultationSummary] = {}
    known = {row.id for row in connection.execute(select(consultations.c.id))}
    position = 0
    while rows := connection.execute(
        select(events).where(events.c.position > position).order_by(events.c.position).limit(SCAN_ROWS)
    ).all():
        position = rows[-1].position
        for sealed in map(sealed_from_row, rows):
            if sealed.payload is None:
                continue
            event = stamped_from_sealed(sealed).event
            key = sealed.consultation_id
            summaries[key] = summary_after(summaries.get(key), key, event)
            for text in search_texts(event):
                _save_search_text(connection, key, text)
    for key, summary in summaries.items():
        row = row_from_summary(summary)
        statement = (
            update(consultations).where(consultations.c.id == key) if key in known else insert(consultations)
        )
        connection.execute(statement.values(row))


def _save_search_text(connection: Connection, consultation_id: str, text: SearchText) -> None:
    where = (
        search_table.c.consultation_id == consultation_id,
        search_table.c.source == text.source,
        search_table.c.key == text.key,
    )
    if connection.execute(update(search_table).where(*where).values(text=text.text)).rowcount:
        return
    connection.execute(
        insert(search_table).values(
            consultation_id=consultation_id, source=text.source, key=text.key, text=text.text
        )
    )
