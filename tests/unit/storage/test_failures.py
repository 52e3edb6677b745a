"""What the user reads when a database call failed."""

import sqlite3

import pytest

from consult_assist.storage.failures import store_error


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_IOERR_WRITE", "ディスクの読み書きに失敗しました"),
        ("SQLITE_BUSY_SNAPSHOT", "少し待ってから"),
        ("SQLITE_CANTOPEN", "書き込める場所に写してから"),
        ("SQLITE_PROTOCOL", "少し待ってから"),
        ("SQLITE_CORRUPT_VTAB", "バックアップから戻してください"),
        ("SQLITE_MISMATCH", "バックアップから戻してください"),
    ],
)
def test_every_failure_of_sqlite_says_what_to_do(name: str, said: str) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    assert said in str(store_error(error))
