"""A language model of character trigrams: how likely people at this counter put things one way or another.

Three characters fit into one integer, so that the whole model is a few sorted arrays.
"""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache, Arrays
from consult_assist.nlp.char_ngrams import CHAR_BITS, char_codes, pack_ngrams

_ORDER = 3
_BEGIN, _END = "\x02", "\x03"
_AS_LIKELY = 1 / 6000
"""An unknown character is one of some thousand in use."""


class CharNgramModel:
    """Which characters follow which two, with less context where these were never seen (Witten–Bell)."""

    def __init__(self, sentences: Iterable[str], kept: ArrayCache = NO_CACHE) -> None:
        """Count the characters of all sentences."""
        self._counts = kept.get("phrasing", lambda: _counts(sentences))

    def gain_bits(self, text: str, start: int, end: int, instead: str, max_bits: float = math.inf) -> float:
        """Return how many bits likelier a text becomes with other characters in a place.

        Args:
            text: as it was heard.
            start: of the place.
            end: of the place.
            instead: what to write there.
            max_bits: bits that the characters of the place are worth at most; a word that everybody
                uses is not unlikely only because no example happens to hold it.
        """
        after = text[:start] + instead + text[end:]
        heard = self._bits(text, start, end)
        n_chars = end - start
        before = max(heard[:n_chars].sum(), -max_bits) + heard[n_chars:].sum()
        return float(self._bits(after, start, start + len(instead)).sum() - before)

    def _bits(self, text: str, start: int, end: int) -> NDArray[np.float64]:
        """Return how likely each character of a place is, and what follows as far as it depends on it."""
        before = (_BEGIN * (_ORDER - 1) + text[:start])[1 - _ORDER :]
        codes = char_codes(before + (text[start:] + _END)[: end - start + _ORDER - 1])
        n_chars = len(codes) - _ORDER + 1
        likely = np.full(n_chars, _AS_LIKELY)
        for order in range(1, _ORDER + 1):
            ngrams = pack_ngrams(codes[_ORDER - order :], order)
            count = self._look_up(ngrams, order, "ngrams", "counts")
            total = self._look_up(ngrams >> CHAR_BITS, order, "contexts", "totals")
            n_followers = self._look_up(ngrams >> CHAR_BITS, order, "contexts", "n_followers")
            likely = np.where(
                total, (count + n_followers * likely) / np.maximum(total + n_followers, 1), likely
            )
        return np.asarray(np.log2(likely), dtype=np.float64)

    def _look_up(self, wanted: NDArray[np.int64], order: int, keys: str, values: str) -> NDArray[np.int64]:
        """Return the value of each key, 0 where it was never seen."""
        known = self._counts[f"{keys}{order}"]
        places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.where(known[places] == wanted, self._counts[f"{values}{order}"][places], 0)


def _counts(sentences: Iterable[str]) -> Arrays:
    """Return each n-gram with how often it occurs, and each beginning with what follows it."""
    codes = char_codes("".join(f"{_BEGIN * (_ORDER - 1)}{sentence}{_END}" for sentence in (*sentences, "")))
    counts: dict[str, NDArray[np.int64]] = {}
    for order in range(1, _ORDER + 1):
        ngrams, n_seen = np.unique(
            pack_ngrams(codes, order)[codes[order - 1 :] != ord(_BEGIN)], return_counts=True
        )
        contexts, first, n_followers = np.unique(ngrams >> CHAR_BITS, return_index=True, return_counts=True)
        totals = np.add.reduceat(n_seen, first) if len(first) else n_seen
        for name, values in (("ngrams", ngrams), ("counts", n_seen), ("contexts", contexts)):
            counts[f"{name}{order}"] = values
        counts[f"totals{order}"], counts[f"n_followers{order}"] = totals, n_followers
    return counts
