"""Everything that only SQLite knows: pragmas, transactions, snapshots, erasing the write-ahead log."""

import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, event, make_url
from sqlalchemy.exc import ArgumentError

from consult_assist.errors import StoreError
from consult_assist.storage.failures import corrupt, store_error
from consult_assist.storage.sqlite_index import SqliteTextIndex

WRITES = "consult_assist_writes"
"""Execution option of connections that are going to write: they take the write lock at once."""

PATIENT = "consult_assist_patient"
"""Execution option: whether a transaction waits its turn, which it does unless told otherwise."""

_ALONE = "PRAGMA locking_mode = EXCLUSIVE"
"""Keeps in memory what else lies in a small file beside the log: on a full disk records can still be read and
backed up. Where another process is at work, that file is there already.
"""
_PRIMARY_CODE = 0xFF
_COPY_SUFFIX = ".before-migration.sqlite3"
_PAUSE_S = 0.05
_TRACES_REMAIN = (
    "言葉は記録から消しましたが、その写しがまだディスクに残っています。"
    "ほかの画面を閉じてから、consult-assist records verify で残りを消してください。"
)


def index_path(path: Path) -> Path:
    """Return where the index for searching a database lies."""
    return path.with_name(f"{path.stem}-search{path.suffix}")


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of a database file."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def database_path(url: str) -> Path | None:
    """Return the file behind a URL, or None when it is not a SQLite file.

    Raises:
        StoreError: it is not a URL.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise StoreError("設定の database_url の書き方が正しくありません。確かめてください。") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def prepare_engine(engine: Engine, busy_timeout_s: float) -> None:
    """Make every connection durable, erasing, and wait its turn; do nothing on another database."""
    if engine.dialect.name != "sqlite":
        return
    patience = f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}"
    pragmas = (
        patience,
        "PRAGMA synchronous = FULL",  # a commit survives a power cut, not only a crash
        "PRAGMA secure_delete = ON",
        "PRAGMA foreign_keys = ON",
        "PRAGMA temp_store = MEMORY",  # words sorted or compared never reach a temporary file
    )

    def open_prepared(dialect: Dialect, _record: object, cargs: Any, cparams: Any) -> Any:
        for alone in ((), (_ALONE,)):
            connection: Any = dialect.connect(*cargs, **cparams)
            connection.isolation_level = None  # transactions are begun below, not by the driver
            connection.text_factory = _decode
            try:
                with closing(connection.cursor()) as cursor:
                    for pragma in (*alone, *pragmas):
                        cursor.execute(pragma)
                    _use_write_ahead_log(cursor, busy_timeout_s)
            except sqlite3.Error as error:
                connection.close()
                if alone or not _finds_no_room(error):
                    raise
            else:
                break
        return connection

    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(patience if options.get(PATIENT, True) else "PRAGMA busy_timeout = 0")
        # Begun as a reader, a writer that then has to wait would fail instead of waiting.
        writes = options.get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "do_connect", open_prepared)
    event.listen(engine, "begin", on_begin)


def _finds_no_room(error: sqlite3.Error) -> bool:
    return _primary_code(error) in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY_CODE


def _use_write_ahead_log(cursor: sqlite3.Cursor, patience_s: float) -> None:
    """Switch the file to the write-ahead log.

    SQLite refuses at once, without its busy timeout, while another connection is switching: hence the tries.
    """
    last_try = time.monotonic() + patience_s
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= last_try:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def reading_options(engine: Engine) -> dict[str, Any]:
    """Return the execution options with which a whole transaction reads one and the same state."""
    return {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasing transaction wrote into the file: a number, odd while copies of words are left.

    It only grows, so that whoever has removed what was erased up to a number takes away nobody else's mark.

    Attributes:
        number: after it; 0 where the database needs none.
        alone: whether no copies of what was erased before are left.
    """

    number: int
    alone: bool


def note_erasure(connection: Connection) -> Erasure:
    """Mark the file, as part of the erasing transaction: copies of the words are still to be removed."""
    if connection.dialect.name != "sqlite":
        return Erasure(0, alone=True)
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    alone = number % 2 == 0
    number += 1 if alone else 2
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    return Erasure(number, alone=alone)


def erasure_left(engine: Engine) -> int | None:
    """Return the number of the last erasure while copies of erased words are left on disk, else None."""
    if engine.dialect.name != "sqlite":
        return None
    with engine.connect() as connection:
        number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return number if number % 2 else None


def remove_traces(path: Path, patience_s: float, number: int, *, index: bool = True) -> None:
    """Remove the copies of erased words: in the write-ahead log, the index, copies made before migrations.

    Args:
        path: the database; the erasure in it is committed.
        patience_s: how long to wait for readers of the log.
        number: of the last erasure that this is about; one that came later leaves the file marked.
        index: whether the index may still hold them.

    Raises:
        StoreError: some remain; the file stays marked.
    """
    emptied = _empty_write_ahead_log(path, patience_s)
    removed = _remove_migration_copies(path)  # one is done even if the other is not
    forgotten = not index or SqliteTextIndex(index_path(path)).remove()
    if not (emptied and removed and forgotten):
        raise StoreError(_TRACES_REMAIN)
    with suppress(sqlite3.Error), closing(_plain_connection(path, patience_s)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone() == (number,):
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")  # if it stays marked, all this is merely done again


def _plain_connection(path: Path, patience_s: float) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=patience_s, isolation_level=None)


def _empty_write_ahead_log(path: Path, patience_s: float) -> bool:
    """Move everything into the database file and cut the log to nothing, so that no erased word stays in it.

    SQLite waits for readers by itself, but not for another checkpoint: hence the tries.
    """
    last_try = time.monotonic() + patience_s
    while True:
        try:
            with closing(sqlite3.connect(path, timeout=patience_s)) as connection:
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            return False
        if not busy or time.monotonic() >= last_try:
            return not busy
        time.sleep(_PAUSE_S)


def compact(engine: Engine, path: Path) -> None:
    """Write the whole file again, without the copies of words that rewritten rows leave behind.

    Raises:
        StoreError: it failed.
    """
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        try:
            raw.execute("VACUUM")  # by the driver: SQLite refuses it inside a transaction
        except sqlite3.Error as error:
            raise store_error(error) from error
    _empty_write_ahead_log(path, 0.0)


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if _finds_no_room(error):
            connection = sqlite3.connect(path)
            connection.execute(_ALONE)
        elif _primary_code(error) == sqlite3.SQLITE_CANTOPEN and _lies_whole(path):
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        else:
            raise
    return connection


def _lies_whole(path: Path) -> bool:
    """Return whether a database is all in its file: on a disk that cannot be written it can then be read."""
    log = path.with_name(f"{path.name}-wal")
    return path.is_file() and not (log.is_file() and log.stat().st_size)


def snapshot(path: Path, target: Path) -> None:
    """Copy a database as of now, while others read and write it, into one whole file.

    Raises:
        StoreError: it cannot be read, is damaged, or the copy cannot be written.
    """
    try:
        with closing(_reading(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.execute("PRAGMA busy_timeout = 10000")
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise corrupt()
    except sqlite3.Error as error:
        raise store_error(error) from error


def is_whole(connection: Connection) -> bool:
    """Return whether SQLite finds nothing wrong with the file and with the indexes in it."""
    if connection.dialect.name != "sqlite":
        return True
    return bool(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok")


def holds_events(path: Path) -> bool:
    """Return whether a database file holds anything worth keeping; one that cannot be read may."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if "events" not in tables:
                return bool(tables)
            return connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is not None
    except sqlite3.Error:
        return True


def is_open(path: Path) -> bool:
    """Return whether anybody has a database file open, even if nothing is read or written just now.

    Whoever uses a write-ahead log shares the file for as long as the connection stands.
    """
    if not path.is_file():
        return False
    try:
        with closing(_plain_connection(path, 0.0)) as connection:
            connection.execute(_ALONE)
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:  # a file that is damaged is to be replaced
        return _primary_code(error) == sqlite3.SQLITE_BUSY
    return False


def schema_number(path: Path) -> int:
    """Return the version of the schema that a database says of itself; 0 where it says nothing."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute("SELECT version FROM schema_version").fetchone()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0


def copy_before_migration(path: Path, version: int, stamp: str) -> Path:
    """Copy a database beside itself before its schema is changed."""
    target = path.with_name(f"{path.stem}-v{version}-{stamp}{_COPY_SUFFIX}")
    snapshot(path, target)
    return target


def _remove_migration_copies(path: Path) -> bool:
    """Delete the copies made before migrations: they hold words that are to be erased."""
    gone = True
    for copy in path.parent.glob(f"*{_COPY_SUFFIX}"):
        if copy.name.startswith(f"{path.stem}-v"):
            try:
                copy.unlink(missing_ok=True)
            except OSError:  # in use, says Windows
                gone = False
    return gone


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")  # damaged text is a fault for verify to name, not a crash
