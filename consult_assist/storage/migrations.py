"""The schema's version, and numbered steps from every older one; run when a database is opened."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, select, text
from sqlalchemy.schema import CreateColumn

from consult_assist.errors import StoreError, StoreTooNewError
from consult_assist.storage.chain import EMPTY_CHAIN
from consult_assist.storage.rows import rebuild_projections, rebuild_summaries
from consult_assist.storage.sqlite import WRITES, compact, copy_before_migration
from consult_assist.storage.tables import chain_head, consultations, metadata, schema_version

SCHEMA_VERSION = 3

Step = Callable[[Connection], None]


def _number_early_file(connection: Connection) -> None:
    """Bring a file from before the numbering (version 0) to version 1; events and chain stay as they are."""
    _add_missing(connection, consultations)
    rebuild_projections(connection)


def _list_anew(connection: Connection) -> None:
    """Read the list of consultations from the events again, with what has been added to it."""
    _add_missing(connection, consultations)
    rebuild_summaries(connection)


def _add_missing(connection: Connection, table: Table) -> None:
    """Add tables, and columns of a table, that an older file lacks; a step may thus meet newer columns."""
    known = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in known:
            wanted = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {wanted}"))
    metadata.create_all(connection)  # a lost end mark stays lost, or a cut-off tail would be hidden


STEPS: Mapping[int, Step] = {
    1: _number_early_file,
    2: _list_anew,  # what was touched, for search, review and counting: programmes, protocols, form, times
    3: _list_anew,  # whether the sound is gone, as consent was withdrawn
}
"""Version reached → what leads there from the version before."""


def prepare_schema(engine: Engine, file: Path | None, steps: Mapping[int, Step] = STEPS) -> None:
    """Create the tables in an empty database, or bring an older one to the newest version of `steps`.

    Args:
        engine: where.
        file: the SQLite file, of which a copy is made first; None for another database.
        steps: version reached → what leads there.

    Raises:
        StoreTooNewError: a newer program wrote it; it is left as it is.
        StoreError: it is not a database of ours, or the copy could not be made; it is left as it is.
    """
    newest = max(steps)
    with engine.connect() as opened:
        with opened.begin():
            if _version(opened) == newest:
                return  # without the write lock: reading always works
        connection = opened.execution_options(**{WRITES: True})
        with connection.begin():
            version = _version(connection)
            if version is None:
                metadata.create_all(connection)
                connection.execute(insert(chain_head).values(id=1, position=0, hash=EMPTY_CHAIN.hash))
            elif version < newest:
                if file is not None:
                    copy_before_migration(file, version, f"{datetime.now(UTC):%Y%m%d-%H%M%S}")
                for number in range(version + 1, newest + 1):
                    steps[number](connection)
            connection.execute(delete(schema_version))
            connection.execute(insert(schema_version).values(version=newest))
    if file is not None and version is not None and version < newest:
        compact(engine, file)  # a step may have rewritten rows with words


def _version(connection: Connection) -> int | None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if schema_version.name in tables:
        version = connection.execute(select(schema_version.c.version)).scalar()
        if not isinstance(version, int):
            raise _not_ours()
        if version > SCHEMA_VERSION:
            raise too_new()
        return version
    if not {"events", consultations.name} <= tables:
        raise _not_ours()
    return 0


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
