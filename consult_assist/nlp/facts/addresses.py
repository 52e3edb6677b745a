"""Where somebody lives: places that end in a number, as they are said in one breath."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_N = "[0-9〇一二三四五六七八九十]+(?![0-9〇一二三四五六七八九十])"
_JOINT = r"(?:の|、|の、|、の)?"
_LOT = r"(?:番地|番(?![上下奥端目])|号[棟室]?)"
_UNITS = rf"(?:丁目|番町|{_LOT})"
_PLACE = (
    r"(?:[一-龠]{2,3}[都道府県])?(?:[一-龠ぁ-んァ-ヶ]{1,6}?[市区郡])?"
    r"[一-龠ぁ-んァ-ヶー]{1,8}?(?:[町村]|本町)?(?:の、?)?"
)
_DASHED = r"[-のー−‐](?=[0-9一二三四五六七八九十])"
_OF_ELSE = r"(?![月年歳才人円回日時分万千階部かカヶヵケつ軒度名目番号])"
"""緑町2丁目、12月に; 緑町2丁目3番、2階です."""
_WRONG = r"、?(?:いや|いえ|違う|違って|違います|じゃな(?:い|くて)|ではなく(?:て)?)、?"
_TAKEN_BACK = rf"(?:{_WRONG}|、?あ、?)"
_WRONG_STILL = re.compile(rf"{_WRONG}{_N}|、?あ、?{_N}{_DASHED}")
"""A new number without a unit: which one it replaces is not said."""
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
_LEAD = re.compile(r"(?:住所(?:は|が)?|今は|私は|えっと|実家は|はい|、)+")
_PART = re.compile(rf"{_JOINT}{_N}(?P<unit>{_UNITS})?")
_BETWEEN = re.compile(r"(?:の、|、の?|(?<=[町村目番])の)(?=[0-9〇一二三四五六七八九十])")
"""What is said between two parts and not written: 桜町の3丁目、5番の12号."""


def find_addresses(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield the addresses of a clause, without the words between their parts."""
    for match in _ADDRESS.finditer(passage.text, part.start):
        if match.start() >= part.end:
            return
        start, end = match.start("place"), match.end("again" if match["again"] else "place")
        known = re.search(r"[市区町村]|丁目|番地", match["place"]) and _LIVES.match(passage.text[end:])
        if _WRONG_STILL.match(passage.text, end) or _NO_PLACE.search(match["place"]):
            continue
        if end > passage.since and (known or ("address" in passage.asked.kinds and passage.answers(part))):
            lead = _LEAD.match(match["place"])
            start += lead.end() if lead else 0
            yield FoundFact(
                "address", _as_written(passage.text[start : match.end("place")], match["again"]), start, end
            )


def _as_written(place: str, again: str | None) -> str:
    """Return an address in one piece; what was said again replaces the part of the same unit, or is added."""
    if again:
        unit = _unit(next(_PART.finditer(again)))
        said = [part for part in _PART.finditer(place) if _unit(part) in (unit, "")]
        place = place[: said[-1].start()] + again if said else place + again
    return _BETWEEN.sub("", place)


def _unit(part: re.Match[str]) -> str:
    return (part["unit"] or "").replace("番地", "番")
