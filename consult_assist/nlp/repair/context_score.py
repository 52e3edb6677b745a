"""Whether what people say around a place speaks for the word that may have been meant there.

Two things tell: how people put things, by the examples of the knowledge, and which words go together, by the
vectors of a language model. Either may be missing.
"""

import math
import re

from consult_assist.japanese.kana import is_kana
from consult_assist.nlp.base import ContextSimilarity
from consult_assist.nlp.repair.candidate_filters import HIRAGANA, INFLECTED
from consult_assist.nlp.repair.candidates import Candidate
from consult_assist.nlp.repair.char_ngram_lm import CharNgramModel
from consult_assist.nlp.tokens import SudachiTokenizer

_MIN_CONTEXT_GAIN = -0.06
"""A plain word that goes so much better with those around it (量が多い) is meant as it is written.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_MIN_BITS_LIKELIER = 2.0
"""Bits: a plain word (体の機能) gives way to none that people do not say there four times as often.

Source: our own measurement, docs/decisions/0033-phrasing.md; 4 and 8 do as well.
"""
_MAX_BITS_OF_COMMON = 16.0
"""Bits that a word in common use is worth at most, whether or not an example holds it (端, 照明).

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_MEANING = frozenset({"名詞", "形状詞", "副詞", *INFLECTED})
_NO_MEANING = frozenset({"数詞", "非自立可能"})
_KATAKANA = re.compile("[ァ-ヴー]+")


class ContextScore:
    """Compares the word of a place with what was heard there. For use by one thread at a time."""

    def __init__(
        self, tokenizer: SudachiTokenizer, phrasing: CharNgramModel | None, context: ContextSimilarity | None
    ) -> None:
        """Take note of what tells.

        Args:
            tokenizer: where words and readings come from.
            phrasing: how people put things; None where the knowledge has no examples of it.
            context: tells whether a heard word goes well with those around it.
        """
        self._tokenizer = tokenizer
        self._phrasing = phrasing
        self._context = context

    @property
    def knows_phrasing(self) -> bool:
        """Whether there are examples of how people put things."""
        return self._phrasing is not None

    def is_common(self, said: str) -> bool:
        """Return whether people use a word so much that it is meant rather than misheard."""
        return self._context is not None and self._context.is_common(said)

    def likelier_bits(self, place: Candidate) -> float:
        """Return by how many bits people rather say the word than what was heard; 0 without examples."""
        if self._phrasing is None:
            return 0.0
        dearest = _MAX_BITS_OF_COMMON if self._holds_common(place) else math.inf
        end = place.start + len(place.heard_text)
        instead = place.word.text[: len(place.word.text) - (place.end - end)]
        return self._phrasing.gain_bits(place.sentence.text, place.start, end, instead, dearest)

    def is_said_often(self, place: Candidate) -> bool:
        """Return whether people say the word there rather than what was heard, as far as examples tell."""
        return self._phrasing is None or self.likelier_bits(place) >= _MIN_BITS_LIKELIER

    def is_rather_said(self, place: Candidate) -> bool:
        """Return whether people rather say a word than the plain one that was heard, as far as is known."""
        if not self._is_plain(place):
            return True
        if self._context and not self.goes_better(place):
            return False
        return self.is_said_often(place)

    def goes_better(self, place: Candidate) -> bool:
        """Return whether the word goes with those around it at least as well as the plain one heard."""
        heard, surface, common = place.heard, place.heard_text, self._holds_common(place)
        known = common or (len(heard) == 1 and heard[0].known)
        if place.head or not known or HIRAGANA.fullmatch(surface):
            return True
        if _KATAKANA.fullmatch(surface) and (place.same_reading or not self._tokenizer.readings(surface)):
            return True
        if self._context is None:
            return False
        word = place.word.text
        better = self._context.gain(surface, word[: len(word) - place.tail], self._around(place))
        least = _MIN_CONTEXT_GAIN if place.same_reading or not common else 0.0
        return better is not None and better > least

    def _around(self, place: Candidate) -> list[str]:
        """Return the words of the sentence that mean something, without those of the place."""
        return [
            token.lemma
            for token in self._tokenizer.words(place.sentence.text)
            if token.kind in _MEANING
            and token.pos[1] not in _NO_MEANING
            and not (token.start < place.end and place.start < token.end)
        ]

    def _holds_common(self, place: Candidate) -> bool:
        """Return whether what was heard is a word in common use, however the dictionary cuts it (県庁)."""
        heard = place.heard
        if not heard or is_kana(place.said):
            return False
        whole = len(heard) > 1 or (heard[0].known and heard[0].start not in place.sentence.odd)
        return whole and self.is_common(place.heard_text)

    def _is_plain(self, place: Candidate) -> bool:
        """Return whether a word that the dictionary knows was heard there, and no more than it."""
        return place.heard_text == place.said and (place.is_known_word or self._holds_common(place))
