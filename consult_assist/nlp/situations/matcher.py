"""Situations told in words of one's own: what is said beside the sentences that are known to mean it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.knowledge import DangerProtocol, Programme
from consult_assist.japanese.endings import standard_endings
from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache, Arrays, packed, unpacked
from consult_assist.nlp.base import SentenceEncoder
from consult_assist.nlp.situations.calibration import ONE_MEANT, SEVERAL_MEANT, ConfidenceCalibration
from consult_assist.nlp.situations.ridge import kernel_ridge_dual, ridge_weights
from consult_assist.nlp.situations.sentence_bank import SentenceBank
from consult_assist.nlp.syntax.clauses import is_question
from consult_assist.nlp.syntax.content_words import ContentWord
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_NEAREST = 3
"""So many sentences vouch for a programme; one alone may be alike by chance.

Source: docs/decisions/0019-situations.md.
"""
_LOOKED_AT = 8
_MIN_KANA = 4
_MIN_KANA_OF_DANGER = 14
"""A shorter sentence is like too many others (「夫が、夜勤になってから。」): for danger there are cues.

Source: docs/decisions/0027-guidance-figures.md.
"""
_MIN_CONFIDENCE = 0.1
_SHARE_OF_NEED = 0.1
_SHARE_OF_SUBJECT = np.float32(0.1)
"""What is learned from all examples at once moves what the nearest few say by so much.

Source: docs/decisions/0027-guidance-figures.md.
"""
_MIN_USES = 3
_ONE_WAY = 0.9
_LASTING = frozenset({"いる", "居る", "てる", "とる"})
_EMPTY = frozenset({"為る", "する"})


@dataclass(frozen=True, slots=True, repr=False)
class _Claim:
    """What a sentence says in the end.

    Attributes:
        keys: dictionary forms of what it is said of.
        denied: it is denied.
        lacking: what is denied is missed: one cannot (受けられない), one will not (行きたくない), or it is
            not there (家がない).
        suffered: somebody does it to one (叩かれる).
    """

    keys: frozenset[str]
    denied: bool
    lacking: bool = False
    suffered: bool = False


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
        least_kana: int = _MIN_KANA,
        calibration: ConfidenceCalibration = SEVERAL_MEANT,
        kept: ArrayCache = NO_CACHE,
        name: str = "situations",
    ) -> None:
        """Learn what tells the subjects apart.

        Args:
            examples: for each programme or protocol the sentences that mean it.
            everyday: sentences that mean none.
            bank: holds all of them, and perhaps others.
            least_kana: a sentence with fewer is about nothing.
            calibration: how readily a sentence is about something.
            kept: holds what was learned before.
            name: under which it is kept.
        """
        self._least_kana, self._calibration = least_kana, calibration
        self._bank, self._tokenizer = bank, bank.tokenizer
        self._subjects = [subject for subject, sentences in examples.items() if sentences]
        groups = [bank.rows(dict.fromkeys(examples[subject])) for subject in self._subjects]
        self._rows = _padded_rows(groups, len(bank))
        self._everyday = bank.rows(dict.fromkeys(everyday))
        sides = np.zeros(len(bank), dtype=np.float32)
        sides[self._everyday] = -1
        for rows in groups:
            sides[rows] = 1
        concerned = sides[sides != 0]
        self._usual = float(concerned.mean()) if len(concerned) else 0.0
        learned = kept.get(name, lambda: self._learn(groups, sides, examples))
        self._need, self._directions = learned["need"], learned["directions"]
        stated, denied, suffered = unpacked(learned["claimed"])
        self._stated, self._denied = Counter[str](stated), Counter[str](denied)
        self._suffered = Counter[str](suffered)

    def _learn(
        self,
        groups: Sequence[NDArray[np.intp]],
        sides: NDArray[np.float32],
        examples: Mapping[str, Sequence[str]],
    ) -> Arrays:
        """Learn which sentences tell of a need, of which subject, and what they mostly state or deny."""
        n_sentences = len(self._bank)
        belongs = np.zeros((n_sentences, len(groups)), dtype=np.float32)
        for place, rows in enumerate(groups):
            belongs[rows, place] = 1
        concerned = sides != 0
        features = self._bank.features(np.flatnonzero(concerned))
        return {
            "need": kernel_ridge_dual(self._bank.kernel_dot, sides),
            "directions": ridge_weights(features, belongs[concerned]),
            "claimed": packed(self._claims(examples)),
        }

    def _claims(self, examples: Mapping[str, Sequence[str]]) -> list[Counter[str]]:
        """Return how often each word is stated, how often denied, and how often stated as suffered."""
        stated: Counter[str] = Counter()
        denied: Counter[str] = Counter()
        suffered: Counter[str] = Counter()
        for sentence in dict.fromkeys(sentence for lines in examples.values() for sentence in lines):
            if claim := self._claim(standard_endings(sentence).text):
                keys = claim.keys - _EMPTY
                (denied if claim.denied else stated).update(keys)
                suffered.update(keys if claim.suffered and not claim.denied else ())
        return [stated, denied, suffered]

    def find(self, text: str) -> list[FoundSituation]:
        """Return what a text is about, the surest first; nothing for everyday talk."""
        text = standard_endings(text).text
        claim = self._claim(text)
        too_short = len(self._bank.reading(text)) < self._least_kana
        return [] if too_short or self._is_opposed(claim) else self._found(text, claim)

    def is_opposed(self, text: str) -> bool:
        """Return whether a text denies what people mostly state, or states what they deny."""
        return self._is_opposed(self._claim(standard_endings(text).text))

    def has_examples(self, subject: str) -> bool:
        """Return whether anything can be compared with a subject; nobody must write examples of their own."""
        return subject in self._subjects

    def confidence(self, text: str, subject: str) -> float:
        """Return how sure it is that a text is about a subject, however short and whatever it denies."""
        text = standard_endings(text).text
        return max((hit.confidence for hit in self._found(text, None) if hit.subject == subject), default=0.0)

    def _found(self, text: str, claim: _Claim | None) -> list[FoundSituation]:
        if not self._subjects:
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
        lead = nearest_itself - everyday + _SHARE_OF_NEED * need
        sure = self._calibration.confidences([near for near, _, _ in found], lead)
        return [
            FoundSituation(subject, example, confidence)
            for (_, subject, example), confidence in list(zip(found, sure, strict=True))[
                : self._calibration.top_k
            ]
            if confidence >= _MIN_CONFIDENCE
        ]

    def _nearness(
        self, rows: NDArray[np.intp], alike: NDArray[np.float32], claim: _Claim | None
    ) -> tuple[float, str | None]:
        """Return how near these sentences are, and the nearest that does not contradict what was said."""
        nearest = rows[np.argsort(-alike[rows])[:_LOOKED_AT]]
        sentences = self._bank.sentences
        agreeing = (row for row in nearest if row < len(sentences) and not self._contradict(claim, int(row)))
        vouching = list(islice(agreeing, _NEAREST))
        near = float(alike[vouching].sum()) / _NEAREST
        return near, sentences[vouching[0]] if vouching else None

    def _is_opposed(self, said: _Claim | None) -> bool:
        if said is None or (said.lacking and not self._is_spared(said)):
            return False
        stated, denied = (sum(count[key] for key in said.keys) for count in (self._stated, self._denied))
        most = max(stated, denied)
        return (denied < stated) == said.denied and most >= max(_MIN_USES, _ONE_WAY * (stated + denied))

    def _is_spared(self, said: _Claim) -> bool:
        """Return whether what is denied is suffered (叩かれない), not missed (受けられない)."""
        return said.suffered and any(self._suffered[key] >= _MIN_USES for key in said.keys)

    def _contradict(self, said: _Claim | None, row: int) -> bool:
        """Return whether an example holds what was denied, or denies what was stated."""
        if said is None:
            return False
        words = [denied for keys, denied in self._bank.words(row) if said.keys & keys]
        return bool(words) and all(denied != said.denied for denied in words)

    def _claim(self, text: str) -> _Claim | None:
        """Return what a text says in the end; None for a question."""
        if is_question(text):
            return None
        tokens, items = self._tokenizer.words(text), self._bank.items(text)
        last = next((item for item in reversed(items) if item.predicate and not item.asked), None)
        if last is None:
            return None
        if not last.vague:
            return _Claim(last.keys, last.negated, _is_missed(last, tokens), _is_suffered(last, tokens))
        return _claim_about(last, items)


def _claim_about(last: ContentWord, items: Sequence[ContentWord]) -> _Claim | None:
    """Return what a predicate that means little alone says of its noun (家が・ない)."""
    about = [item for item in items if item.denied_by == last.first or item.first in last.about]
    noun = next((item for item in reversed(about) if not item.predicate), about[0] if about else None)
    if noun is None:
        return None
    absent = "無い" in last.keys
    return _Claim(noun.keys, last.negated or absent, absent and noun.particle.startswith("が"))


def _is_missed(item: ContentWord, tokens: Sequence[Token]) -> bool:
    """Return whether one cannot or will not (受けられない, 行きたくない), not merely that it is not so."""
    lasting = any(token.lemma in _LASTING for token in tokens[item.first : item.last + 1])
    return item.negated and (
        not item.voice.isdisjoint({"able", "wanting"}) or ("passive" in item.voice and not lasting)
    )


def _is_suffered(item: ContentWord, tokens: Sequence[Token]) -> bool:
    """Return whether somebody does it to one (叩かれる); the られる of 受けられる may say that one can."""
    return any(token.lemma == "れる" for token in tokens[item.first : item.last + 2])


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
    kept: ArrayCache = NO_CACHE,
) -> Situations:
    """Read all examples of the knowledge base; takes seconds when they have not been read before."""
    known, dangers = tuple(programmes), tuple(protocols)
    needs = {item.id: item.examples for item in known}
    threats = {item.id: item.examples for item in dangers}
    harmless = [sentence for protocol in dangers for sentence in protocol.harmless]
    harmless += [sentence for item in known if item.urgency != "緊急" for sentence in item.examples]
    examples = (
        sentence for group in (needs, threats) for sentences in group.values() for sentence in sentences
    )
    bank = SentenceBank((*examples, *everyday, *harmless), encoder, SudachiTokenizer(), kept)
    return Situations(
        SituationMatcher(needs, everyday, bank, kept=kept, name="programmes"),
        SituationMatcher(
            threats,
            [*everyday, *harmless],
            bank,
            least_kana=_MIN_KANA_OF_DANGER,
            calibration=ONE_MEANT,
            kept=kept,
            name="protocols",
        ),
    )


def _padded_rows(groups: Sequence[NDArray[np.intp]], filling: int) -> NDArray[np.intp]:
    """Return the rows of each group, filled up to the same length."""
    rows = np.full((len(groups), max((_NEAREST, *(len(group) for group in groups)))), filling)
    for place, group in enumerate(groups):
        rows[place, : len(group)] = group
    return rows
