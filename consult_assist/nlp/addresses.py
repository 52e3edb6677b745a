"""Where somebody lives: places that end in a number, as they are said in one breath."""

import re
from collections.abc import Iterator

from consult_assist.nlp.passage import FoundFact, Part, Passage

_N = "[0-9〇一二三四五六七八九十]+"
_JOINT = r"(?:の|、|の、|、の)?"
_UNITS = r"(?:丁目|番地|番町|番|号棟?|号室)"
_PLACE = (
    r"(?:[一-龠]{2,3}[都道府県])?(?:[一-龠ぁ-んァ-ヶ]{1,6}?[市区郡])?"
    r"[一-龠ぁ-んァ-ヶー]{1,8}?(?:[町村]|本町)?(?:の、?)?"
)
_DASHED = r"[-のー−‐](?=[0-9一二三四五六七八九十])"
_TAKEN_BACK = r"、?(?:いや|いえ|違う|違って|違います|じゃな(?:い|くて)|ではなく(?:て)?|あ)、?"
_ADDRESS = re.compile(
    rf"(?P<place>{_PLACE}{_N}(?:丁目|番地|番町|{_DASHED}|番)"
    rf"(?:{_JOINT}{_N}(?:番地?|号棟?|号室?|{_DASHED})?(?![月年歳才人円回日時万]))*[0-9号地目番室]?)"
    rf"(?:{_TAKEN_BACK}(?P<again>{_N}{_UNITS}(?:{_JOINT}{_N}(?:番地?|号)?)*))?"
)
"""緑町2丁目の、14番地、いや、14番6号: with the part that takes back the last one."""
_LIVES = re.compile(r"(?:[^、。]{0,8})(?:に住んで|です|に引っ越|のアパート|の団地|に(?:い|お)り)")
_LEAD = re.compile(r"(?:住所(?:は|が)?|今は|私は|えっと|実家は|はい|、)+")
_LAST = re.compile(rf"{_JOINT}{_N}{_UNITS}?$")
_BETWEEN = re.compile(r"(?:の、|、の?|(?<=[町村目])の)(?=[0-9〇一二三四五六七八九十])")
"""What is said between two parts and not written: 桜町の3丁目、5番の12号."""


def find_addresses(passage: Passage, part: Part) -> Iterator[FoundFact]:
    """Yield the addresses of a clause, without the words between their parts."""
    for match in _ADDRESS.finditer(passage.text, part.start):
        if match.start() >= part.end:
            return
        start, end = match.start("place"), match.end("again" if match["again"] else "place")
        known = re.search(r"[市区町村]|丁目|番地", match["place"]) and _LIVES.match(passage.text[end:])
        if end > passage.since and (known or ("address" in passage.asked.kinds and passage.answers(part))):
            lead = _LEAD.match(match["place"])
            start += lead.end() if lead else 0
            yield FoundFact(
                "address", _as_written(passage.text[start : match.end("place")], match["again"]), start, end
            )


def _as_written(place: str, again: str | None) -> str:
    """Return an address in one piece, its last part replaced where that was taken back."""
    if again:
        place = _LAST.sub("", place) + again
    return _BETWEEN.sub("", place)
