"""Everything an office would miss ↔ one zip file that proves itself."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from consult_assist.domain.audio import SILENCE_SUFFIX
from consult_assist.errors import StoreBusyError, StoreError
from consult_assist.storage.backup_file import (
    DATABASE_NAME,
    FOLDERS,
    RECORDINGS_NAME,
    files_under,
    unpack,
    write_zip,
)
from consult_assist.storage.failures import explained
from consult_assist.storage.lock import FileCaptureLock
from consult_assist.storage.migrations import SCHEMA_VERSION, too_new
from consult_assist.storage.restoring import (
    NEW,
    RESTORING,
    holds_records,
    put_in_place,
    undo_restore,
    undo_restores,
)
from consult_assist.storage.sqlite import database_path, is_open, schema_number, snapshot

_BACKING_UP = ".backup-"
"""Begins the name of a folder that is there only while a backup goes on, or after it was killed."""
_LOCK_NAME = "lock"


def backup(store: str, data_folder: Path, target: Path) -> None:
    """Write database, recordings, the office's knowledge and exercises into one zip file, while in use.

    The file takes its name only when it is whole; one that had the name before is replaced then.

    Args:
        store: SQLAlchemy URL of the database.
        data_folder: holds all the rest.
        target: the zip file.

    Raises:
        StoreError: not SQLite, nothing to back up yet, a damaged or lost database, no space, no right to
            write, sound that is still to be silenced, a target that is the database itself or no file.
        StoreTooNewError: a newer version of the program wrote the database.
    """
    database = _file_of(store)
    refuse_lost_records(store, data_folder / RECORDINGS_NAME)
    if not database.is_file() or not database.stat().st_size:
        raise StoreError("バックアップする相談記録がまだありません。相談を一度記録してから行ってください。")
    if any((data_folder / RECORDINGS_NAME).glob(f"*{SILENCE_SUFFIX}")):
        raise StoreError(
            "録音の中に、まだ消しきれていない所があります。"
            "進行中の相談を終えるか、画面を開き直してから、もう一度バックアップしてください。"
        )
    with explained(target, "に書き込むことが"):
        place = Path(os.path.realpath(target))  # a link stays one
        if place.exists() and place.samefile(database):
            raise StoreError("それは相談記録そのものです。バックアップには新しい名前を付けてください。")
        if place.exists() and not place.is_file():
            raise StoreError(f"{target} は普通のファイルではありません。ファイルの名前まで指定してください。")
        if not place.parent.is_dir():  # to make it might put the backup on the disk that it is to survive
            raise StoreError(
                f"フォルダー {place.parent} がありません。つづりと、ディスクがつながっているかを確かめるか、"
                "フォルダーを作ってから、もう一度行ってください。"
            )
        with _scratch_folder(place.parent) as scratch:
            copy = scratch / DATABASE_NAME
            snapshot(database, copy)  # first: every recording it names then exists
            if schema_number(copy) > SCHEMA_VERSION:
                raise too_new()
            sources = {DATABASE_NAME: copy}
            for name in FOLDERS:
                sources.update(files_under(data_folder / name))
            whole = scratch / "whole.zip"
            write_zip(whole, sources)
            whole.replace(place)


def restore(source: Path, data_folder: Path, *, replace: bool = False) -> Path | None:
    """Put a backup in place of an empty data folder, or with `replace` of what is there.

    Nothing in the data folder is touched before every file of the backup has been read and found whole.

    Returns:
        The folder to which what was there has been moved, if there was anything.

    Raises:
        StoreError: a broken backup, records that would be overwritten, no space, no right to write.
        StoreTooNewError: a newer version of the program made it.
        StoreBusyError: a consultation is being captured on the data folder, or its records are open.
    """
    with explained(source, "を読むことが"), source.open("rb"):
        pass  # a slip in its name is told before anything else
    with FileCaptureLock(data_folder), explained(data_folder, "を使うことが"):
        _refuse_open_records(data_folder)
        undo_restores(data_folder)
        precious = holds_records(data_folder)
        if precious and not replace:
            raise StoreError(
                f"{data_folder} にはすでに相談記録・録音・事務所の知識か練習があります。置き換えてよければ、"
                "--replace を付けてもう一度行ってください（今のデータは別のフォルダーに残します）。"
            )
        scratch = Path(tempfile.mkdtemp(dir=data_folder, prefix=RESTORING))
        try:
            (scratch / NEW).mkdir()
            unpack(source, scratch / NEW)
            kept = data_folder / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}" if precious else None
            _refuse_open_records(data_folder)  # to unpack long recordings takes a while
            put_in_place(scratch, data_folder, kept)
        finally:
            undo_restore(scratch)
    return kept


def _refuse_open_records(data_folder: Path) -> None:
    """Refuse while somebody has the records open, who would go on writing into those that are moved aside."""
    if is_open(data_folder / DATABASE_NAME):
        raise StoreBusyError(
            "このデータフォルダーの記録は、別の画面かコマンドが開いています。"
            "すべて閉じてから、もう一度行ってください。"
        )


def refuse_lost_records(store: str, recordings_folder: Path) -> None:
    """Refuse to begin anew where recordings are there and the database they belong to is not, or is empty.

    Raises:
        StoreError: it is so, or it cannot be seen.
    """
    database = database_path(store)
    with explained(recordings_folder, "を使うことが"):
        if database is None or (database.is_file() and database.stat().st_size):
            return
        if any(recordings_folder.glob("*.flac")):
            raise StoreError(
                f"録音はあるのに、その相談記録（{database}）がありません。"
                "consult-assist restore --replace でバックアップから戻すか、"
                f"新しく始めてよければ {recordings_folder} を別の場所に移してください。"
            )


@contextmanager
def _scratch_folder(beside: Path) -> Iterator[Path]:
    """Give an empty folder, and remove those that killed backups left: they hold what people said."""
    for left in beside.glob(f"{_BACKING_UP}*"):
        with suppress(Timeout, OSError):
            with FileLock(left / _LOCK_NAME, timeout=0):
                pass
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=beside, prefix=_BACKING_UP) as name:
        scratch = Path(name)
        with FileLock(scratch / _LOCK_NAME, timeout=0):
            yield scratch


def _file_of(url: str) -> Path:
    path = database_path(url)
    if path is None:
        raise StoreError(
            "データベースが SQLite ではないため、そのデータベースに付属のバックアップの道具を使ってください。"
        )
    return path
