"""The language model's word vectors, read from where they lie on disk, and which word they find fitting."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from spacy.strings import get_string_id
from spacy.vectors import BaseVectors  # type: ignore[import-not-found]
from srsly.msgpack import Unpacker  # type: ignore[import-untyped]

_N_COMMON = 40_000
"""Rarer words are more often misheard than meant.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""


class MappedVectors(BaseVectors):  # type: ignore[misc]
    """A table of vectors, and for each word that has one its row.

    spaCy keeps the rows in a Python dictionary of half a million words: 62 MB, where two arrays take 6.
    """

    def __init__(
        self, table: NDArray[np.float32], keys: NDArray[np.uint64], rows: NDArray[np.uint64]
    ) -> None:
        """Sort the words for the search.

        Args:
            table: `(n_rows, n_dimensions) float32`; may be mapped from disk.
            keys: `(n_words,) uint64`, hashes of the words, the most frequent first.
            rows: `(n_words,) uint64`, the row of each.
        """
        super().__init__()
        order = np.argsort(keys)
        self._common = np.sort(keys[:_N_COMMON])
        self._table, self._keys, self._rows = table, keys[order], rows[order].astype(np.int32)

    def get_batch(self, keys: ArrayLike) -> NDArray[np.float32]:
        """Return one vector for each word's hash, zeros for words that have none.

        Returns:
            `(n_keys, n_dimensions) float32`.
        """
        wanted = np.asarray(keys, dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        vectors = np.array(self._table[self._rows[places]])
        vectors[self._keys[places] != wanted] = 0
        return vectors

    def is_common(self, key: int) -> bool:
        """Return whether a word is one of those that people use most."""
        place = np.searchsorted(self._common, np.uint64(key))
        return bool(place < len(self._common) and self._common[place] == key)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and dimensions of the table."""
        n_rows, n_dimensions = self._table.shape
        return n_rows, n_dimensions


class WordVectorSimilarity:
    """Tells which of two words goes better with the words around it."""

    def __init__(self, vectors: MappedVectors) -> None:
        self._vectors = vectors

    def is_common(self, word: str) -> bool:
        """Return whether a word is one of those that people use most."""
        return self._vectors.is_common(get_string_id(word))

    def gain(self, one: str, other: str, around: Sequence[str]) -> float | None:
        """Return how much more the second word is like the words around it than the first, −1 … 1.

        None where the vectors know too few of them to tell.
        """
        vectors = self._vectors.get_batch([get_string_id(word) for word in (one, other, *around)])
        lengths = np.linalg.norm(vectors, axis=1)
        known = lengths > 0
        if not (known[0] and known[1] and known[2:].any()):
            return None
        first, second, *rest = vectors[known] / lengths[known, np.newaxis]
        return float((np.array(rest) @ (second - first)).mean())


def open_vectors(folder: Path) -> MappedVectors:
    """Open the vectors of a saved vocabulary; of the table only what is asked for comes into memory."""
    pairs = np.fromiter(_numbers(folder / "key2row"), dtype=np.uint64).reshape(-1, 2)
    table = np.load(folder / "vectors", mmap_mode="r")
    return MappedVectors(table, pairs[:, 0], pairs[:, 1])


def _numbers(file: Path) -> Iterator[int]:
    """Yield hash, row, hash, row … of a map in MessagePack, without building it."""
    with file.open("rb") as stream:
        unpacker = Unpacker(stream)
        yield from islice(unpacker, 2 * unpacker.read_map_header())
