"""Contracts of the language analysis and of the search over the knowledge."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.search import Hit
from consult_assist.domain.speech import Revision


class Analyzer(Protocol):
    """Finds terms and facts in the text of one utterance."""

    def analyze(
        self,
        utterance_id: str,
        revision: int,
        text: str,
        *,
        before: str = "",
        asked: str = "",
        by_clerk: bool = False,
        held_on: date | None = None,
    ) -> Sequence[Revision | Term | Fact]:
        """Return what the text holds, in reading order.

        `before` is what the same voice said just before: a pause cuts sentences in two, and half a situation
        is none. `asked` is what anyone said just before: an answer states a fact only with its question.
        Nothing is found in them alone. What is known to be the clerk's (`by_clerk`) states no facts.
        `held_on` is the day of the talk: 今年 and 先月 are told from it, whenever it is read. Where it is not
        known, they tell no date.

        When a name was heard with other characters but the same reading, a `Revision` (by `terms`) comes
        first and the spans of what follows index that new revision; otherwise they index `revision`.
        """


class Search(Protocol):
    """Finds programmes, danger protocols and contacts by half a word, a misspelt name or a sentence."""

    def find(self, query: str, limit: int) -> Sequence[Hit]:
        """Return what fits, best first; nothing for an empty query. For use by one thread at a time."""


class ContextSimilarity(Protocol):
    """Tells which of two words goes better with the words around it."""

    def gain(self, one: str, other: str, around: Sequence[str]) -> float | None:
        """Return how much better the second one goes, −1 … 1, and None where nothing tells."""

    def is_common(self, word: str) -> bool:
        """Return whether a word is among those that people use most."""


class SentenceEncoder(Protocol):
    """Turns sentences into vectors of length 1; the smaller the angle, the more alike they are in meaning."""

    def encode(self, sentence: str) -> NDArray[np.float32]:
        """Return the vector of one sentence, `(n_dimensions,) float32`."""

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return `(n_sentences, n_dimensions) float32`; quicker than one by one."""
