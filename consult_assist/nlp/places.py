"""What was heard in one place of a sentence, beside the word that may have been meant there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult_assist.japanese.sound import Alignment
from consult_assist.nlp.heard import (
    HIRAGANA,
    INFLECTED,
    SAME_READING_COST,
    holds_edges,
    in_common,
    is_called,
)
from consult_assist.nlp.lattice import is_doubtful
from consult_assist.nlp.lexicon import Word
from consult_assist.nlp.tokens import Token

_NEVER_INSIDE = re.compile("[0-9０-９・]")
"""Figures are never put into or out of a text: what hurts when it is wrong stays as it was heard."""
_BLANK = " 　、。"
_ILLNESS = re.compile("..(?:がん|癌)$|.(?:炎|病|症|腫|裂|疹|麻痺)$")


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
        """Tell whether a place begins or ends inside a known word, or is only a part of one."""
        return any(s < end and start < e and (s < start or end < e) for s, e in self.settled)

    def span(self, start: int, end: int) -> list[Token]:
        """Return the tokens that lie in a place, if only in part."""
        return [token for token in self.tokens if token.start < end and start < token.end]


@dataclass(frozen=True, slots=True, repr=False)
class Place:
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
        """Tell whether they may be read just like the word."""
        return self.cost <= SAME_READING_COST

    @property
    def settled(self) -> bool:
        """Tell whether they are a word of the counter themselves."""
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

    def is_fixed(self) -> bool:
        """Tell whether no other word can stand there, however likely it is."""
        return (
            self.said == self.word.text
            or _NEVER_INSIDE.search(self.said) is not None
            or not holds_edges(self.span, self.start, self.end, self.sentence.edges)
            or self.sentence.cuts(self.start, self.end)
            or is_called(self.span, self.word.text)
            or any(token.known and _ILLNESS.search(token.surface) for token in self.span)
        )


def read_place(found: Alignment, word: Word, sentence: Sentence) -> Place:
    """Return where a word was heard, without the pauses around it, which cost nothing to read along."""
    said = sentence.text[found.start : found.end]
    start = found.start + len(said) - len(said.lstrip(_BLANK))
    said = said.strip(_BLANK)
    end = start + len(said)
    return Place(
        sentence, word, start, end, found.cost, sentence.span(start, end), *in_common(said, word.text)
    )


def is_sure(span: Sequence[Token], word: Word, cost: int) -> bool:
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
