"""Runs of one to three characters as single numbers, so that arrays can be sorted and searched by them."""

import numpy as np
from numpy.typing import NDArray

CHAR_BITS = 21
"""Bits of a character; three of them fit into 63. The last one of a run stands in the lowest."""


def char_codes(text: str) -> NDArray[np.int64]:
    """Return the code points of a text, `(n_chars,) int64`; half of a surrogate pair counts as 「?」."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.int64)


def pack_ngrams(codes: NDArray[np.int64], n_chars: int) -> NDArray[np.int64]:
    """Return each run of so many characters, at most three, as one number.

    Args:
        codes: `(n_codes,) int64`, code points.
        n_chars: length of a run.

    Returns:
        `(n_codes - n_chars + 1,) int64`, in the order of the text; none where it is too short.
    """
    n_grams = max(0, len(codes) - n_chars + 1)
    grams = np.zeros(n_grams, dtype=np.int64)
    for place in range(n_chars):
        grams = (grams << CHAR_BITS) | codes[place : place + n_grams]
    return grams
