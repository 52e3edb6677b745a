"""Which lines share which short strings of characters, as arrays: 100,000 lines answer in milliseconds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consult_assist.nlp.char_ngrams import CHAR_BITS, char_codes, pack_ngrams

_PAIRS = 2
_MASK = (1 << CHAR_BITS) - 1
_KANA_WEIGHT = 0.5
"""Two hiragana are mostly grammar."""


class NgramIndex:
    """For each n-gram the lines that hold it, and how rare it is."""

    def __init__(self, lines: Sequence[str], n_chars: int) -> None:
        """Sort the n-grams of all lines; of single characters only kanji are kept.

        Args:
            lines: folded text.
            n_chars: length of an n-gram, at most three. Where it is two, kanji count alone too.
        """
        self._n_chars = n_chars
        self._n_lines = len(lines)
        grams, owners = _grams(lines, n_chars)
        grams, owners = _unique_pairs(grams, owners)
        self._lines = owners.astype(np.int32)
        self._grams, starts = np.unique(grams, return_index=True)
        self._starts = np.append(starts, len(self._lines)).astype(np.int64)

    def cover(self, text: str) -> NDArray[np.float32]:
        """Return for each line how much of a text it holds, rare n-grams counting more.

        Returns:
            `(n_lines,) float32, 0…1`.
        """
        wanted = np.unique(_grams([text], self._n_chars)[0])
        score = np.zeros(self._n_lines, dtype=np.float32)
        if not len(wanted) or not len(self._grams):
            return score
        places = np.minimum(np.searchsorted(self._grams, wanted), len(self._grams) - 1)
        known = self._grams[places] == wanted
        begin, end = self._starts[places], self._starts[places + 1]
        count = np.where(known, end - begin, 0)
        weights = np.log1p(self._n_lines / (1.0 + count)).astype(np.float32)
        if self._n_chars == _PAIRS:
            weights[_is_kana(wanted >> CHAR_BITS) & _is_kana(wanted & _MASK)] *= _KANA_WEIGHT
        for first, last, weight in zip(begin[known], end[known], weights[known], strict=True):
            score[self._lines[first:last]] += weight
        return score / np.float32(weights.sum())


def _is_kana(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray((codes > 0x3000) & (codes < 0x3100))


def _unique_pairs(
    grams: NDArray[np.int64], owners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    order = np.lexsort((owners, grams))
    grams, owners = grams[order], owners[order]
    fresh = np.ones(len(grams), dtype=bool)
    fresh[1:] = (grams[1:] != grams[:-1]) | (owners[1:] != owners[:-1])
    return grams[fresh], owners[fresh]


def _grams(lines: Sequence[str], n_chars: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all n-grams as numbers, and the line of each."""
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    codes = char_codes("".join(lines))
    owners = np.repeat(np.arange(len(lines)), lengths)
    grams = pack_ngrams(codes, n_chars)
    inside = owners[: len(grams)] == owners[n_chars - 1 :]
    if n_chars != _PAIRS:
        return grams[inside], owners[: len(grams)][inside]
    kanji = (codes >= 0x4E00) & (codes <= 0x9FFF)
    return (
        np.concatenate([grams[inside], codes[kanji]]),
        np.concatenate([owners[: len(grams)][inside], owners[kanji]]),
    )
