"""Situations told in words of one's own: what is said beside the sentences that are known to mean it."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.knowledge import DangerProtocol, Programme
from consult_assist.nlp.base import SentenceEncoder
from consult_assist.nlp.clauses import is_question
from consult_assist.nlp.items import Item, read_items
from consult_assist.nlp.reading_index import ReadingIndex
from consult_assist.nlp.tokens import SudachiTokenizer

_NEAREST = 3
"""So many sentences vouch for a programme; one alone may be alike by chance.

Source: docs/decisions/0019-situations.md.
"""
_LOOKED_AT = 8
_MOST_FOUND = 5
_LEAST_CONFIDENCE = 0.1
_LEAST_KANA = 4
_SHARE_OF_NEED = 0.1
_RIDGE = 10.0
_LEAST_USES = 3
_ONE_WAY = 0.9
_EMPTY = frozenset({"為る", "する"})
_SHARE_OF_SOUND = np.float32(0.5)
_NO_MEANING = frozenset({"補助記号", "空白", "感動詞"})


@dataclass(frozen=True, slots=True, repr=False)
class _Claim:
    """What a sentence says in the end: of what, and whether it denies it."""

    keys: frozenset[str]
    denied: bool


@dataclass(frozen=True, slots=True)
class FoundSituation:
    """What a sentence is about.

    Attributes:
        subject: id of the programme or protocol.
        example: the sentence of the knowledge base that comes nearest.
        confidence: 0 … 1.
    """

    subject: str
    example: str = field(repr=False)
    confidence: float


class SituationMatcher:
    """Tells whose example sentences a sentence is like, in meaning and in sound.

    Nothing is learned: a subject is as near as its nearest few examples, so that each line a clerk adds
    works at once and each suggestion can be traced to one. For use by one thread at a time.
    """

    def __init__(
        self,
        examples: Mapping[str, Sequence[str]],
        everyday: Sequence[str],
        encoder: SentenceEncoder,
        tokenizer: SudachiTokenizer,
    ) -> None:
        """Read all examples.

        Args:
            examples: for each programme or protocol the sentences that mean it.
            everyday: sentences that mean none.
            encoder: tells how alike meanings are.
            tokenizer: where readings come from.
        """
        self._tokenizer, self._encoder = tokenizer, encoder
        self._subjects = [subject for subject, sentences in examples.items() if sentences]
        groups = [*(tuple(examples[subject]) for subject in self._subjects), tuple(everyday)]
        self._sentences = [sentence for group in groups for sentence in group]
        n_needs = len(self._sentences) - len(everyday)
        self._rows = _padded_rows([len(group) for group in groups[:-1]], len(self._sentences))
        self._everyday = np.arange(n_needs, len(self._sentences))
        self._vectors = encoder.encode_all(self._sentences)
        self._readings = ReadingIndex([self._reading(sentence) for sentence in self._sentences])
        self._need = _need_direction(self._vectors, len(everyday))
        self._items_of_example = lru_cache(maxsize=4096)(self._items)
        self._stated: Counter[str] = Counter()
        self._denied: Counter[str] = Counter()
        for sentence in self._sentences[:n_needs]:
            if claim := self._claim(sentence):
                (self._denied if claim.denied else self._stated).update(claim.keys - _EMPTY)

    def find(self, text: str) -> list[FoundSituation]:
        """Return what a text is about, the surest first; nothing for everyday talk."""
        claim = self._claim(text)
        if len(self._reading(text)) < _LEAST_KANA or not self._subjects or self._is_opposed(claim):
            return []
        vector = self._encoder.encode(text)
        alike = np.append(self._similarities(text, vector), np.float32(0))
        nearest = np.partition(alike[self._rows], -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
        found: list[tuple[float, str, str]] = []
        for place in np.argsort(-nearest)[:_LOOKED_AT]:
            near, example = self._nearness(self._rows[place], alike, claim)
            if example is not None:
                found.append((near, self._subjects[place], example))
        everyday, _ = self._nearness(self._everyday, alike, claim)
        found.sort(reverse=True)
        quiet = everyday - _SHARE_OF_NEED * float(vector @ self._need[:-1] + self._need[-1])
        confident = (
            FoundSituation(subject, example, _confidence(near, quiet, found[0][0]))
            for near, subject, example in found[:_MOST_FOUND]
        )
        return [situation for situation in confident if situation.confidence >= _LEAST_CONFIDENCE]

    def _nearness(
        self, rows: NDArray[np.intp], alike: NDArray[np.float32], claim: "_Claim | None"
    ) -> tuple[float, str | None]:
        """Return how near these sentences are, and the nearest that does not contradict what was said."""
        nearest = rows[np.argsort(-alike[rows])[:_LOOKED_AT]]
        vouching = [
            row
            for row in nearest
            if row < len(self._sentences) and not self._contradict(claim, self._sentences[row])
        ][:_NEAREST]
        near = float(alike[vouching].sum()) / _NEAREST
        return near, self._sentences[vouching[0]] if vouching else None

    def _similarities(self, text: str, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how alike a text is to each example, `(n_examples,) float32`."""
        sound = self._readings.similarities(self._reading(text))
        alike: NDArray[np.float32] = _SHARE_OF_SOUND * sound + (1 - _SHARE_OF_SOUND) * (
            self._vectors @ vector
        )
        return alike

    def _reading(self, text: str) -> str:
        return "".join(
            token.reading or token.surface
            for token in self._tokenizer.words(text)
            if token.kind not in _NO_MEANING
        )

    def _is_opposed(self, said: "_Claim | None") -> bool:
        """Tell whether one denies what people mostly state (滞納はしていません), or states what they deny."""
        if said is None:
            return False
        stated, denied = (sum(count[key] for key in said.keys) for count in (self._stated, self._denied))
        most = max(stated, denied)
        return (denied < stated) == said.denied and most >= max(_LEAST_USES, _ONE_WAY * (stated + denied))

    def _contradict(self, said: "_Claim | None", sentence: str) -> bool:
        """Tell whether an example holds what was denied, or denies what was stated."""
        if said is None:
            return False
        words = [item for item in self._items_of_example(sentence) if said.keys & item.keys]
        return bool(words) and all(_is_denied(item) != said.denied for item in words)

    def _items(self, text: str) -> tuple[Item, ...]:
        return tuple(read_items(self._tokenizer.words(text), self._tokenizer))

    def _claim(self, text: str) -> "_Claim | None":
        """Return what a text says in the end; None for a question."""
        if is_question(text):
            return None
        items = self._items(text)
        last = next((item for item in reversed(items) if item.predicate and not item.asked), None)
        if last is None or not last.vague:
            return _Claim(last.keys, last.negated) if last else None
        noun = next(
            (item for item in items if item.denied_by == last.first or item.first in last.about), None
        )
        return _Claim(noun.keys, last.negated or "無い" in last.keys) if noun else None


def _is_denied(item: Item) -> bool:
    return item.negated or item.denied_by is not None


@dataclass(frozen=True, slots=True)
class Situations:
    """What tells programmes, and what tells dangers."""

    programmes: SituationMatcher
    protocols: SituationMatcher


def read_situations(
    programmes: Iterable[Programme],
    protocols: Iterable[DangerProtocol],
    everyday: Sequence[str],
    encoder: SentenceEncoder,
) -> Situations:
    """Read all examples of the knowledge base; takes seconds when the encoder has not seen them before."""
    tokenizer = SudachiTokenizer()
    known, dangers = tuple(programmes), tuple(protocols)
    harmless = [sentence for protocol in dangers for sentence in protocol.harmless]
    harmless += [sentence for p in known if p.urgency != "緊急" for sentence in p.examples]
    return Situations(
        SituationMatcher({p.id: p.examples for p in known}, everyday, encoder, tokenizer),
        SituationMatcher({p.id: p.examples for p in dangers}, [*everyday, *harmless], encoder, tokenizer),
    )


def _need_direction(vectors: NDArray[np.float32], n_everyday: int) -> NDArray[np.float32]:
    """Return the direction in which needs part from everyday talk, and behind it the offset.

    Ridge regression, both sides weighing the same: it says only whether to speak, never of what.

    Args:
        vectors: `(n_sentences, n_dimensions) float32`, everyday talk last.
        n_everyday: how many of them are everyday talk.

    Returns:
        `(n_dimensions + 1,) float32`; a sentence of need comes to about 1, everyday talk to -1.
    """
    n_needs = len(vectors) - n_everyday
    if not n_needs or not n_everyday:
        return np.zeros(vectors.shape[1] + 1, dtype=np.float32)
    sides = np.repeat([1.0, -1.0], [n_needs, n_everyday])
    weights = np.repeat([len(vectors) / 2 / n_needs, len(vectors) / 2 / n_everyday], [n_needs, n_everyday])
    extended = np.column_stack([vectors, np.ones(len(vectors))])
    weighed = (extended * weights[:, None]).T
    squares = weighed @ extended + _RIDGE * np.eye(extended.shape[1])
    direction: NDArray[np.float32] = np.linalg.solve(squares, weighed @ sides).astype(np.float32)
    return direction


def _confidence(near: float, quiet: float, nearest: float) -> float:
    """Return how sure it is that a subject is meant: that anything is, and that it is this one.

    Args:
        near: how near the subject is.
        quiet: how near everyday talk is, corrected by the direction of need.
        nearest: how near the nearest subject is.

    Source: maximum likelihood on what people say and on everyday talk (docs/decisions/0019-situations.md).
    """
    return 0.9 * math.exp(12 * (near - nearest)) / (1 + math.exp(-30 * (nearest - quiet)))


def _padded_rows(lengths: Sequence[int], filling: int) -> NDArray[np.intp]:
    """Return the rows of each group, filled up to the same length."""
    rows = np.full((len(lengths), max((_NEAREST, *lengths))), filling)
    start = 0
    for place, length in enumerate(lengths):
        rows[place, :length] = np.arange(start, start + length)
        start += length
    return rows
