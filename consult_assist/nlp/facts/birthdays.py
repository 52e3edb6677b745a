"""Birthdays told in pieces, or with the year in the question: 昭和53年です。誕生日は12月24日."""

import re
from collections.abc import Iterator
from datetime import date

from consult_assist.japanese.eras import ERAS
from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.passage import FoundFact, Passage

SPEAKS_OF_BIRTH = re.compile("生年月日|生まれ|うまれ|誕生日")
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
_MIN_YEAR = 1900


def find_birthday(passage: Passage) -> Iterator[FoundFact]:
    """Yield the birthday that an answer tells in pieces; none where a piece is missing or told twice."""
    if "birth_date" not in passage.asked.kinds:
        return
    own = "".join(part.text for part in passage.parts if passage.own(part) and passage.answers(part))
    end = min(len(passage.text), passage.since + len(own))
    days = list(_DAY.finditer(passage.text, passage.since, end))
    years = list(_YEAR.finditer(passage.text, passage.since, end))
    year = years[0] if len(years) == 1 else None
    if not years:
        year = next(_YEAR.finditer(passage.asked.text), None)
    if year is None or len(days) != 1 or not passage.part_at(days[0].start()).stated:
        return
    if value := _iso(year, days[0], passage.held_on):
        own_year = year if years else days[0]
        spans = (own_year.span(), days[0].span())
        yield FoundFact("birth_date", value, min(spans)[0], max(spans)[1])


def _iso(year: re.Match[str], day: re.Match[str], held_on: date | None) -> str | None:
    said = 1 if year["year"] == "元" else parse_number(year["full"] or year["year"])
    month, of_month = parse_number(day["month"]), parse_number(day["day"])
    if said is None or month is None or of_month is None:
        return None
    try:
        told = date(said + (ERAS[year["era"]] if year["era"] else 0), month, of_month)
    except ValueError:
        return None
    return told.isoformat() if told.year >= _MIN_YEAR and told <= (held_on or told) else None
