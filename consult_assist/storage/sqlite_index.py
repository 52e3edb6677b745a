"""Which rows of `texts` may hold a word: an index of characters and their pairs in a file of its own.

Pairs, because the words that matter have two characters (滞納, 家賃), which SQLite's trigrams cannot find;
single ones, because a rare one (燻) is sought, too. The index lags behind the texts, says only where to look,
and may be thrown away at any time: so it is never backed up and costs nothing while a consultation runs.

SQLite's full-text tables cannot forget a single text for good. So texts lie in blocks, a table each: erasing
words drops the tables of their blocks, whose pages are overwritten, and all other blocks stay in use.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from consult_assist.storage.projection import searchable

BLOCK_TEXTS = 1 << 16
"""Texts whose ids share a block: so many are read plainly after an erasure, until the block is made anew.

Source: benchmarks/archive.py (docs/decisions/0022-archive.md).
"""
_RUN = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
"""What FTS5's tokenizer `ascii` takes as one token; so nothing it would split is handed to it as one."""
_LAYOUT = 2
"""Kept in the file; one of another layout is made again."""
_REACHED = (
    "CREATE TABLE IF NOT EXISTS reached (block INTEGER PRIMARY KEY, id INTEGER NOT NULL, mark TEXT NOT NULL)"
)
_BLOCK = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS pairs_{} "
    "USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii')"
)
_PATIENCE_S = 0.2
_ERASING_PATIENCE_S = 2.0

Marks = Callable[[Iterable[int]], Mapping[int, str]]
"""Ids of texts → what names each of them; those that do not exist are left out."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A row to take in; `mark` names the row, so that a database put in place of another one is noticed."""

    id: int
    mark: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownRows:
    """What the index says of a word: the newest rows, and how far each block has come by its number."""

    ids: Sequence[int]
    reached: Mapping[int, int]


class SqliteTextIndex:
    """Every call opens the file for itself: nobody is kept from removing it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def reached(self, marks: Marks) -> Mapping[int, int]:
        """Return block → id up to which its texts are in; nothing where the index is of another database."""
        if not self._path.is_file():
            return {}
        try:
            with self._opened() as connection:
                return _reached(connection, marks)
        except sqlite3.DatabaseError:
            return {}

    def take_in(self, rows: Sequence[NewText]) -> bool:
        """Add texts of one block, in the order of ids; say whether it went well: SQLite may lack FTS5."""
        block = rows[0].id // BLOCK_TEXTS
        tokens = ((row.id, " ".join(dict.fromkeys(_tokens(row.text)))) for row in rows if row.text)
        try:
            with self._opened() as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(f"PRAGMA user_version = {_LAYOUT}")
                connection.execute(_REACHED)
                connection.execute(_BLOCK.format(block))
                connection.executemany(f"INSERT INTO pairs_{block}(rowid, text) VALUES (?, ?)", tokens)
                newest = (block, rows[-1].id, rows[-1].mark)
                connection.execute("INSERT OR REPLACE INTO reached VALUES (?, ?, ?)", newest)
        except sqlite3.DatabaseError:
            return False
        return True

    def rows_with(self, word: str, limit: int, marks: Marks) -> KnownRows | None:
        """Return the newest rows with the characters of a word; None where that is not known."""
        wanted = _asked(searchable(word))
        if not wanted or not self._path.is_file():
            return None
        ids: list[int] = []
        try:
            with self._opened() as connection:
                connection.execute("BEGIN")  # blocks and how far they have come are of one moment
                reached = _reached(connection, marks)
                for block in sorted(reached, reverse=True):
                    table = f"pairs_{block}"
                    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
                    ids += (row for (row,) in connection.execute(query, (wanted, limit - len(ids))))
                    if len(ids) == limit:
                        break
        except sqlite3.DatabaseError:
            return None
        return KnownRows(ids, reached)

    def forget(self, ids: Iterable[int]) -> bool:
        """Drop the blocks in which texts lie, for good; say whether nothing of them is left."""
        if not self._path.is_file():
            return self.remove()  # a crash may have left its journal
        blocks = sorted({number // BLOCK_TEXTS for number in ids})
        try:
            with self._opened(_ERASING_PATIENCE_S) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                if _layout(connection) != _LAYOUT:
                    return False
                for block in blocks:
                    connection.execute(f"DROP TABLE IF EXISTS pairs_{block}")
                    connection.execute("DELETE FROM reached WHERE block = ?", (block,))
        except sqlite3.DatabaseError:
            return False
        return True

    def remove(self) -> bool:
        """Remove the file with all words in it; say whether it is gone.

        Its journal goes first: beside a file made again, it would write the words into that.
        """
        try:
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
            self._path.unlink(missing_ok=True)
        except OSError:  # another process is reading it just now, says Windows
            return False
        return True

    @contextmanager
    def _opened(self, patience_s: float = _PATIENCE_S) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=patience_s, isolation_level=None)) as connection:
            connection.execute("PRAGMA temp_store = MEMORY")  # no words in temporary files
            connection.execute("PRAGMA secure_delete = ON")  # what is dropped is overwritten
            yield connection


def gaps(reached: Mapping[int, int], last: int) -> list[tuple[int, int]]:
    """Return the ids that the index has not reached, block by block: first and last.

    Args:
        reached: block → id up to which its texts are in.
        last: the newest id there is.
    """
    found = []
    for first in range(0, last + 1, BLOCK_TEXTS):
        begin = reached.get(first // BLOCK_TEXTS, first - 1) + 1
        end = min(first + BLOCK_TEXTS - 1, last)
        if begin <= end:
            found.append((begin, end))
    return found


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _reached(connection: sqlite3.Connection, marks: Marks) -> dict[int, int]:
    if _layout(connection) != _LAYOUT:
        return {}
    rows = connection.execute("SELECT block, id, mark FROM reached").fetchall()
    known = marks(number for _, number, _ in rows)
    if any(known.get(number) != mark for _, number, mark in rows):
        return {}
    return {block: number for block, number, _ in rows}


def _tokens(text: str) -> Iterator[str]:
    """Yield all characters of a searchable text and pairs of neighbours, punctuation of ASCII aside."""
    for run in _RUN.findall(text):
        yield from run
        yield from map(str.__add__, run, run[1:])


def _asked(word: str) -> str:
    """Return what a text must match: the pairs of a word, and what stands alone in it."""
    tokens = (
        token
        for run in _RUN.findall(word)
        for token in (map(str.__add__, run, run[1:]) if len(run) > 1 else run)
    )
    return " AND ".join(f'"{token}"' for token in dict.fromkeys(tokens))
