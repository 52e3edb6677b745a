"""What was heard in one place of a sentence, beside the word that may have been meant there.

A place tells of itself, by its characters and tokens alone, whether it may be a mishearing of the word and
how much it takes to say so. What the words around it say is the matter of `context_score`.
"""

import re
from dataclasses import dataclass

from consult_assist.japanese.phonetics import Alignment
from consult_assist.nlp.repair.candidate_filters import (
    HIRAGANA,
    INFLECTED,
    MARKS,
    SAME_READING_COST,
    holds_edges,
    holds_frame,
    holds_name,
    holds_number,
    in_common,
    is_called,
    is_plain,
    may_be_figure,
)
from consult_assist.nlp.repair.lattice import is_doubtful
from consult_assist.nlp.repair.lexicon import Word
from consult_assist.nlp.tokens import PARTICLES, Token

_NEVER_INSIDE = re.compile("[0-9０-９・]")
"""Figures are never put into or out of a text: what hurts when it is wrong stays as it was heard."""
_BLANK = " 　、。"
_ILLNESS = re.compile("..(?:がん|癌)$|.(?:炎|病|症|腫|裂|疹|麻痺)$")
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千万]")
_BROKEN = re.compile(r"[\s、。，,.!?！？]")
_INTERJECTION = re.compile("ハイ|エー|アー|ウン")
_LONG_MORAE = 5
_READ_SO, _IN_NO_WORD, _IN_A_WORD, _IN_KANA = 10.0, 14.0, 16.0, 18.0
"""Bits by which the phrasing has to carry a word, by what was heard in its place.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_MAX_COST_IN_WORD = 9
"""Hundredths of a mora, for each mora, by which a word that the dictionary knows may differ."""


@dataclass(frozen=True, slots=True, repr=False)
class Sentence:
    """One sentence with what every candidate is judged by.

    Attributes:
        edges: where words begin and end.
        settled: places of words of the counter, which are known to be right.
        odd: where tokens begin that can hardly be meant as they are written.
        cost: the dictionary's.
    """

    text: str
    tokens: tuple[Token, ...]
    edges: frozenset[int]
    settled: tuple[tuple[int, int], ...]
    odd: frozenset[int]
    cost: int

    def cuts(self, start: int, end: int) -> bool:
        """Return whether a place begins or ends inside a known word, or is only a part of one."""
        return any(s < end and start < e and (s < start or end < e) for s, e in self.settled)

    def span(self, start: int, end: int) -> list[Token]:
        """Return the tokens that lie in a place, if only in part."""
        return [token for token in self.tokens if token.start < end and start < token.end]


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """Characters `start` … `end` of a sentence, which may have been meant for a word.

    Attributes:
        cost: difference in sound.
        span: the tokens heard there.
        head: number of characters with which both begin.
        tail: number of characters with which both end.
    """

    sentence: Sentence
    word: Word
    start: int
    end: int
    cost: int
    span: list[Token]
    head: int
    tail: int

    @property
    def said(self) -> str:
        """Return the characters that were heard."""
        return self.sentence.text[self.start : self.end]

    @property
    def same_reading(self) -> bool:
        """Whether they may be read just like the word."""
        return self.cost <= SAME_READING_COST

    @property
    def settled(self) -> bool:
        """Whether they are a word of the counter themselves."""
        return (self.start, self.end) in self.sentence.settled

    @property
    def rewritten(self) -> str:
        """Return the sentence with the word in this place."""
        return self.sentence.text[: self.start] + self.word.text + self.sentence.text[self.end :]

    @property
    def heard(self) -> list[Token]:
        """Return the tokens that differ from the word in their beginning, middle or end."""
        return self.sentence.span(self.start, self.end - self.tail)

    @property
    def heard_text(self) -> str:
        """Return the characters of these tokens, as far as they lie in the place."""
        last = self.heard[-1].end if self.heard else self.end
        return self.sentence.text[self.start : min(last, self.end)]

    @property
    def differing(self) -> str:
        """Return the characters that differ from the word, without those with which both begin and end."""
        return self.sentence.text[self.start + self.head : self.end - self.tail]

    @property
    def follows_figure(self) -> bool:
        """Whether a number stands before it, so that it begins with what it counts."""
        return self.start > 0 and _FIGURE.match(self.sentence.text, self.start - 1) is not None

    @property
    def is_long(self) -> bool:
        """Whether the word is long enough to be known by its sound among other words."""
        return len(self.word.morae) >= _LONG_MORAE

    @property
    def is_known_word(self) -> bool:
        """Whether one word that the dictionary knows was heard there, and can be meant as it is written."""
        return len(self.span) == 1 and self.span[0].known and self.span[0].start not in self.sentence.odd

    @property
    def reads_like_figure(self) -> bool:
        """Whether it reads like a number with what it counts."""
        return may_be_figure(self.span, self.start, self.end)

    def is_fixed(self) -> bool:
        """Return whether no other word can stand there, however likely it is."""
        return (
            self.said == self.word.text
            or _NEVER_INSIDE.search(self.said) is not None
            or not holds_edges(self.span, self.start, self.end, self.sentence.edges)
            or self.sentence.cuts(self.start, self.end)
            or is_called(self.span, self.word.text)
            or any(token.known and _ILLNESS.search(token.surface) for token in self.span)
        )

    def is_sure(self) -> bool:
        """Return whether the heard characters can hardly be anything else than what they are."""
        if self.word.names and not self.same_reading:
            return True
        if len(self.word.morae) <= 2 and not all(is_doubtful(token) for token in self.span):
            return True
        first = self.span[0]
        if len(self.span) > 1 or not first.known:
            return False
        if HIRAGANA.fullmatch(first.surface):
            return not self.word.listed
        return first.kind in INFLECTED

    def may_hide(self) -> bool:
        """Return whether what was heard can hide a word of that length which sounds that different."""
        span, odd = self.span, self.sentence.odd
        edges = {span[0].kind, span[-1].kind}
        if edges & MARKS or (self.follows_figure and not (self.is_long and self.same_reading)):
            return False
        numbers = holds_number(span)
        if not self.is_long and (numbers or holds_frame(span)):
            return False
        if not self.cost or (self.same_reading and any(token.start in odd for token in span)):
            return True
        if numbers or edges & PARTICLES:
            return False
        n_odd_chars = sum(len(token.surface) for token in span if token.start in odd)
        return 2 * n_odd_chars >= sum(len(token.surface) for token in span)

    def may_be_phrased(self) -> bool:
        """Return whether the way people put things may decide; not on figures, names and mere spelling."""
        said, word = self.said, self.word
        if holds_name(self.span) or self.follows_figure or _BROKEN.search(said):
            return False
        if _INTERJECTION.fullmatch(said) or HIRAGANA.sub("", said) == HIRAGANA.sub("", word.text):
            return False
        return self.same_reading or not (word.names or self.settled or self.reads_like_figure)

    def min_bits(self) -> float | None:
        """Return how many bits of likelier phrasing it takes to write the word there.

        Returns:
            None where nothing can carry it: a plain word or several of them are hardly misheard.
        """
        span = self._differing_span
        if not span or holds_number(span) or {span[0].kind, span[-1].kind} & MARKS:
            return None
        short = not (self.is_long and self.same_reading)
        if short and any(token.kind in PARTICLES for token in span):
            return None
        plain = is_plain(span, self.sentence.odd)
        if plain and self._is_hardly_misheard():
            return None
        if not self.same_reading:
            return _IN_A_WORD if plain else _IN_NO_WORD
        if HIRAGANA.fullmatch(self.differing):
            return _IN_KANA
        return _IN_NO_WORD if self.settled else _READ_SO

    @property
    def _differing_span(self) -> list[Token]:
        return self.sentence.span(self.start + self.head, self.end - self.tail)

    def _is_hardly_misheard(self) -> bool:
        """Return whether words of the dictionary are hardly this other one."""
        said, span, same = self.differing, self._differing_span, self.same_reading
        kana = HIRAGANA.fullmatch(said) is not None
        if len(span) > 1:
            return kana or not same or any(token.kind in INFLECTED for token in span)
        if span[0].kind in INFLECTED and not kana:
            return True
        if len(said) == 1 and not kana and span[0].start not in self.sentence.odd:
            return self.cost > 0
        most = _MAX_COST_IN_WORD * len(self.word.morae)
        return not same and (kana or len(said) == 1 or self.cost > most)


def read_candidate(found: Alignment, word: Word, sentence: Sentence) -> Candidate:
    """Return where a word was heard, without the pauses around it, which cost nothing to read along."""
    said = sentence.text[found.start : found.end]
    start = found.start + len(said) - len(said.lstrip(_BLANK))
    said = said.strip(_BLANK)
    end = start + len(said)
    return Candidate(
        sentence, word, start, end, found.cost, sentence.span(start, end), *in_common(said, word.text)
    )
