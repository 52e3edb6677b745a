"""Handbooks of disabled people: which one there is, with its grade, or that there is none.

A handbook has one name, the one that is printed on it, however people call it (精神の2級, 身障の手帳).
"""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.levels import holds, printed
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_ANY = "障害者手帳"
_KINDS = {
    "身体障害者手帳": "身体障害者|身体障害|身体|身障者?|肢体(?:不自由)?|(?:視覚|聴覚|内部)(?:障害)?",
    "精神障害者保健福祉手帳": "精神障害者保健福祉|精神(?:保健)?福祉|精神障害者?|精神",
    "療育手帳": "療育|知的(?:障害)?",
    "愛の手帳": "愛の",
    _ANY: "障害者?",
}
_BODILY = "心臓|腎臓|ペースメーカー|オストメイト|人工(?:肛門|関節)"
"""What a handbook for the body is given for names it only where the talk is of handbooks."""
_KIND = "|".join(_KINDS.values())
_GRADE = r"""
    (?:
        [1-6一二三四五六]級
      | (?<![a-z0-9.])[a-c](?:の?[12一二])?(?![a-z0-9型])
      | (?<![0-9])[1-4一二三四]度(?!目|も)
    )
"""
_HANDBOOK = re.compile(rf"(?:(?P<kind>{_KIND})(?:の(?:ほう|方)?の?)?|(?<![一-龠]))手帳", re.VERBOSE)
_GRADED = re.compile(
    rf"""
    (?P<kind>{_KIND}|{_BODILY})
    (?:の(?:ほう|方))?(?:の?手帳)?(?:の(?:等級|区分|判定))?
    [のはがで]?、?
    (?P<grade>{_GRADE})
    """,
    re.VERBOSE,
)
_BARE_GRADE = re.compile(_GRADE, re.VERBOSE)
_LETTER_HOLDS = re.compile(r"判定|です|で|だ|や|と|って|を|が|に|、|。|$")
_NAMED = re.compile(
    rf"""
    (?P<kind>{_KIND})
    (?=
        の?手帳 | の?{_GRADE} | です
      | の(?:ほう|方|やつ|、|。|です|で|$)
    )
    """,
    re.VERBOSE,
)
_OTHER_HANDBOOK = re.compile(r"(?:母子|親子|年金|お薬|薬|警察)$")
_HAS = re.compile(
    r"""
    ^(?:を、)?
    (?:
        です(?!ね|か) | でして
      | [^、。]{0,8}
        (?:
            とりまし | とって(?:い)?[てま]
          | 持って(?:い)?(?:ます|て|る)
          | あります | あって
          | もらい?(?:まし|って(?:い)?[てま])
          | 取(?:りまし|って(?:い)?[てま]|得し)
          | 交付され | で、 | が(?:出|で)(?:まし|て|た)
        )
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
_ANSWER_HAD = re.compile(
    r"""
    [^。]{0,12}(?:持って|もらって|あっ)(?:い)?(?:まし)?た[^。]{0,18}?
    (?P<said>切れ(?:まし)?(?:た|ちゃ|て)|返し(?:まし)?(?:た|ちゃ)|返納し(?:まし)?た|失効し)
    """,
    re.VERBOSE,
)
"""前は持ってたんですけど、更新しなくて切れました."""
_ANSWER_NOT_YET = re.compile(r"(?:いいえ|いえ|いや|、|。)*(?P<said>まだ(?:です|なん|で、|。|$))")


def find_handbooks(passage: Passage) -> Iterator[FoundFact]:
    """Yield the handbooks that are stated, or told in answer, or that there is none."""
    held = list(_graded(passage))
    named = {fact.value for fact in held}
    for fact in _named(passage):
        generic = fact.value == _ANY and held
        if not generic and not any(str(value).startswith(str(fact.value)) for value in named):
            held.append(fact)
    yield from held or _none(passage)


def _graded(passage: Passage) -> Iterator[FoundFact]:
    """Yield handbooks with their grade: 精神の2級; 4級 where the talk is of handbooks."""
    of_handbooks = "handbook" in passage.asked.kinds or _HANDBOOK.search(passage.text, passage.since)
    for part in passage.stated_clauses():
        taken: set[int] = set()
        for match in _GRADED.finditer(part.text):
            taken.add(match.start("grade"))
            if re.fullmatch(_BODILY, match["kind"]) and not of_handbooks:
                continue
            if _counts(passage, part, match.end()):
                yield _with_grade(_kind(match["kind"]), match["grade"], *part.span(match))
        for match in _BARE_GRADE.finditer(part.text) if of_handbooks else ():
            start, end = part.span(match)
            if match.start() in taken or not _is_told_alone(passage, part, match):
                continue
            yield _with_grade(_kind_of_talk(passage, start, match.group()), match.group(), start, end)


def _is_told_alone(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    letter = not match.group().endswith(("級", "度"))
    if letter and not _LETTER_HOLDS.match(part.text, match.end()):
        return False
    asked = "handbook" in passage.asked.kinds and passage.answers(part)
    beside = any(
        _HANDBOOK.search(other.text) for other in passage.parts if abs(other.sentence - part.sentence) <= 1
    )
    return bool(asked or beside) and _counts(passage, part, match.end())


def _counts(passage: Passage, part: PassageClause, end: int) -> bool:
    """Return whether the words behind a grade let it stand, and it was said now."""
    place = part.start + end
    return place > passage.since and holds(passage.text, place)


def _kind(said: str) -> str:
    """Return the printed name of a handbook that people call so."""
    kind = next((name for name, words in _KINDS.items() if re.fullmatch(words, said)), None)
    return kind or "身体障害者手帳"


def _kind_of_talk(passage: Passage, start: int, grade: str) -> str:
    """Return which handbook a bare grade is of: the one talked of, or the only one that has such a grade."""
    told = [hit for hit in _NAMED.finditer(passage.text) if _kind(hit["kind"]) != _ANY]
    own = [hit for hit in told if hit.end() > passage.since]
    if own:
        return _kind(min(own, key=lambda hit: abs(hit.start() - start))["kind"])
    if len({_kind(hit["kind"]) for hit in told}) == 1:
        return _kind(told[0]["kind"])
    if grade.endswith("度"):
        return "愛の手帳"
    if not grade.endswith("級"):
        return "療育手帳"
    return "身体障害者手帳" if printed(grade) > "3級" else _ANY


def _with_grade(kind: str, grade: str, start: int, end: int) -> FoundFact:
    return FoundFact("handbook", kind + printed(grade), start, end)


def _named(passage: Passage) -> Iterator[FoundFact]:
    """Yield handbooks that somebody has, without a grade."""
    for part in passage.stated_clauses():
        for match in _HANDBOOK.finditer(part.text):
            after = part.text[match.end() :]
            if match["kind"] and _HAS.match(after) and not _HAS_NOT.match(after):
                yield FoundFact("handbook", _kind(match["kind"]), *part.span(match))


def _none(passage: Passage) -> Iterator[FoundFact]:
    """Yield that there is no handbook: まだ持っていません."""
    for part in passage.stated_clauses():
        for match in _HANDBOOK.finditer(part.text):
            other = _OTHER_HANDBOOK.search(part.text[: match.start()])
            if not other and _HAS_NOT.match(part.text[match.end() :]):
                yield FoundFact("handbook", "なし", *part.span(match))
    if "handbook" in passage.asked.kinds:
        for answer in (_ANSWER_HAS_NOT, _ANSWER_NOT_YET, _ANSWER_HAD):
            if hit := passage.answered(answer):
                yield FoundFact("handbook", "なし", *hit.span("said"))
