"""Consultations of one case → what was promised and is still open, and what changed since last time. Pure.

Only what the records hold counts: a programme that was never explained or is still to be checked, what was
arranged for the next time, and values that two records state differently.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from consult_assist.counter.masking import is_personal_number
from consult_assist.counter.stated import FACT_LABELS
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord, LedgerLine, LineKind, RecordLine
from consult_assist.errors import CaseError

_NEXT_FIELD = "next"
"""次回: every form that has such a field calls it so."""
MAX_CHARS = 40
_LABELS = frozenset(FACT_LABELS.values())
_STATED = frozenset({LineKind.QUOTED, LineKind.CONDENSED, LineKind.CLERK})
_PUNCTUATION = re.compile(r"[\s\-‐-―−ー]")


class PromiseKind(StrEnum):
    """What is still owed to the person."""

    UNTOLD = "untold"
    """A programme that nobody has explained yet."""
    CHECK = "check"
    """A programme that was to be checked."""
    NEXT = "next"
    """What was arranged for the next time: appointments, papers, telephone calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A consultation of a case, with its record as it stands."""

    summary: ConsultationSummary
    record: ConsultationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that is still open, and the utterances it rests on.

    Attributes:
        talk: in which it came up last.
        text: the line of the record, or the words that brought the programme up.
        programme: its id, where it is about one.
    """

    kind: PromiseKind
    talk: ConsultationSummary
    text: str = field(repr=False)
    programme: str | None = None
    utterance_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """What two records state about one thing.

    Attributes:
        label: what it is about.
        before: as an earlier talk had it; None where nothing was known.
        now: as the last talk has it.
        since: the earlier talk.
        utterance_ids: what the new value rests on, in the last talk.
    """

    label: str
    before: str | None = field(repr=False)
    now: str = field(repr=False)
    since: ConsultationSummary | None = None
    utterance_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All consultations under one case number.

    Attributes:
        talks: the newest first.
        promises: what is open, the newest talk first.
        changes: of the last talk against the ones before it.
    """

    number: str
    talks: tuple[ConsultationSummary, ...]
    promises: tuple[Promise, ...]
    changes: tuple[FactChange, ...]


def check_case_number(text: str | None) -> str | None:
    """Return a case number as it is kept, None for an empty one.

    Raises:
        CaseError: it is too long, or a 個人番号.
    """
    number = (text or "").strip()
    if len(number) > MAX_CHARS:
        raise CaseError(f"案件番号は {MAX_CHARS} 字までで入れてください。")
    if is_personal_number(_PUNCTUATION.sub("", unicodedata.normalize("NFKC", number))):
        raise CaseError("個人番号は案件番号に使えません。事務所の案件番号を入れてください。")
    return number or None


def same_case(number: str, other: str | None) -> bool:
    """Return whether two case numbers are the same: widths, case and blanks around them do not matter."""
    return other is not None and _folded(number) == _folded(other)


def read_case(number: str, talks: Iterable[Talk]) -> Case:
    """Read from the records of a case what is open and what changed.

    Args:
        number: of the case.
        talks: in any order.
    """
    ordered = sorted(talks, key=lambda talk: (talk.summary.started_at, talk.summary.id), reverse=True)
    return Case(
        number=number,
        talks=tuple(talk.summary for talk in ordered),
        promises=(*_arranged(ordered), *_open_programmes(ordered)),
        changes=tuple(_changes(ordered)),
    )


def _arranged(talks: Sequence[Talk]) -> Iterator[Promise]:
    """Yield what the last talk arranged: what an earlier one did was due in the talk after it."""
    for talk in talks[:1]:
        for item in talk.record.fields:
            for line in item.lines if item.name == _NEXT_FIELD else ():
                if line.kind in _STATED:
                    yield Promise(
                        kind=PromiseKind.NEXT,
                        talk=talk.summary,
                        text=line.text,
                        utterance_ids=line.utterance_ids,
                    )


def _open_programmes(talks: Sequence[Talk]) -> Iterator[Promise]:
    """Yield programmes whose newest state, over all talks, is 未説明 or 要確認."""
    newest: dict[str, tuple[Talk, LedgerLine]] = {}
    for talk in talks:
        for line in talk.record.ledger:
            newest.setdefault(line.programme, (talk, line))
    for kind, state in ((PromiseKind.CHECK, LedgerState.CHECK), (PromiseKind.UNTOLD, LedgerState.UNTOLD)):
        for programme, (talk, line) in newest.items():
            if line.state is state:
                yield Promise(
                    kind=kind,
                    talk=talk.summary,
                    text=line.reason or line.quote or "",
                    programme=programme,
                    utterance_ids=line.utterance_ids,
                )


def _changes(talks: Sequence[Talk]) -> Iterator[FactChange]:
    """Yield what the last talk states differently from the newest earlier one that speaks of it, or anew."""
    if len(talks) < 2:
        return
    earlier = [(talk, _stated(talk.record)) for talk in talks[1:]]
    for label, (values, ids) in _stated(talks[0].record).items():
        known = next(((talk, stated[label][0]) for talk, stated in earlier if label in stated), None)
        if known is None:
            yield FactChange(label=label, before=None, now="、".join(values), utterance_ids=ids)
        elif set(known[1]) != set(values):
            yield FactChange(
                label=label,
                before="、".join(known[1]),
                now="、".join(values),
                since=known[0].summary,
                utterance_ids=ids,
            )


def _stated(record: ConsultationRecord) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return label → values and utterances of the lines that state a fact, as heard or as corrected."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for line in _statements(record):
        label, _, value = line.text.partition("：")
        values, ids = found.get(label, ((), ()))
        found[label] = (
            tuple(dict.fromkeys((*values, *value.split("、")))),
            tuple(dict.fromkeys((*ids, *line.utterance_ids))),
        )
    return found


def _statements(record: ConsultationRecord) -> Iterator[RecordLine]:
    for item in record.fields:
        for line in item.lines:
            if line.kind in _STATED and line.text.partition("：")[0] in _LABELS:
                yield line


def _folded(number: str) -> str:
    return unicodedata.normalize("NFKC", number).strip().casefold()
