"""Facts that are figures: money, months, ages, counts, school years, dates, telephone numbers."""

from collections.abc import Iterator

from consult_assist.nlp.facts.ages import find_ages
from consult_assist.nlp.facts.amounts import find_amounts
from consult_assist.nlp.facts.arrears import find_arrears
from consult_assist.nlp.facts.birthdays import find_birthday
from consult_assist.nlp.facts.children import find_children
from consult_assist.nlp.facts.corrections import standing
from consult_assist.nlp.facts.dates import find_dates
from consult_assist.nlp.facts.misheard import find_misheard
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.facts.school_years import find_school_years
from consult_assist.nlp.facts.telephones import find_phones


def find_figures(passage: Passage) -> Iterator[FoundFact]:
    """Yield every figure that is stated; one that the same breath takes back is not."""
    return standing(passage, list(_find(passage)))


def _find(passage: Passage) -> Iterator[FoundFact]:
    yield from find_amounts(passage)
    yield from find_ages(passage)
    yield from find_children(passage)
    yield from find_school_years(passage)
    dates = list(find_dates(passage))
    yield from dates
    if not any(fact.name == "birth_date" for fact in dates):
        yield from find_birthday(passage)
    yield from find_arrears(passage)
    yield from find_phones(passage)
    yield from find_misheard(passage)
