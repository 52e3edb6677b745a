"""One utterance as the fact rules see it: folded text in clauses, each stated, denied or asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from consult_assist.japanese.dialect import in_standard_speech
from consult_assist.japanese.fillers import without_pauses
from consult_assist.japanese.folding import FoldedText, fold
from consult_assist.nlp.facts.asked import Asked, read_asked
from consult_assist.nlp.facts.kana_text import KanaText, read_kana
from consult_assist.nlp.syntax.clauses import read_clauses
from consult_assist.nlp.syntax.content_words import ContentWord, read_content_words
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_PAUSES = re.compile(r"(?:の|ん|です|[よねわ])*[、。]")
"""持ってません、要りますか tells that there is none; 持ってないとだめですか does not."""


@dataclass(frozen=True, slots=True, repr=False)
class FoundFact:
    """A value and the folded characters that state it; `corrects` as in `Fact`."""

    name: str
    value: int | str
    start: int
    end: int
    corrects: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Its first folded character, and just after its last."""
        return self.start, self.end


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two stretches of a text (first character, just after the last) share any character."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True, repr=False)
class PassageClause:
    """One clause: its characters, its words, and whether it is a question or a mere condition."""

    sentence: int
    start: int
    end: int
    text: str
    items: tuple[ContentWord, ...]
    stated: bool

    def span(self, match: re.Match[str], first: str | int = 0, last: str | int = 0) -> tuple[int, int]:
        """Return the characters of the whole text that a match in the clause takes up.

        Args:
            match: found in the clause's `text`.
            first: the group to begin with, where not the whole match is meant.
            last: the group to end with.
        """
        return self.start + match.start(first), self.start + match.end(last)

    def negated_after(self, position: int, tokens: tuple[Token, ...]) -> bool:
        """Return whether the next predicate from this character on is denied."""
        following = (item for item in self.items if item.predicate and tokens[item.last].end > position)
        item = next(following, None)
        return item is not None and (item.negated or "無い" in item.keys)


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """The text of one utterance, folded, with its clauses.

    Attributes:
        kana: how it sounds.
        since: first character of what was said now; before it stands what was said just before.
        asked: what the question before it wants to know.
        held_on: the day that 今年 and 先月 are told from; None where it is not known.
    """

    folded: FoldedText
    tokens: tuple[Token, ...]
    kana: KanaText
    parts: tuple[PassageClause, ...]
    since: int
    asked: Asked
    held_on: date | None

    @property
    def text(self) -> str:
        """Return the folded text."""
        return self.folded.text

    def part_at(self, position: int) -> PassageClause:
        """Return the clause that holds a character."""
        return next(part for part in self.parts if part.start <= position < part.end)

    def own(self, part: PassageClause) -> bool:
        """Return whether a clause belongs to what was said now."""
        return part.end > self.since

    def answers(self, part: PassageClause) -> bool:
        """Return whether a clause may answer the question before: it stands in the first sentence or two."""
        first = next((other.sentence for other in self.parts if other.end > self.since), 0)
        return self.own(part) and part.sentence <= first + 1

    def answered(self, answer: re.Pattern[str]) -> re.Match[str] | None:
        """Return how what was said now begins, where it states the group `said` of an answer."""
        hit = answer.match(self.text, self.since)
        if hit and (self.part_at(hit.start("said")).stated or _PAUSES.match(self.text, hit.end("said"))):
            return hit
        return None

    def stated_clauses(self) -> Iterator[PassageClause]:
        """Yield the clauses of what was said now that state something: no question, no mere condition."""
        return (part for part in self.parts if part.stated and self.own(part))

    def sounding(
        self, pattern: re.Pattern[str]
    ) -> Iterator[tuple[re.Match[str], PassageClause, tuple[int, int]]]:
        """Yield what sounds so and is stated now, with the clause it begins in and its characters."""
        for match, start, end in self.kana.find(pattern):
            part = self.part_at(start)
            if start >= self.since and part.stated:
                yield match, part, (start, end)

    def full_stop(self, part: PassageClause) -> int:
        """Return just after the full stop that ends a clause, or what follows it."""
        return self.text.find("。", part.end - 1) + 1 or len(self.text)

    def sentence_of(self, part: PassageClause) -> Iterator[PassageClause]:
        """Yield the clauses of the same sentence."""
        return (other for other in self.parts if other.sentence == part.sentence)


def read_passage(
    text: str, tokenizer: SudachiTokenizer, since: int = 0, held_on: date | None = None
) -> Passage:
    """Fold a text and cut it into clauses; before the character `since` stands what was said before."""
    folded = without_pauses(in_standard_speech(fold(text)))
    own = folded.position(since)
    tokens = tuple(tokenizer.words(folded.text))
    clauses = read_clauses(tokens)
    groups: dict[int, list[ContentWord]] = {}
    for item in read_content_words(tokens, tokenizer):
        groups.setdefault(item.clause.number, []).append(item)
    parts = tuple(
        PassageClause(
            sentence=clause.sentence,
            start=tokens[clause.start].start,
            end=tokens[clause.end - 1].end,
            text=folded.text[tokens[clause.start].start : tokens[clause.end - 1].end],
            items=tuple(groups.get(number, ())),
            stated=number not in clauses.asked | clauses.offered,
        )
        for number, clause in {clause.number: clause for clause in clauses.of_token}.items()
    )
    return Passage(
        folded, tokens, read_kana(tokens), parts, own, asked=read_asked(folded.text[:own]), held_on=held_on
    )
