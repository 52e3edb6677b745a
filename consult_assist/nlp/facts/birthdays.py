"""Birthdays told in pieces, or with the year in the question: 昭和53年です。誕生日は12月24日."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.dates import find_dates, is_to_come, iso_date
from consult_assist.nlp.facts.passage import FoundFact, Passage

_N = "[0-9〇零一二三四五六七八九十]+"
_YEAR = re.compile(
    rf"""
      (?P<era>大正|昭和|平成|令和)(?:の?[^、。0-9]{{0,8}}[、。])?の?(?P<year>{_N}|元)年
    | (?P<full>(?:19|20)[0-9]{{2}})年
    """,
    re.VERBOSE,
)
"""昭和53年; 昭和の終わりのほう、63年."""
_DAY = re.compile(
    rf"""
    (?P<month>{_N})月(?:の|えっ?と|ええと|えー+と?|たしか|[、。 ])*
    (?P<day>{_N})日(?![間前後]|(?:に|から|まで|付)(?!生まれ))
    """,
    re.VERBOSE,
)


def find_birthday(passage: Passage) -> Iterator[FoundFact]:
    """Yield the birthday that an answer tells in pieces; none where a piece is missing or told twice."""
    if "birth_date" not in passage.asked.kinds or any(f.name == "birth_date" for f in find_dates(passage)):
        return
    end = max((part.end for part in passage.parts if passage.answers(part)), default=passage.since)
    days = list(_DAY.finditer(passage.text, passage.since, end))
    years = list(_YEAR.finditer(passage.text, passage.since, end))
    year = years[0] if len(years) == 1 else None
    if not years:
        year = next(_YEAR.finditer(passage.asked.text), None)
    if year is None or len(days) != 1 or not passage.part_at(days[0].start()).stated:
        return
    value = iso_date({**year.groupdict(), **days[0].groupdict()}, passage.held_on)
    if value and not is_to_come(value, passage.held_on):
        own_year = year if years else days[0]
        spans = (own_year.span(), days[0].span())
        yield FoundFact("birth_date", value, min(spans)[0], max(spans)[1])
