"""Heard text → the words that were probably said: by reading, by sound, and by what makes a sentence.

A recogniser writes 「審生」 where 「申請」 was said. Each word of the office's knowledge is sought in every
way the heard characters may be read; it is taken where the dictionary finds the sentence so much likelier
with it that the difference in sound is outweighed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick
import numpy as np

from consult_assist.japanese.phonetics import UNIT, PhoneticIndex
from consult_assist.nlp.base import ContextSimilarity
from consult_assist.nlp.repair.candidate_filters import HIRAGANA, SAME_READING_COST, is_person, odd_places
from consult_assist.nlp.repair.candidates import Candidate, Sentence, read_candidate
from consult_assist.nlp.repair.char_ngram_lm import CharNgramModel
from consult_assist.nlp.repair.context_score import ContextScore
from consult_assist.nlp.repair.lattice import build_lattice
from consult_assist.nlp.repair.lattice_cost import DictionaryCost
from consult_assist.nlp.repair.lexicon import Word
from consult_assist.nlp.tokens import SudachiTokenizer, chunks

_BIT = 600
"""What a word of this counter is worth against any other word, for each bit of its weight."""
_SOUND = 80
"""What one hundredth of a differing mora is worth against the dictionary's cost of a sentence."""
_MARGIN = 3000
_KATAKANA_MARGIN = 1500
"""Japanese words in katakana are a sign of their own that the recogniser did not know them.

Source: our own measurement, docs/decisions/0008-repair.md; costs are those of SudachiDict.
"""
_PHRASED = 200
"""What one bit of likelier phrasing is worth against the gain of other repairs."""
_SOUND_BITS = 0.12
"""What one hundredth of a differing mora is worth in bits of likelier phrasing."""
_COST_OF_BIT = 1000
_SPELLING_BITS = 2.0
"""The office writes 子ども at least four times as often as 子供: then so does the record."""
_SHARE = 0.15
_SHORT_LIMITS = {1: 0, 2: 0, 3: 35, 4: 45}
_KATAKANA = re.compile("[ァ-ヴー]+")
_CALLED = re.compile("さん|ちゃん|くん|君|様|です|と申し|と言い|といい")


@dataclass(frozen=True, slots=True, repr=False)
class Repair:
    """Characters `start` … `end` were probably this word.

    Attributes:
        morae: how the word is said.
        cost: how differently it was heard.
        gain: how much likelier the sentence becomes, beyond the margin.
    """

    start: int
    end: int
    text: str
    morae: tuple[str, ...]
    cost: int
    gain: float

    @property
    def same_reading(self) -> bool:
        """Whether the heard characters may be read just like the word."""
        return self.cost <= SAME_READING_COST


class TextRepairer:
    """Finds words of the counter that were heard with other characters. For use by one thread at a time."""

    def __init__(
        self,
        words: Sequence[Word],
        tokenizer: SudachiTokenizer,
        phrasing: CharNgramModel | None = None,
        said: Sequence[Word] = (),
        context: ContextSimilarity | None = None,
    ) -> None:
        """Prepare the search for all words.

        Args:
            words: of the counter.
            tokenizer: where readings come from.
            phrasing: how people put things; None where the knowledge has no examples of it.
            said: everyday words, which only the phrasing can bring in.
            context: tells whether a heard word goes well with those around it.
        """
        self._tokenizer = tokenizer
        self._language = DictionaryCost()
        self._context = ContextScore(tokenizer, phrasing, context)
        self._n_own = len(words)
        self._words = [*words, *said] if phrasing else list(words)
        self._weights = {word.text: word.weight for word in words}
        self._index = PhoneticIndex([word.morae for word in self._words])
        self._limits = np.array([_most_cost(len(word.morae)) for word in self._words], dtype=np.int32)
        self._known = _automaton(text for text in self._weights if len(text) > 1)

    def find(self, text: str) -> list[Repair]:
        """Return what to write instead, in reading order and without overlaps; sentence by sentence."""
        return [
            replace(repair, start=repair.start + offset, end=repair.end + offset)
            for offset, sentence in chunks(text)
            if sentence.strip() and self._words
            for repair in _best_together(list(self._candidates(self._read(sentence))))
        ]

    def is_likelier(self, text: str, start: int, end: int, instead: str) -> bool:
        """Return whether the text reads better with other characters in this place."""
        return self._language.cost_drop(text, start, end, instead) > 0

    def is_common(self, said: str) -> bool:
        """Return whether people use a word so much that it is meant rather than misheard."""
        return self._context.is_common(said)

    def _read(self, text: str) -> Sentence:
        tokens = tuple(self._tokenizer.names(text))
        short = self._tokenizer.words(text)
        edges = frozenset(edge for token in (*tokens, *short) for edge in (token.start, token.end))
        hits = self._known.iter(text) if len(self._known) else ()
        places = ((last + 1 - n_chars, last + 1) for last, n_chars in hits)
        settled = tuple((start, end) for start, end in places if start in edges and end in edges)
        return Sentence(text, tokens, edges, settled, odd_places(tokens), self._language.of(text))

    def _candidates(self, sentence: Sentence) -> Iterator[Repair]:
        lattice = build_lattice(sentence.text, self._tokenizer)
        for found in self._index.search(lattice, self._limits):
            candidate = read_candidate(found, self._words[found.name], sentence)
            if candidate.is_fixed():
                continue
            gain = self._gain(candidate) if found.name < self._n_own and self._may_stand(candidate) else 0.0
            if gain <= 0 and self._context.knows_phrasing:
                gain = _PHRASED * self._phrased_bits(candidate)
            if gain > 0:
                yield Repair(
                    candidate.start,
                    candidate.end,
                    candidate.word.text,
                    candidate.word.morae,
                    candidate.cost,
                    gain,
                )

    def _gain(self, candidate: Candidate) -> float:
        """Return what is gained by a word of the counter; nothing where people rather say what was heard."""
        word, weights = candidate.word, self._weights
        if self._is_spelling(candidate):
            bits = word.weight - weights.get(candidate.said, 0.0)
            gain = _BIT * bits if word.listed and bits >= _SPELLING_BITS else 0.0
            if gain and HIRAGANA.fullmatch(candidate.said) and not self._context.is_said_often(candidate):
                return 0.0
            return gain
        inside = (t for t in candidate.span if candidate.start <= t.start and t.end <= candidate.end)
        bits = word.weight - sum(weights.get(token.surface, 0.0) for token in inside)
        likelier = candidate.sentence.cost - self._language.of(candidate.rewritten)
        plain_katakana = candidate.same_reading and _KATAKANA.fullmatch(candidate.said)
        margin = _KATAKANA_MARGIN if plain_katakana else _MARGIN
        gain = likelier + _BIT * bits - _SOUND * candidate.cost - margin
        return gain if gain > 0 and self._context.is_rather_said(candidate) else 0.0

    def _may_stand(self, candidate: Candidate) -> bool:
        """Return whether these characters can be a misheard word; what is sure of itself is left alone."""
        called = _CALLED.match(candidate.sentence.text, candidate.end) is not None
        if (called or not _KATAKANA.fullmatch(candidate.said)) and self._holds_person(candidate):
            return False
        if candidate.settled:
            return self._is_spelling(candidate)
        if not candidate.same_reading and candidate.reads_like_figure:
            return False
        return not candidate.is_sure() and candidate.may_hide()

    def _phrased_bits(self, candidate: Candidate) -> float:
        """Return the bits beyond need by which people would rather say the word; 0 where it cannot be."""
        if not candidate.may_be_phrased() or self._holds_person(candidate) or self._is_spelling(candidate):
            return 0.0
        minimum = candidate.min_bits()
        if minimum is None:
            return 0.0
        cheaper = candidate.sentence.cost - self._language.of(candidate.rewritten)
        likelier = self._context.likelier_bits(candidate) + cheaper / _COST_OF_BIT
        bits = likelier - _SOUND_BITS * candidate.cost - minimum
        return bits if bits > 0 and self._context.goes_better(candidate) else 0.0

    def _holds_person(self, candidate: Candidate) -> bool:
        return any(is_person(token) for token in (*candidate.span, *self._tokenizer.names(candidate.said)))

    def _is_spelling(self, candidate: Candidate) -> bool:
        """Return whether the dictionary holds both for one word, which is no mishearing (子供, 子ども)."""
        return not _KATAKANA.fullmatch(candidate.said) and (
            self._normalized(candidate.said) == self._normalized(candidate.word.text)
        )

    def _normalized(self, text: str) -> str:
        return "".join(token.normalized for token in self._tokenizer.words(text))


def _most_cost(n_morae: int) -> int:
    """Return how differently a word of that length may sound, in hundredths of a mora."""
    return _SHORT_LIMITS.get(n_morae, int(n_morae * UNIT * _SHARE))


def _automaton(texts: Iterable[str]) -> ahocorasick.Automaton:
    """Return what finds all these texts in another; each hit gives its last character and its length."""
    automaton = ahocorasick.Automaton()
    for text in texts:
        automaton.add_word(text, len(text))
    if len(automaton):
        automaton.make_automaton()
    return automaton


def _best_together(found: Sequence[Repair]) -> list[Repair]:
    """Return the repairs without overlap that gain most together, in reading order."""
    ordered = sorted(found, key=lambda repair: repair.end)
    ends = [repair.end for repair in ordered]
    best: list[tuple[float, int | None, int]] = [(0.0, None, 0)]
    for number, repair in enumerate(ordered):
        before = bisect_right(ends, repair.start, hi=number)
        taken = best[before][0] + repair.gain
        best.append((taken, number, before) if taken > best[-1][0] else (best[-1][0], None, number))
    chosen: list[Repair] = []
    position = len(best) - 1
    while position:
        _, number_taken, position = best[position]
        if number_taken is not None:
            chosen.append(ordered[number_taken])
    return chosen[::-1]
