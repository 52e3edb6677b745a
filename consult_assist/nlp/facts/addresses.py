"""Where somebody lives: places that end in a number, as they are said in one breath."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_N = "[0-9〇一二三四五六七八九十]+(?![0-9〇一二三四五六七八九十])"
_JOINT = r"(?:の|、|の、|、の)?"
_LOT = r"(?:番地|番(?![上下奥端目])|号[棟室]?)"
_UNITS = rf"(?:丁目|番町|{_LOT})"
_WARD = r"(?:[一-龠ぁ-んァ-ヶ]{1,6}?[市区郡])?"
_PLACE = (
    rf"(?:[一-龠]{{2,3}}[都道府県])?{_WARD}{_WARD}"
    r"[一-龠ぁ-んァ-ヶー]{1,8}?(?:[町村]|本町)?(?:の、?)?"
)
_DASHED = r"[-のー−‐](?=[0-9一二三四五六七八九十])"
_OF_ELSE = r"(?![月年歳才人円回日時分万千階部かカヶヵケつ軒度名目番号])"
"""緑町2丁目、12月に; 緑町2丁目3番、2階です."""
_WRONG = r"、?(?:いや|いえ|違う|違って|違います|じゃな(?:い|くて)|ではなく(?:て)?)、?"
_TAKEN_BACK = rf"(?:{_WRONG}|、?あ、?)"
_WRONG_STILL = re.compile(rf"{_WRONG}{_N}|、?あ、?{_N}{_DASHED}")
"""A new number without a unit: which one it replaces is not said."""
_KIND_OF_HOUSE = r"""
    (?:
        荘 | 寮 | アパート | マンション | 団地 | 住宅 | ビル | コーポ | ハイツ | ハイム | メゾン | パレス
      | レジデンス | テラス | シャトー | カーサ | ヴィラ | ビラ | ホーム | ハウス | フラット
    )
"""
_NAMED_SO = "(?:[一-龠々ァ-ヶーa-z]|(?![のがはにでと])[ぁ-ん])"
_HOUSE = re.compile(
    rf"""
    (?:の、?|、の?)?
    (?P<house>
        (?: {_NAMED_SO}{{1,8}}?{_KIND_OF_HOUSE} | {_KIND_OF_HOUSE}{_NAMED_SO}{{1,8}}? )
        (?:
            (?:の|、の?)?{_N}(?:号[棟室館]?|棟)(?:(?:の|、の?)?{_N}(?:号室?)?)?
          | (?:の|、)?{_N}(?:号室?)?{_OF_ELSE}
          | (?=で[、す]|に(?:住|い|お)|[、。]|$)
        )
      | (?P<room>{_N}号室)
      | [一-龠々]{{1,4}}方(?=で[、す]|[、。]|$)
    )
    """,
    re.VERBOSE,
)
"""コーポ緑の203, 市営住宅、6棟の204号, 山田方: what an address needs besides for the post."""
_HOUSE_GAP = re.compile("、の?")
_ADDRESS = re.compile(
    rf"""
    (?P<place>
      {_PLACE}{_N}(?:丁目|番地|番町|{_DASHED}|番)
      (?:
          (?:の、?)?{_N}(?:{_LOT}|{_DASHED}|{_OF_ELSE})
        | 、の?{_N}(?:{_LOT}|{_DASHED})
      )*
      (?<![-のー−‐])
    )
    (?:
      {_TAKEN_BACK}(?P<again>{_N}{_UNITS}(?:の?{_N}(?:{_LOT}|{_OF_ELSE}))*)
    )?
    """,
    re.VERBOSE,
)
"""緑町2丁目の、14番地、いや、14番6号: with the part that takes one back, or comes to mind."""
_NO_PLACE = re.compile("電話|携帯|番号")
_LIVES = re.compile(r"(?:[^、。]{0,8})(?:に住んで|です|に引っ越|のアパート|の団地|に(?:い|お)り)")
_LEAD = re.compile(r"(?:住所|えっと|はい|、)+")
_LEADING = frozenset({"は", "も", "に", "で", "を", "って"})
_WHOLE = re.compile(rf"[市区郡].*?{_N}(?:丁目|番地)の?{_N}")
_OF_A_WORKPLACE = re.compile("(?:会社|職場|勤め先|仕事先|病院|医院|店|学校|施設|現場|事業所)[^。]*$")
"""職場は中央区本町1丁目2の3にあります: nobody lives there."""
_PART = re.compile(rf"{_JOINT}{_N}(?P<unit>{_UNITS})?")
_BETWEEN = re.compile(r"(?:の、|、の?|(?<=[町村目番])の)(?=[0-9〇一二三四五六七八九十])")
"""What is said between two parts and not written: 桜町の3丁目、5番の12号."""


def find_addresses(passage: Passage) -> Iterator[FoundFact]:
    """Yield the addresses that are stated, with house and room."""
    for part in passage.stated_clauses():
        yield from _in_part(passage, part)


def _in_part(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield the addresses that begin in a clause, without the words between their parts."""
    for match in _ADDRESS.finditer(passage.text, part.start, passage.full_stop(part)):
        if match.start() >= part.end:
            return
        start, end = _after_lead(passage, match), match.end("again" if match["again"] else "place")
        if _WRONG_STILL.match(passage.text, end) or _NO_PLACE.search(match["place"]) or end <= passage.since:
            continue
        if passage.text[start - 1 : start].isdecimal():  # 0263の58の0714 is a telephone number
            continue
        asked = "address" in passage.asked.kinds and passage.answers(part)
        if asked or _is_of_home(passage, match, start, end):
            value = _as_written(passage.text[start : match.end("place")], match["again"])
            if house := _HOUSE.match(passage.text, end):
                end = house.end()
                value += ("" if house["room"] else " ") + _HOUSE_GAP.sub("", house["house"])
            yield FoundFact("address", value, start, end)


def _after_lead(passage: Passage, match: re.Match[str]) -> int:
    """Return where an address begins behind the words that lead to it (母は, 今住んでいるのが)."""
    start, end = match.span("place")
    for token in passage.tokens:
        if start <= token.start < end and token.kind == "助詞":
            leads = token.surface in _LEADING or passage.text[: token.end].endswith(("のが", "のは"))
            start = token.end if leads else start
    lead = _LEAD.match(passage.text, start, end)
    return lead.end() if lead else start


def _is_of_home(passage: Passage, match: re.Match[str], start: int, end: int) -> bool:
    """Return whether a place is told to be where somebody lives, or is one told in full."""
    if _WHOLE.search(match["place"]):
        return _OF_A_WORKPLACE.search(passage.text, passage.since, start) is None
    return bool(re.search(r"[市区町村]|丁目|番地", match["place"]) and _LIVES.match(passage.text[end:]))


def _as_written(place: str, again: str | None) -> str:
    """Return an address in one piece; what was said again replaces the part of the same unit, or is added."""
    if again:
        unit = _unit(next(_PART.finditer(again)))
        said = [part for part in _PART.finditer(place) if _unit(part) in (unit, "")]
        place = place[: said[-1].start()] + again if said else place + again
    return _BETWEEN.sub("", place)


def _unit(part: re.Match[str]) -> str:
    return (part["unit"] or "").replace("番地", "番")
