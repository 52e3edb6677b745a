"""Which school years children are in."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import NAMES_CHILD
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.passage import FoundFact, Passage

_SCHOOL = re.compile(
    rf"""
      (?P<school>小学校?|中学校?|高校|大学)の?(?P<year>{NUMBER})年(?:生)?
      (?!間|前|後)
    | (?<![大])(?P<short>[小中高])の?(?P<short_year>[1-6一二三四五六])
      (?![0-9人年月日時分回つ万千百十個つ])
    | (?P<alone>[1-6一二三四五六])年生
    | (?P<nursery>
          年少
        | 年中(?!行事|無休|夢|ず|、ず|休|忙)
        | 年長(?!者)
      )
      (?:さん|組|の(?:子|息子|娘))?(?=です|で|の|と|$|、|。|に|が|さん|組|クラス)
    """,
    re.VERBOSE,
)
_SCHOOLS = {"小": "小学", "中": "中学", "高": "高校", "大": "大学"}
_LAST_YEARS = {"小学": 6, "中学": 3, "高校": 4, "大学": 6}
"""High schools in the evening take four years.

Source: 学校教育法 第32条, 第47条, 第56条, 第87条.
"""
_NEXT_YEAR = re.compile(
    r"""
    (?:
        来年 | 来春 | (?<!この)春から | 春には | (?<!この)4月から | (?<!この)四月から
      | 今度 | 再来年 | 次の春
    )
    [^。]{0,12}$
    """,
    re.VERBOSE,
)
_STARTED_SCHOOL = re.compile(
    r"""
    (?:今年|この春|この[4四]月)[^。]{0,8}?(?P<which>小学校?|中学校?|高校)に
    (?:上が|あが|入|進|入学)(?:っ|り|し)?(?:まし)?(?:た(?!ら|い)|て|ばかり)
    """,
    re.VERBOSE,
)
"""今年、小学校に上がりました."""
_PAST_SCHOOL = re.compile(r"(?:の?(?:とき|時|頃|ころ|夏|冬|秋|春|終わり|途中|から|まで)|だった|でした)")
_AT_SCHOOL = re.compile(r"[小中高][1-6一二三四五六]|園|クラス")
_SCHOOL_ASKED = frozenset({"school_year", "age"})
_SAME_SCHOOL = re.compile(
    r"(?P<school>小学|中学|高校)校?の?[1-6一二三四五六]年生?(?:と|で)、?(?:下が|上が)?$"
)


def find_school_years(passage: Passage) -> Iterator[FoundFact]:
    """Yield the school years children are in now."""
    starts = {token.start for token in passage.tokens}
    for part in passage.stated_clauses():
        for match in _SCHOOL.finditer(part.text):
            before, after = part.text[: match.start()], part.text[match.end() :]
            start, end = part.span(match)
            value = _school_year(match, passage.text[:start])
            if match["short"] and start not in starts:
                continue  # the 中一 of 田中一郎
            if value is None or _NEXT_YEAR.search(before) or _PAST_SCHOOL.match(after):
                continue
            if match["nursery"] and not (
                NAMES_CHILD.search(passage.text)
                or _SCHOOL_ASKED & passage.asked.kinds
                or _AT_SCHOOL.search(part.text)
            ):
                continue
            yield FoundFact("school_year", value, start, end)
        for match in _STARTED_SCHOOL.finditer(part.text):
            start, end = part.span(match)
            if end > passage.since:
                yield FoundFact("school_year", f"{_SCHOOLS[match['which'][0]]}1年生", start, end)


def school_year_of(school: str, year: int | None) -> str | None:
    """Return a school year as it is written, None where there is none such (中学5年生)."""
    return f"{school}{year}年生" if year and year <= _LAST_YEARS[school] else None


def _school_year(match: re.Match[str], before: str) -> str | None:
    """Return the school year; the school is said once for several children (小学4年生と1年生)."""
    if match["nursery"]:
        return str(match["nursery"])
    if match["short"]:
        return school_year_of(_SCHOOLS[match["short"]], parse_number(match["short_year"]))
    if match["alone"]:
        year = parse_number(match["alone"]) or 0
        if year > _LAST_YEARS["中学"]:
            return school_year_of("小学", year)
        same = _SAME_SCHOOL.search(before)
        return school_year_of(same["school"], year) if same else None
    return school_year_of(_SCHOOLS[match["school"][0]], parse_number(match["year"]))
