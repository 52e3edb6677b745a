"""Errors of databases and disks → one Japanese sentence."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from consult_assist.disk import is_full
from consult_assist.errors import StoreError

DISK_FULL = "ディスクの空きがなく、保存できません。不要なファイルを片付けてから、もう一度行ってください。"
TOO_BIG = "保存先に大きなファイルを置けません。USB メモリーなら、exFAT か NTFS の形式のものを使ってください。"
_READ_ONLY = (
    "データフォルダーに書き込めません。フォルダーの場所（consult-assist doctor で分かります）と、"
    "書き込みの権限を確かめてください。読むだけのコピーなら、書き込める場所に写してから開いてください。"
)
_CORRUPT = (
    "相談記録のデータベースが壊れているか、別のファイルです。"
    "そのまま残し、consult-assist restore でバックアップから戻してください。"
)
_LOCKED = "ほかのプログラムが相談記録を使っていて保存できません。少し待ってから、もう一度行ってください。"
_DISK_FAILED = "ディスクの読み書きに失敗しました。空きと接続を確かめてから、もう一度行ってください。"
_UNREACHABLE = (
    "相談記録のデータベースを使えません。設定の database_url と、データベースの動作を確かめてください。"
)

_SQLITE_SENTENCES = {
    "SQLITE_FULL": DISK_FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_AUTH": _READ_ONLY,
    "SQLITE_NOTADB": _CORRUPT,
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_PROTOCOL": _LOCKED,  # a race for the write-ahead log, or a shared folder that cannot lock it
    "SQLITE_IOERR": _DISK_FAILED,
}


def store_error(error: SQLAlchemyError | sqlite3.Error) -> StoreError:
    """Return what the user reads when a database call failed."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name: str = getattr(cause, "sqlite_errorname", "")
    primary = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE → SQLITE_IOERR
    if primary in _SQLITE_SENTENCES:
        return StoreError(_SQLITE_SENTENCES[primary])
    if isinstance(cause, sqlite3.DatabaseError):
        return StoreError(_CORRUPT)
    return StoreError(_UNREACHABLE)


def corrupt() -> StoreError:
    """Return the error for a file that is not a sound database of ours."""
    return StoreError(_CORRUPT)


def file_error(error: OSError, path: Path, doing: str) -> StoreError:
    """Return what the user reads when a file could not be read or written.

    Args:
        error: what the system said.
        path: the file or folder the user knows by name.
        doing: what was tried, as 「…できません」 needs it after the name (を読むことが, に書き込むことが).
    """
    if is_full(error):
        return StoreError(DISK_FULL)
    if error.errno == errno.EFBIG:
        return StoreError(TOO_BIG)
    return StoreError(f"{path} {doing}できません。場所と権限を確かめてから、もう一度行ってください。")


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Tell every failure of a file inside as `file_error` does."""
    try:
        yield
    except OSError as error:
        raise file_error(error, path, doing) from error
