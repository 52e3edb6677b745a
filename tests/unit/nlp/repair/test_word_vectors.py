"""Vectors of words, and which of two words goes better with those around it."""

import numpy as np
from spacy.strings import get_string_id

from consult_assist.nlp.repair.word_vectors import MappedVectors, WordVectorSimilarity

TABLE = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32)
LAST = 2**64 - 1


def _vectors() -> MappedVectors:
    return MappedVectors(
        TABLE, np.array([LAST, 7, 40], dtype=np.uint64), np.array([1, 2, 1], dtype=np.uint64)
    )


def test_each_word_gets_the_row_it_shares_with_others() -> None:
    assert _vectors().get_batch([7, LAST, 40]).tolist() == [[5, 6], [3, 4], [3, 4]]


def test_unknown_words_get_zeros_and_the_table_stays_as_it_is() -> None:
    assert _vectors().get_batch([0, 8, LAST - 1]).tolist() == [[0, 0]] * 3
    assert TABLE.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_the_word_that_is_more_like_those_around_it_goes_better() -> None:
    names = ("量", "寮", "増える")
    table = np.array([[1, 0], [0, 1], [2, 0]], dtype=np.float32)
    keys = np.array([get_string_id(name) for name in names], dtype=np.uint64)
    context = WordVectorSimilarity(MappedVectors(table, keys, np.arange(3, dtype=np.uint64)))
    assert context.gain("量", "寮", ["増える", "無名"]) == -1
    assert context.gain("寮", "量", ["増える"]) == 1
    assert context.gain("量", "寮", ["無名"]) is None
    assert context.gain("量", "無名", ["増える"]) is None


def test_the_words_that_come_first_are_in_common_use() -> None:
    keys = np.arange(100_000, 0, -1, dtype=np.uint64)
    vectors = MappedVectors(TABLE, keys, np.zeros(len(keys), dtype=np.uint64))
    assert vectors.is_common(100_000)
    assert not vectors.is_common(1)
    assert not vectors.is_common(200_000)
    assert not vectors.is_common(LAST)
