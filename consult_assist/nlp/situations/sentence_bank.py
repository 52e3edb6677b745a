"""Sentences whose similarity to what is said is told in meaning and in sound, each kept once."""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from consult_assist.japanese.endings import standard_endings
from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache, Arrays, packed_rows, unpacked_row
from consult_assist.nlp.base import SentenceEncoder
from consult_assist.nlp.situations.reading_index import ReadingIndex, index_readings
from consult_assist.nlp.syntax.content_words import ContentWord, read_content_words
from consult_assist.nlp.tokens import SIGNS, SudachiTokenizer
from consult_assist.text_cache import text_cache

_SHARE_OF_SOUND = np.float32(0.5)
"""Source: docs/decisions/0019-situations.md."""
_HASHED_DIMENSIONS = 1024
"""More dimensions part the subjects no better.

Source: docs/decisions/0027-guidance-figures.md.
"""
_TEXTS_KEPT = 4
"""A text is looked for among programmes and among dangers, and so is the one before it."""
_WORDS_KEPT = 4096
_NO_MEANING = SIGNS | {"感動詞"}


class SentenceBank:
    """Example sentences with their vectors, readings and words. For use by one thread at a time."""

    def __init__(
        self,
        sentences: Iterable[str],
        encoder: SentenceEncoder,
        tokenizer: SudachiTokenizer,
        kept: ArrayCache = NO_CACHE,
    ) -> None:
        """Read the sentences; takes seconds when they have not been read before.

        Args:
            sentences: one that occurs twice is kept once; they are compared with standard endings, as a text
                to be compared has to have.
            encoder: tells how alike meanings are.
            tokenizer: where readings and words come from.
            kept: holds what was read before.
        """
        self.sentences = tuple(dict.fromkeys(sentences))
        self.tokenizer = tokenizer
        self._row = {sentence: row for row, sentence in enumerate(self.sentences)}
        self._encoder = encoder
        self._vectors = encoder.encode_all(tuple(standard_endings(text).text for text in self.sentences))
        self.items = text_cache(_TEXTS_KEPT)(self._items)
        read = kept.get("sentences", self._read)
        self._readings = ReadingIndex(read)
        self._words, self._word_ends = read["words"], read["word_ends"]
        self.feature = text_cache(_TEXTS_KEPT)(self._feature)
        self.similarities = text_cache(_TEXTS_KEPT)(self._similarities)
        self.words = text_cache(_WORDS_KEPT)(self._words_in)

    def __len__(self) -> int:
        return len(self.sentences)

    def rows(self, sentences: Iterable[str]) -> NDArray[np.intp]:
        """Return where these sentences stand."""
        return np.array([self._row[sentence] for sentence in sentences], dtype=np.intp)

    def reading(self, text: str) -> str:
        """Return the katakana of all words that mean something."""
        return "".join(
            token.reading or token.surface
            for token in self.tokenizer.words(text)
            if token.kind not in _NO_MEANING
        )

    def _items(self, text: str) -> tuple[ContentWord, ...]:
        """Return the content words of a text."""
        return tuple(read_content_words(self.tokenizer.words(text), self.tokenizer))

    def _words_in(self, row: int) -> tuple[tuple[frozenset[str], bool], ...]:
        """Return the dictionary forms of each word of a sentence, and whether it is denied."""
        words = unpacked_row(self._words, self._word_ends, row)
        return tuple((_one_set(tuple(keys)), denied) for keys, denied in words)

    def _read(self) -> Arrays:
        readings: list[str] = []
        words: list[list[tuple[list[str], bool]]] = []
        for sentence in (standard_endings(text).text for text in self.sentences):
            readings.append(self.reading(sentence))
            words.append([(sorted(item.keys), _is_denied(item)) for item in self.items(sentence)])
        rows, ends = packed_rows(words)
        return {**index_readings(readings), "words": rows, "word_ends": ends}

    def kernel_dot(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each sentence the values of all sentences, each as far as it is alike, added up.

        Args:
            values: `(n_sentences,) float32`.
        """
        meaning: NDArray[np.float32] = self._vectors @ (self._vectors.T @ values)
        return _SHARE_OF_SOUND * self._readings.kernel_dot(values) + (1 - _SHARE_OF_SOUND) * meaning

    def features(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return sentences in figures of meaning and of sound, `(n_rows, n_features) float32`."""
        n_meaning = self._vectors.shape[1]
        features = np.empty((len(self), n_meaning + _HASHED_DIMENSIONS), dtype=np.float32)
        features[:, :n_meaning] = self._vectors
        features[:, n_meaning:] = self._readings.hashed_features(_HASHED_DIMENSIONS)
        return features[rows]

    def _feature(self, text: str) -> NDArray[np.float32]:
        """Return a text in the figures of `features`, `(n_features,) float32`."""
        return np.append(
            self._encoder.encode(text), self._readings.hash_features(self.reading(text), _HASHED_DIMENSIONS)
        )

    def _similarities(self, text: str) -> NDArray[np.float32]:
        """Return how alike a text is to each sentence, `(n_sentences,) float32`."""
        sound = self._readings.similarities(self.reading(text))
        alike: NDArray[np.float32] = _SHARE_OF_SOUND * sound + (1 - _SHARE_OF_SOUND) * (
            self._vectors @ self._encoder.encode(text)
        )
        return alike


@cache
def _one_set(keys: tuple[str, ...]) -> frozenset[str]:
    """Return the same set for a word wherever it stands: sentences share most of their words."""
    return frozenset(keys)


def _is_denied(item: ContentWord) -> bool:
    return item.negated or item.denied_by is not None
