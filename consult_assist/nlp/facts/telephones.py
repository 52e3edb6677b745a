"""Telephone numbers, written or said digit by digit."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import ZERO_WORDS, digits_of
from consult_assist.nlp.facts.passage import FoundFact, Passage

_D = "[0-9〇零一二三四五六七八九]"
_GAP = r"(?:[-‐-―−ーの・、 ()]|です|ハイフン|え[ーえ]*っ?と|あのー?){0,4}"
_JOINT = r"[-‐-―−ーの・]"
_PHONE = re.compile(
    rf"(?<!{_D})(?<!{_D}{_JOINT})(?<!円)[0〇零](?:{_GAP}{_D}){{9,10}}(?!{_JOINT}?{_D}|から(?!かけ|お?電話(?:し|いた)))"
)
_MOBILE = re.compile("0[5-9]0")
"""Mobile and internet telephones; all others have ten digits.

Source: 電気通信番号計画 (令和元年総務省告示第6号; 060 by 令和6年総務省告示第441号).
"""
_DIGIT_OF = {
    **dict.fromkeys((*ZERO_WORDS, "まる", "マル", "れい"), "0"),
    **dict.fromkeys(("いち", "イチ"), "1"),
    **dict.fromkeys(("にー", "ニー", "に", "ニ"), "2"),
    **dict.fromkeys(("さん", "サン"), "3"),
    **dict.fromkeys(("よん", "ヨン", "よー"), "4"),
    **dict.fromkeys(("ごー", "ゴー", "ご", "ゴ"), "5"),
    **dict.fromkeys(("ろく", "ロク"), "6"),
    **dict.fromkeys(("なな", "ナナ"), "7"),
    **dict.fromkeys(("はち", "ハチ"), "8"),
    **dict.fromkeys(("きゅう", "キュウ", "きゅー"), "9"),
}
"""Digits as they are said one by one; of two that begin alike the longer stands first."""
_SPOKEN = re.compile("|".join(_DIGIT_OF))
_SPOKEN_RUN = re.compile(rf"(?:(?:{_SPOKEN.pattern}|{_D})[のー、・ -]{{0,2}}){{10,16}}")


_OTHER_END = re.compile(
    rf"""
    、?
    (?:
      じゃな(?:い|くて) | いや | いえ | 違う | 違って | 違いました
    )
    、?(?:最後[がは]、?)?(?P<digits>{_D}{{4}})(?!{_D})
    """,
    re.VERBOSE,
)
"""090-2222-3333、じゃない、3334: the last four digits again."""


_MIDDLE = re.compile(
    rf"""
    (?P<head>[0〇零]{_D}{{1,4}}){_GAP}{_D}{{2,4}}の?、?(?:あっ?、?)?
    (?:違う|ちがう|違った|じゃな(?:い|くて)|いや|いえ)、?
    (?P<middle>{_D}{{2,4}}){_GAP}(?P<last>{_D}{{4}})(?!{_D})
    """,
    re.VERBOSE,
)
"""090、2222の、あ、違う、2223の3333: the digits in the middle again."""


def find_phones(passage: Passage) -> Iterator[FoundFact]:
    """Yield the telephone numbers of a text."""
    for match in _MIDDLE.finditer(passage.text, passage.since):
        if _is_number(digits := digits_of("".join(match.groups()))):
            yield FoundFact("phone", digits, *match.span())
    for match in _PHONE.finditer(passage.text):
        if _is_number(digits := digits_of(match.group())):
            end, again = match.end(), _OTHER_END.match(passage.text, match.end())
            if again:
                end, digits = again.end(), digits[:-4] + digits_of(again["digits"])
            yield FoundFact("phone", digits, match.start(), end)
    for match in _SPOKEN_RUN.finditer(passage.text):
        digits = digits_of(_SPOKEN.sub(lambda word: _DIGIT_OF[word.group()], match.group()))
        if _is_number(digits) and _SPOKEN.search(match.group()):
            end = match.start() + len(match.group().rstrip("のー、・ -"))
            yield FoundFact("phone", digits, match.start(), end)


def _is_number(digits: str) -> bool:
    """Return whether these are all digits of a number; one of a mobile telephone has eleven."""
    return digits.startswith("0") and len(digits) == (11 if _MOBILE.match(digits) else 10)
