"""Dates in any calendar: when someone was born, when something happened."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from consult_assist.counter.mishearings import heard, misheard
from consult_assist.japanese.eras import ERAS
from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.passage import FoundFact, Passage

_BIRTH = re.compile(r"生年月日|生まれ|うまれ|誕生日")
_N = r"[0-9〇零一二三四五六七八九十]+"
_MONTH = r"(?:月|つき(?=の?[0-9一二三四五六七八九十末初])|がつ)"
_DAY = heard("日")
DATE = re.compile(
    rf"""
    (?:
        (?P<era>令和|平成|昭和|大正|西暦|[rhs](?=[0-9元]))の?(?P<year>{_N}|元)年の?
      | (?P<full>(?:19|20)[0-9]{{2}})年の?
      | (?P<misheard>0?1?[1-9])年(?=[0-9])
    )
    (?P<month>{_N}){_MONTH}(?:の?(?P<day>{_N}){_DAY})?
    """,
    re.VERBOSE,
)  # fmt: skip
_SLASHED = re.compile(
    r"(?P<full>(?:19|20)[0-9]{2})[-/.](?P<month>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])(?![0-9])"
)
_HALVES = re.compile(
    rf"""
    (?:
        (?P<era>令和|平成|昭和|大正|西暦)の?(?P<year>{_N}|元)
      | (?P<full>(?:19|20)[0-9]{{2}})
    )
    年(?:の|生まれの?)?[、。 ]{{1,2}}(?P<month>{_N}){_MONTH}の?(?P<day>{_N}){_DAY}
    """,
    re.VERBOSE,
)
"""A pause cuts a birthday behind its year."""
_TAKEN_BACK = r"[、。 ]*(?:じゃな(?:い|くて)|いや|いえ|あ?っ?、?(?:違|ちが)(?:う|って))[、。 ]*"
_SLIP = rf"(?:{_N}日?{_TAKEN_BACK})?"
"""11月の16、じゃない、18日."""
_AGAIN = re.compile(
    rf"(?:、あっ?、|{_TAKEN_BACK})(?:(?P<month>{_N}){_MONTH}の?)?(?P<day>{_N}){_DAY}(?![間前後])"
)
"""昭和50年5月5日、じゃなくて6日: the year, or the month, is not said again."""
_WHEN_ASKED = re.compile(
    r"""
    (?:いつ(?:ごろ|頃)?|何日|何月)の?(?:日付|こと|話)?
    (?:です|でし|[。？?]|$|[^。]{0,10}(?:した|れた))
    """,
    re.VERBOSE,
)
_ASKS_DAY = re.compile(r"(?:亡くな|離婚|退院|入院|引っ?越|転入|入籍)[^。、]{0,6}たのは[。、？?]*$")
_TOLD_MONTH = heard("月")
_BARE_MONTH = re.compile(rf"({_N}){_TOLD_MONTH}")
MONTH_AND_DAY = re.compile(rf"({_N})月の?({_N})日")
LEAP_YEAR = 2000
"""A day without its year may be the 29th of February."""
WHEN = re.compile(
    rf"""
    (?:
        (?:令和|平成)[0-9一二三四五六七八九十元]+年(?:の)?
      | (?:去年|昨年|今年|おととし|一昨年)の
    )?
    (?:
        先月 | 先週 | 先々月 | 今月 | 今週 | 昨日 | ゆうべ | おととい | おとつい | 一昨日
      | 先日 | この(?:[春夏秋冬]|前|間)
      | [春夏秋](?=に|の(?:初め|終わり))
      | 去年 | 昨年 | 今年 | 一昨年 | おととし
      | {_N}(?:年|か月|ヶ月|カ月|週間|日)(?:くらい|ほど)?前
      | {_N}{_TOLD_MONTH}
    )
    (?:の?(?:{_N}[月日]|{_N}つき))?
    (?:
      の?
      (?:
          末 | 末日 | 初め | はじめ | 半ば | なかば | 中旬 | 上旬 | 下旬 | 春 | 夏 | 秋 | 冬
        | [月火水木金土日]曜日? | 暮れ | 終わり | おわり | {misheard("末")}(?=で|に)
        | いっぱい | {misheard("いっぱい")}(?=で|に)
      )
    )?
    """,
    re.VERBOSE,
)
"""When something was, as people say it: 去年の暮れ, 8月の末, 三日前, 先週の木曜日."""
_ASKS_WHEN = re.compile(
    r"""
      いつ(?!(?:頃|ごろ)?の?(?:まで|なら))[^。]{0,12}
      (?:
          (?:した|れた|んだ)(?!ら|い|ほう|方|場合)
        | のこと | の話
      )
    | [ただ]のは、?いつ(?!(?:頃|ごろ)?(?:から|まで))
    """,
    re.VERBOSE,
)
"""Only what has happened is asked for so; 次はいつごろ and いつまでに ask for a day to come."""
_THEN = re.compile(
    rf"""
    (?:
      はい | ええ | うん | えっ?と | たしか | 確か | あの | もう | 、
    )*
    (?P<when>{WHEN.pattern})(?:の(?:朝|昼|夕方|夜|晩|こと))?
    (?:です|でし[たて]|だ|や|に|、|。|$)
    """,
    re.VERBOSE,
)
_NO_DATE_ASKED = frozenset({"birth_date", "job_lost"})
_TOLD = re.compile(
    rf"""
    (?:
        (?P<ago>
          今年 | ことし | 本年 | 去年 | 昨年 | おととし | 一昨年
        )
        の?(?P<month>{_N}){_MONTH}(?:の?(?P<day>{_N}){_DAY})?
      | (?P<lately>先々月|先月|今月)の?(?P<only_day>{_N})日
      | (?<![0-9年月の])(?P<bare_month>{_N}){_MONTH}(?:の、?)?{_SLIP}
        (?P<bare_day>{_N})日
    )
    (?!から|まで|以降)
    """,
    re.VERBOSE,
)
"""A date told from the day of the talk: 去年の3月2日, 先月の20日, 11月12日."""
_YEARS_AGO = {"今年": 0, "ことし": 0, "本年": 0, "去年": 1, "昨年": 1, "おととし": 2, "一昨年": 2}
_NEAR_ENOUGH = re.compile(
    rf"""
      (?:(?:去年|昨年|今年)の)?{_N}{_TOLD_MONTH}
    | {_N}日前 | 昨日 | ゆうべ | おととい | おとつい | 一昨日 | 先週の[月火水木金土日]
    """,
    re.VERBOSE,
)
"""先月, 3年前 and 去年の夏 are said of anything; a record needs at least a month, or a day of late."""
MONTHS_AGO = {"今月": 0, "先月": 1, "先々月": 2}
_PAST = r"(?:を?し|に[なあ][っい]|され|っ|り|れ|い|ん)*(?:まし)?[ただ](?!い|ら(?!し)|ほう|方|場合|くな|り)"
_EVENTS = r"""
      出て(?:行っ|いっ) | 退院 | 入院 | 手術 | 出産 | 離婚が?成立 | 離婚届を?出 | 離婚 | 入籍 | 結婚
    | 引っ?越し? | 越してき | 転入 | 転居 | 判[をは]押 | 来日 | 骨折 | 他界 | 死亡 | 流産 | 事故
    | 倒れ | 亡くな | 亡くし | なくなっ(?=た) | 死に | 死ん | 折っ | 産ん | 産み | 転ん
    | 転び | 殴られ | 運ばれ | 家を出 | 逃げて
"""
_STRUCK = r"(?:脳[梗卒][塞中]|脳出血|くも膜下出血|心筋梗塞)(?:で|にな[っり]|を(?:起こ|や))"
_HAPPENED = re.compile(
    rf"""
    [^。]{{0,14}}?
    (?:
        {_STRUCK}
      | (?:{_EVENTS})
        (?:
            {_PAST}
          | (?P<te>
              (?:を?し|され|っ|り|れ|い|ん)*(?:まし)?[てで]
              (?!くだ|下さ|ほし|くれ|もら|いただ|み|も|は|な)
            )
            (?![^。]{{0,20}}(?:予定|つもり|たい))
        )
    )
    """,
    re.VERBOSE,
)
"""What happens on one day and matters to a case; how work was lost is told apart (work.py)."""
_IT_WAS = re.compile(rf"(?:{_EVENTS})[^。、]{{0,10}}[ただ][のん][はが]、?$", re.VERBOSE)
"""離婚したのは、9月25日です."""
_DUE = re.compile(
    rf"""
      (?<![一-龠])(?:出産)?予定日[はが、]、?(?P<due>(?:来年の?)?{_N}月の?{_N}日)
    | (?P<leave>(?:来月|今月|{_N}月)の?{_N}日)までに、?
      [^。、]{{0,6}}(?:出て(?![きこ]|もら)|出る|出ろ|退去|立ち退|明け渡|引き払)
    """,
    re.VERBOSE,
)
"""Days to come that a case turns on: when a child is due, by when a home must be left."""
_BORN = re.compile(rf"[^。]{{0,8}}?(?:生まれ|うまれ){_PAST}")
_LATELY = timedelta(days=183)
"""A day of last year is told without its year only this long."""
_BACKGROUND = re.compile(r"[^。]{0,24}?(?:入院|手術|通院|引っ?越)[^、。]{0,4}た(?:とき|時|際|ころ|頃)")
"""去年の11月に入院したときは19万も払った tells of the money, not of the day."""
_NEEDS_NO_PARTICLE = re.compile("おととい|おとつい|一昨日|昨日|ゆうべ|曜日?$|日前$")
_BEGINS = re.compile(r"(?:の?(?:朝|昼|夕方|夜|夜中|晩))?(?:に|、|は、)")
_WHOSE = re.compile("[一-龠ァ-ヴ]")
"""3月で、亡くなった夫の年金が tells of the husband, not of the month."""
_NOT_SINCE = re.compile("から|まで|以降")
_EVERY_OR_NEXT = re.compile(r"[0-9一二三四五六七八九十来]年の?$|毎年?$|来$|再来$|[今来]年の$")
"""毎年8月, 来年の3月: no time that is past; 令和5年の3月 is read as a whole date."""
_TELLS_DAY = re.compile(r"(?:ごろ|頃|くらい|の[朝昼夕夜])?(?:です|でし[たて]|だ(?:った)?|に|[、。]|$)")
_OFFERED = re.compile(r"から始ま|に始ま|以降|施行|まで")
_WHOLE_CHARS = len("2000-01-01")
_MIN_YEAR = 1900
_RECENT_SINCE = 1989
"""A date in Showa is a birthday whose word was lost, no event of the case.

Source: 元号を改める政令 (昭和64年政令第1号).
"""
MONTHS_AHEAD = 3
"""A bare month that comes so soon may be meant: 12月で終わりです, said in autumn, is a plan."""
_MONTHS_A_YEAR = 12
_YEARS_AHEAD = 1
"""A later year is no plan but a misheard figure."""


def find_dates(passage: Passage) -> Iterator[FoundFact]:
    """Yield dates whose year is known: without one, a date is for the read-back list only."""
    told = list(_told(passage, passage.held_on)) if passage.held_on else []
    yield from told
    yield from _due(passage)
    if passage.held_on and not told:
        yield from _as_said(passage)
    for pattern in (DATE, _SLASHED, _HALVES):
        for match in pattern.finditer(passage.text):
            if match.end() > passage.since and (fact := _whole_date(passage, match)):
                yield fact


def _due(passage: Passage) -> Iterator[FoundFact]:
    """Yield days to come in the words of the one who tells them."""
    for match in _DUE.finditer(passage.text):
        if match.end() > passage.since and passage.part_at(match.start()).stated:
            said = "due" if match["due"] else "leave"
            yield FoundFact("event_date", match[said], *match.span(said))


def _whole_date(passage: Passage, match: re.Match[str]) -> FoundFact | None:
    """Return a birthday or the day of an event, None for a date that is neither."""
    part = passage.part_at(match.start("month"))
    if not part.stated or _OFFERED.match(passage.text, match.end()):
        return None
    again = _AGAIN.match(passage.text, match.end())
    end = again.end() if again else match.end()
    instead = {name: said for name, said in again.groupdict().items() if said} if again else {}
    value = iso_date(match.groupdict() | instead, passage.held_on)
    if value is None:
        return None
    around = part.text + passage.text[end : end + 4]
    if _BIRTH.search(around) or ("birth_date" in passage.asked.kinds and passage.answers(part)):
        uncertain = match.groupdict().get("misheard") or is_to_come(value, passage.held_on)
        name = None if uncertain or len(value) < _WHOLE_CHARS else "birth_date"
    else:
        lost = "job_lost" in passage.asked.kinds and passage.answers(part)
        is_event = match.re is not _HALVES and int(value[:4]) >= _RECENT_SINCE and not lost
        name = "event_date" if is_event else None
    return FoundFact(name, value, match.start(), end) if name else None


def _as_said(passage: Passage) -> Iterator[FoundFact]:
    """Yield when something was in the words of the one who tells it: おととい, 去年の夏, 3日前."""
    for match in WHEN.finditer(passage.text, passage.since):
        if _is_past_time(passage, match) and _is_of_event(passage, match):
            yield FoundFact("event_date", match.group(), *match.span())
            return
    yield from _answered(passage)


def _is_past_time(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a time is near enough to be put down, and is stated to be over."""
    if not _NEAR_ENOUGH.match(match.group()) or not passage.part_at(match.start()).stated:
        return False
    day = MONTH_AND_DAY.search(match.group())
    is_none = day is not None and day_of(LEAP_YEAR, *map(parse_number, day.groups())) is None
    lasts = any(pattern.match(passage.text, match.end()) for pattern in (_BACKGROUND, _NOT_SINCE))
    recurs = _EVERY_OR_NEXT.search(passage.text[: match.start()])
    return not (is_none or lasts or recurs or _is_ahead(match.group(), passage.held_on))


def _is_of_event(passage: Passage, time: re.Match[str]) -> bool:
    """Return whether an event of the case follows a time."""
    end = time.end()
    happened = _HAPPENED.match(passage.text, end)
    if happened is None or _WHOSE.match(passage.text, happened.end()):
        return False
    by_itself = _NEEDS_NO_PARTICLE.search(time.group()) and not passage.text.startswith("の", end)
    return bool(by_itself or _BEGINS.match(passage.text, end))


def _is_ahead(said: str, held_on: date | None) -> bool:
    """Return whether a bare month may be one to come (12月, said in November)."""
    month = _BARE_MONTH.match(said)
    number = parse_number(month[1]) if month else None
    return held_on is not None and number is not None and 0 < months_until(number, held_on) <= MONTHS_AHEAD


def months_until(month: int, held_on: date) -> int:
    """Return in how many months a month of the year comes next; 0 for the month of the day itself."""
    return (month - held_on.month) % _MONTHS_A_YEAR


def _answered(passage: Passage) -> Iterator[FoundFact]:
    """Yield when something was as it is said, where just that was asked."""
    if passage.asked.kinds & _NO_DATE_ASKED or not _ASKS_WHEN.search(passage.asked.text):
        return
    then = _THEN.match(passage.text, passage.since)
    if then is None or _is_ahead(then["when"], passage.held_on):
        return
    if not any(hit.start() < then.end("when") for hit in DATE.finditer(passage.text, passage.since)):
        yield FoundFact("event_date", then["when"], *then.span("when"))


def _told(passage: Passage, held_on: date) -> Iterator[FoundFact]:
    """Yield the day of what is told to have happened, where the day of the talk decides the year."""
    for match in _TOLD.finditer(passage.text):
        part = passage.part_at(match.start())
        if match.end() <= passage.since or not part.stated or _BACKGROUND.match(passage.text, match.end()):
            continue
        value = _past_date(match, held_on)
        if value is None:
            continue
        lately = not match["bare_day"] or date.fromisoformat(value) >= held_on - _LATELY
        if lately and _answers_when(passage, match):
            yield FoundFact("event_date", _without_year(match) or value, *match.span())
        elif match["ago"] and match["day"] and _BORN.match(passage.text, match.end()):
            yield FoundFact("birth_date", value, *match.span())
        elif _has_happened(passage, match, lately=lately):
            yield FoundFact("event_date", _without_year(match) or value, *match.span())


def _answers_when(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a day without its year answers when something was."""
    if (match["ago"] and not match["day"]) or passage.asked.kinds & _NO_DATE_ASKED:
        return False
    when = _WHEN_ASKED.search(passage.asked.text) or _ASKS_DAY.search(passage.asked.text)
    asked = when and passage.answers(passage.part_at(match.start()))
    return bool(asked and _TELLS_DAY.match(passage.text, match.end()))


def _has_happened(passage: Passage, match: re.Match[str], *, lately: bool) -> bool:
    """Return whether the words around a day tell of an event on it."""
    if _IT_WAS.search(passage.text[: match.start()]):
        return True
    happened = _HAPPENED.match(passage.text, match.end())
    return happened is not None and (lately or not happened["te"])


def _without_year(match: re.Match[str]) -> str | None:
    """Return 9月13日 where no year is said, 去年の9月 where no day is, None where both are told."""
    if match["ago"] and not match["day"]:
        return match.group()
    if not match["bare_day"]:
        return None
    return f"{parse_number(match['bare_month'])}月{parse_number(match['bare_day'])}日"


def _past_date(match: re.Match[str], held_on: date) -> str | None:
    """Return the last such day that is not to come; None where the words name none."""
    years: tuple[int, ...] = (held_on.year, held_on.year - 1)
    month = parse_number(match["month"] or match["bare_month"] or "")
    if match["lately"]:
        year, before = divmod(held_on.year * 12 + held_on.month - 1 - MONTHS_AGO[match["lately"]], 12)
        years, month = (year,), before + 1
    elif match["ago"]:
        years = (held_on.year - _YEARS_AGO[match["ago"]],)
    day = parse_number(match["day"] or match["only_day"] or match["bare_day"] or "1")
    for told in (day_of(year, month, day) for year in years):
        if told is not None and told <= held_on:
            late = match["bare_day"] and told.year != held_on.year and held_on - told > _LATELY
            return None if late else told.isoformat()
    return None


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day that these figures name; None where there is none such, or one was not understood."""
    try:
        return date(year or 0, month or 0, day or 0)
    except (ValueError, OverflowError):  # the latter of figures without end, as a recogniser invents them
        return None


def iso_date(groups: Mapping[str, str | None], held_on: date | None) -> str | None:
    """Return the date in ISO form, without the day where none is said; None where no such day exists.

    「018年」 is what a recogniser makes of 令和8年 (レイ is 0, ワ 1), a bare 8年 may be of any era. Such a
    year counts only where the day of the talk bears it out, as this year or last, and past.

    Args:
        groups: what a match of `DATE`, or of a pattern that names its parts alike, holds.
        held_on: the day of the talk.
    """
    told = day_of(_year(groups), parse_number(groups["month"] or ""), parse_number(groups["day"] or "1"))
    if told is None or told.year < _MIN_YEAR:
        return None
    if held_on is not None and told.year > held_on.year + _YEARS_AHEAD:
        return None
    if groups.get("misheard") and (held_on is None or told.year < held_on.year - 1 or told > held_on):
        return None
    return told.isoformat() if groups["day"] else told.isoformat()[:7]


def _year(groups: Mapping[str, str | None]) -> int | None:
    """Return the year of the common era that is said, or was meant by one that cannot be."""
    if full := groups.get("full"):
        return int(full)
    if digits := groups.get("misheard"):
        return None if re.fullmatch("1[1-9]", digits) else ERAS["令和"] + int(digits[-1])
    said = 1 if groups["year"] == "元" else parse_number(groups["year"] or "")
    return said + ERAS[groups["era"] or ""] if said else None


def is_to_come(day: str, held_on: date | None) -> bool:
    """Return whether a day, or month, in ISO form lies behind that of the talk."""
    return held_on is not None and day > held_on.isoformat()
