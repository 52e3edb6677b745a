"""The schema's version, and how an older database comes to it; run when a database is opened."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, select, text
from sqlalchemy.schema import CreateColumn

from consult_assist.errors import StoreError, StoreTooNewError
from consult_assist.storage.chain import EMPTY_CHAIN
from consult_assist.storage.rows import rebuild_summaries
from consult_assist.storage.sqlite import WRITES, compact, copy_before_migration
from consult_assist.storage.tables import chain_head, consultations, metadata, schema_version

SCHEMA_VERSION = 3


def prepare_schema(engine: Engine, file: Path | None) -> None:
    """Create the tables in an empty database, or bring an older one to this version.

    Events and chain stay as they are: what lists show is read from them again, with what has been added.

    Args:
        engine: where.
        file: the SQLite file, of which a copy is made first; None for another database.

    Raises:
        StoreTooNewError: a newer program wrote it; it is left as it is.
        StoreError: it is not a database of ours, or the copy could not be made; it is left as it is.
    """
    with engine.connect() as opened:
        with opened.begin():
            if _version(opened) == SCHEMA_VERSION:
                return  # without the write lock: reading always works
        connection = opened.execution_options(**{WRITES: True})
        with connection.begin():
            version = _version(connection)
            if version is None:
                metadata.create_all(connection)
                connection.execute(insert(chain_head).values(id=1, position=0, hash=EMPTY_CHAIN.hash))
            elif version < SCHEMA_VERSION:
                if file is not None:
                    copy_before_migration(file, version, f"{datetime.now(UTC):%Y%m%d-%H%M%S}")
                _add_missing(connection, consultations)
                rebuild_summaries(connection)
            connection.execute(delete(schema_version))
            connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
    if file is not None and version is not None and version < SCHEMA_VERSION:
        compact(engine, file)  # rows with words may have been rewritten


def _add_missing(connection: Connection, table: Table) -> None:
    """Add the tables, and the columns of a table, that an older file lacks."""
    known = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in known:
            wanted = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {wanted}"))
    metadata.create_all(connection)  # a lost end mark stays lost, or a cut-off tail would be hidden


def _version(connection: Connection) -> int | None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    named = schema_version.name in tables
    version = connection.execute(select(schema_version.c.version)).scalar() if named else None
    if not isinstance(version, int):
        raise _not_ours()
    if version > SCHEMA_VERSION:
        raise too_new()
    return version


def too_new() -> StoreTooNewError:
    """Return the error for a database of a newer version of the program."""
    return StoreTooNewError(
        "相談記録は新しい版のプログラムで書かれています。プログラムを新しくしてから開いてください。"
    )


def _not_ours() -> StoreError:
    return StoreError(
        "このデータベースは相談記録のものではありません。"
        "設定の data_folder と database_url を確かめてください。"
    )
