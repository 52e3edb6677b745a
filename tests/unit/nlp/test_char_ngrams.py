"""Runs of characters as numbers."""

import numpy as np
import pytest

from consult_assist.nlp.char_ngrams import CHAR_BITS, char_codes, pack_ngrams


def _text(gram: int, n_chars: int) -> str:
    mask = (1 << CHAR_BITS) - 1
    return "".join(chr(gram >> (CHAR_BITS * place) & mask) for place in reversed(range(n_chars)))


@pytest.mark.parametrize(
    ("n_chars", "runs"),
    [
        (1, ["家", "賃", "は", "𠮷"]),
        (2, ["家賃", "賃は", "は𠮷"]),
        (3, ["家賃は", "賃は𠮷"]),
    ],
)
def test_each_run_is_a_number_of_its_own(n_chars: int, runs: list[str]) -> None:
    grams = pack_ngrams(char_codes("家賃は𠮷"), n_chars)
    assert [_text(int(gram), n_chars) for gram in grams] == runs
    assert grams.dtype == np.int64
    assert (grams > 0).all()


def test_a_text_that_is_too_short_has_none() -> None:
    assert len(pack_ngrams(char_codes("家"), 2)) == 0
    assert len(pack_ngrams(char_codes(""), 1)) == 0


def test_half_a_pair_of_surrogates_is_one_character() -> None:
    assert len(char_codes("家\ud800賃")) == 3
