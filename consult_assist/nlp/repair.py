"""Heard text → the words that were probably said: by reading, by sound, and by what makes a sentence.

A recogniser writes 「審生」 where 「申請」 was said. Each word of the office's knowledge is sought in every
way the heard characters may be read; it is taken where the dictionary finds the sentence so much likelier
with it that the difference in sound is outweighed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick
import numpy as np

from consult_assist.japanese.sound import UNIT, Alignment, SoundIndex
from consult_assist.nlp.base import Fit
from consult_assist.nlp.heard import (
    HIRAGANA,
    INFLECTED,
    LONG_MORAE,
    PARTICLES,
    SAME_READING_COST,
    SIGNS,
    in_common,
    is_odd,
    is_person,
    least_bits,
    may_be_figure,
)
from consult_assist.nlp.lattice import build_lattice, is_doubtful
from consult_assist.nlp.lexicon import Word
from consult_assist.nlp.likelihood import DictionaryCost
from consult_assist.nlp.phrasing import Phrasing
from consult_assist.nlp.tokens import SudachiTokenizer, Token, chunks

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
_LEAST_FIT = -0.06
"""A plain word that goes so much better with those around it (量が多い) is meant as it is written.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_LEAST_LIKELIER = 2.0
"""Bits: a plain word (体の機能) gives way to none that people do not say there four times as often.

Source: our own measurement, docs/decisions/0033-phrasing.md; 4 and 8 do as well.
"""
_SPELLING_BITS = 2.0
"""The office writes 子ども at least four times as often as 子供: then so does the record."""
_SHARE = 0.15
_SHORT_LIMITS = {1: 0, 2: 0, 3: 35, 4: 45}
_MEANING = frozenset({"名詞", "形状詞", "副詞", *INFLECTED})
_NO_MEANING = frozenset({"数詞", "非自立可能"})
_NEVER_INSIDE = re.compile("[0-9０-９・]")
"""Figures are never put into or out of a text: what hurts when it is wrong stays as it was heard."""
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千万]")
_KATAKANA = re.compile("[ァ-ヴー]+")
_CALLED = re.compile("さん|ちゃん|くん|君|様|です|と申し|と言い|といい")
_BLANK = " 　、。"
_BROKEN = re.compile(r"[\s、。，,.!?！？]")
_ILLNESS = re.compile("..(?:がん|癌)$|.(?:炎|病|症|腫|裂|疹|麻痺)$")
_NAMED = frozenset({"人名", "地名"})
_INTERJECTION = re.compile("ハイ|エー|アー|ウン")


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
        """Tell whether the heard characters may be read just like the word."""
        return self.cost <= SAME_READING_COST


@dataclass(frozen=True, slots=True, repr=False)
class _Sentence:
    """One sentence with what every candidate is judged by."""

    text: str
    tokens: tuple[Token, ...]
    edges: frozenset[int]
    settled: tuple[tuple[int, int], ...]
    cost: int

    def cuts(self, start: int, end: int) -> bool:
        """Tell whether a place begins or ends inside a known word, or is only a part of one."""
        return any(s < end and start < e and (s < start or end < e) for s, e in self.settled)

    def is_illness(self, start: int, end: int) -> bool:
        """Tell whether a place lies in an illness that the dictionary knows (子宮 of 子宮がん)."""
        return any(token.known and _ILLNESS.search(token.surface) for token in self.span(start, end))

    def span(self, start: int, end: int) -> list[Token]:
        return [token for token in self.tokens if token.start < end and start < token.end]


class TextRepairer:
    """Finds words of the counter that were heard with other characters. For use by one thread at a time."""

    def __init__(
        self,
        words: Sequence[Word],
        tokenizer: SudachiTokenizer,
        phrasing: Phrasing | None = None,
        said: Sequence[Word] = (),
        fit: Fit | None = None,
    ) -> None:
        """Prepare the search for all words.

        Args:
            words: of the counter.
            tokenizer: where readings come from.
            phrasing: how people put things; None where the knowledge has no examples of it.
            said: everyday words, which only the phrasing can bring in.
            fit: tells whether a heard word goes well with those around it.
        """
        self._tokenizer = tokenizer
        self._language = DictionaryCost()
        self._phrasing = phrasing
        self._fit = fit
        self._n_own = len(words)
        self._words = [*words, *said] if phrasing else list(words)
        self._weights = {word.text: word.weight for word in words}
        self._index = SoundIndex([word.morae for word in self._words])
        self._limits = np.array(
            [
                _SHORT_LIMITS.get(n_morae, int(n_morae * UNIT * _SHARE))
                for n_morae in (len(word.morae) for word in self._words)
            ],
            dtype=np.int32,
        )
        self._known = ahocorasick.Automaton()
        for text in self._weights:
            if len(text) > 1:
                self._known.add_word(text, len(text))
        if len(self._known):
            self._known.make_automaton()

    def find(self, text: str) -> list[Repair]:
        """Return what to write instead, in reading order and without overlaps; sentence by sentence."""
        return [
            replace(repair, start=repair.start + offset, end=repair.end + offset)
            for offset, sentence in chunks(text)
            if sentence.strip() and self._words
            for repair in _best_together(list(self._candidates(self._read(sentence))))
        ]

    def is_likelier(self, text: str, start: int, end: int, instead: str) -> bool:
        """Tell whether the text reads better with other characters in this place."""
        return self._language.fall(text, start, end, instead) > 0

    def _read(self, text: str) -> _Sentence:
        tokens = tuple(self._tokenizer.names(text))
        short = self._tokenizer.words(text)
        edges = frozenset(edge for token in (*tokens, *short) for edge in (token.start, token.end))
        hits = self._known.iter(text) if len(self._known) else ()
        places = ((last + 1 - n_chars, last + 1) for last, n_chars in hits)
        settled = tuple((start, end) for start, end in places if start in edges and end in edges)
        return _Sentence(text, tokens, edges, settled, self._language.of(text))

    def _candidates(self, sentence: _Sentence) -> Iterator[Repair]:
        lattice = build_lattice(sentence.text, self._tokenizer, sentence.tokens)
        for found in self._index.search(lattice, self._limits):
            word = self._words[found.name]
            place = _without_blanks(found, sentence.text)
            if sentence.is_illness(place.start, place.end):
                continue
            gain = 0.0
            if place.name < self._n_own and self._may_stand(place, word, sentence):
                gain = self._gain(place, word, sentence)
                if gain > 0 and self._is_plain(place, sentence):
                    gain = gain if self._is_rather_said(place, word, sentence) else 0.0
            if gain <= 0 and self._phrasing:
                gain = _PHRASED * self._phrased(place, word, sentence, self._phrasing)
            if gain > 0:
                yield Repair(place.start, place.end, word.text, word.morae, place.cost, gain)

    def _gain(self, place: Alignment, word: Word, sentence: _Sentence) -> float:
        text = sentence.text
        said = text[place.start : place.end]
        if self._is_spelling(said, word):
            bits = word.weight - self._weights.get(said, 0.0)
            return _BIT * bits if word.listed and bits >= _SPELLING_BITS else 0.0
        inside = (t for t in sentence.tokens if place.start <= t.start and t.end <= place.end)
        bits = word.weight - sum(self._weights.get(token.surface, 0.0) for token in inside)
        likelier = sentence.cost - self._language.of(text[: place.start] + word.text + text[place.end :])
        plain_katakana = place.cost <= SAME_READING_COST and _KATAKANA.fullmatch(said)
        margin = _KATAKANA_MARGIN if plain_katakana else _MARGIN
        return likelier + _BIT * bits - _SOUND * place.cost - margin

    def _may_stand(self, place: Alignment, word: Word, sentence: _Sentence) -> bool:
        """Tell whether these characters can be a misheard word; what is sure of itself is left alone."""
        start, end = place.start, place.end
        said = sentence.text[start:end]
        span = sentence.span(start, end)
        if (
            said == word.text
            or _NEVER_INSIDE.search(said)
            or not _holds_edges(span, start, end, sentence.edges)
        ):
            return False
        called = _CALLED.match(sentence.text, end) is not None or not _KATAKANA.fullmatch(said)
        if called and any(is_person(token) for token in (*span, *self._tokenizer.names(said))):
            return False
        if sentence.cuts(start, end):
            return False
        if (start, end) in sentence.settled:
            return self._is_spelling(said, word)
        if place.cost > SAME_READING_COST and may_be_figure(span, start, end):
            return False
        counts = start > 0 and _FIGURE.match(sentence.text, start - 1) is not None
        return not _is_sure(span, word, place.cost) and _may_hold(
            span, len(word.morae), place.cost, counts=counts
        )

    def _phrased(self, place: Alignment, word: Word, sentence: _Sentence, phrasing: Phrasing) -> float:
        """Return the bits beyond need by which people would rather say the word; 0 where it cannot be."""
        start, end = place.start, place.end
        text, said = sentence.text, sentence.text[place.start : place.end]
        span = sentence.span(start, end)
        same = place.cost <= SAME_READING_COST
        if (
            said == word.text
            or _NEVER_INSIDE.search(said)
            or _BROKEN.search(said)
            or _INTERJECTION.fullmatch(said)
            or (word.names and not same)
            or not _holds_edges(span, start, end, sentence.edges)
            or sentence.cuts(start, end)
            or (not same and (start, end) in sentence.settled)
            or any(is_person(token) for token in (*span, *self._tokenizer.names(said)))
            or any(
                token.known and token.pos[2] in _NAMED and (len(span) == 1 or len(token.surface) > 1)
                for token in span
            )
            or (not same and may_be_figure(span, start, end))
            or _FIGURE.match(text[max(0, start - 1) : start])
            or self._is_spelling(said, word)
            or HIRAGANA.sub("", said) == HIRAGANA.sub("", word.text)
        ):
            return 0.0
        head, tail = in_common(said, word.text)
        differs = text[start + head : end - tail]
        least = least_bits(
            differs,
            sentence.span(start + head, end - tail),
            len(word.morae),
            place.cost,
            settled=(start, end) in sentence.settled,
        )
        if least is None:
            return 0.0
        cheaper = sentence.cost - self._language.of(text[:start] + word.text + text[end:])
        likelier = phrasing.gain(text, start, end, word.text) + cheaper / _COST_OF_BIT
        bits = likelier - _SOUND_BITS * place.cost - least
        return bits if bits > 0 and self._goes_better(place, word, sentence) else 0.0

    def _is_rather_said(self, place: Alignment, word: Word, sentence: _Sentence) -> bool:
        """Tell whether people rather say a word than the plain one that was heard, as far as is known."""
        if self._fit and not self._goes_better(place, word, sentence):
            return False
        text, start, end = sentence.text, place.start, place.end
        if self._phrasing is None or self._is_spelling(text[start:end], word):
            return True
        return self._phrasing.gain(text, start, end, word.text) >= _LEAST_LIKELIER

    def _goes_better(self, place: Alignment, word: Word, sentence: _Sentence) -> bool:
        """Tell whether a word goes with those around it at least as well as the plain one that was heard."""
        head, tail = in_common(sentence.text[place.start : place.end], word.text)
        heard = sentence.span(place.start, place.end - tail)
        if head or len(heard) != 1 or not heard[0].known or HIRAGANA.fullmatch(heard[0].surface):
            return True
        if _KATAKANA.fullmatch(heard[0].surface) and (
            place.cost <= SAME_READING_COST or not self._tokenizer.readings(heard[0].surface)
        ):
            return True
        if self._fit is None:
            return False
        around = [
            token.lemma
            for token in self._tokenizer.words(sentence.text)
            if token.kind in _MEANING
            and token.pos[1] not in _NO_MEANING
            and not (token.start < place.end and place.start < token.end)
        ]
        better = self._fit.better(heard[0].surface, word.text[: len(word.text) - tail], around)
        least = _LEAST_FIT if place.cost <= SAME_READING_COST else 0.0
        return better is not None and better > least

    @staticmethod
    def _is_plain(place: Alignment, sentence: _Sentence) -> bool:
        """Tell whether one word that the dictionary knows was heard there, and no more than it."""
        span = sentence.span(place.start, place.end)
        whole = len(span) == 1 and (span[0].start, span[0].end) == (place.start, place.end)
        return whole and span[0].known and len(span[0].surface) > 1

    def _is_spelling(self, said: str, word: Word) -> bool:
        """Tell whether the dictionary holds both for the same word, which is no mishearing (子供, 子ども)."""
        return not _KATAKANA.fullmatch(said) and self._normalized(said) == self._normalized(word.text)

    def _normalized(self, text: str) -> str:
        return "".join(token.normalized for token in self._tokenizer.words(text))


def _without_blanks(place: Alignment, text: str) -> Alignment:
    """Return a place without the pauses around it, which cost nothing to read along."""
    said = text[place.start : place.end]
    start = place.start + len(said) - len(said.lstrip(_BLANK))
    return replace(place, start=start, end=start + len(said.strip(_BLANK)))


def _holds_edges(span: Sequence[Token], start: int, end: int, edges: frozenset[int]) -> bool:
    """Tell whether a place begins and ends between words, or within one that is doubtful itself."""
    return (start in edges or is_doubtful(span[0])) and (end in edges or is_doubtful(span[-1]))


def _may_hold(span: Sequence[Token], n_morae: int, cost: int, *, counts: bool) -> bool:
    """Tell whether these tokens can hide a word of that length which sounds that different.

    Args:
        span: what was heard.
        n_morae: length of the word.
        cost: difference in sound.
        counts: a number stands before them, so that they begin with what it counts.
    """
    ends = {span[0].kind, span[-1].kind}
    numbers = any(token.pos[1] == "数詞" for token in span)
    if ends & SIGNS or (counts and (n_morae < LONG_MORAE or cost > SAME_READING_COST)):
        return False
    if n_morae < LONG_MORAE and (numbers or any(token.kind in PARTICLES for token in span)):
        return False
    if cost <= SAME_READING_COST:
        return True
    odd = sum(len(token.surface) for token in span if is_odd(token))
    return not numbers and not ends & PARTICLES and 2 * odd >= sum(len(token.surface) for token in span)


def _is_sure(span: Sequence[Token], word: Word, cost: int) -> bool:
    """Tell whether the heard characters can hardly be anything else than what they are."""
    if word.names and cost > SAME_READING_COST:
        return True
    if len(word.morae) <= 2 and not all(is_doubtful(token) for token in span):
        return True
    if len(span) > 1 or not span[0].known:
        return False
    if HIRAGANA.fullmatch(span[0].surface):
        return not word.listed
    return span[0].kind in INFLECTED


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
