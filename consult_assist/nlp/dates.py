"""Dates in any calendar: when someone was born, when something happened."""

import re
from collections.abc import Iterator
from datetime import date

from consult_assist.japanese.eras import ERAS
from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.passage import FoundFact, Passage

_BIRTH = re.compile(r"生年月日|生まれ|うまれ|誕生日")
_N = r"[0-9〇零一二三四五六七八九十]+"
_MONTH = r"(?:月|つき(?=の?[0-9一二三四五六七八九十末初])|がつ)"
DATE = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|西暦|[rhs](?=[0-9元]))の?(?P<year>{_N}|元)年の?|(?P<full>(?:19"
    rf"|20)[0-9]{{2}})年の?"
    rf"|(?P<misheard>0?1?[1-9])年(?=[0-9]))(?P<month>{_N}){_MONTH}(?:の?(?P<day>{_N})[日火])?"
)  # fmt: skip
_SLASHED = re.compile(
    r"(?P<full>(?:19|20)[0-9]{2})[-/.](?P<month>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])(?![0-9])"
)
_OFFERED = re.compile(r"から始ま|に始ま|以降|施行|まで")
_LEAST_YEAR = 1900


def find_dates(passage: Passage) -> Iterator[FoundFact]:
    """Yield dates whose year is known: without one, a date is for the read-back list only."""
    for match in (*DATE.finditer(passage.text), *_SLASHED.finditer(passage.text)):
        if match.end() <= passage.since:
            continue
        part = passage.part_at(match.start())
        if not part.stated or _OFFERED.match(passage.text[match.end() :]):
            continue
        value = iso_date(match)
        if value is None:
            continue
        around = part.text + passage.text[match.end() : match.end() + 4]
        born = _BIRTH.search(around) or ("birth_date" in passage.asked.kinds and passage.answers(part))
        if born and len(value) < len("2000-01-01"):
            continue
        yield FoundFact("birth_date" if born else "event_date", value, match.start(), match.end())


def iso_date(match: re.Match[str]) -> str | None:
    """Return the date in ISO form, without the day where none is said; None where no such day exists.

    「018年」 is what a recogniser makes of 令和8年: レイ is a nought, ワ one.
    """
    groups = match.groupdict()
    if groups.get("full"):
        year = int(groups["full"])
    elif groups.get("misheard"):
        if not re.fullmatch(r"01?[1-9]", groups["misheard"]):
            return None
        year = ERAS["令和"] + int(groups["misheard"][-1])
    else:
        said = 1 if groups["year"] == "元" else parse_number(groups["year"])
        if said is None:
            return None
        year = said + ERAS[groups["era"] or ""]
    month = parse_number(groups["month"])
    day = parse_number(groups["day"]) if groups["day"] else None
    if month is None or year < _LEAST_YEAR or (groups["day"] and day is None):
        return None
    try:
        whole = date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7]
