"""Facts that a trained model finds: who someone is, when something happens, what ails them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.passage import FoundFact, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAYS_NAME = re.compile(
    r"(?:と(?:申し|言い|いい)ます|と申す)|です(?!か)|といいます|[、 ]?[0-9一二三四五六七八九十]+歳"
)
_ASKS_NAME = re.compile(r"(?:名前|氏名|名字|姓)(?:は|が)[、 ]?$")
_BIRTH = re.compile(r"生年月日|生まれ|誕生日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}
_N = r"[0-9一二三四五六七八九十]+"
_DATE = re.compile(rf"(?:(?P<era>令和|平成|昭和|大正)?(?P<year>{_N}|元)年)?(?P<month>{_N})月(?P<day>{_N})日")
_DISEASE_LABELS = frozenset({"Animal_Disease", "Disease"})
_LEAST_YEAR = 1900


def find_entities(passage: Passage, doc: "Doc", offset: int) -> Iterator[FoundFact]:
    """Yield names given, dates and illnesses out of the entities of the text from `offset` on."""
    for entity in doc.ents:
        start, end = offset + entity.start_char, offset + entity.end_char
        part = next((part for part in passage.parts if part.start <= start < part.end), None)
        if part is None or not part.stated:
            continue
        before, after = part.text[: start - part.start], passage.text[end:]
        if entity.label_ == "Person":
            introduced = _SAYS_NAME.match(after) and (not before.strip() or _ASKS_NAME.search(before))
            if introduced or re.match(r"と(?:申し|いい|言い)ます", after):
                yield FoundFact("name", entity.text, start, end)
        elif entity.label_ in _DISEASE_LABELS and not part.negated_after(end, passage.tokens):
            yield FoundFact("illness", entity.text, start, end)
    yield from _dates(passage)


def _dates(passage: Passage) -> Iterator[FoundFact]:
    for match in _DATE.finditer(passage.text):
        part = passage.part_at(match.start())
        if not part.stated:
            continue
        born = _BIRTH.search(part.text) is not None
        value = _iso(match)
        if value is not None:
            yield FoundFact("birth_date" if born else "event_date", value, match.start(), match.end())
        elif not born:
            yield FoundFact("event_date", match.group(), match.start(), match.end())


def _iso(match: re.Match[str]) -> str | None:
    """Return the date in ISO form where it is complete and exists."""
    if match["year"] is None:
        return None
    year = 1 if match["year"] == "元" else parse_number(match["year"])
    month, day = parse_number(match["month"]), parse_number(match["day"])
    if year is None or month is None or day is None:
        return None
    year += _ERAS.get(match["era"] or "", 0)
    try:
        return date(year, month, day).isoformat() if year >= _LEAST_YEAR else None
    except ValueError:
        return None
