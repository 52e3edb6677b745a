"""The level of care (要介護, 要支援) that somebody was assessed at."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.levels import holds, printed
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_CARE = re.compile("要(?P<kind>介護|支援)[ の]?(?P<level>[1-5一二三四五])")
_ANSWER_LEVEL = re.compile(
    r"""
    (?:はい|ええ|たしか|確か|えっ?と|、|。)*
    (?P<said>
      (?:(?P<kind>介護|支援)の?)?(?P<level>[1-5一二三四五])
      (?:です|でした|や|だ|をもら|をいただ|で[、。]|(?=[。、]|$))
    )
    """,
    re.VERBOSE,
)
_ASKS_CARE = re.compile("要介護|介護度")
_LEVELS = {"イチ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ゴ": 5, **{str(level): level for level in range(1, 6)}}
_CARE_SOUND = re.compile(rf"ヨウ?カイゴ(?P<level>{'|'.join(_LEVELS)})")
_SUPPORT_LEVEL_SOUND = re.compile("(?:リョ|ヨ)ウ?シエン(?P<level>イチ|ニ|[12])")
_NO_LEVEL = ("に", "後", "語", "護")
_AFTER_LEVEL = re.compile(r"です|で|だ|、|。|と|の|って|を|$")


def find_care(passage: Passage) -> Iterator[FoundFact]:
    """Yield the care levels that are stated, as they are written and by their sound, or told in answer."""
    for part in passage.stated_clauses():
        yield from _written(passage, part)
    yield from _heard(passage)
    yield from _answered(passage)


def _written(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for match in _CARE.finditer(part.text):
        if holds(passage.text, part.start + match.end()):
            yield FoundFact("care_level", _level(match["kind"], match["level"]), *part.span(match))


def _heard(passage: Passage) -> Iterator[FoundFact]:
    """Yield a care level written with other characters (予解午さん for 要介護3)."""
    for kind, sound in (("介護", _CARE_SOUND), ("支援", _SUPPORT_LEVEL_SOUND)):
        for match, _, (start, end) in passage.sounding(sound):
            said = passage.text[start:end]
            if _CARE.match(said) or said.endswith(_NO_LEVEL):
                continue
            if _AFTER_LEVEL.match(passage.text, end):
                yield FoundFact("care_level", f"要{kind}{_LEVELS[match['level']]}", start, end)


def _answered(passage: Passage) -> Iterator[FoundFact]:
    """Yield the care level of a bare answer: 2です."""
    if "care_level" not in passage.asked.kinds:
        return
    hit = passage.answered(_ANSWER_LEVEL)
    kind = hit and (hit["kind"] or ("介護" if _ASKS_CARE.search(passage.asked.text) else None))
    if hit and kind:
        yield FoundFact("care_level", _level(kind, hit["level"]), *hit.span("said"))


def _level(kind: str, level: str) -> str:
    """Return a care level as it is printed: 要介護1."""
    return f"要{kind}{printed(level)}"
