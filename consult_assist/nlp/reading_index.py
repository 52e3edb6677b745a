"""How alike sentences sound: their kana in overlapping pieces, so that a misheard word is not lost whole."""

from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_PIECE_CHARS = (2, 3, 4)


class ReadingIndex:
    """TF-IDF over pieces of kana, inverted: for each piece the sentences that hold it.

    Pieces are kept as 32-bit checksums in sorted arrays: a dictionary of them takes forty times the room.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), chapter 6.
    """

    def __init__(self, readings: Sequence[str]) -> None:
        """Index sentences by their katakana readings."""
        counts = [_counted(reading) for reading in readings]
        pieces = np.concatenate([keys for keys, _ in counts]) if counts else np.empty(0, dtype=np.uint32)
        times = np.concatenate([n for _, n in counts]) if counts else np.empty(0, dtype=np.float32)
        rows = np.repeat(np.arange(len(counts)), [len(keys) for keys, _ in counts])
        self._pieces, column = np.unique(pieces, return_inverse=True)
        found_in = np.bincount(column, minlength=len(self._pieces))
        self._n_sentences = len(counts)
        self._rarity = self._rarity_of(found_in)
        weights = (1 + np.log(times)) * self._rarity[column]
        lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(counts)))
        order = np.argsort(column, kind="stable")
        self._rows = rows[order].astype(np.int32)
        self._weights = (weights / lengths[rows])[order].astype(np.float32)
        self._starts = np.concatenate([[0], np.cumsum(found_in)])

    def similarities(self, reading: str) -> NDArray[np.float32]:
        """Return the cosine to each sentence, `(n_sentences,) float32`, 0 … 1."""
        pieces, times = _counted(reading)
        places = np.minimum(np.searchsorted(self._pieces, pieces), max(0, len(self._pieces) - 1))
        known = self._pieces[places] == pieces if len(self._pieces) else np.zeros(len(pieces), dtype=bool)
        if not known.any():
            return np.zeros(self._n_sentences, dtype=np.float32)
        rarity = np.where(known, self._rarity[places], self._rarity_of(np.zeros(1))[0])
        weights = (1 + np.log(times)) * rarity
        weights /= np.linalg.norm(weights)
        stretches = [slice(self._starts[place], self._starts[place + 1]) for place in places[known]]
        rows = np.concatenate([self._rows[stretch] for stretch in stretches])
        shares = [
            self._weights[stretch] * weight for stretch, weight in zip(stretches, weights[known], strict=True)
        ]
        return np.bincount(rows, np.concatenate(shares), minlength=self._n_sentences).astype(np.float32)

    def _rarity_of(self, found_in: NDArray[np.floating | np.integer]) -> NDArray[np.float64]:
        rarity: NDArray[np.float64] = np.log((1 + self._n_sentences) / (1 + found_in)) + 1
        return rarity


def _counted(reading: str) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Return each piece of a reading once, and how often it occurs."""
    count = Counter(_pieces(reading))
    n_pieces = len(count)
    return (
        np.fromiter(count.keys(), dtype=np.uint32, count=n_pieces),
        np.fromiter(count.values(), dtype=np.float32, count=n_pieces),
    )


def _pieces(reading: str) -> Iterator[int]:
    for n_chars in _PIECE_CHARS:
        for start in range(len(reading) - n_chars + 1):
            yield crc32(reading[start : start + n_chars].encode())
