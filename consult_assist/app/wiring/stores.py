"""The data folder: its database, and everything in it as one backup file."""

from pathlib import Path

from consult_assist.app.settings import Settings
from consult_assist.errors import StoreError
from consult_assist.storage.base import Store

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def open_store(settings: Settings) -> Store:
    """Open the database, migrated to this version.

    Raises:
        StoreError: it cannot be used, or is gone while its recordings are there.
        StoreTooNewError: a newer version of the program wrote it.
    """
    from consult_assist.storage.backup import refuse_lost_records
    from consult_assist.storage.restoring import undo_cut_restore
    from consult_assist.storage.sql import SqlStore

    undo_cut_restore(settings.data_folder)
    url = _database_url(settings)
    refuse_lost_records(url, settings.recordings_folder)
    return SqlStore(url)


def _database_url(settings: Settings) -> str:
    from consult_assist.storage.backup_file import DATABASE_NAME
    from consult_assist.storage.sqlite import sqlite_url

    return settings.database_url or sqlite_url(settings.data_folder / DATABASE_NAME)


def make_data_folder(settings: Settings) -> None:
    """Make the folders for records and recordings.

    Raises:
        StoreError: they cannot be made.
    """
    for folder in (settings.data_folder, settings.recordings_folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"データのフォルダー {folder} を作れません。ディスクがつながり、空きがあり、"
                "書き込める場所か確かめるか、設定 data_folder で別の場所を選んでください。"
            ) from error


def backup_data(settings: Settings, target: Path) -> None:
    """Write records, recordings, the office's knowledge and its exercises into one file.

    Raises:
        StoreError: something cannot be read, or the file cannot be written.
    """
    from consult_assist.storage.backup import backup

    backup(_database_url(settings), settings.data_folder, target)


def restore_data(settings: Settings, source: Path, *, replace: bool) -> Path | None:
    """Bring a backup back and return where data that was there has been moved, if any.

    Raises:
        StoreError: the file is broken, there is data already and `replace` is False, or the records are kept
            in another database, where the restored ones would never be seen.
    """
    from consult_assist.storage.backup import restore

    if settings.database_url:
        raise StoreError(
            "設定の database_url のデータベースには戻せません。"
            "database_url を空にしてから戻すか、そのデータベースに付属の道具で戻してください。"
        )
    return restore(source, settings.data_folder, replace=replace)
