"""How alike sentences sound: their kana in overlapping pieces, so that a misheard word is not lost whole."""

from collections import Counter
from collections.abc import Iterable, Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from consult_assist.nlp.array_cache import Arrays

_PIECE_CHARS = (2, 3, 4)


class ReadingIndex:
    """TF-IDF over pieces of kana, inverted: for each piece the sentences that hold it.

    Pieces are kept as 32-bit checksums in sorted arrays: a dictionary of them takes forty times the room.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), chapter 6.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Take over what `index_readings` made of the sentences."""
        self._pieces, self._starts = arrays["pieces"], arrays["starts"]
        self._rows, self._weights = arrays["rows"], arrays["weights"]
        self._n_sentences = int(arrays["n_sentences"])
        self._idf = _idf(np.diff(self._starts), self._n_sentences)

    def similarities(self, reading: str) -> NDArray[np.float32]:
        """Return the cosine to each sentence, `(n_sentences,) float32`, 0 … 1."""
        places, weights = self._known_pieces(reading)
        if not len(places):
            return np.zeros(self._n_sentences, dtype=np.float32)
        stretches = [slice(self._starts[place], self._starts[place + 1]) for place in places]
        rows = np.concatenate([self._rows[stretch] for stretch in stretches])
        shares = [self._weights[stretch] * weight for stretch, weight in zip(stretches, weights, strict=True)]
        return np.bincount(rows, np.concatenate(shares), minlength=self._n_sentences).astype(np.float32)

    def kernel_dot(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each sentence the values of all sentences, each as far as it sounds alike, added up.

        Args:
            values: `(n_sentences,) float32`.

        Returns:
            `(n_sentences,) float32`: the matrix of all cosines times the values, without that matrix.
        """
        column = self._columns()
        totals = np.bincount(column, self._weights * values[self._rows], minlength=len(self._pieces))
        return np.bincount(self._rows, self._weights * totals[column], minlength=self._n_sentences).astype(
            np.float32
        )

    def hashed_features(self, n_dimensions: int) -> NDArray[np.float64]:
        """Return sentences as `(n_sentences, n_dimensions) float64` whose products are nearly the cosines.

        Pieces share dimensions, with either sign.

        Source: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009).
        """
        place, sign = _hashed(self._pieces, n_dimensions)
        column = self._columns()
        cells = self._rows.astype(np.int64) * n_dimensions + place[column]
        shares = self._weights * sign[column]
        flat = np.bincount(cells, shares, minlength=self._n_sentences * n_dimensions)
        return np.asarray(flat.reshape(self._n_sentences, n_dimensions), dtype=np.float64)

    def hash_features(self, reading: str, n_dimensions: int) -> NDArray[np.float32]:
        """Return a reading in the same way, `(n_dimensions,) float32`."""
        places, weights = self._known_pieces(reading)
        place, sign = _hashed(self._pieces[places], n_dimensions)
        return np.bincount(place, weights * sign, minlength=n_dimensions).astype(np.float32)

    def _known_pieces(self, reading: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the places of the pieces that are known, and their weights in a reading of length 1."""
        pieces, times = _counted(reading)
        if not len(self._pieces) or not len(pieces):
            return np.empty(0, dtype=np.intp), np.empty(0)
        places = np.minimum(np.searchsorted(self._pieces, pieces), len(self._pieces) - 1)
        known = self._pieces[places] == pieces
        idf = np.where(known, self._idf[places], _idf(np.zeros(1), self._n_sentences)[0])
        weights = (1 + np.log(times)) * idf
        return places[known], (weights / np.linalg.norm(weights))[known]

    def _columns(self) -> NDArray[np.intp]:
        """Return the piece of each weight."""
        return np.repeat(np.arange(len(self._pieces)), np.diff(self._starts))


def index_readings(readings: Iterable[str]) -> Arrays:
    """Return the katakana readings of sentences as the arrays of an index."""
    counts = [_counted(reading) for reading in readings]
    keys = np.concatenate([keys for keys, _ in counts]) if counts else np.empty(0, dtype=np.uint32)
    times = np.concatenate([n for _, n in counts]) if counts else np.empty(0, dtype=np.float32)
    rows = np.repeat(np.arange(len(counts)), [len(keys) for keys, _ in counts])
    pieces, column = np.unique(keys, return_inverse=True)
    found_in = np.bincount(column, minlength=len(pieces))
    weights = (1 + np.log(times)) * _idf(found_in, len(counts))[column]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(counts)))
    order = np.argsort(column, kind="stable")
    return {
        "pieces": pieces,
        "starts": np.concatenate([[0], np.cumsum(found_in)]),
        "rows": rows[order].astype(np.int32),
        "weights": (weights / lengths[rows])[order].astype(np.float32),
        "n_sentences": np.array(len(counts)),
    }


def _idf(found_in: NDArray[np.floating | np.integer], n_sentences: int) -> NDArray[np.float64]:
    idf: NDArray[np.float64] = np.log((1 + n_sentences) / (1 + found_in)) + 1
    return idf


def _hashed(pieces: NDArray[np.uint32], n_dimensions: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the dimension of each piece, and its sign."""
    return (pieces % n_dimensions).astype(np.int64), np.where((pieces >> 16) & 1, 1.0, -1.0)


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
