"""Keep the projections in step with the events, in the same transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, select, update

from consult_assist.domain.archive import FoundText
from consult_assist.domain.consultation import ConsultationSummary, Redacted
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.storage.chain import SealedEvent, stamped_from_sealed
from consult_assist.storage.failures import corrupt
from consult_assist.storage.projection import (
    SUMMARY_TYPES,
    TEXT_TYPES,
    not_found,
    search_texts,
    summary_after,
)
from consult_assist.storage.redaction import Replacements, current_events, find_replacements, put_in_place
from consult_assist.storage.tables import (
    SUMMARIES,
    blanks_for,
    consultations,
    events,
    row_from_summary,
    sealed_from_row,
    summary_from_row,
    texts,
    trait_rows,
    traits,
)

SCAN_ROWS = 500
"""Rows fetched at a time when everything is read, so that memory stays flat."""


def find_summary(connection: Connection, consultation_id: str) -> ConsultationSummary | None:
    """Return one line of the list of records, if there is such a consultation."""
    found = connection.execute(SUMMARIES.where(consultations.c.id == consultation_id)).all()
    return next(iter(read_summaries(connection, found)), None)


def read_summaries(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[ConsultationSummary]:
    """Yield the lines of the list of records for rows of `SUMMARIES`.

    Raises:
        StoreError: a column holds something that we never write.
    """
    for start in range(0, len(rows), SCAN_ROWS):
        chunk = rows[start : start + SCAN_ROWS]
        touched = touched_by(connection, [row.id for row in chunk])
        for row in chunk:
            try:
                summary = summary_from_row(row, touched.get(row.id, ()))
            except (TypeError, ValueError) as error:
                raise corrupt() from error
            yield summary


def touched_by(
    connection: Connection, consultation_ids: Sequence[str] | None = None
) -> dict[str, list[Row[Any]]]:
    """Return consultation id → its rows of `traits`, for these consultations or for all."""
    touched: dict[str, list[Row[Any]]] = {}
    query = select(traits).order_by(traits.c.id)
    if consultation_ids is not None:
        query = query.where(traits.c.consultation_id.in_(consultation_ids))
    for row in connection.execute(query):
        touched.setdefault(row.consultation_id, []).append(row)
    return touched


def project(connection: Connection, consultation_id: str, event: Event, at: datetime) -> None:
    """Bring list and search up to date with one more event.

    Raises:
        RecordNotFoundError: the consultation has not been started.
        ValueError: it is started twice, or under another id.
    """
    if event.type in SUMMARY_TYPES:
        _project_summary(connection, consultation_id, event, at)
    elif not _exists(connection, consultation_id):
        raise not_found()
    for text in search_texts(event):
        _save_text(connection, consultation_id, text)


def _project_summary(connection: Connection, consultation_id: str, event: Event, at: datetime) -> None:
    known = find_summary(connection, consultation_id)
    summary = summary_after(known, consultation_id, event, at)
    if known is None:
        connection.execute(insert(consultations).values(row_from_summary(summary)))
    elif summary != known:
        _save_summary(connection, known, summary)


def _save_summary(connection: Connection, known: ConsultationSummary, summary: ConsultationSummary) -> None:
    if (row := row_from_summary(summary)) != row_from_summary(known):
        connection.execute(update(consultations).where(consultations.c.id == summary.id).values(row))
    if summary.headline != known.headline:
        _save_headline(connection, summary.id, summary.headline)
    if (rows := trait_rows(summary)) != trait_rows(known):
        _save_traits(connection, summary.id, rows)


def rebuild_summaries(connection: Connection) -> None:
    """Read the events that change the list again and bring the list up to date with them."""
    summaries: dict[str, ConsultationSummary] = {}
    for key, stamped in _summary_events(connection):
        summaries[key] = summary_after(summaries.get(key), key, stamped.event, stamped.at)
    for key, summary in summaries.items():
        known = find_summary(connection, key)
        if known is not None and known != summary:
            _save_summary(connection, known, summary)


def overwrite_payloads(connection: Connection, erased: Iterable[SealedEvent]) -> None:
    """Overwrite payload and salt of events with blanks."""
    blanks = [
        {
            "place": sealed.position,
            "no_payload": blanks_for(sealed.payload or ""),
            "no_salt": blanks_for(sealed.salt or ""),
        }
        for sealed in erased
    ]
    if blanks:
        overwrite = update(events).where(events.c.position == bindparam("place"))
        connection.execute(
            overwrite.values(payload=bindparam("no_payload"), salt=bindparam("no_salt")), blanks
        )


def read_sealed(connection: Connection, consultation_id: str) -> list[SealedEvent]:
    """Return the rows of a consultation, in the order of the chain."""
    query = select(events).where(events.c.consultation_id == consultation_id).order_by(events.c.position)
    return [sealed_from_row(row) for row in connection.execute(query)]


def project_anew(connection: Connection, consultation_id: str, sealed: Sequence[SealedEvent]) -> None:
    """Read all rows of one consultation again after an erasure, so that list and search forget the words."""
    found: dict[tuple[str, str], FoundText] = {}
    summary: ConsultationSummary | None = None
    telling = (item for item in current_events(sealed) if item.type in SUMMARY_TYPES | TEXT_TYPES)
    for stamped in map(stamped_from_sealed, telling):
        if stamped.event.type in SUMMARY_TYPES:
            summary = summary_after(summary, consultation_id, stamped.event, stamped.at)
        found.update(((text.source, text.key), text) for text in search_texts(stamped.event))
    _save_texts(connection, consultation_id, found)
    known = find_summary(connection, consultation_id)
    if summary is not None and known is not None and summary != known:
        _save_summary(connection, known, summary)


def read_replacements(connection: Connection) -> tuple[Replacements, dict[int, SealedEvent]]:
    """Return which events take the place of others, and what is read in each such place."""
    redacted = connection.execute(
        select(events).where(events.c.type == Redacted.type).order_by(events.c.position)
    )
    replacements = find_replacements(map(sealed_from_row, redacted))
    wanted = {position: place for place, position in replacements.latest.items()}
    return replacements, {
        wanted[sealed.position]: sealed for sealed in _at_positions(connection, sorted(wanted))
    }


def _at_positions(connection: Connection, positions: Sequence[int]) -> Iterator[SealedEvent]:
    """Yield the events at these positions; no database takes any number of values in one query."""
    for start in range(0, len(positions), SCAN_ROWS):
        chunk = positions[start : start + SCAN_ROWS]
        rows = connection.execute(select(events).where(events.c.position.in_(chunk)))
        yield from map(sealed_from_row, rows)


def _summary_events(connection: Connection) -> Iterator[tuple[str, StampedEvent]]:
    position = 0
    replacements, instead = read_replacements(connection)
    which = events.c.type.in_(sorted(SUMMARY_TYPES))
    wanted = select(events).where(which).order_by(events.c.position).limit(SCAN_ROWS)
    while rows := connection.execute(wanted.where(events.c.position > position)).all():
        position = rows[-1].position
        for sealed in map(sealed_from_row, rows):
            if sealed.position in instead:
                sealed = put_in_place(instead[sealed.position], sealed)  # noqa: PLW2901
            if sealed.payload is not None and sealed.position not in replacements.hidden:
                yield sealed.consultation_id, stamped_from_sealed(sealed)


def _exists(connection: Connection, consultation_id: str) -> bool:
    found = connection.execute(select(consultations.c.id).where(consultations.c.id == consultation_id))
    return found.first() is not None


def _save_headline(connection: Connection, consultation_id: str, headline: str) -> None:
    _blank(connection, consultation_id, texts.c.source == "headline")
    headline_id = None
    if headline:
        row = {"consultation_id": consultation_id, "source": "headline", "key": "", "text": headline}
        headline_id = connection.execute(insert(texts).values(row).returning(texts.c.id)).scalar_one()
    connection.execute(
        update(consultations).where(consultations.c.id == consultation_id).values(headline_id=headline_id)
    )


def _save_traits(connection: Connection, consultation_id: str, rows: Mapping[tuple[str, str], str]) -> None:
    """Overwrite what is no longer so, with blanks or with the new state, and append what is new."""
    found = connection.execute(select(traits).where(traits.c.consultation_id == consultation_id))
    known = {(row.kind, row.name): row for row in found if row.name.strip()}
    overwrite = update(traits).where(traits.c.id == bindparam("place"))
    for key, row in known.items():
        if key not in rows:
            blank = {"name": blanks_for(row.name), "state": blanks_for(row.state)}
            connection.execute(overwrite.values(blank), {"place": row.id})
        elif row.state != rows[key]:
            connection.execute(overwrite.values(state=rows[key]), {"place": row.id})
    new = [(*key, state) for key, state in rows.items() if key not in known]
    if new:
        connection.execute(
            insert(traits),
            [
                {"consultation_id": consultation_id, "kind": kind, "name": name, "state": state}
                for kind, name, state in new
            ],
        )


def _save_text(connection: Connection, consultation_id: str, text: FoundText) -> None:
    _blank(connection, consultation_id, texts.c.source == text.source, texts.c.key == text.key)
    connection.execute(insert(texts), [_text_row(consultation_id, text)])


def _save_texts(
    connection: Connection, consultation_id: str, wanted: Mapping[tuple[str, str], FoundText]
) -> None:
    """Blank what no longer is so, and append what is new; what stays so stays where it is."""
    new = dict(wanted)
    gone = []
    for row in _live_texts(connection, consultation_id, texts.c.source != "headline"):
        text = new.get((row.source, row.key))
        if text is not None and text.text == row.text:
            del new[row.source, row.key]
        else:
            gone.append(row)
    _overwrite(connection, gone)
    if new:
        connection.execute(insert(texts), [_text_row(consultation_id, text) for text in new.values()])


def _text_row(consultation_id: str, text: FoundText) -> dict[str, str]:
    return {"consultation_id": consultation_id, "source": text.source, "key": text.key, "text": text.text}


def _blank(connection: Connection, consultation_id: str, *which: ColumnElement[bool]) -> None:
    _overwrite(connection, _live_texts(connection, consultation_id, *which))


def _live_texts(connection: Connection, consultation_id: str, *which: ColumnElement[bool]) -> list[Row[Any]]:
    query = select(texts).where(texts.c.consultation_id == consultation_id, *which)
    return [row for row in connection.execute(query) if row.text.strip()]


def _overwrite(connection: Connection, gone: Sequence[Row[Any]]) -> None:
    if gone:
        blanks = [{"place": row.id, "no_text": blanks_for(row.text)} for row in gone]
        overwrite = update(texts).where(texts.c.id == bindparam("place"))
        connection.execute(overwrite.values(text=bindparam("no_text")), blanks)
