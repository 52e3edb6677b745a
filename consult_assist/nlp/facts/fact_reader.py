"""A text behind its question → the facts that it states: what all readers find, confirmed and corrected."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Protocol

from consult_assist.nlp.facts.addresses import find_addresses
from consult_assist.nlp.facts.ages import find_ages
from consult_assist.nlp.facts.amounts import find_amounts
from consult_assist.nlp.facts.arrears import find_arrears
from consult_assist.nlp.facts.birthdays import find_birthday
from consult_assist.nlp.facts.care_level import find_care
from consult_assist.nlp.facts.child_support import find_support
from consult_assist.nlp.facts.children import find_children
from consult_assist.nlp.facts.confirmed import confirmed, put_before
from consult_assist.nlp.facts.corrected_lines import may_correct, with_correction
from consult_assist.nlp.facts.corrections import standing
from consult_assist.nlp.facts.dates import find_dates
from consult_assist.nlp.facts.handbook import find_handbooks
from consult_assist.nlp.facts.illnesses import find_illnesses, whole_illnesses
from consult_assist.nlp.facts.insurance import find_insurance
from consult_assist.nlp.facts.kin import find_kin
from consult_assist.nlp.facts.marital import find_marital
from consult_assist.nlp.facts.misheard import find_misheard
from consult_assist.nlp.facts.passage import FoundFact, Passage, overlap, read_passage
from consult_assist.nlp.facts.school_years import find_school_years
from consult_assist.nlp.facts.telephones import find_phones
from consult_assist.nlp.facts.unreal import without_unreal
from consult_assist.nlp.facts.whose import of_the_home
from consult_assist.nlp.facts.work import find_work
from consult_assist.nlp.tokens import SudachiTokenizer

_Finder = Callable[[Passage], Iterable[FoundFact]]
_FIGURES: tuple[_Finder, ...] = (
    find_amounts,
    find_ages,
    find_children,
    find_school_years,
    find_dates,
    find_birthday,
    find_arrears,
    find_phones,
    find_misheard,
)
"""Of these the same breath may take one back."""
_CIRCUMSTANCES: tuple[_Finder, ...] = (
    find_kin,
    find_marital,
    find_work,
    find_illnesses,
    find_support,
    find_care,
    find_addresses,
    find_insurance,
    find_handbooks,
)


class EntityFinder(Protocol):
    """Finds what no rule can: who someone is, what ails them."""

    def find(self, passage: Passage) -> Iterable[FoundFact]:
        """Return the facts in what was said now, from the character `since` on."""


class FactReader:
    """Reads facts by rule, with what a model finds where one is given. For use by one thread at a time."""

    def __init__(self, tokenizer: SudachiTokenizer, entities: EntityFinder | None = None) -> None:
        """Take what cuts a text into words, and what finds more facts than the rules."""
        self._tokenizer = tokenizer
        self._entities = entities

    def read(self, text: str, since: int, held_on: date | None) -> Iterator[FoundFact]:
        """Yield the facts of what was said now, each with its characters in the text as it stands.

        Args:
            text: what was said now, behind what was said just before.
            since: first character of what was said now.
            held_on: the day that 今年 and 先月 are told from; None where it is not known.
        """
        passage = self._passage(text, held_on, since)
        own = self._stated(passage)
        if put := put_before(passage):
            own += confirmed(passage, self._stated(self._passage(put, held_on)), own)
        if may_correct(passage):
            own = list(with_correction(passage, own, self._stated(self._passage(text[:since], held_on))))
        for fact in own:
            start, end = passage.folded.span(*fact.span)
            if end > since:
                yield replace(fact, start=max(start, since), end=end)

    def _passage(self, text: str, held_on: date | None, since: int = 0) -> Passage:
        return read_passage(text, self._tokenizer, since, held_on)

    def _stated(self, passage: Passage) -> list[FoundFact]:
        """Return what is stated of the home, in what was said before as well."""
        figures = standing(passage, list(chain.from_iterable(find(passage) for find in _FIGURES)))
        circumstances = chain.from_iterable(find(passage) for find in _CIRCUMSTANCES)
        entities = self._entities.find(passage) if self._entities else ()
        found = (*figures, *whole_illnesses((*circumstances, *entities)))
        return list(of_the_home(passage, without_unreal(passage, _one_meaning_each(found))))


def _one_meaning_each(found: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts without the days of events that tell when work was lost."""
    lost = [fact.span for fact in found if fact.name == "job_lost"]
    yield from (
        fact for fact in found if fact.name != "event_date" or not any(overlap(fact.span, at) for at in lost)
    )
