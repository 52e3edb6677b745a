"""Handbooks of disabled people: which one there is, or that there is none."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import ARABIC_DIGITS
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_HANDBOOK = re.compile(
    r"""
    (?:
        (?:精神|身体|療育|障害者?)の
      | 身体障害者 | 精神障害者保健福祉 | 精神障害者 | 精神障害 | 精神 | 身体障害 | 身体
      | 療育 | 障害者 | 障害 | 愛の | (?<![一-龠])
    )
    手帳
    (?P<grade>
      [のはが]?、?(?:[1-6一二三四五六]級|[a-c][1-2一二]?|[1-4一二三四]度)
    )?
    """,
    re.VERBOSE,
)
_OTHER_HANDBOOK = re.compile(r"(?:母子|親子|年金|お薬|薬|警察)$")
_HAS = re.compile(
    r"""
    ^(?:を、)?[^、。]{0,8}
    (?:
        とりまし | とって(?:い)?[てま]
      | 持って(?:い)?(?:ます|て|る)
      | あります | あって
      | もらい?(?:まし|って(?:い)?[てま])
      | 取(?:りまし|って(?:い)?[てま]|得し)
      | 交付され | です(?!ね|か) | でして | で、 | が(?:出|で)(?:まし|て|た)
    )
    """,
    re.VERBOSE,
)
_HAS_NOT = re.compile(
    r"""
    ^(?:は、|も、|(?:とか|なんか|など)[^。]{0,8}?は、)?[^、。]{0,10}
    (?:
        持って(?:い)?(?:ない|なく|ません)
      | ありません
      | ない(?:です|ん|の|ので|けど|$)
      | 取って(?:い)?(?:ない|なく|ません)
      | もらって(?:い)?(?:ない|ません)
      | (?:申請|取得)して(?:い)?(?:な[いく]|ません)
    )
    """,
    re.VERBOSE,
)
_ANSWER_HAS_NOT = re.compile(
    r"""
    (?:
      [^。]{0,12}(?:(?:返し|返納し|切れ)[^、。]{0,4}、|(?:です|ます)か。)
    )?
    (?:いいえ|いえ|いや)?[、。 ]*(?:まだ|今は?|何も|たぶん|多分|もう|、)*
    (?P<said>
        持って(?:い)?(?:ない|なく|ません)
      | ありません | ないです
      | 取って(?:い)?(?:ない|ません)
    )
    """,
    re.VERBOSE,
)
_ANSWER_NOT_YET = re.compile(r"(?:いいえ|いえ|いや|、|。)*(?P<said>まだ(?:です|なん|で、|。|$))")
_ANSWER_GRADE = re.compile(
    r"""
    (?:はい|ええ)?[、。 ]*
    (?P<said>
        (?:精神|身体|療育|知的|愛の手帳)[のでは]?、?
        (?:
          [1-6一二三四五六]級 | [a-c][1-2一二]? | [1-4一二三四]度
        )
      | [1-6一二三四五六]級(?=です|、?持って|を|で[、。]|や|だ|。|$)
    )
    """,
    re.VERBOSE,
)


def find_handbook(part: PassageClause) -> Iterator[FoundFact]:
    """Yield the handbooks a clause states, or that there is none."""
    for match in _HANDBOOK.finditer(part.text):
        after = part.text[match.end() :]
        if _OTHER_HANDBOOK.search(part.text[: match.start()]):
            continue
        start, end = part.span(match)
        if _HAS_NOT.match(after):
            yield FoundFact("handbook", "なし", start, end)
        elif (match["grade"] or match.group() != "手帳") and _HAS.match(after):
            yield FoundFact("handbook", _written(match.group()), start, end)


def _written(handbook: str) -> str:
    """Return a handbook with its grade as it is printed: 2級, B1."""
    return re.sub("(?<=手帳)[はが]|[のはが]?、", "", handbook).translate(ARABIC_DIGITS).upper()


def find_handbook_answer(passage: Passage) -> Iterator[FoundFact]:
    """Yield the handbook, or that there is none, of a bare answer: まだ持っていません, 2級です."""
    if "handbook" not in passage.asked.kinds:
        return
    for answer in (_ANSWER_HAS_NOT, _ANSWER_NOT_YET):
        if hit := answer.match(passage.text, passage.since):
            yield FoundFact("handbook", "なし", *hit.span("said"))
    if hit := _ANSWER_GRADE.match(passage.text, passage.since):
        yield FoundFact("handbook", _written(hit["said"]), *hit.span("said"))
