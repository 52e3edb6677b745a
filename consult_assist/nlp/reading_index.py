"""How alike sentences sound: their kana in overlapping pieces, so that a misheard word is not lost whole."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_PIECE_CHARS = (2, 3, 4)


class ReadingIndex:
    """TF-IDF over pieces of kana, inverted: for each piece the sentences that hold it.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), chapter 6.
    """

    def __init__(self, readings: Sequence[str]) -> None:
        """Index sentences by their katakana readings."""
        self._n_sentences = len(readings)
        counts = [Counter(_pieces(reading)) for reading in readings]
        found_in = Counter(piece for count in counts for piece in count)
        self._rarity = {
            piece: float(np.log((1 + len(readings)) / (1 + n)) + 1) for piece, n in found_in.items()
        }
        rows: dict[str, list[int]] = {piece: [] for piece in found_in}
        weights: dict[str, list[float]] = {piece: [] for piece in found_in}
        for row, count in enumerate(counts):
            for piece, weight in self._weighted(count).items():
                rows[piece].append(row)
                weights[piece].append(weight)
        self._rows = {piece: np.array(found, dtype=np.int32) for piece, found in rows.items()}
        self._weights = {piece: np.array(found, dtype=np.float32) for piece, found in weights.items()}

    def similarities(self, reading: str) -> NDArray[np.float32]:
        """Return the cosine to each sentence, `(n_sentences,) float32`, 0 … 1."""
        asked = {
            piece: weight
            for piece, weight in self._weighted(Counter(_pieces(reading))).items()
            if piece in self._rows
        }
        if not asked:
            return np.zeros(self._n_sentences, dtype=np.float32)
        rows = np.concatenate([self._rows[piece] for piece in asked])
        weights = np.concatenate([self._weights[piece] * weight for piece, weight in asked.items()])
        return np.bincount(rows, weights, minlength=self._n_sentences).astype(np.float32)

    def _weighted(self, count: Counter[str]) -> dict[str, float]:
        unseen = float(np.log(1 + self._n_sentences)) + 1
        weights = {
            piece: (1 + float(np.log(n))) * self._rarity.get(piece, unseen) for piece, n in count.items()
        }
        length = sum(weight * weight for weight in weights.values()) ** 0.5
        return {piece: weight / length for piece, weight in weights.items()}


def _pieces(reading: str) -> Iterator[str]:
    for n_chars in _PIECE_CHARS:
        for start in range(len(reading) - n_chars + 1):
            yield reading[start : start + n_chars]
