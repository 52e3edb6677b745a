"""The store on any SQLAlchemy database; SQLite unless the office says otherwise."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, create_engine, select, update
from sqlalchemy import insert as insert_into
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from consult_assist.domain.archive import EVERYTHING, FoundRecord, RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.errors import StoreError
from consult_assist.storage.base import ChainFault
from consult_assist.storage.chain import ChainHead, SealedEvent, seal, stamped_from_sealed
from consult_assist.storage.failures import file_error, store_error
from consult_assist.storage.migrations import prepare_schema
from consult_assist.storage.projection import not_found
from consult_assist.storage.queries import (
    Lookup,
    count_records,
    find_records,
    no_candidates,
    rows_with,
    take_in_texts,
)
from consult_assist.storage.redaction import Plan, PlannedErasure, current_events
from consult_assist.storage.rows import (
    SCAN_ROWS,
    find_summary,
    overwrite_payloads,
    project,
    project_anew,
    read_replacements,
    read_sealed,
    touched_by,
)
from consult_assist.storage.sqlite import (
    PATIENT,
    WRITES,
    database_path,
    erasure_left,
    index_path,
    is_whole,
    note_erasure,
    prepare_engine,
    reading_options,
    remove_traces,
)
from consult_assist.storage.sqlite_index import SqliteTextIndex
from consult_assist.storage.tables import (
    SUMMARIES,
    chain_head,
    events,
    row_from_sealed,
    sealed_from_row,
    summary_from_row,
)
from consult_assist.storage.tables import texts as text_rows
from consult_assist.storage.verification import find_faults


class SqlStore(PlannedErasure):
    """Events, chain and lists in one database; every method may be called from any thread."""

    def __init__(self, url: str, *, busy_timeout_s: float = 10.0) -> None:
        """Open the database; create it, or bring an older one up to date, where needed.

        Args:
            url: SQLAlchemy URL; `sqlite_url` makes one from a path.
            busy_timeout_s: how long to wait while another process writes.

        Raises:
            StoreTooNewError: a newer version of the program wrote it.
            StoreError: it cannot be opened, created or migrated.
        """
        self._lock = threading.Lock()
        self._patience_s = busy_timeout_s
        self._file = database_path(url)
        self._index = None if self._file is None else SqliteTextIndex(index_path(self._file))
        if self._file is not None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise file_error(error, self._file.parent, "を作ることが") from error
        try:
            self._engine = create_engine(url, hide_parameters=True)  # errors never show citizens' words
        except (ArgumentError, ImportError) as error:
            raise StoreError(
                "設定の database_url のデータベースを使う部品がありません。URL を確かめてください"
                "（PostgreSQL には、導入のときに [postgresql] の部品も要ります）。"
            ) from error
        prepare_engine(self._engine, busy_timeout_s)
        try:
            prepare_schema(self._engine, self._file)
            # Where they resist, the program works all the same; `verify` and the next opening try again.
            with suppress(StoreError):
                self._remove_traces(patience_s=0.0)
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise store_error(error) from error
        except StoreError:
            self._engine.dispose()
            raise

    def append(
        self,
        consultation_id: str,
        event: Event,
        *,
        at: datetime,
        at_s: float,
        sound_s: float,
        patient: bool = True,
    ) -> StampedEvent:
        """Append one event durably and return it with its position in the chain.

        Raises:
            StoreError: it could not be written; nothing already saved is touched.
            RecordNotFoundError: the consultation has not been started.
            ValueError: a draft, a second start, a time without a zone.
        """
        with self._transaction(writes=True, patient=patient) as connection:
            head = _lock_head(connection)
            sealed = seal(head, consultation_id, event, at=at, at_s=at_s, sound_s=sound_s)
            project(connection, consultation_id, event, at)
            _save(connection, sealed)
        return StampedEvent(event=event, at=at, at_s=at_s, sound_s=sound_s, position=sealed.position)

    def events(self, consultation_id: str) -> Sequence[StampedEvent]:
        """Return all events of a consultation in order, without those whose payload was redacted."""
        with self._transaction() as connection:
            rows = read_sealed(connection, consultation_id)
        if not rows:
            raise not_found()
        return [stamped_from_sealed(sealed) for sealed in current_events(rows)]

    def summary(self, consultation_id: str) -> ConsultationSummary:
        """Return what lists know of one consultation."""
        with self._transaction() as connection:
            found = find_summary(connection, consultation_id)
        if found is None:
            raise not_found()
        return found

    def summaries(self, query: RecordQuery = EVERYTHING) -> Sequence[ConsultationSummary]:
        """Return all consultations that fit, newest first."""
        with self._transaction() as connection:
            found = find_records(connection, query, self._rows_with(connection), limit=None)
            return [record.summary for record in found]

    def find(
        self, query: RecordQuery, *, limit: int, after: ConsultationSummary | None = None
    ) -> Sequence[FoundRecord]:
        """Return a page of consultations that fit, newest first, each with a text that holds a word."""
        with self._transaction() as connection:
            return find_records(connection, query, self._rows_with(connection), limit=limit, after=after)

    def count(self, query: RecordQuery) -> int:
        """Return how many consultations fit."""
        with self._transaction() as connection:
            return count_records(connection, query, self._rows_with(connection))

    def prepare_search(self) -> bool:
        """Take some more texts into the index; say whether there are more.

        Nobody erases meanwhile: what erases waits, and removes the index afterwards.
        """
        if self._index is None:
            return False
        with self._transaction(writes=True) as connection:
            return take_in_texts(connection, self._index)

    def _rows_with(self, connection: Connection) -> Lookup:
        return no_candidates if self._index is None else partial(rows_with, connection, self._index)

    def _erase(self, consultation_id: str, plan: Plan) -> StampedEvent:
        """Carry out a plan; on SQLite nothing of the words stays.

        Raises:
            RecordNotFoundError: there is no such consultation.
            StoreError: nothing is erased as it could not be written, or the words are erased and `Redacted`
                is appended, but a reader keeps copies of them on disk; `verify` and opening remove them.
        """
        number, forgotten = None, False
        with self._transaction(writes=True) as connection:
            head = _lock_head(connection)
            rows = read_sealed(connection, consultation_id)
            if not rows:
                raise not_found()
            redaction = plan(rows, head)
            overwrite_payloads(connection, redaction.erased)
            for sealed in redaction.appended:
                _save(connection, sealed)
            project_anew(connection, consultation_id, redaction.applied(rows))
            if redaction.erased:
                number, forgotten = self._forget(connection, consultation_id)
        self._remove_traces(number, patience_s=self._patience_s, index=not forgotten)
        return stamped_from_sealed(redaction.appended[0])

    def head(self, consultation_id: str) -> str:
        """Return the chain hash of the consultation's last event."""
        query = (
            select(events.c.chain)
            .where(events.c.consultation_id == consultation_id)
            .order_by(events.c.position.desc())
            .limit(1)
        )
        with self._transaction() as connection:
            chain: str | None = connection.execute(query).scalar()
        if chain is None:
            raise not_found()
        return chain

    def verify(self) -> Sequence[ChainFault]:
        """Recompute the whole chain; an empty answer means that nothing was tampered with or is missing.

        Raises:
            StoreError: it cannot be read, or erased words still lie on disk.
        """
        self._remove_traces(patience_s=self._patience_s)
        with self._transaction() as connection:
            whole, head = is_whole(connection), _known_head(connection.execute(select(chain_head)).first())
            rows = connection.execution_options(yield_per=SCAN_ROWS).execute(
                select(events).order_by(events.c.position)
            )
            summaries, touched = {}, touched_by(connection)
            replacements = read_replacements(connection)
            for row in connection.execute(SUMMARIES):
                try:
                    summaries[row.id] = summary_from_row(row, touched.get(row.id, ()))
                except (TypeError, ValueError):
                    continue  # then it differs from what the events say
            faults = find_faults(map(sealed_from_row, rows), head, summaries, *replacements)
        return faults if whole or faults else [_unsound_file()]

    def close(self) -> None:
        """Release the database."""
        self._engine.dispose()

    def _forget(self, connection: Connection, consultation_id: str) -> tuple[int, bool]:
        """Note an erasure and let the index forget; say whether nothing that was ever erased is left in it.

        Before the erasure is committed: until then nobody can take the words in again. If it fails, the index
        is merely made again.
        """
        erasure = note_erasure(connection)
        if self._index is None:
            return erasure.number, True
        of_consultation = select(text_rows.c.id).where(text_rows.c.consultation_id == consultation_id)
        forgotten = self._index.forget(connection.execute(of_consultation).scalars())
        return erasure.number, forgotten and erasure.alone

    def _remove_traces(self, erasure: int | None = None, *, patience_s: float, index: bool = True) -> None:
        """Remove what an erasing transaction could not reach; it is done and committed.

        Args:
            erasure: its number; None is whatever is left.
            patience_s: how long to wait for readers.
            index: whether the index may still hold erased words.
        """
        try:
            left = erasure if erasure is not None else erasure_left(self._engine)
        except SQLAlchemyError as error:
            raise store_error(error) from error
        if self._file is not None and left is not None:
            remove_traces(self._file, patience_s, left, index=index)

    @contextmanager
    def _transaction(self, *, writes: bool = False, patient: bool = True) -> Iterator[Connection]:
        options = {WRITES: True, PATIENT: patient} if writes else reading_options(self._engine)
        with self._lock if writes else nullcontext():  # threads queue here, processes at the database
            try:
                with self._engine.connect() as opened:
                    connection = opened.execution_options(**options)
                    with connection.begin():
                        yield connection
            except SQLAlchemyError as error:
                raise store_error(error) from error


def _lock_head(connection: Connection) -> ChainHead:
    """Read the head and keep other writers away from it until the transaction ends."""
    head = _known_head(connection.execute(select(chain_head).with_for_update()).first())
    if head is None:
        raise StoreError(
            "記録の終わりの印が失われていて追記できません。"
            "consult-assist records verify で調べ、バックアップから戻してください。"
        )
    return head


def _known_head(row: Row[Any] | None) -> ChainHead | None:
    """Return the kept end of the chain, None where it is gone or holds what we never write."""
    if row is None or not isinstance(row.position, int) or not isinstance(row.hash, str):
        return None
    return ChainHead(position=row.position, hash=row.hash)


def _unsound_file() -> ChainFault:
    return ChainFault(
        position=0,
        consultation_id=None,
        message="データベースのファイルが傷んでいて、一覧や検索に出ない相談や発言があるかもしれません。"
        "consult-assist restore でバックアップから戻してください。",
    )


def _save(connection: Connection, sealed: SealedEvent) -> None:
    connection.execute(insert_into(events).values(row_from_sealed(sealed)))
    connection.execute(update(chain_head).values(position=sealed.position, hash=sealed.chain))
