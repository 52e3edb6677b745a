"""Figures written with other characters of the same sound (発祭 for 8歳, 2世年 for 2千円)."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import Person, last_named, people_in
from consult_assist.nlp.facts.ages import GROWN_YEARS, MAX_YEARS
from consult_assist.nlp.facts.amounts import MONEY, yen_of
from consult_assist.nlp.facts.money_words import last_topic, topic_asked
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.school_years import school_year_of

_DIGITS = {
    "イチ": 1, "イッ": 1, "イツ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ヨ": 4, "ゴ": 5, "ロク": 6,
    "ロッ": 6, "ロツ": 6, "ナナ": 7,
    "シチ": 7, "ハチ": 8, "ハッ": 8, "ハツ": 8, "キュウ": 9, "ク": 9,
    **{str(digit): digit for digit in range(1, 10)},
}  # fmt: skip
_DIGIT = f"(?:{'|'.join(sorted(_DIGITS, key=len, reverse=True))})"
_TENS = rf"(?:{_DIGIT})?(?:ジュウ|ジュッ|ジッ)"
_MONEY = re.compile(
    rf"""
    (?:(?P<man_tens>{_TENS})?(?P<man>{_DIGIT})?マン)?
    (?:(?P<sen>{_DIGIT})(?:セン|ゼン|セイ))?(?:エン|ネン|イエン)
    """,
    re.VERBOSE,
)
_AGE = re.compile(rf"(?P<tens>{_TENS})?(?P<ones>{_DIGIT})?(?:サイ|トシ)")
"""歳 is read さい, and written とし where a recogniser takes it for 年."""
_SCHOOLS = {"ショウガク": "小学", "チュウガク": "中学", "コウコウ": "高校"}
_SCHOOL = re.compile(rf"(?P<school>{'|'.join(_SCHOOLS)})(?P<year>{_DIGIT})(?:ネン|トシ)(?:セイ)?")
_AFTER_AMOUNT = re.compile(r"(?:くらい|ぐらい|ほど|しか|です|で|と|、|。|の|が|なの|$)")
_AFTER_AGE = re.compile(r"(?:です|で|と|、|。|の|に|くらい|$)")
_YEARS = re.compile(
    r"""
    (?P<number>
        [0-9]{1,3}
      | [二三四五六七八九]?十[一二三四五六七八九]?
      | [一二三四五六七八九]
    )
    年(?=です|で|、|。|の|小学|中学|$|[ ])
    """,
    re.VERBOSE,
)
_LEADS_TO_AMOUNT = re.compile(r"(?:[はがもにで、]|毎?月|月々)$")
_WRITTEN_FIGURE = re.compile(r"[0-9一二三四五六七八九十]")
_LASTING = re.compile(r"(?:(?:中学|高校|小学|大学)校?|かれこれ|まる|丸|およそ)$")
"""中学2年, かれこれ10年: no age."""
_JOINED_TENS = re.compile(r"([1-9])0([1-9])")


def find_misheard(passage: Passage) -> Iterator[FoundFact]:
    """Yield figures that are there by sound only, where a topic or a question leads to expect one."""
    yield from _amounts(passage)
    yield from _child_ages(passage)
    yield from _school_years(passage)
    for part in passage.stated_clauses():
        yield from _years(passage, part)


def _amounts(passage: Passage) -> Iterator[FoundFact]:
    for match, part, (start, end) in passage.sounding(_MONEY):
        before = passage.text[max(part.start, passage.since) : start]
        topic = last_topic(before)
        said = MONEY.match(passage.text[start:end])
        asked = start == passage.since and passage.asked.text and passage.answers(part)
        topic = topic or (topic_asked(passage) if asked else None)
        if not topic or (said and yen_of(said)) or not _AFTER_AMOUNT.match(passage.text[end:]):
            continue
        if not asked and not _LEADS_TO_AMOUNT.search(before):
            continue
        yen = (_tens(match["man_tens"]) + _ones(match["man"])) * 10_000 + _ones(match["sen"]) * 1000
        if yen:
            yield FoundFact(topic, yen, start, end)


def _child_ages(passage: Passage) -> Iterator[FoundFact]:
    for match, part, (start, end) in passage.sounding(_AGE):
        before, said = passage.text[max(part.start, passage.since) : start], passage.text[start:end]
        if _WRITTEN_FIGURE.search(said) or not _AFTER_AGE.match(passage.text[end:]):
            continue
        named = any(one.person.is_child for one in people_in(before[-6:])) and before.endswith(
            ("が", "は", "も", "、")
        )
        asked = not before.strip() and "age" in passage.asked.kinds and passage.asked.of_child
        age = _tens(match["tens"]) + _ones(match["ones"])
        if (named or asked) and 0 < age < GROWN_YEARS:
            yield FoundFact("child_age", age, start, end)


def _years(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield an age written as years (9年, 502年) in the answer to how old somebody is."""
    if "age" not in passage.asked.kinds or not passage.answers(part):
        return
    for match in _YEARS.finditer(part.text):
        start, end = part.span(match)
        if start < passage.since:
            continue
        age = parse_number(_JOINED_TENS.sub(r"\1\2", match["number"])) or 0
        before = part.text[max(0, passage.since - part.start) : match.start()]
        person = last_named(before) or passage.asked.person or Person.SELF
        if _LASTING.search(before) or age > MAX_YEARS:
            continue
        if person.is_child and 0 < age < GROWN_YEARS:
            yield FoundFact("child_age", age, start, end)
        elif person is Person.SELF and age >= GROWN_YEARS:
            yield FoundFact("resident_age", age, start, end)


def _school_years(passage: Passage) -> Iterator[FoundFact]:
    """Yield a school year whose figure was written as another word of its sound (中学にとしの)."""
    for match, _, (start, end) in passage.sounding(_SCHOOL):
        value = school_year_of(_SCHOOLS[match["school"]], _DIGITS[match["year"]])
        if value and not re.search(r"[0-9一二三四五六]", passage.text[start:end]):
            yield FoundFact("school_year", value, start, end)


def _ones(said: str | None) -> int:
    return _DIGITS[said] if said else 0


def _tens(said: str | None) -> int:
    if not said:
        return 0
    digit = re.match(_DIGIT, said)
    return 10 * (_DIGITS[digit.group()] if digit else 1)
