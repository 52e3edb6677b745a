"""One utterance as the fact rules see it: folded text in clauses, each stated, denied or asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from consult_assist.japanese.folding import FoldedText, fold
from consult_assist.nlp.clauses import read_clauses
from consult_assist.nlp.items import Item, read_items
from consult_assist.nlp.tokens import SudachiTokenizer, Token


@dataclass(frozen=True, slots=True, repr=False)
class FoundFact:
    """A value and the folded characters that state it."""

    name: str
    value: int | str
    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One clause: its characters, its words, and whether it is a question or a mere condition."""

    sentence: int
    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    stated: bool

    def negated_after(self, position: int, tokens: tuple[Token, ...]) -> bool:
        """Tell whether the next predicate from this character on is denied."""
        following = (item for item in self.items if item.predicate and tokens[item.last].end > position)
        item = next(following, None)
        return item is not None and (item.negated or "無い" in item.keys)


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """The text of one utterance, folded, with its clauses."""

    folded: FoldedText
    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return the folded text."""
        return self.folded.text

    def part_at(self, position: int) -> Part:
        """Return the clause that holds a character."""
        return next(part for part in self.parts if part.start <= position < part.end)

    def sentence_of(self, part: Part) -> Iterator[Part]:
        """Yield the clauses of the same sentence."""
        return (other for other in self.parts if other.sentence == part.sentence)


def read_passage(text: str, tokenizer: SudachiTokenizer) -> Passage:
    """Fold a text and cut it into clauses."""
    folded = fold(text)
    tokens = tuple(tokenizer.words(folded.text))
    clauses = read_clauses(tokens)
    groups: dict[int, list[Item]] = {}
    for item in read_items(tokens, tokenizer):
        groups.setdefault(item.clause.number, []).append(item)
    parts = tuple(
        Part(
            sentence=clause.sentence,
            start=tokens[clause.start].start,
            end=tokens[clause.end - 1].end,
            text=folded.text[tokens[clause.start].start : tokens[clause.end - 1].end],
            items=tuple(groups.get(number, ())),
            stated=number not in clauses.asked | clauses.offered,
        )
        for number, clause in {clause.number: clause for clause in clauses.of_token}.items()
    )
    return Passage(folded, tokens, parts)
