"""Which questions still stand open, and which of them is needed most now."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from consult_assist.counter.question_parts import (
    WHEN,
    asked_part,
    content_words,
    first_parts_of,
    given_by,
    kinds_in,
    parts_of,
    tells_when,
)
from consult_assist.domain.guidance import Fact, Question
from consult_assist.domain.knowledge import KnowledgeBase

MAX_SHOWN = 3
_ASKED_SHARE = 0.6
"""A question counts as asked when so much of it was, together with what is known."""
_NAMED_SHARE = 0.5
"""A line that asks and names the programme needs less to be the same question."""
_TOLD_SHARE = 0.75
"""It counts as answered when someone's words, together with what is known, cover so much of it."""
_RULES_IN_OR_OUT = 1.0
_ASKED_BY_ANOTHER = 0.3
"""Source: docs/decisions/0030-next-question.md."""
_FIRST_IN_ITS_LIST = 0.5
_FOR_THE_FIRST_PROGRAMME = 0.6
_FOLLOWS = 3.0
"""What was told just now is asked further before another subject is begun.

Source: docs/decisions/0030-next-question.md.
"""
_DANGER = 3.0
"""While a danger stands, only what was told just now is as pressing."""
_STAYS = 1.0
"""A question on screen makes room only for one that is needed clearly more."""
_NOTHING_TOLD: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spoken:
    """What of the knowledge's questions one line touches.

    Attributes:
        asked: parts of questions in what it asks, and each programme it names as `#id`.
        told: parts of questions in what it says; a kind of fact is only mentioned by it, not given.
        given: parts of questions that the facts answer which it states.
    """

    asked: frozenset[str]
    told: frozenset[str]
    given: tuple[str, ...] = ()


class Interview:
    """What was asked and what is known, held against the questions of the knowledge base line by line.

    Only counts are kept per question, so that the hundredth minute costs no more than the first.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin with nothing asked and nothing known."""
        self._knowledge = knowledge
        texts = {text for programme in knowledge.programmes.values() for text in programme.questions}
        texts |= {text for protocol in knowledge.protocols.values() for text in protocol.questions}
        self._parts = {text: parts_of(text) for text in texts}
        self._kinds = {
            text: {part for part in parts if part[0] == "@" and part != WHEN}
            for text, parts in self._parts.items()
        }
        self._heads = {text: first_parts_of(text) for text in texts}
        self._targets = {item.id: kinds_in("\n".join(item.target)) for item in knowledge.programmes.values()}
        self._asking = _keyed((part, text) for text, parts in self._parts.items() for part in parts)
        words = [part for part in self._asking if part[0] != "@"]
        self._most_chars = max(map(len, words), default=0)
        self._within = _keyed((piece, word) for word in words for piece in _pieces(word, self._most_chars))
        self._asked: dict[str, Counter[frozenset[str]]] = {text: Counter() for text in texts}
        self._told: dict[str, Counter[frozenset[str]]] = {text: Counter() for text in texts}
        self._given: Counter[str] = Counter()

    def read(self, text: str, named: Iterable[str] = (), facts: Iterable[Fact] = ()) -> Spoken:
        """Return what of the questions a line touches; it names programmes and states facts."""
        question = asked_part(text)
        when = {WHEN} if tells_when(text) else set()
        about = {f"#{programme}" for programme in named}
        given = tuple(part for fact in facts for part in given_by(fact))
        asked = self._touched(question) | (parts_of(question) & {WHEN}) | about if question else frozenset()
        return Spoken(asked=asked, told=self._touched(text).union(when, given), given=given)

    def hear(self, spoken: Spoken, *, may_ask: bool) -> None:
        """Take in a line; `may_ask` is one by the clerk or a question by an unknown speaker."""
        self._count(spoken, may_ask=may_ask, by=1)

    def unhear(self, spoken: Spoken, *, may_ask: bool) -> None:
        """Take such a line back."""
        self._count(spoken, may_ask=may_ask, by=-1)

    def is_settled(self, question: str, programme: str = "") -> bool:
        """Return whether a question about a programme was asked, or answered without being asked."""
        parts = self._parts[question]
        if not parts:
            return False
        known = frozenset(part for part in parts if part != WHEN and self._given[part] > 0)
        if len(known) >= _TOLD_SHARE * len(parts):
            return True
        head = self._heads[question]
        for part, times in self._asked[question].items():
            share = _NAMED_SHARE if f"#{programme}" in part else _ASKED_SHARE
            covered = (known | part) & parts
            if times > 0 and (len(covered) >= share * len(parts) or (head and head <= part)):
                return True
        told = (part for part, times in self._told[question].items() if times > 0)
        return any(len(known | _given(part)) >= _TOLD_SHARE * len(parts) for part in told)

    def open_questions(
        self,
        programmes: Sequence[str],
        shown: Sequence[Question],
        *,
        dangers: Sequence[str] = (),
        thread: Mapping[str, float] = _NOTHING_TOLD,
    ) -> tuple[Question, ...]:
        """Return at most three questions: those on screen that stay, then new ones, the most needed first.

        Never do all on screen go at once, unless they are settled.

        Args:
            programmes: on screen, best first.
            shown: the questions on screen.
            dangers: the protocols that stand.
            thread: how much the last lines tell of a programme, 0 … 1.
        """
        by_need = self._by_need(programmes, shown, dangers, thread)
        chosen = self._unlike(by_need)
        if not set(chosen).intersection(shown):
            staying = [question for question in by_need if question in shown][:1]
            chosen = self._unlike((*chosen[: MAX_SHOWN - 1], *staying, *chosen[MAX_SHOWN - 1 :]))
        kept = [question for question in shown if question in chosen]
        return (*kept, *(question for question in chosen if question not in kept))

    def _unlike(self, questions: Iterable[Question]) -> tuple[Question, ...]:
        """Return the first three that ask for different things."""
        chosen: list[Question] = []
        for question in questions:
            if len(chosen) < MAX_SHOWN and not any(self._alike(question, other) for other in chosen):
                chosen.append(question)
        return tuple(chosen)

    def _by_need(
        self,
        programmes: Sequence[str],
        shown: Sequence[Question],
        dangers: Sequence[str],
        thread: Mapping[str, float],
    ) -> list[Question]:
        """Return the open questions of these programmes and dangers, each once, the most needed first."""
        on_screen = {question.text for question in shown}
        needs: dict[str, float] = {}
        asked_for: dict[str, Question] = {}
        for weight, question in (*self._of_dangers(dangers), *self._of_programmes(programmes, thread)):
            text = question.text
            need = weight + _STAYS * (text in on_screen)
            if question in shown or (need > needs.get(text, 0.0) and asked_for.get(text) not in shown):
                asked_for[text] = question
            needs[text] = max(need, needs.get(text, 0.0))
        ordered = sorted(asked_for.values(), key=lambda question: -needs[question.text])
        return [question for question in ordered if not self.is_settled(question.text, question.programme)]

    def _of_dangers(self, protocols: Sequence[str]) -> Iterator[tuple[float, Question]]:
        for protocol in protocols:
            known = self._knowledge.protocols.get(protocol)
            for place, text in enumerate(known.questions if known else ()):
                need = _DANGER + _FIRST_IN_ITS_LIST / (1 + place)
                yield need, Question(programme="", text=text, protocol=protocol)

    def _of_programmes(
        self, programmes: Sequence[str], thread: Mapping[str, float]
    ) -> Iterator[tuple[float, Question]]:
        for rank, programme in enumerate(programmes):
            for place, text in enumerate(self._knowledge.programmes[programme].questions):
                need = self._weight(text, programme, programmes)
                need += _FIRST_IN_ITS_LIST / (1 + place) + _FOR_THE_FIRST_PROGRAMME / (1 + rank)
                need += _FOLLOWS * thread.get(programme, 0.0)
                yield need, Question(programme=programme, text=text)

    def _weight(self, text: str, programme: str, programmes: Sequence[str]) -> float:
        kinds = self._kinds[text]
        decides = bool(kinds & self._targets[programme])
        others = sum(
            any(kinds & self._kinds[other] for other in self._knowledge.programmes[item].questions)
            for item in programmes
            if item != programme
        )
        return _RULES_IN_OR_OUT * decides + _ASKED_BY_ANOTHER * others

    def _alike(self, one: Question, other: Question) -> bool:
        """Return whether two questions ask for mostly the same."""
        if one.text == other.text:
            return True
        mine, its = self._parts[one.text], self._parts[other.text]
        return bool(mine and its) and len(mine & its) >= _ASKED_SHARE * min(len(mine), len(its))

    def _touched(self, text: str) -> frozenset[str]:
        """Return the parts of any question that a text holds or is part of (家賃額 and 家賃)."""
        found: set[str] = set(kinds_in(text) & self._asking.keys())
        for word in content_words(text):
            found.update(self._within.get(word, ()))
            found |= self._asking.keys() & _pieces(word, self._most_chars)
        return frozenset(found)

    def _count(self, spoken: Spoken, *, may_ask: bool, by: int) -> None:
        said, counters = (spoken.asked, self._asked) if may_ask else (spoken.told, self._told)
        for text, parts in self._shares(said):
            counters[text][parts] += by
        for part in spoken.given:
            self._given[part] += by

    def _shares(self, said: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        for text in {text for part in said for text in self._asking.get(part, ())}:
            yield text, frozenset(part for part in said if part[0] == "#" or part in self._parts[text])


def _keyed(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Return for each first of the pairs all its seconds."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _given(told: frozenset[str]) -> frozenset[str]:
    """Return what words give by themselves; a kind only mentioned is not given, unless with its time."""
    if WHEN in told and len(told) > 1:
        return told
    return frozenset(part for part in told if part[0] != "@")


def _pieces(word: str, most_chars: int) -> set[str]:
    """Return every stretch of a word that may be a word itself, up to a length."""
    return {
        word[start:end]
        for start in range(len(word))
        for end in range(start + 2, min(len(word), start + most_chars) + 1)
    }
