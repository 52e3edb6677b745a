"""Which rows of `texts` may hold a word: an index of pairs of characters in a file of its own.

Pairs, because the words that matter have two characters (滞納, 家賃), which SQLite's trigrams cannot find.
The index lags behind the texts, says only where to look, and may be thrown away at any time: so it is never
backed up, costs nothing while a consultation runs, and erasing words means to remove the file.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from consult_assist.storage.projection import searchable

_RUN = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
"""What FTS5's tokenizer `ascii` takes as one token; so nothing it would split is handed to it as one."""
_SCHEMA = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(text, content='', detail=none, tokenize='ascii')",
    "CREATE TABLE IF NOT EXISTS reached (id INTEGER NOT NULL, mark TEXT NOT NULL)",
)
_PATIENCE_S = 0.2


@dataclass(frozen=True, slots=True)
class NewText:
    """A row to take in; `mark` names the row, so that a database put in place of another one is noticed."""

    id: int
    mark: str
    text: str = field(repr=False)


class SqliteTextIndex:
    """Every call opens the file for itself: nobody is kept from removing it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def reached(self, mark_of: Callable[[int], str | None]) -> int:
        """Return the id up to which texts are in; 0 where there is no index, or it is of another database.

        Args:
            mark_of: id of a text → its mark, None where there is no such text.
        """
        if not self._path.is_file():
            return 0
        try:
            with self._opened() as connection:
                number, mark = connection.execute("SELECT id, mark FROM reached").fetchone() or (0, None)
        except sqlite3.DatabaseError:
            return 0
        return int(number) if mark_of(number) == mark else 0

    def take_in(self, rows: Sequence[NewText]) -> bool:
        """Add texts, in the order of their ids; say whether it went well: SQLite may lack FTS5."""
        if not rows:
            return True
        pairs = ((row.id, " ".join(pairs_of(row.text))) for row in rows)
        try:
            with self._opened() as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.executemany("INSERT INTO pairs(rowid, text) VALUES (?, ?)", pairs)
                connection.execute("DELETE FROM reached")
                connection.execute("INSERT INTO reached VALUES (?, ?)", (rows[-1].id, rows[-1].mark))
        except sqlite3.DatabaseError:
            return False
        return True

    def rows_with(self, word: str, most: int) -> Sequence[int] | None:
        """Return the newest rows with all pairs of a word; None where it has no pairs."""
        wanted = " AND ".join(f'"{pair}"' for pair in dict.fromkeys(pairs_of(searchable(word))))
        if not wanted:
            return None
        query = "SELECT rowid FROM pairs WHERE pairs MATCH ? ORDER BY rowid DESC LIMIT ?"
        try:
            with self._opened() as connection:
                rows = connection.execute(query, (wanted, most)).fetchall()
        except sqlite3.DatabaseError:
            return None
        return [number for (number,) in rows]

    def remove(self) -> bool:
        """Remove the file with all words in it; say whether it is gone."""
        try:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError:  # another process is reading it just now, says Windows
            return False
        return True

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)) as connection:
            connection.execute("PRAGMA temp_store = MEMORY")  # no words in temporary files
            yield connection


def pairs_of(text: str) -> Iterator[str]:
    """Yield all pairs of neighbouring characters of a searchable text, punctuation of ASCII aside."""
    for run in _RUN.findall(text):
        yield from map(str.__add__, run, run[1:])
