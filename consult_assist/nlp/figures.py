"""Facts that are figures: money, months, ages, counts, school years, dates, telephone numbers."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import ZERO_WORDS, digits_of, parse_number
from consult_assist.nlp.ages import find_ages, find_children, find_school_years
from consult_assist.nlp.amounts import NUMBER, find_amounts
from consult_assist.nlp.corrections import standing
from consult_assist.nlp.dates import find_dates
from consult_assist.nlp.misheard import find_misheard
from consult_assist.nlp.passage import FoundFact, Part, Passage

_MONTHS = re.compile(
    rf"(?:(?P<rough>[1-9一二三四五六七八九])[、,〜~]?(?P<upto>[1-9一二三四五六七八九])"
    rf"|(?P<number>{NUMBER}))(?:[ヶかカヵケ箇]月|かげつ|つき(?=分|ぶん|ほど|くらい|滞納"
    rf"|遅れ))(?P<part>分|ぶん)?(?!前|後|以内|ごと"
    rf"|おき|先|で(?!す)|健診|の(?:赤|子|息|娘))"
    r"|(?P<kana>ニ|サン|ヨン|ゴ|ロッ|ロク|ナナ|シチ|ハチ|ハッ|キュウ)[ヶかカヵケ]月(?P<kana_part>分|ぶん)?(?!前|後|以内|先)"
    r"|(?P<words>半年|(?:ひと|ふた)月|一年|1年)(?P<word_part>分|ぶん)?(?!前|後|以内|先|で(?!す)"
    r"|の(?:赤|子))"
)
_WORDS = {"半年": 6, "ふた月": 2, "ひと月": 1, "一年": 12, "1年": 12}
_KANA = {
    "ニ": 2,
    "サン": 3,
    "ヨン": 4,
    "ゴ": 5,
    "ロッ": 6,
    "ロク": 6,
    "ナナ": 7,
    "シチ": 7,
    "ハチ": 8,
    "ハッ": 8,
    "キュウ": 9,
}
_ARREARS = re.compile(
    r"滞納|たまっ|溜まっ|貯まっ|ため(?:て|た|込|ちゃ|とる|とう)|溜め|遅れ|未納|払え|払っ|払わ|納めて|払いが(?:でき|止ま)"
)
_VAGUE = ("遅れ", "たまっ", "溜", "貯まっ", "ため")
"""What is put off or piles up may be anything."""
_PAYABLE = re.compile(
    r"家賃|やちん|アパート|マンション|大家|電気|ガス|水道|[料代費税]|月謝|支払|払い|払え|払っ|請求|ローン|返済|滞納|賃|未納|健康保険|国保"
)
_ANOTHER_DEED = re.compile(r"[^、。]{0,4}(?:住ん|行って|通って|もらって|寝|会って|待)")
_LITTLE_AFTER = re.compile(
    r"(?:くらい|ぐらい|ほど|分|も)*(?:に?なり|になる|です|で|経|たち|たまっ|溜まっ|が|、|。|$)"
)
_MOST_LITTLE_CHARS = 5
_NOT_OWED = re.compile(
    r"養育費|慰謝料|向こうが|相手が|元夫が|元妻が|給料[がはを]|手当[がはを]|失業保険|会社が|未払い|[ごゴ][みミ]|ストレス|疲れ|洗濯"
)
_D = "[0-9〇零一二三四五六七八九]"
_GAP = r"(?:[-‐-―−ーの・、 ()]|です|ハイフン){0,3}"
_JOINT = r"[-‐-―−ーの・]"
_PHONE = re.compile(rf"(?<!{_D})(?<!{_D}{_JOINT})(?<!円)[0〇零](?:{_GAP}{_D}){{9,10}}(?!{_JOINT}?{_D})")
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


def find_figures(passage: Passage) -> Iterator[FoundFact]:
    """Yield every figure that is stated; one that the same breath takes back is not."""
    return standing(passage, list(_find(passage)))


def _find(passage: Passage) -> Iterator[FoundFact]:
    yield from find_amounts(passage)
    yield from find_ages(passage)
    yield from find_children(passage)
    yield from find_school_years(passage)
    yield from find_dates(passage)
    for part in passage.parts:
        if part.stated and passage.own(part):
            yield from _arrears(passage, part)
    yield from _phones(passage)
    yield from find_misheard(passage)


def _phones(passage: Passage) -> Iterator[FoundFact]:
    for match in _PHONE.finditer(passage.text):
        if _is_number(digits := digits_of(match.group())):
            yield FoundFact("phone", digits, match.start(), match.end())
    for match in _SPOKEN_RUN.finditer(passage.text):
        digits = digits_of(_SPOKEN.sub(lambda word: _DIGIT_OF[word.group()], match.group()))
        if _is_number(digits) and _SPOKEN.search(match.group()):
            end = match.start() + len(match.group().rstrip("のー、・ -"))
            yield FoundFact("phone", digits, match.start(), end)


def _is_number(digits: str) -> bool:
    """Tell whether these are all digits of a number; one of a mobile telephone has eleven."""
    return digits.startswith("0") and len(digits) == (11 if _MOBILE.match(digits) else 10)


def _arrears(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _MONTHS.finditer(part.text):
        if part.start + match.end() <= passage.since or _NOT_OWED.search(part.text):
            continue
        months: int | str | None = _WORDS.get(match["words"] or "") or parse_number(match["number"] or "")
        months = _KANA.get(match["kana"] or "") or months
        if match["rough"]:
            months = f"{parse_number(match['rough'])}〜{parse_number(match['upto'])}"
        if not months or re.match(
            r"(?:くらい|ぐらい)?(?:までに|待って|以上なら|分?(?:まで|以上)の)", part.text[match.end() :]
        ):
            continue
        if _owes(passage, part, match) or _answers_arrears(passage, part, match):
            yield FoundFact("arrears_months", months, part.start + match.start(), part.start + match.end())


def _owes(passage: Passage, part: Part, match: re.Match[str]) -> bool:
    """Tell whether the clause, or the one beside it (払えなくて、もう3か月です), says it is unpaid."""
    before, after = part.text[: match.start()], part.text[match.end() :]
    if before.endswith(("妊娠", "生後")) or _ANOTHER_DEED.match(after):
        return False
    if _unpaid(part, passage):
        return True
    beside = [
        other
        for other in passage.sentence_of(part)
        if (other.end == part.start and _LITTLE_AFTER.match(after))
        or (other.start == part.end and len(after) <= _MOST_LITTLE_CHARS)
    ]
    return any(_unpaid(other, passage) for other in beside)


def _unpaid(part: Part, passage: Passage) -> bool:
    word = _ARREARS.search(part.text)
    if word is None or not part.stated or _NOT_OWED.search(part.text):
        return False
    if word.group().startswith(_VAGUE) and not _PAYABLE.search(passage.text):
        return False
    paying = word.group().startswith(("払", "納め"))
    return part.negated_after(part.start + word.start(), passage.tokens) == (
        paying and not word.group().endswith("止ま")
    )


def _answers_arrears(passage: Passage, part: Part, match: re.Match[str]) -> bool:
    """Tell whether 3か月分です answers 何か月分たまっていますか."""
    if "arrears_months" in passage.asked.kinds and passage.answers(part):
        return True
    before = [other for other in passage.parts if other.sentence == part.sentence - 1]
    return match.group().endswith(("分", "ぶん")) and any(
        _unpaid(other, passage) if other.stated else _ARREARS.search(other.text) for other in before
    )
