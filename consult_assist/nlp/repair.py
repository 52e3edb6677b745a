"""Heard text → the words that were probably said: by reading, by sound, and by what makes a sentence.

A recogniser writes 「審生」 where 「申請」 was said. Each word of the office's knowledge is sought in every
way the heard characters may be read; it is taken where the dictionary finds the sentence so much likelier
with it that the difference in sound is outweighed.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick
import numpy as np

from consult_assist.japanese.kana import is_kana
from consult_assist.japanese.sound import UNIT, SoundIndex
from consult_assist.nlp.base import Fit
from consult_assist.nlp.heard import (
    HIRAGANA,
    INFLECTED,
    SAME_READING_COST,
    holds_name,
    is_person,
    least_bits,
    may_be_figure,
    may_hold,
    odd_places,
)
from consult_assist.nlp.lattice import build_lattice
from consult_assist.nlp.lexicon import Word
from consult_assist.nlp.likelihood import DictionaryCost
from consult_assist.nlp.phrasing import Phrasing
from consult_assist.nlp.places import Place, Sentence, is_sure, read_place
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
_LEAST_FIT = -0.06
"""A plain word that goes so much better with those around it (量が多い) is meant as it is written.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_LEAST_LIKELIER = 2.0
"""Bits: a plain word (体の機能) gives way to none that people do not say there four times as often.

Source: our own measurement, docs/decisions/0033-phrasing.md; 4 and 8 do as well.
"""
_DEAREST_COMMON = 16.0
"""Bits that a word in common use is worth at most, whether or not an example holds it (端, 照明).

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_SPELLING_BITS = 2.0
"""The office writes 子ども at least four times as often as 子供: then so does the record."""
_SHARE = 0.15
_SHORT_LIMITS = {1: 0, 2: 0, 3: 35, 4: 45}
_MEANING = frozenset({"名詞", "形状詞", "副詞", *INFLECTED})
_NO_MEANING = frozenset({"数詞", "非自立可能"})
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千万]")
_KATAKANA = re.compile("[ァ-ヴー]+")
_CALLED = re.compile("さん|ちゃん|くん|君|様|です|と申し|と言い|といい")
_BROKEN = re.compile(r"[\s、。，,.!?！？]")
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

    def is_common(self, said: str) -> bool:
        """Tell whether people use a word so much that it is meant rather than misheard."""
        return self._fit is not None and self._fit.is_common(said)

    def _read(self, text: str) -> Sentence:
        tokens = tuple(self._tokenizer.names(text))
        short = self._tokenizer.words(text)
        edges = frozenset(edge for token in (*tokens, *short) for edge in (token.start, token.end))
        hits = self._known.iter(text) if len(self._known) else ()
        places = ((last + 1 - n_chars, last + 1) for last, n_chars in hits)
        settled = tuple((start, end) for start, end in places if start in edges and end in edges)
        return Sentence(text, tokens, edges, settled, odd_places(tokens), self._language.of(text))

    def _candidates(self, sentence: Sentence) -> Iterator[Repair]:
        lattice = build_lattice(sentence.text, self._tokenizer, sentence.tokens)
        for found in self._index.search(lattice, self._limits):
            place = read_place(found, self._words[found.name], sentence)
            if place.is_fixed():
                continue
            gain = self._gain(place) if found.name < self._n_own and self._may_stand(place) else 0.0
            if gain <= 0 and self._phrasing:
                gain = _PHRASED * self._phrased(place, self._phrasing)
            if gain > 0:
                yield Repair(place.start, place.end, place.word.text, place.word.morae, place.cost, gain)

    def _gain(self, place: Place) -> float:
        """Return what is gained by a word of the counter; nothing where people rather say what was heard."""
        word, weights = place.word, self._weights
        if self._is_spelling(place):
            bits = word.weight - weights.get(place.said, 0.0)
            gain = _BIT * bits if word.listed and bits >= _SPELLING_BITS else 0.0
            if gain and HIRAGANA.fullmatch(place.said) and not self._is_said_often(place):
                return 0.0
            return gain
        inside = (t for t in place.span if place.start <= t.start and t.end <= place.end)
        bits = word.weight - sum(weights.get(token.surface, 0.0) for token in inside)
        likelier = place.sentence.cost - self._language.of(place.rewritten)
        plain_katakana = place.same_reading and _KATAKANA.fullmatch(place.said)
        margin = _KATAKANA_MARGIN if plain_katakana else _MARGIN
        gain = likelier + _BIT * bits - _SOUND * place.cost - margin
        return gain if gain > 0 and self._is_rather_said(place) else 0.0

    def _may_stand(self, place: Place) -> bool:
        """Tell whether these characters can be a misheard word; what is sure of itself is left alone."""
        text, start, end, span = place.sentence.text, place.start, place.end, place.span
        called = _CALLED.match(text, end) is not None or not _KATAKANA.fullmatch(place.said)
        if called and self._holds_person(place):
            return False
        if place.settled:
            return self._is_spelling(place)
        if not place.same_reading and may_be_figure(span, start, end):
            return False
        counts = start > 0 and _FIGURE.match(text, start - 1) is not None
        return not is_sure(span, place.word, place.cost) and may_hold(
            span, place.sentence.odd, len(place.word.morae), place.cost, counts=counts
        )

    def _phrased(self, place: Place, phrasing: Phrasing) -> float:
        """Return the bits beyond need by which people would rather say the word; 0 where it cannot be."""
        if not self._may_be_phrased(place):
            return 0.0
        sentence, first, last = place.sentence, place.start + place.head, place.end - place.tail
        least = least_bits(
            sentence.text[first:last],
            sentence.span(first, last),
            sentence.odd,
            len(place.word.morae),
            place.cost,
            settled=place.settled,
        )
        if least is None:
            return 0.0
        cheaper = sentence.cost - self._language.of(place.rewritten)
        likelier = self._likelier(place, phrasing) + cheaper / _COST_OF_BIT
        bits = likelier - _SOUND_BITS * place.cost - least
        return bits if bits > 0 and self._goes_better(place) else 0.0

    def _may_be_phrased(self, place: Place) -> bool:
        """Tell whether the way people put things may decide; not on figures, names and mere spelling."""
        said, word = place.said, place.word
        by_sound = not place.same_reading
        return not (
            holds_name(place.span)
            or _BROKEN.search(said)
            or _INTERJECTION.fullmatch(said)
            or _FIGURE.match(place.sentence.text[max(0, place.start - 1) : place.start])
            or (by_sound and (word.names or place.settled))
            or (by_sound and may_be_figure(place.span, place.start, place.end))
            or HIRAGANA.sub("", said) == HIRAGANA.sub("", word.text)
            or self._holds_person(place)
            or self._is_spelling(place)
        )

    def _likelier(self, place: Place, phrasing: Phrasing) -> float:
        """Return by how many bits people rather say the word than what was heard."""
        dearest = _DEAREST_COMMON if self._is_common(place) else math.inf
        end = place.start + len(place.heard_text)
        instead = place.word.text[: len(place.word.text) - (place.end - end)]
        return phrasing.gain(place.sentence.text, place.start, end, instead, dearest)

    def _is_common(self, place: Place) -> bool:
        """Tell whether what was heard is a word in common use, however the dictionary cuts it (県庁)."""
        heard = place.heard
        if not heard or is_kana(place.said):
            return False
        whole = len(heard) > 1 or (heard[0].known and heard[0].start not in place.sentence.odd)
        return whole and self.is_common(place.heard_text)

    def _is_rather_said(self, place: Place) -> bool:
        """Tell whether people rather say a word than the plain one that was heard, as far as is known."""
        if not self._is_plain(place):
            return True
        if self._fit and not self._goes_better(place):
            return False
        return self._is_said_often(place)

    def _is_said_often(self, place: Place) -> bool:
        """Tell whether people say the word there rather than what was heard, as far as examples tell."""
        return self._phrasing is None or self._likelier(place, self._phrasing) >= _LEAST_LIKELIER

    def _goes_better(self, place: Place) -> bool:
        """Tell whether a word goes with those around it at least as well as the plain one that was heard."""
        heard, surface, common = place.heard, place.heard_text, self._is_common(place)
        known = common or (len(heard) == 1 and heard[0].known)
        if place.head or not known or HIRAGANA.fullmatch(surface):
            return True
        if _KATAKANA.fullmatch(surface) and (place.same_reading or not self._tokenizer.readings(surface)):
            return True
        if self._fit is None:
            return False
        word = place.word.text
        better = self._fit.better(surface, word[: len(word) - place.tail], self._around(place))
        least = _LEAST_FIT if place.same_reading or not common else 0.0
        return better is not None and better > least

    def _around(self, place: Place) -> list[str]:
        """Return the words of the sentence that mean something, without those of the place."""
        return [
            token.lemma
            for token in self._tokenizer.words(place.sentence.text)
            if token.kind in _MEANING
            and token.pos[1] not in _NO_MEANING
            and not (token.start < place.end and place.start < token.end)
        ]

    def _is_plain(self, place: Place) -> bool:
        """Tell whether one word that the dictionary knows was heard there, and no more than it."""
        if place.heard_text != place.said:
            return False
        token = place.span[0]
        alone = len(place.span) == 1 and token.known and token.start not in place.sentence.odd
        return alone or self._is_common(place)

    def _holds_person(self, place: Place) -> bool:
        return any(is_person(token) for token in (*place.span, *self._tokenizer.names(place.said)))

    def _is_spelling(self, place: Place) -> bool:
        """Tell whether the dictionary holds both for the same word, which is no mishearing (子供, 子ども)."""
        return not _KATAKANA.fullmatch(place.said) and (
            self._normalized(place.said) == self._normalized(place.word.text)
        )

    def _normalized(self, text: str) -> str:
        return "".join(token.normalized for token in self._tokenizer.words(text))


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
