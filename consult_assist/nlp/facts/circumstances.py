"""Facts that are words: family, marriage, work, insurance, illness, care, where one lives."""

from collections.abc import Iterator

from consult_assist.nlp.facts.addresses import find_addresses
from consult_assist.nlp.facts.care_level import find_care
from consult_assist.nlp.facts.child_support import find_support
from consult_assist.nlp.facts.handbook import find_handbooks
from consult_assist.nlp.facts.illnesses import find_illnesses
from consult_assist.nlp.facts.insurance import find_insurance
from consult_assist.nlp.facts.kin import find_kin
from consult_assist.nlp.facts.marital import find_marital
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.facts.work import find_work


def find_circumstances(passage: Passage) -> Iterator[FoundFact]:
    """Yield every circumstance that is stated."""
    yield from find_kin(passage)
    yield from find_marital(passage)
    yield from find_work(passage)
    yield from find_illnesses(passage)
    yield from find_support(passage)
    yield from find_care(passage)
    yield from find_addresses(passage)
    yield from find_insurance(passage)
    yield from find_handbooks(passage)
