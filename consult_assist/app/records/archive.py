"""Search over all saved consultations: a typed line of words and filters → a page of those that fit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from consult_assist.app.workplace import Workplace
from consult_assist.counter.labels import REVIEW_STATES
from consult_assist.counter.periods import period_from_text, start_of
from consult_assist.domain.archive import EVERYTHING, FieldWord, FoundRecord, RecordQuery
from consult_assist.domain.consultation import ConsultationState, ConsultationSummary
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.review import ReviewState
from consult_assist.errors import ConsultAssistError
from consult_assist.japanese.folding import fold
from consult_assist.japanese.telephone import grouped_phone

_RETURNED = frozenset({ReviewState.RETURNED})
PAGE = 40
"""Consultations read at a time: more than the largest screen shows."""
_MAX_PARTS, _MAX_CHARS = 20, 100
"""Nobody types more than so many words, or longer ones; far longer ones are too much for a database."""
_TOO_LONG = f"探す言葉は {_MAX_CHARS} 文字まで、数は {_MAX_PARTS} 個までにしてください。"
_FILTER = re.compile(r"(?P<name>[^:\s]+):(?P<value>\S+)")
_FILTERS = frozenset({"制度", "手順", "状態", "期間", "担当", "案件"})
_BETWEEN = r"[-ー()\u2010-\u2015\u2212]"
"""What people type between the groups of a number: a Japanese keyboard gives many a dash for a hyphen."""
_PHONE = re.compile(rf"0\d{{9,10}}|\(?0\d{{1,4}}{_BETWEEN}\d{{1,4}}{_BETWEEN}\d{{3,4}}", re.ASCII)
_JAPANESE = re.compile("[ぁ-ゖァ-ヺー一-鿿々・]+")
FILTER_WANTED = "条件は 制度・期間・手順・状態・担当・案件か、記録の欄の名前で書いてください。"
"""Said where nothing is found and a word looks like a filter that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a typed line asks for.

    Attributes:
        words: the words to mark in the texts that were found.
        notes: a sentence for each part of the line that could not be understood.
        advice: a sentence for where nothing is found: a word looks like a filter that there is not.
    """

    query: RecordQuery
    words: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    advice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page of what was found.

    Attributes:
        asked: the line, as it was understood.
        count: how many fit in all; None where counting them would take long.
        more: whether another page follows.
    """

    records: Sequence[FoundRecord]
    asked: Asked
    count: int | None
    more: bool


def find_records(
    workplace: Workplace, line: str, today: date, after: ConsultationSummary | None = None
) -> FoundPage:
    """Return the consultations that fit a typed line, newest first, `PAGE` at a time.

    For an empty line, which asks for everything, records that were returned to be corrected come first.

    Args:
        workplace: store and knowledge.
        line: words and filters; see `asked_from_line`.
        today: what 今月 means.
        after: the last consultation of the page before.
    """
    asked = asked_from_line(line, workplace.knowledge, today)
    query = asked.query
    first: Sequence[ConsultationSummary] = ()
    if query == EVERYTHING:
        query = RecordQuery(reviews=frozenset(ReviewState) - _RETURNED)
        first = () if after else workplace.store.summaries(RecordQuery(reviews=_RETURNED))
    found = workplace.store.find(query, limit=PAGE, after=after)
    records = (*(FoundRecord(summary=summary) for summary in first), *found)
    whole = after is None and len(found) < PAGE
    count = len(records) if whole else None if asked.words else workplace.store.count(asked.query)
    return FoundPage(records=records, asked=asked, count=count, more=len(found) == PAGE)


def list_records(workplace: Workplace, line: str = "") -> Sequence[ConsultationSummary]:
    """Return all consultations that fit a typed line, newest first.

    Raises:
        ConsultAssistError: a part of the line cannot be understood, or nothing is found and a word of it
            looks like a filter that there is not.
    """
    asked = asked_from_line(line, workplace.knowledge, datetime.now().astimezone().date())
    if asked.notes:
        raise ConsultAssistError(asked.notes[0])
    summaries = workplace.store.summaries(asked.query)
    if not summaries and asked.advice is not None:
        raise ConsultAssistError(asked.advice)
    return summaries


def asked_from_line(line: str, knowledge: KnowledgeBase, today: date) -> Asked:
    """Read a line such as 「家賃 制度:児童扶養手当 期間:2026-10 状態:提出 主訴:離婚」.

    A colon that follows neither the name of a filter nor that of a field is part of a word. A space between
    such a name and what is looked for does no harm.
    """
    asked = Asked(query=RecordQuery())
    parts = list(_with_values(fold(line).text.split(), knowledge))
    if len(parts) > _MAX_PARTS or any(len(part) > _MAX_CHARS for part in parts):
        return replace(asked, notes=(_TOO_LONG,))
    for part in parts:
        named = _FILTER.fullmatch(part)
        if named is None and _is_filter(part, knowledge):
            asked = replace(asked, notes=(*asked.notes, _value_wanted(part)))
            continue
        asked = (
            _with_filter(asked, named["name"], named["value"], knowledge, today)
            if named
            else _with_word(asked, part)
        )
    return asked


def _with_values(parts: Sequence[str], knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield the parts of a line; a value that stands apart (期間: 2026-10) comes back to its filter."""
    waiting = ""
    for part in parts:
        if waiting and ":" in part:
            yield waiting
            waiting = ""
        if _is_filter(part, knowledge):
            waiting = part
        else:
            yield waiting + part
            waiting = ""
    if waiting:
        yield waiting


def _is_filter(part: str, knowledge: KnowledgeBase) -> bool:
    """Return whether a part is the name of a filter or a field with a colon, and no more."""
    name = part.removesuffix(":")
    return bool(name) and name != part and (name in _FILTERS or bool(_fields(name, knowledge)))


def _value_wanted(part: str) -> str:
    match part:
        case "期間:":
            return PERIOD_WANTED
        case "状態:":
            return STATE_WANTED
        case _:
            return f"「{part}」のすぐあとに、探す言葉を書いてください。"


def parts_from_line(line: str, names: Sequence[str]) -> dict[str, str]:
    """Return filter → value as typed; words, and whatever else there is, stand under an empty name."""
    parts: dict[str, str] = {}
    rest = []
    for part in line.split():
        name, colon, value = part.replace("：", ":").partition(":")
        if colon and value and name in names and name not in parts:
            parts[name] = value
        else:
            rest.append(part)
    return {"": " ".join(rest), **parts}


def line_from_parts(parts: Mapping[str, str]) -> str:
    """Return the line that asks for all parts, the reverse of `parts_from_line`; values lose their spaces."""
    filters = (f"{name}:{''.join(value.split())}" for name, value in parts.items() if name and value.strip())
    return " ".join([*parts.get("", "").split(), *filters])


def _with_word(asked: Asked, word: str) -> Asked:
    words = _as_written(word)
    query = replace(asked.query, words=(*asked.query.words, *words))
    return replace(asked, query=query, words=(*asked.words, *words))


def _as_written(word: str) -> Sequence[str]:
    """Return the groups of a telephone number: it stands with and without hyphens, and as it was said."""
    return re.findall(r"\d+", grouped_phone(word)) if _PHONE.fullmatch(word) else [word]


def _with_filter(asked: Asked, name: str, value: str, knowledge: KnowledgeBase, today: date) -> Asked:
    query: RecordQuery | str
    match name:
        case "制度":
            programmes = knowledge.programmes.items()
            ids = _ids(
                value, {key: (item.name, *(name.text for name in item.names)) for key, item in programmes}
            )
            query = replace(asked.query, programmes=ids) if ids else _unknown(name, value)
        case "手順":
            ids = _ids(value, {key: (item.title,) for key, item in knowledge.protocols.items()})
            query = replace(asked.query, protocols=ids) if ids else _unknown(name, value)
        case "状態":
            query = _in_state(asked.query, value)
        case "期間":
            query = _in_period(asked.query, value, today)
        case "担当":
            query = replace(asked.query, operator=value)
        case "案件":
            query = replace(asked.query, case_number=value)
        case _:
            return _in_field(asked, name, value, knowledge)
    if isinstance(query, str):
        return replace(asked, notes=(*asked.notes, query))
    return replace(asked, query=query)


def _unknown(what: str, value: str) -> str:
    return f"「{value}」という{what}はありません。別の名前で探してください。"


def _in_field(asked: Asked, name: str, value: str, knowledge: KnowledgeBase) -> Asked:
    names = _fields(name, knowledge)
    if not names:
        advice = FILTER_WANTED if _JAPANESE.fullmatch(name) else asked.advice
        return replace(_with_word(asked, f"{name}:{value}"), advice=advice)
    words = _as_written(value)
    fields = (*asked.query.fields, *(FieldWord(names=names, word=word) for word in words))
    return replace(asked, query=replace(asked.query, fields=fields), words=(*asked.words, *words))


def _fields(label: str, knowledge: KnowledgeBase) -> frozenset[str]:
    """Return the names of the fields whose label begins so."""
    return frozenset(
        item.name
        for template in knowledge.templates.values()
        for item in template.fields
        if fold(item.label).text.startswith(label)
    )


def _ids(value: str, names: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the ids of what is called so; otherwise, of whatever has it in a name."""
    folded = {key: [fold(name).text for name in some] for key, some in names.items()}
    exact = frozenset(key for key, some in folded.items() if value in some)
    return exact or frozenset(key for key, some in folded.items() if any(value in name for name in some))


_OPEN = "途中"
PERIOD_WANTED = "期間は 2026-10、2026-04〜2026-09、今月、今年度 のように入れてください。"
"""Said where a typed period means nothing."""
STATES = (*REVIEW_STATES.values(), _OPEN)
"""What can be typed after 状態:, or the beginning of it."""
STATE_WANTED = f"状態は {'・'.join(STATES)} から入れてください。"
"""Said where a typed state means nothing."""


def _in_state(query: RecordQuery, value: str) -> RecordQuery | str:
    if _OPEN.startswith(value):
        return replace(query, state=ConsultationState.OPEN)
    states = frozenset(state for state, label in REVIEW_STATES.items() if label.startswith(value))
    return replace(query, reviews=states) if states else STATE_WANTED


def _in_period(query: RecordQuery, value: str, today: date) -> RecordQuery | str:
    period = period_from_text(value, today)
    if period is None:
        return PERIOD_WANTED
    return replace(query, since=start_of(period[0]), until=start_of(period[1]))
