"""Evidence → the read-back list: only what hurts when it was heard wrongly.

Facts come first; plain patterns catch figures the analysis gave no name to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import ReadbackItem, ReadbackKind
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.eras import western_year
from consult_assist.japanese.numerals import digits_of, parse_number
from consult_assist.record import dialogue_acts
from consult_assist.record.answers import item_at, unclear_answers
from consult_assist.record.evidence import Evidence

_KIND_OF_FACT: dict[str, ReadbackKind] = {
    "address": "address",
    "arrears_months": "duration",
    "birth_date": "date",
    "cash": "money",
    "child_age": "age",
    "children": "count",
    "cost_monthly": "money",
    "debt": "money",
    "event_date": "date",
    "income_monthly": "money",
    "job_lost": "date",
    "name": "name",
    "phone": "phone",
    "rent_monthly": "money",
    "resident_age": "age",
    "support_payment": "money",
}
_FACT_UNITS = {"arrears_months": "か月", "children": "人"}
_NONE = "なし"
_SAYS_WHEN = re.compile(r"[\d一二三四五六七八九十]月|-")
"""A date in what was said of losing work; 去年 alone is nothing to confirm."""
_SHORT_CLAUSE_CHARS = 10
_CLAUSE_END = re.compile(r"[、。！？!?\s]")
_FIGURE = re.compile(
    r"(?P<number>[\d,，〇零一二三四五六七八九十百千万億]+)"
    r"(?:(?P<yen>円)|(?P<age>[歳才])|(?P<people>人(?![でぐ]|暮|親|目))|(?P<times>回(?!目))"
    r"|(?P<firms>社(?!会))|(?P<old>年で(?=、?一人暮らし|、?年金))"
    r"|(?P<months>[かヶカヵケ箇個](?:月|つき|げつ))|(?P<years>年(?:間|半|くらい|ぐらい|ほど|近く|以上|前))"
    r"|(?P<weeks>週間)|(?P<days>日(?:間|くらい|ぐらい|ほど)))"
)
_UNITS: dict[str | None, tuple[ReadbackKind, str]] = {
    "yen": ("money", ""),
    "age": ("age", ""),
    "people": ("count", "人"),
    "times": ("count", "回"),
    "months": ("duration", "か月"),
    "firms": ("count", "社"),
    "old": ("age", ""),
    "years": ("duration", "年"),
    "weeks": ("duration", "週間"),
    "days": ("duration", "日"),
}
_DATE = re.compile(
    r"(?:(令和|平成|昭和|西暦)?(\d{1,4}|元)年の?)?(\d{1,2})月の?(?:(\d{1,2})日|(末|初め|上旬|中旬|下旬))"
)
_ROUGH_DATE = re.compile(
    r"(?P<year>(?:去年|昨年|一昨年|おととし|今年"
    r"|来年)の)?(?P<month>[0-9一二三四五六七八九十]{1,3})(?:月|つき)(?=の|です|に|から|ごろ|頃|$)"
)
_WEEKDAY = re.compile(r"(今週|来週|再来週)の?([月火水木金土日])曜")
_PHONE = re.compile(r"(?<!\d)0\d{1,4}[-‐ー－の\s]{0,2}\d{1,4}[-‐ー－の\s]{0,2}\d{3,4}(?!\d)")
_NOT = r"(?:ない|ません|なかった|なくて(?!も)|なくなって)(?!と(?!思)|か|ければ|でしょう|[んの]ですか)"
_NEGATION = re.compile(
    rf"(?:もら[っえ]|でき|とっ|[一-鿿][^をはがもにとで、。\s一-鿿]{{0,2}}?|[^をはがもにでと、。\s一-鿿]{{1,3}}?)[てで]い?{_NOT}"
    rf"|(?:[一-鿿]{{1,2}}[ぁ-ん]?られ|払え|行け|帰れ|働け|出られ|通え|返せ|動け|眠れ|住め|入れ"
    rf"|決められ){_NOT}"
    r"|(?:残り|足り|戻り|続き)ません|(?:残ら|足り|戻ら)ない(?!と(?!思)|か)"
    rf"|(?P<particle>[はがも]|ほとんど|全然|まったく|全く)、?(?P<being>(?:あり|い)ません|いない|ない"
    rf"|なくて(?=。|$))(?!と(?!思)|か|でしょう|[んの]ですか)"
    r"|知らない(?!と(?!思))|知られたく(?:ない|なくて|ありません)"
    r"|(?:[一-鿿]{1,2}[ぁ-ん]{0,2}|[ぁ-ん]{1,3})ないで(?:ほしい|ください|下さい)"
)
_ONLY = re.compile(r"しか[^、。]*$")
_IDIOMS = ("で", "仕方", "しょう", "わけ", "はず", "こと", "必要", "問題", "間違い", "もうしわけ", "申し訳")
"""What makes a 「は／が／も ない」 no statement about the person: ではない, 仕方がない, ことはない."""


@dataclass(slots=True)
class _List:
    """Items so far; the same value of the same kind is confirmed once."""

    items: list[ReadbackItem] = field(default_factory=list)
    known: set[tuple[str, int | str]] = field(default_factory=set)
    gone: Sequence[tuple[int, int]] = ()

    def add(self, kind: ReadbackKind, value: int | str, span: tuple[int, int], line: TranscriptLine) -> None:
        """Add an item that is not there yet, unless a later line corrected what stands there."""
        if any(start < span[1] and end > span[0] for start, end in self.gone):
            return
        if (kind, value) not in self.known:
            self.known.add((kind, value))
            self.items.append(item_at(kind, value, span, line, clause_around(line.text, *span)))


def list_readback(evidence: Evidence) -> Iterator[ReadbackItem]:
    """Yield what to confirm with the resident, in order of time.

    A clerk's sentence counts only where it arranges the next time: figures in an explanation are not the
    resident's.
    """
    found = dict(_by_line(evidence))
    corrected = {fact.utterance_id for fact in evidence.taken_back}
    for item in unclear_answers(evidence, found):
        if item.utterance_id not in corrected:  # it was understood, and put right
            found[item.utterance_id].append(item)
    for line in evidence.lines:
        items = found[line.id]
        order = {item: line.text.find(item.text) for item in items}
        yield from sorted(items, key=lambda item: order[item])


def _by_line(evidence: Evidence) -> Iterator[tuple[str, list[ReadbackItem]]]:
    known: set[tuple[str, int | str]] = set()
    stated: set[tuple[str, int | str]] = set()
    for line in evidence.lines:
        found = _List(known=known, gone=_corrected_spans(evidence, line))
        if residents := line.id in evidence.residents:
            for fact in evidence.facts[line.id]:
                if (fact.name, fact.value) not in stated:
                    stated.add((fact.name, fact.value))
                    found.items.extend(_from_fact(fact, evidence.words.get(fact), line))
            known.update((item.kind, item.value) for item in found.items)
            _add_figures(found, line)
            _add_negations(found, line)
        if residents or dialogue_acts.arranges_next(line.text):
            _add_dates(found, line, residents=residents)
        yield line.id, found.items


def _corrected_spans(evidence: Evidence, line: TranscriptLine) -> Sequence[tuple[int, int]]:
    return [
        (fact.start_char, fact.end_char)
        for fact in evidence.taken_back
        if fact.utterance_id == line.id and fact.revision == line.revision
    ]


def _from_fact(fact: Fact, words: str | None, line: TranscriptLine) -> Iterator[ReadbackItem]:
    kind = "negation" if fact.value == _NONE else _KIND_OF_FACT.get(fact.name)
    if kind is None or (fact.name == "job_lost" and not _SAYS_WHEN.search(str(fact.value))):
        return
    value = _with_unit(fact)
    start = fact.start_char if fact.revision == line.revision else line.text.find(words or "\0")
    text = line.text if words is None or start < 0 else clause_around(line.text, start, start + len(words))
    if kind == "negation" and start >= 0 and (denied := _denied(line.text, start, len(words or ""))):
        value = denied
    span = (start, start + len(words)) if words and start >= 0 else (0, len(line.text))
    yield item_at(kind, value, span, line, text)


def _with_unit(fact: Fact) -> int | str:
    if fact.name == "job_lost":
        return re.sub(r"[一二三四五六七八九十]+(?=[月日])", _in_digits, str(fact.value)).replace("月の", "月")
    unit = _FACT_UNITS.get(fact.name, "") if isinstance(fact.value, int) else ""
    return f"{fact.value}{unit}" if unit else fact.value


def _add_figures(found: _List, line: TranscriptLine) -> None:
    for match in _FIGURE.finditer(line.text):
        if (number := parse_number(match["number"])) is not None:
            kind, unit = _UNITS[match.lastgroup]
            value = f"{number}{unit}" if unit else number
            found.add(kind, value, match.span(), line)
    for match in _PHONE.finditer(line.text):
        if len(digits := digits_of(match[0])) in {10, 11}:
            found.add("phone", digits, match.span(), line)


def _add_dates(found: _List, line: TranscriptLine, *, residents: bool) -> None:
    if not any(sign in line.text for sign in ("月", "曜", "つき")):
        return
    if any(item.kind == "date" for item in found.items):
        return
    for match in _DATE.finditer(line.text):
        found.add("date", _date(match), match.span(), line)
    if residents and not any(item.kind == "date" for item in found.items):
        for match in _ROUGH_DATE.finditer(line.text):
            if match["year"] or line.text[match.end() :].startswith("です"):
                month = parse_number(match["month"]) or match["month"]  # 二三月 is no one month
                found.add("date", f"{match['year'] or ''}{month}月", match.span(), line)
    for match in _WEEKDAY.finditer(line.text):
        found.add("date", f"{match[1]}{match[2]}曜日", match.span(), line)


def _in_digits(match: re.Match[str]) -> str:
    return str(parse_number(match[0]) or match[0])


def _date(match: re.Match[str]) -> str:
    """Return an ISO date where the year is said and there is such a day, else month and day as said.

    A year that cannot be (018年) stays as it was heard: what it is, the resident knows.
    """
    era, year, month, day, part = match.groups()
    if day is None:
        return f"{int(month)}月{part}"
    if year is None:
        return f"{int(month)}月{int(day)}日"
    if era is None and len(year) < len("2026"):
        return match[0]
    try:
        return date(western_year(era or "", year), int(month), int(day)).isoformat()
    except ValueError:
        return match[0]


def _add_negations(found: _List, line: TranscriptLine) -> None:
    if "な" not in line.text and "ません" not in line.text:
        return
    listed = {item.text for item in found.items if item.kind == "negation"}
    for match in _NEGATION.finditer(line.text):
        item = item_at(
            "negation", _predicate(match), match.span(), line, clause_around(line.text, *match.span())
        )
        if (
            _ONLY.search(line.text[: match.start()])
            or item.text in listed
            or (match["particle"] and line.text[: match.start()].endswith(_IDIOMS))
        ):
            continue
        listed.add(item.text)
        found.items.append(item)


def _denied(text: str, start: int, n_chars: int) -> str | None:
    """Return the denying words in the rest of the clause in which a fact stands."""
    end = _CLAUSE_END.search(text, start + n_chars)
    said = _NEGATION.search(text, start, end.start() if end else len(text))
    return None if said is None else _predicate(said)


def _predicate(negation: re.Match[str]) -> str:
    """Return the denying words as said, without what ties them to the next clause."""
    words: str = negation["being"] or negation[0]
    words = re.sub(r"^[一-鿿](?=し[てで])", "", words)
    return words.removesuffix("なくて") + "ない" if words.endswith("なくて") else words


def clause_around(text: str, start: int, end: int) -> str:
    """Return the clause around a stretch of the text; a very short one with the clause before it."""
    edges = [0, *(match.end() for match in _CLAUSE_END.finditer(text, 0, start))]
    after = _CLAUSE_END.search(text, end)
    stop = after.start() if after else len(text)
    if stop - edges[-1] < _SHORT_CLAUSE_CHARS and len(edges) > 1 and text[edges[-1] - 1] == "、":
        return text[edges[-2] : stop]
    return text[edges[-1] : stop]
