"""Values that the clerk says, and that are assented to: 昭和26年10月8日で間違いありませんか。はい."""

import re
from collections.abc import Iterator

from consult_assist.counter.asking import split_spoken
from consult_assist.japanese.numerals import digits_of, parse_number
from consult_assist.japanese.people import Person, last_named
from consult_assist.nlp.facts.birthdays import SPEAKS_OF_BIRTH
from consult_assist.nlp.facts.dates import DATE, iso_date
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.facts.telephones import PHONE, is_number

_ASSENT = re.compile(
    r"""
    (?:
        はい | はあ | ええ | うん | そう(?:です|なん|だ|、|。|そう|$) | さよう | その通り
      | (?:それで)?(?:間違い(?:な|あり)|合って|あって|大丈夫|お願いします)
    )
    (?!.{0,12}(?:違|ちが|いえ|いや|じゃな|ではな|でなく))
    """,
    re.VERBOSE,
)
_CHECKS = re.compile(
    r"""
    (?:
        です(?:ね|よね|か|。|$) | でし(?:た|ょう)[かね] | で(?:よろしい|間違い|お間違い|合って|いい)
      | 復唱 | ということ | 。$
    )
    """,
    re.VERBOSE,
)
_CHECKS_NUMBER = re.compile(
    r"復唱|(?:番号|電話|携帯)[^。]*(?:です|でし[たょう]+)[かね]|で(?:よろしい|間違い|お間違い|合って|いい)"
)
_OF_AN_OFFICE = re.compile("窓口|こちらの|役所|役場|センター|フリーダイヤル|事務所|担当|[係課]の")
_AGE = re.compile(
    r"(?P<years>[0-9一二三四五六七八九十]+)[歳才](?:です|でし|で(?:いらっしゃ|よろしい|間違い))"
)
_GROWN_YEARS = 20
_MAX_YEARS = 110


def find_checked(passage: Passage) -> Iterator[FoundFact]:
    """Yield birthdays, telephone numbers and grown people's ages that were checked; assent states them."""
    assent = _ASSENT.match(passage.text, passage.since)
    said = split_spoken(passage.text[: passage.since])[-2:]
    if assent is None or not said or not _CHECKS.search(said[-1]):
        return
    for name, value in _checked(passage, said[-1], "".join(said)):
        yield FoundFact(name, value, *assent.span())


def _checked(passage: Passage, said: str, with_before: str) -> Iterator[tuple[str, int | str]]:
    day = DATE.search(said) if SPEAKS_OF_BIRTH.search(with_before) else None
    if day and day["day"] and (value := iso_date(day, passage.held_on)):
        yield "birth_date", value
    checked = _CHECKS_NUMBER.search(said) and not _OF_AN_OFFICE.search(said)
    number = PHONE.search(said) if checked else None
    if number and is_number(digits := digits_of(number.group())):
        yield "phone", digits
    age = _AGE.search(said)
    if age and last_named(with_before[: with_before.index(said) + age.start()]) in (None, Person.SELF):
        years = parse_number(age["years"]) or 0
        if _GROWN_YEARS <= years <= _MAX_YEARS:
            yield "resident_age", years
