"""Months that were not paid: counted (3か月分), or named one by one (先月と今月の家賃がまだ)."""

import re
from collections.abc import Iterator
from datetime import date

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.dates import MONTHS_AGO, MONTHS_AHEAD
from consult_assist.nlp.facts.money_words import last_topic
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_MONTHS = re.compile(
    rf"""
      (?:
          (?P<rough>[1-9一二三四五六七八九])
          (?:
              [、,〜~]
            | (?<=[一二三四五六七八九])(?=[一二三四五六七八九])
          )
          (?P<upto>[1-9一二三四五六七八九])
        | (?P<number>{NUMBER})
      )
      (?:
          回(?=(?:ほど|くらい|分)?、?滞納)
        | [ヶかカヵケ箇]月 | かげつ
        | つき(?=分|ぶん|ほど|くらい|滞納|遅れ)
      )
      (?P<part>分|ぶん)?
      (?!
        前 | 後 | 以内 | ごと | おき | 先 | で(?!す) | 健診 | の(?:赤|子|息|娘)
        | (?:が|は|に)、?[0-9一二三四五六七八九十]
      )
    | (?P<kana>
        ニ | サン | ヨン | ゴ | ロッ | ロク | ナナ | シチ | ハチ | ハッ | キュウ
      )
      [ヶかカヵケ]月(?P<kana_part>分|ぶん)?(?!前|後|以内|先)
    | (?P<words>
        半年 | (?:ひと|ふた)月 | 一年(?!半) | 1年(?!半)
      )
      (?P<word_part>分|ぶん)?(?!前|後|以内|先|で(?!す)|の(?:赤|子))
    """,
    re.VERBOSE,
)
_WORDS = {"半年": 6, "ふた月": 2, "ひと月": 1, "一年": 12, "1年": 12}
_YEARS_BACK = {"今年": 0, "去年": 1, "昨年": 1, "一昨年": 2, "おととし": 2}
_MONTHS_A_YEAR = 12
_TO_COME = ("そうで", "そうです", "かも", "かもしれません")
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
    r"""
      滞納 | 滞[っり] | たまっ | 溜まっ | 貯まっ
    | ため(?:て|た|込|ちゃ|とう)
    | 溜め | 遅れ | 未納 | 払え | 払っ | 払わ | 納めて
    | (?:(?<=家賃)|(?<=家賃[をもは])|(?<=月から))、?入れ(?=て)
    | 払いが(?:でき|止ま)
    | (?<=待って)(?:もらって|もらっと|くれて)
    """,
    re.VERBOSE,
)
_VAGUE = ("遅れ", "たまっ", "溜", "貯まっ", "ため")
"""What is put off or piles up may be anything."""
_PAYABLE = re.compile(
    r"""
      家賃 | やちん | アパート | マンション | 大家 | 電気 | ガス | 水道 | [料代費税]
    | 月謝 | 支払 | 払い | 払え | 払っ | 請求 | ローン | 返済 | 滞納 | 賃 | 未納
    | 健康保険 | 国保
    """,
    re.VERBOSE,
)
_ANOTHER_DEED = re.compile(r"[^、。]{0,4}(?:住ん|行って|通って|もらって|寝|会って|待)")
_LITTLE_AFTER = re.compile(
    r"(?:くらい|ぐらい|ほど|分|も)*(?:に?なり|になる|です|で|経|たち|たまっ|溜まっ|が|、|。|$)"
)
_MAX_LITTLE_CHARS = 5
_NOT_OWED = re.compile(
    r"""
      養育費 | 慰謝料 | 敷金 | 礼金 | 向こうが | 相手が | 元夫が | 元妻が | 給料[がはを]
    | 手当[がはを] | 失業保険 | 会社が | 未払い | [ごゴ][みミ] | ストレス | 疲れ | 洗濯
    """,
    re.VERBOSE,
)
_NAMED = r"(?:先々月|先月|今月)"
_NAMED_MONTHS = re.compile(
    rf"""
    (?P<months>
      {_NAMED}(?:(?:分)?(?:と|、|も)、?{_NAMED}){{0,2}}
    )
    (?:の?分)?(?:の?(?:家賃|の))?(?:[がもはをと]|、|だけ)
    """,
    re.VERBOSE,
)
_UNPAID_BEHIND = re.compile(
    r"""
    (?:家賃[がはもを]|、|まだ|全部|丸々|全然)*
    (?:払え|払っ|払われ|納め(?:られ)?|入れ(?:られ)?)て(?:い|は)?
    (?:な[いくか]|ません|おら)
    """,
    re.VERBOSE,
)
"""Of a month that has begun one can only say so once it is due: 払えてない, not 払えない."""
_SINCE = re.compile(
    rf"""
    (?:
        (?P<year>去年|昨年|今年|一昨年|おととし)?の?(?<![0-9])(?P<month>{NUMBER})月
      | (?P<lately>先々月|先月)(?=(?:の?分)?から、?[^、。]*(?:払|入れ|滞|納|遅れ))
    )
    (?:の?分)?から(?!の)
    """,
    re.VERBOSE,
)
"""五月から家賃を払ってません: the month that has begun may not be due yet."""
_STILL_DUE = re.compile(r"、?(?:だけ、?)?まだ(?:です|なん|で、|や|。|$)")
_STOPS = re.compile(
    r"""
      (?:、?(?:もう|まだ|ずっと))?止まって
    | (?:も)?(?:滞納|払[わえ][^、。]{0,6})?、?(?:(?:供給|水)を?)?止め(?:ます|るって|ると|られ)
    """,
    re.VERBOSE,
)
_RENT_STOPS = re.compile(r"(?:家賃|支払い?|払い|返済|保険料|税金?)[がはも]?、?(?:もう|、)*$")
_SUPPLY = re.compile(r"(?:水道|ガス|電気|料金)代?[がはも]?、?(?:もう|、)*$")
"""家賃が2か月止まってます, 水道が4か月、止めますと書いてあって: what is unpaid stops, or is stopped."""
_OF_ANOTHER = re.compile(r"は、?[^、。]{1,12}の(?:話|こと)(?:で|だ)")
_WITHIN = re.compile(
    r"(?:も|分)?滞納す(?:ると|れば)|(?:くらい|ぐらい)?(?:までに|分?は?、?待って(?!もらって|もらっと|くれて)|分?は待った|以上なら|分?(?:まで|以上)の)"
)
"""3か月分までの家賃, 2か月待って: a bound or a time, nothing owed."""
_ASKED = re.compile(r"家賃|滞納|たまって|溜まって|遅れ")


def find_arrears(passage: Passage) -> Iterator[FoundFact]:
    """Yield for how many months something was not paid."""
    for part in passage.stated_clauses():
        counted = list(_arrears(passage, part))
        yield from counted or _named_months(passage, part)
        if not counted and passage.held_on:
            yield from _since_a_month(passage, part, passage.held_on)


def _since_a_month(passage: Passage, part: PassageClause, held_on: date) -> Iterator[FoundFact]:
    """Yield how many months are unpaid since one that is named."""
    match = _SINCE.search(part.text, max(0, passage.since - part.start))
    if not match or not _unpaid(part, passage):
        return
    asked = passage.answers(part) and _ASKED.search(passage.asked.text)
    payable = asked or _PAYABLE.search(part.text)
    if not payable or _owed_to(passage, part) or part.text.endswith(_TO_COME):
        return
    if months := _months_since(match, held_on):
        yield FoundFact("arrears_months", f"{months}〜{months + 1}", *part.span(match))


def _months_since(match: re.Match[str], held_on: date) -> int | None:
    """Return how many months ago the month was that is named, None where it may be one to come."""
    if lately := match["lately"]:
        return MONTHS_AGO[lately]
    month = parse_number(match["month"])
    if not month or month > _MONTHS_A_YEAR:
        return None
    years = _YEARS_BACK.get(match["year"] or "", int(month > held_on.month))
    months = years * _MONTHS_A_YEAR + held_on.month - month
    return months if months > 0 and (match["year"] or months <= _MONTHS_A_YEAR - MONTHS_AHEAD) else None


def _named_months(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield how many months of rent are unpaid where they are named instead of counted."""
    for match in _NAMED_MONTHS.finditer(part.text):
        start, end = part.span(match, last="months")
        rest = passage.text[part.start + match.end() :]
        so_far = passage.text[max(0, passage.since - 60) : part.start] + part.text
        is_asked = passage.answers(part) and _ASKED.search(passage.asked.text) is not None
        due = _UNPAID_BEHIND.match(rest) or (is_asked and _STILL_DUE.match(rest))
        if end > passage.since and due and (is_asked or last_topic(so_far) == "rent_monthly"):
            yield FoundFact("arrears_months", len(re.findall(_NAMED, match["months"])), start, end)


def _arrears(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for match in _MONTHS.finditer(part.text):
        start, end = part.span(match)
        if end <= passage.since or _NOT_OWED.search(part.text) or _owed_to(passage, part):
            continue
        months: int | str | None = _WORDS.get(match["words"] or "") or parse_number(match["number"] or "")
        months = _KANA.get(match["kana"] or "") or months
        if match["rough"]:
            months = f"{parse_number(match['rough'])}〜{parse_number(match['upto'])}"
        if not months or _WITHIN.match(part.text, match.end()):
            continue
        if _owes(passage, part, match) or _answers_arrears(passage, part, match):
            yield FoundFact("arrears_months", months, start, end)


def _owed_to(passage: Passage, part: PassageClause) -> bool:
    """Return whether what is unpaid is what somebody else owes (養育費は。この1年、払われていません)."""
    return "support_payment" in passage.asked.kinds and passage.answers(part)


def _owes(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether the clause, or the one beside it (払えなくて、もう3か月です), says it is unpaid."""
    before, after = part.text[: match.start()], part.text[match.end() :]
    if before.endswith(("妊娠", "生後")) or _ANOTHER_DEED.match(after) or _OF_ANOTHER.match(after):
        return False
    if stops := _STOPS.match(after):
        supply = "止め" in stops.group() and _SUPPLY.search(before)
        return bool(supply or ("止ま" in stops.group() and _RENT_STOPS.search(before)))
    if _unpaid(part, passage):
        return True
    beside = [
        other
        for other in passage.sentence_of(part)
        if (other.end == part.start and _LITTLE_AFTER.match(after))
        or (other.start == part.end and len(after) <= _MAX_LITTLE_CHARS)
    ]
    return any(_unpaid(other, passage) for other in beside)


def _unpaid(part: PassageClause, passage: Passage) -> bool:
    word = _ARREARS.search(part.text)
    if word is None or not part.stated or _NOT_OWED.search(part.text):
        return False
    if word.group().startswith(_VAGUE) and not _PAYABLE.search(passage.text):
        return False
    paying = word.group().lstrip("、").startswith(("払", "納め", "入れ"))
    return part.negated_after(part.start + word.start(), passage.tokens) == (
        paying and not word.group().endswith("止ま")
    )


def _answers_arrears(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether 3か月分です answers 何か月分たまっていますか."""
    if _OF_ANOTHER.match(part.text, match.end()):
        return False
    if "arrears_months" in passage.asked.kinds and passage.answers(part):
        return True
    before = [other for other in passage.parts if other.sentence == part.sentence - 1]
    return match.group().endswith(("分", "ぶん")) and any(
        _unpaid(other, passage) if other.stated else _ARREARS.search(other.text) for other in before
    )
