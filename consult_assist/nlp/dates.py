"""Dates in any calendar: when someone was born, when something happened."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

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
_HALVES = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|西暦)の?(?P<year>{_N}|元)|(?P<full>(?:19|20)[0-9]{{2}}))年"
    rf"(?:の|生まれの?)?[、。 ]{{1,2}}(?P<month>{_N}){_MONTH}の?(?P<day>{_N})[日火]"
)
"""A pause cuts a birthday behind its year."""
_SLIP = rf"(?:{_N}日?[、。 ]*(?:じゃな(?:い|くて)|いや|あ?っ?、?(?:違|ちが)(?:う|って))[、。 ]*)?"
"""11月の16、じゃない、18日."""
_WHEN_ASKED = re.compile(
    r"(?:いつ|何日|何月)の?(?:日付|こと|話)?(?:です|でし|[。？?]|$|[^。]{0,10}(?:した|れた))"
)
_NO_DATE_ASKED = frozenset({"birth_date", "job_lost"})
_TOLD = re.compile(
    rf"(?:(?P<ago>今年|ことし|本年|去年|昨年|おととし|一昨年)の?(?P<month>{_N}){_MONTH}(?:の?(?P<day>{_N})[日火])?"
    rf"|(?P<lately>先々月|先月|今月)の?(?P<only_day>{_N})日"
    rf"|(?<![0-9年月の])(?P<bare_month>{_N}){_MONTH}の?{_SLIP}(?P<bare_day>{_N})日)(?!から|まで|以降)"
)
"""A date told from the day of the talk: 去年の3月2日, 先月の20日, 11月12日."""
_YEARS_AGO = {"今年": 0, "ことし": 0, "本年": 0, "去年": 1, "昨年": 1, "おととし": 2, "一昨年": 2}
_MONTHS_AGO = {"今月": 0, "先月": 1, "先々月": 2}
_PAST = r"(?:を?し|に[なあ][っい]|され|っ|り|れ|い|ん)*(?:まし)?[ただ](?!い|ら(?!し)|ほう|方|場合|くな|り)"
_HAPPENED = re.compile(
    rf"[^。]{{0,14}}?(?:退院|入院|手術|出産|離婚|入籍|結婚|引っ?越し?|越してき|転入|転居|来日|骨折|他界|死亡|流産|事故"
    rf"|倒れ|亡くな|亡くし|なくなっ(?=た)|死に|死ん|折っ|産ん|産み)"
    rf"(?:{_PAST}|(?P<te>(?:を?し|され|っ|り|れ|い|ん)*(?:まし)?[てで](?!くだ|下さ|ほし|くれ|もら|いただ|み|も|は|な))"
    rf"(?![^。]{{0,20}}(?:予定|つもり|たい)))"
)
"""What happens on one day and matters to a case; how work was lost is told apart (work.py)."""
_BORN = re.compile(rf"[^。]{{0,8}}?(?:生まれ|うまれ){_PAST}")
_LATELY = timedelta(days=183)
"""A day of last year is told without its year only this long."""
_OF_OTHERS = re.compile(r"友達|友人|知り合い|近所|隣の|同僚|テレビ|ニュース")
_BACKGROUND = re.compile(r"[^。]{0,24}?(?:入院|手術|通院|引っ?越)[^、。]{0,4}た(?:とき|時|際|ころ|頃)")
"""去年の11月に入院したときは19万も払った tells of the money, not of the day."""
_OFFERED = re.compile(r"から始ま|に始ま|以降|施行|まで")
_LEAST_YEAR = 1900
_RECENT_SINCE = 1989
"""A date in Showa is a birthday whose word was lost, no event of the case.

Source: 元号を改める政令 (昭和64年政令第1号).
"""
_YEARS_AHEAD = 1
"""A later year is no plan but a misheard figure."""


def find_dates(passage: Passage) -> Iterator[FoundFact]:
    """Yield dates whose year is known: without one, a date is for the read-back list only."""
    if passage.held_on:
        yield from _told(passage, passage.held_on)
    for match in (
        *DATE.finditer(passage.text),
        *_SLASHED.finditer(passage.text),
        *_HALVES.finditer(passage.text),
    ):
        if match.end() <= passage.since:
            continue
        part = passage.part_at(match.start("month"))
        if not part.stated or _OFFERED.match(passage.text[match.end() :]):
            continue
        value = iso_date(match, passage.held_on)
        if value is None:
            continue
        around = part.text + passage.text[match.end() : match.end() + 4]
        born = _BIRTH.search(around) or ("birth_date" in passage.asked.kinds and passage.answers(part))
        if len(value) < len("2000-01-01") if born else match.re is _HALVES:
            continue
        if not born and int(value[:4]) < _RECENT_SINCE:
            continue
        if born and (match.groupdict().get("misheard") or _is_to_come(value, passage.held_on)):
            continue
        yield FoundFact("birth_date" if born else "event_date", value, match.start(), match.end())


def _told(passage: Passage, held_on: date) -> Iterator[FoundFact]:
    """Yield the day of what is told to have happened, where the day of the talk decides the year."""
    for match in _TOLD.finditer(passage.text):
        part = passage.part_at(match.start())
        if (
            match.end() <= passage.since
            or not part.stated
            or _OF_OTHERS.search(part.text)
            or _BACKGROUND.match(passage.text, match.end())
        ):
            continue
        value = _past_date(match, held_on)
        if value is None:
            continue
        if (
            match["bare_day"]
            and passage.answers(part)
            and not passage.asked.kinds & _NO_DATE_ASKED
            and _WHEN_ASKED.search(passage.asked.text)
            and re.match(r"です|でし[たて]|だ(?:った)?|に|[、。]|$", passage.text[match.end() :])
            and date.fromisoformat(value) >= held_on - _LATELY
        ):
            yield FoundFact("event_date", value, match.start(), match.end())
        elif match["ago"] and match["day"] and _BORN.match(passage.text, match.end()):
            yield FoundFact("birth_date", value, match.start(), match.end())
        elif (happened := _HAPPENED.match(passage.text, match.end())) and not (
            happened["te"] and match["bare_day"] and date.fromisoformat(value) < held_on - _LATELY
        ):
            yield FoundFact("event_date", value, match.start(), match.end())


def _past_date(match: re.Match[str], held_on: date) -> str | None:
    """Return the last such day that is not to come; None where the words name none."""
    years: tuple[int, ...] = (held_on.year, held_on.year - 1)
    month = parse_number(match["month"] or match["bare_month"] or "")
    if match["lately"]:
        year, before = divmod(held_on.year * 12 + held_on.month - 1 - _MONTHS_AGO[match["lately"]], 12)
        years, month = (year,), before + 1
    elif match["ago"]:
        years = (held_on.year - _YEARS_AGO[match["ago"]],)
    day = parse_number(match["day"] or match["only_day"] or match["bare_day"] or "1")
    for year in years:
        try:
            told = date(year, month or 0, day or 0)
        except ValueError:
            continue
        late = match["bare_day"] and told.year != held_on.year and held_on - told > _LATELY
        if told <= held_on and not late:
            return f"{told:%Y-%m}" if match["ago"] and not match["day"] else told.isoformat()
    return None


def iso_date(match: re.Match[str], held_on: date | None) -> str | None:
    """Return the date in ISO form, without the day where none is said; None where no such day exists.

    「018年」 is what a recogniser makes of 令和8年 (レイ is 0, ワ 1), a bare 8年 may be of any era. Such a
    year counts only where the day of the talk bears it out, as this year or last, and past.
    """
    groups = match.groupdict()
    year = _year(groups)
    month = parse_number(groups["month"])
    day = parse_number(groups["day"]) if groups["day"] else None
    if year is None or month is None or year < _LEAST_YEAR or (groups["day"] and day is None):
        return None
    if held_on is not None and year > held_on.year + _YEARS_AHEAD:
        return None
    try:
        whole = date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    if groups.get("misheard") and (held_on is None or year < held_on.year - 1 or _is_to_come(whole, held_on)):
        return None
    return whole if day else whole[:7]


def _year(groups: Mapping[str, str | None]) -> int | None:
    """Return the year of the common era that is said, or was meant by one that cannot be."""
    if full := groups.get("full"):
        return int(full)
    if misheard := groups.get("misheard"):
        return None if re.fullmatch("1[1-9]", misheard) else ERAS["令和"] + int(misheard[-1])
    said = 1 if groups["year"] == "元" else parse_number(groups["year"] or "")
    return None if said is None else said + ERAS[groups["era"] or ""]


def _is_to_come(day: str, held_on: date | None) -> bool:
    return held_on is not None and day > held_on.isoformat()
