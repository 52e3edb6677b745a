"""The record a trainee wrote, held against the facts that were stated: values count, not their form."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from consult_assist.counter.stated import MONEY_FACTS, fact_label, fact_value, speaks_of
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import Exercise, ExpectedFact, FactScored, FactState
from consult_assist.domain.record import WORDLESS, FieldEdited
from consult_assist.japanese.eras import western_year
from consult_assist.japanese.folding import fold
from consult_assist.japanese.numerals import digits_of, find_numbers

_CLAUSE_END = re.compile(r"[、。；;\n]|[，,](?![0-9０-９]{3}(?![0-9０-９]))")
_SPOKEN_COUNTS = {"ひとり": "1人", "ふたり": "2人"}
_AGES = frozenset({"child_age", "resident_age"})
_MIN_BARE_YEN = 1000
_YEN = re.compile(r"(\d+)(?:円|(?![\d歳才人名年月日時分回件か%ヶカヵケ箇個]))")
_AGE = re.compile(r"(\d+)[歳才]")
_MONTHS = re.compile(r"(\d+)[かヶカヵケ箇個]月")
_CHILDREN = re.compile(
    r"(?<![母父])(?:子ども|子供|こども|子さん|子|児童|きょうだい|兄弟|姉妹)(?:の?(?:人)?数)?"
    r"[はがも：: ]{0,2}(\d+)[人名]"
)
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|r|h|s|t)?(?P<year>0*[1-9]\d*|元)[年./-])?の?(?P<month>\d{1,2})[月./-]の?(?:(?P<day>\d{1,2})日?)?"
)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_YEAR_AT_SCHOOL = re.compile(r"(小|中|高)(?:学校|等学校|学|校)?の?(\d)")
_YEAR_ALONE = re.compile(r"(?<![小中高学校の])(\d)年生")
_NONE = re.compile(r"なし|無し|ない|無い|ません|なく|無$|無[。、)）]|未加入|未取得|未受給|無保険")
_NO_AMOUNT = re.compile(r"なし|無し|(?:もら|受け取)って(?:い)?(?:ない|ません)")
_SAME = {
    "無職": re.compile(
        r"無職|失業|求職中|離職中|仕事(?:を|が|は|も)?(?:し(?:ていな|てな)|な)|働いて(?:いな|な)"
    ),
}
"""Other ways to write a value."""
_SPACES = re.compile(r"[\s　の・「」()（）]+")
_MIN_PHONE_DIGITS = 10
"""Fewer are no number but the placeholder for one (［電話番号1］)."""
_NEARLY_PERCENT = 70
_MIN_CHARS_NEARLY = 3


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of the record as written, and plain: half width, numbers in digits."""

    written: str = field(repr=False)
    plain: str = field(repr=False)
    squeezed: str = field(repr=False)

    def speaks_of(self, name: str) -> bool:
        """Return whether it is about this fact."""
        return speaks_of(name, self.written) or fact_label(name) in self.written


def score_facts(exercise: Exercise, events: Sequence[Event], heard_s: float) -> tuple[FactScored, ...]:
    """Return for each fact that was stated how the record holds it; one stated twice counts once.

    Args:
        exercise: with the facts.
        events: of the attempt, in order; a field stands as it was edited last.
        heard_s: up to where the exercise was heard.
    """
    clauses = list(_clauses(events))
    stated = [(line, fact) for line in reversed(exercise.lines) for fact in line.facts]
    first = {(fact.name, fact.value): (line, fact) for line, fact in stated}
    ordered = sorted(first.values(), key=lambda item: item[0].start_s)
    facts = [fact for _, fact in ordered]
    scored = []
    for line, fact in ordered:
        found = _judge(line.id, fact, [other for other in facts if other is not fact], clauses)
        if line.end_s > heard_s and found.state is FactState.MISSING:
            found = replace(found, state=FactState.UNHEARD, reason="ここまで聞かずに終えました。")
        scored.append(found)
    return tuple(scored)


def _clauses(events: Sequence[Event]) -> Iterator[_Clause]:
    fields = {event.field: event.after for event in events if isinstance(event, FieldEdited)}
    for lines in fields.values():
        for line in lines:
            for text in _CLAUSE_END.split(line.text) if line.kind not in WORDLESS else ():
                if text.strip():
                    plain = plain_text(text)
                    yield _Clause(text.strip(), plain, _SPACES.sub("", plain))


def plain_text(text: str) -> str:
    """Return a text in half width and small letters, with its numbers in digits (５万２千円 → 52000円)."""
    for spoken, digits in _SPOKEN_COUNTS.items():
        text = text.replace(spoken, digits)
    folded = fold(text).text
    pieces: list[str] = []
    at = 0
    for number in find_numbers(folded):
        pieces += (folded[at : number.start], str(number.value))
        at = number.end
    return "".join((*pieces, folded[at:]))


def _judge(
    line_id: str, fact: ExpectedFact, others: Sequence[ExpectedFact], clauses: Sequence[_Clause]
) -> FactScored:
    state, written, reason = FactState.MISSING, None, "書いてありません。"
    for clause in clauses:
        found = _compare(fact, others, clause)
        if found is not None and _RANKS[found[0]] > _RANKS[state]:
            state, written, reason = found[0], clause.written, found[1]
    return FactScored(
        line_id=line_id,
        name=fact.name,
        value=fact.value,
        state=state,
        written=written,
        reason=f"{fact_label(fact.name)}「{fact_value(fact.name, fact.value)}」：{reason}",
    )


_RANKS = {FactState.MISSING: 0, FactState.CONTRADICTED: 1, FactState.PARTLY: 2, FactState.WRITTEN: 3}
_Finding = tuple[FactState, str]
"""How a clause holds a fact, and why."""
_WRITTEN = FactState.WRITTEN, "書いてあります。"


def _compare(fact: ExpectedFact, others: Sequence[ExpectedFact], clause: _Clause) -> _Finding | None:
    """Return what one clause says of a fact."""
    if isinstance(fact.value, int):
        return _compare_number(fact, fact.value, others, clause)
    value = plain_text(fact.value)
    if value == "なし":
        return _compare_none(fact, clause)
    if date := _ISO.fullmatch(fact.value) or _ISO.fullmatch(_iso(value)):
        return _compare_date(date, clause)
    if fact.name == "phone" and len(number := digits_of(fact.value)) >= _MIN_PHONE_DIGITS:
        return _WRITTEN if number in digits_of(clause.written) else None
    return _compare_words(fact, value, others, clause)


def _compare_number(
    fact: ExpectedFact, value: int, others: Sequence[ExpectedFact], clause: _Clause
) -> _Finding | None:
    numbers = _numbers(fact.name, clause)
    others_known = {other.value for other in others if other.name in _counted_alike(fact.name)}
    wrong = any(number not in others_known for number in numbers)
    if fact.name in MONEY_FACTS:
        return _compare_money(fact.name, value, numbers, clause, wrong=wrong)
    if value in numbers:
        return _WRITTEN
    about = fact.name in _AGES | {"children"} or clause.speaks_of(fact.name)
    return _contradicted(clause) if about and wrong else None


def _compare_money(
    name: str, value: int, numbers: Collection[int], clause: _Clause, *, wrong: bool
) -> _Finding | None:
    """Compare an amount, which counts fully only where the clause does not speak of another one."""
    about = clause.speaks_of(name)
    elsewhere = next((other for other in sorted(MONEY_FACTS - {name}) if clause.speaks_of(other)), None)
    if value in numbers:
        if elsewhere is None or about:
            return _WRITTEN
        return FactState.PARTLY, f"金額は合っていますが、「{fact_label(elsewhere)}」の所にあります。"
    denied = not numbers and _NO_AMOUNT.search(clause.plain)
    return _contradicted(clause) if about and (denied or (wrong and elsewhere is None)) else None


def _counted_alike(name: str) -> Collection[str]:
    """Return the facts whose numbers look alike in a record: an age may be anybody's."""
    return _AGES if name in _AGES else {name}


def _numbers(name: str, clause: _Clause) -> list[int]:
    """Return the numbers of a clause that count what a fact counts."""
    if name in MONEY_FACTS:
        found = [(int(match[1]), match[0].endswith("円")) for match in _YEN.finditer(clause.plain)]
        return [number for number, yen in found if yen or number >= _MIN_BARE_YEN]
    pattern = {"children": _CHILDREN, "arrears_months": _MONTHS}.get(name, _AGE)
    return [int(match[1]) for match in pattern.finditer(clause.plain)]


def _compare_none(fact: ExpectedFact, clause: _Clause) -> _Finding | None:
    if not clause.speaks_of(fact.name):
        return None
    if _NONE.search(clause.plain):
        return _WRITTEN
    return _contradicted(clause) if fact.name in MONEY_FACTS and _numbers(fact.name, clause) else None


def _compare_date(date: re.Match[str], clause: _Clause) -> _Finding | None:
    year, month, day = (int(part) if part else None for part in date.groups())
    for match in _DATE.finditer(clause.plain):
        written = _year(match), int(match["month"]), int(match["day"]) if match["day"] else None
        if written[1] != month or (written[0] not in {None, year}):
            continue
        if written == (year, month, day):
            return _WRITTEN
        if written[2] in {None, day}:
            lacking = "年" if written[0] is None else "日"
            return FactState.PARTLY, f"{lacking}がありません。"
    return None


def _iso(text: str) -> str:
    """Return a whole date as ISO, any other text as it is."""
    match = _DATE.fullmatch(text)
    year = _year(match) if match else None
    return (
        text
        if match is None or year is None or match["day"] is None
        else (f"{year}-{int(match['month']):02}-{int(match['day']):02}")
    )


def _year(match: re.Match[str]) -> int | None:
    if match["year"] is None:
        return None
    return western_year(match["era"] or "", match["year"])


def _compare_words(
    fact: ExpectedFact, value: str, others: Sequence[ExpectedFact], clause: _Clause
) -> _Finding | None:
    if (same := _SAME.get(value)) and same.search(clause.plain):
        return _WRITTEN
    if fact.name == "school_year" and (grade := _YEAR_AT_SCHOOL.search(value)):
        known = {plain_text(str(other.value)) for other in others if other.name == fact.name}
        return _compare_grade(grade, known, clause)
    squeezed = _SPACES.sub("", value)
    if len(squeezed) == 1:
        alone = re.search(rf"(?<![一-龠々]){re.escape(squeezed)}(?:親|方)?(?![一-龠々])", clause.plain)
        return _WRITTEN if alone else None
    if squeezed in clause.squeezed:
        return _WRITTEN
    counted = re.match(r"(\D{2,}?)\d+", squeezed)
    if counted and re.search(rf"{re.escape(counted[1])}\d", clause.squeezed):
        return _contradicted(clause)
    nearly = len(squeezed) >= _MIN_CHARS_NEARLY and (
        fuzz.partial_ratio(squeezed, clause.squeezed) >= _NEARLY_PERCENT
        and len(clause.squeezed) >= len(squeezed) - 1
    )
    return (FactState.PARTLY, "書き方が少しちがいます。確かめてください。") if nearly else None


def _compare_grade(grade: re.Match[str], known: Collection[str], clause: _Clause) -> _Finding | None:
    """Compare a school year; the kind of school is said once for several children (小学4年生と1年生)."""
    written = _YEAR_AT_SCHOOL.findall(clause.plain)
    alone = _YEAR_ALONE.findall(clause.plain)
    if grade.groups() in written or grade[2] in alone:
        return _WRITTEN
    of_others = {match.groups() for text in known if (match := _YEAR_AT_SCHOOL.search(text))}
    wrong = [year for year in written if year[0] == grade[1] and year not in of_others]
    return _contradicted(clause) if wrong else None


def _contradicted(clause: _Clause) -> _Finding:
    return FactState.CONTRADICTED, f"「{clause.written}」と書いてあり、話とちがいます。"
