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
from consult_assist.nlp.learned import need_votes, subject_directions
from consult_assist.nlp.sentence_bank import SentenceBank
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_NEAREST = 3
"""So many sentences vouch for a programme; one alone may be alike by chance.

Source: docs/decisions/0019-situations.md.
"""
_LOOKED_AT = 8
_MOST_FOUND = 5
_LEAST_KANA = 4
_LEAST_KANA_OF_DANGER = 14
"""A shorter sentence is like too many others (「夫が、夜勤になってから。」): for danger there are cues.

Source: docs/decisions/0027-guidance-figures.md.
"""
_LEAST_CONFIDENCE = 0.1
_SHARE_OF_NEED = 0.1
_SHARE_OF_SUBJECT = np.float32(0.1)
_HEAD_START = 0.011
"""What is learned from all examples at once moves what the nearest few say by so much.

Source: docs/decisions/0027-guidance-figures.md.
"""
_LEAST_USES = 3
_ONE_WAY = 0.9
_LASTING = frozenset({"いる", "居る", "てる", "とる"})
_EMPTY = frozenset({"為る", "する"})


@dataclass(frozen=True, slots=True, repr=False)
class _Claim:
    """What a sentence says in the end.

    Attributes:
        keys: dictionary forms of what it is said of.
        denied: it is denied.
        lacking: what is denied is missed: one cannot do it (受けられない), or it is not there (家がない).
    """

    keys: frozenset[str]
    denied: bool
    lacking: bool = False


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

    A subject is as near as its nearest few examples, so that each line a clerk adds works at once and each
    suggestion can be traced to one; what all lines say together shifts that a little. For use by one thread
    at a time.
    """

    def __init__(
        self,
        examples: Mapping[str, Sequence[str]],
        everyday: Sequence[str],
        bank: SentenceBank,
        *,
        least_kana: int = _LEAST_KANA,
    ) -> None:
        """Learn what tells the subjects apart.

        Args:
            examples: for each programme or protocol the sentences that mean it.
            everyday: sentences that mean none.
            bank: holds all of them, and perhaps others.
            least_kana: a sentence with fewer is about nothing.
        """
        self._least_kana = least_kana
        self._bank, self._tokenizer = bank, bank.tokenizer
        self._subjects = [subject for subject, sentences in examples.items() if sentences]
        groups = [bank.rows(dict.fromkeys(examples[subject])) for subject in self._subjects]
        self._rows = _padded_rows(groups, len(bank))
        self._everyday = bank.rows(dict.fromkeys(everyday))
        self._learn(groups)
        self._words_of_example = lru_cache(maxsize=4096)(self._words)
        self._stated: Counter[str] = Counter()
        self._denied: Counter[str] = Counter()
        for sentence in dict.fromkeys(sentence for lines in examples.values() for sentence in lines):
            if claim := self._claim(sentence):
                (self._denied if claim.denied else self._stated).update(claim.keys - _EMPTY)

    def _learn(self, groups: Sequence[NDArray[np.intp]]) -> None:
        """Learn which sentences tell of a need, and of which subject."""
        n_sentences = len(self._bank)
        sides = np.zeros(n_sentences, dtype=np.float32)
        sides[self._everyday] = -1
        belongs = np.zeros((n_sentences, len(groups)), dtype=np.float32)
        for place, rows in enumerate(groups):
            sides[rows] = 1
            belongs[rows, place] = 1
        concerned = sides != 0
        self._need = need_votes(self._bank.spread, sides)
        self._usual = float(sides[concerned].mean()) if concerned.any() else 0.0
        self._directions = subject_directions(
            self._bank.features(np.flatnonzero(concerned)), belongs[concerned]
        )

    def find(self, text: str) -> list[FoundSituation]:
        """Return what a text is about, the surest first; nothing for everyday talk."""
        claim = self._claim(text)
        if len(self._bank.reading(text)) < self._least_kana or not self._subjects or self._is_opposed(claim):
            return []
        alike = np.append(self._bank.similarities(text), np.float32(0))
        learned = _SHARE_OF_SUBJECT * (self._bank.feature(text) @ self._directions)
        nearest = np.partition(alike[self._rows], -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
        found: list[tuple[float, str, str]] = []
        nearest_itself = 0.0
        for place in np.argsort(-(nearest + learned))[:_LOOKED_AT]:
            near, example = self._nearness(self._rows[place], alike, claim)
            if example is not None:
                nearest_itself = max(nearest_itself, near)
                found.append((near + float(learned[place]), self._subjects[place], example))
        found.sort(reverse=True)
        everyday, _ = self._nearness(self._everyday, alike, claim)
        need = float(alike[:-1] @ self._need) - self._usual
        lead = nearest_itself - everyday + _SHARE_OF_NEED * need + _HEAD_START
        sure = _confidences([near for near, _, _ in found], lead)
        return [
            FoundSituation(subject, example, confidence)
            for (_, subject, example), confidence in list(zip(found, sure, strict=True))[:_MOST_FOUND]
            if confidence >= _LEAST_CONFIDENCE
        ]

    def _nearness(
        self, rows: NDArray[np.intp], alike: NDArray[np.float32], claim: "_Claim | None"
    ) -> tuple[float, str | None]:
        """Return how near these sentences are, and the nearest that does not contradict what was said."""
        nearest = rows[np.argsort(-alike[rows])[:_LOOKED_AT]]
        sentences = self._bank.sentences
        vouching = [
            row for row in nearest if row < len(sentences) and not self._contradict(claim, sentences[row])
        ][:_NEAREST]
        near = float(alike[vouching].sum()) / _NEAREST
        return near, sentences[vouching[0]] if vouching else None

    def _is_opposed(self, said: "_Claim | None") -> bool:
        """Tell whether one denies what people mostly state (滞納はしていません), or states what they deny."""
        if said is None or said.lacking:
            return False
        stated, denied = (sum(count[key] for key in said.keys) for count in (self._stated, self._denied))
        most = max(stated, denied)
        return (denied < stated) == said.denied and most >= max(_LEAST_USES, _ONE_WAY * (stated + denied))

    def _contradict(self, said: "_Claim | None", sentence: str) -> bool:
        """Tell whether an example holds what was denied, or denies what was stated."""
        if said is None:
            return False
        words = [denied for keys, denied in self._words_of_example(sentence) if said.keys & keys]
        return bool(words) and all(denied != said.denied for denied in words)

    def _words(self, text: str) -> tuple[tuple[frozenset[str], bool], ...]:
        """Return the dictionary forms of each word, and whether it is denied."""
        return tuple((item.keys, _is_denied(item)) for item in self._items(text))

    def _items(self, text: str) -> list[Item]:
        return read_items(self._tokenizer.words(text), self._tokenizer)

    def _claim(self, text: str) -> "_Claim | None":
        """Return what a text says in the end; None for a question."""
        if is_question(text):
            return None
        tokens = self._tokenizer.words(text)
        items = read_items(tokens, self._tokenizer)
        last = next((item for item in reversed(items) if item.predicate and not item.asked), None)
        if last is None or not last.vague:
            return _Claim(last.keys, last.negated, _is_unable(last, tokens)) if last else None
        about = [item for item in items if item.denied_by == last.first or item.first in last.about]
        noun = next((item for item in reversed(about) if not item.predicate), about[0] if about else None)
        if noun is None:
            return None
        absent = "無い" in last.keys
        return _Claim(noun.keys, last.negated or absent, absent and noun.particle.startswith("が"))


def _is_unable(item: Item, tokens: Sequence[Token]) -> bool:
    """Tell whether one cannot do it (受けられない), not merely that it is not so (殴られていない)."""
    lasting = any(token.lemma in _LASTING for token in tokens[item.first : item.last + 1])
    return item.negated and ("able" in item.voice or ("passive" in item.voice and not lasting))


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
    known, dangers = tuple(programmes), tuple(protocols)
    needs = {item.id: item.examples for item in known}
    threats = {item.id: item.examples for item in dangers}
    harmless = [sentence for protocol in dangers for sentence in protocol.harmless]
    harmless += [sentence for item in known if item.urgency != "緊急" for sentence in item.examples]
    examples = (
        sentence for group in (needs, threats) for sentences in group.values() for sentence in sentences
    )
    bank = SentenceBank((*examples, *everyday, *harmless), encoder, SudachiTokenizer())
    return Situations(
        SituationMatcher(needs, everyday, bank),
        SituationMatcher(threats, [*everyday, *harmless], bank, least_kana=_LEAST_KANA_OF_DANGER),
    )


def _confidences(near: Sequence[float], lead: float) -> list[float]:
    """Return how sure it is that each subject is meant: that anything is, that it is this one, and no other.

    Args:
        near: how near each subject is, the nearest first.
        lead: how much nearer the nearest is than everyday talk, with the votes on whether it is a need.

    Source: maximum likelihood on what people say and on everyday talk (docs/decisions/0019-situations.md);
    what is as near to several subjects tells less of each (docs/decisions/0027-guidance-figures.md).
    """
    anything = 0.9 / (1 + math.exp(-30 * lead))
    crowd = [math.exp(40 * (value - near[0])) for value in near]
    return [
        anything * math.exp(12 * (value - near[0])) / (1 + 0.1 * (sum(crowd) - own))
        for value, own in zip(near, crowd, strict=True)
    ]


def _padded_rows(groups: Sequence[NDArray[np.intp]], filling: int) -> NDArray[np.intp]:
    """Return the rows of each group, filled up to the same length."""
    rows = np.full((len(groups), max((_NEAREST, *(len(group) for group in groups)))), filling)
    for place, group in enumerate(groups):
        rows[place, : len(group)] = group
    return rows
