"""Counts and times over the consultations of a period, never about single people."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consult_assist.app.workplace import Workplace
from consult_assist.counter.labels import LEDGER_STATES, REVIEW_STATES
from consult_assist.counter.periods import start_of
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.tables import Table
from consult_assist.export.tables import tables_as_file

MINUTE_STEPS = (5, 10, 15, 30, 60, 120)
"""Upper bounds of the classes in which the times until a record is handed in are counted."""
_STATES = (LedgerState.TOLD, LedgerState.UNTOLD, LedgerState.CHECK, LedgerState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """Consultations of a month (`2026-10`), and how many programmes in them were explained or not."""

    month: str
    n: int
    told: int
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCount:
    """In how many consultations a programme was touched, and where it stood in the end."""

    name: str
    n: int
    states: tuple[tuple[LedgerState, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Minutes from the end of the talk until the record was handed in.

    Attributes:
        n: records that were handed in.
        steps: how many fell into each class of `MINUTE_STEPS`, and last, how many took longer.
    """

    n: int
    median: float
    shortest: float
    longest: float
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What was counted over a period, which includes its last day; the most frequent first."""

    first: date
    last: date
    n: int
    months: tuple[MonthCount, ...]
    programmes: tuple[ProgrammeCount, ...]
    protocols: tuple[tuple[str, int], ...]
    reviews: tuple[tuple[str, int], ...]
    minutes: Minutes | None


def count_period(workplace: Workplace, first: date, after: date) -> Statistics:
    """Count the consultations with residents from a day on until before another; no replays, no exercises.

    Raises:
        StoreError: the database cannot be read.
    """
    query = RecordQuery(since=start_of(first), until=start_of(after), purposes=frozenset({"consultation"}))
    return count_summaries(workplace.store.summaries(query), workplace.knowledge, first, after)


def count_summaries(
    summaries: Sequence[ConsultationSummary], knowledge: KnowledgeBase, first: date, after: date
) -> Statistics:
    """Count these consultations, all of them of one period."""
    raised = Counter(knowledge.protocol_title(key) for item in summaries for key in item.protocols)
    reviews = Counter(item.review for item in summaries)
    return Statistics(
        first=first,
        last=after - timedelta(days=1),
        n=len(summaries),
        months=tuple(_months(summaries)),
        programmes=tuple(_programmes(summaries, knowledge)),
        protocols=tuple(raised.most_common()),
        reviews=tuple((label, reviews[state]) for state, label in REVIEW_STATES.items()),
        minutes=_minutes(summaries),
    )


def tables_from_statistics(counted: Statistics) -> tuple[Table, ...]:
    """Return everything that was counted as tables."""
    minutes = counted.minutes
    summary = [("期間の初め", counted.first.isoformat()), ("期間の終わり", counted.last.isoformat())]
    rows: list[tuple[str, str | int | float | None]] = [*summary, ("相談", counted.n), *counted.reviews]
    if minutes is not None:
        rows += [
            ("提出までの時間を数えた記録", minutes.n),
            ("提出までの分（中央値）", round(minutes.median, 1)),
            ("提出までの分（最短）", round(minutes.shortest, 1)),
            ("提出までの分（最長）", round(minutes.longest, 1)),
        ]
    states = tuple((LEDGER_STATES[state], 10) for state in _STATES)
    return (
        Table(title="まとめ", columns=(("項目", 30), ("値", 14)), rows=tuple(rows)),
        Table(
            title="月別",
            columns=(("月", 10), ("相談", 8), ("説明済", 8), ("未説明", 8)),
            rows=tuple((item.month, item.n, item.told, item.untold) for item in counted.months),
        ),
        Table(
            title="制度別",
            columns=(("制度", 40), ("相談", 8), *states),
            rows=tuple(
                (item.name, item.n, *(count for _, count in item.states)) for item in counted.programmes
            ),
        ),
        Table(title="危険の手順別", columns=(("手順", 40), ("相談", 8)), rows=counted.protocols),
        Table(
            title="提出までの時間",
            columns=(("終わってから提出まで", 24), ("記録", 8)),
            rows=tuple(zip(_step_labels(), minutes.steps if minutes else (), strict=False)),
        ),
    )


def write_statistics(counted: Statistics, format_name: str, at: datetime) -> bytes:
    """Return everything that was counted as a whole file, `xlsx` or `csv`."""
    return tables_as_file(tables_from_statistics(counted), format_name, "相談の集計", at)


def _step_labels() -> tuple[str, ...]:
    """Return the names of the classes of `MINUTE_STEPS`."""
    return (*(f"{minutes}分まで" for minutes in MINUTE_STEPS), f"{MINUTE_STEPS[-1]}分を超える")


def _months(summaries: Sequence[ConsultationSummary]) -> Iterator[MonthCount]:
    """Yield each month from the first consultation to the last, empty ones too."""
    of_month: dict[str, list[ConsultationSummary]] = {}
    days = sorted(item.started_at.astimezone().date() for item in summaries)
    for month in _months_between(days[0], days[-1]) if days else ():
        of_month[month] = []
    for item in summaries:
        of_month[f"{item.started_at.astimezone():%Y-%m}"].append(item)
    for month, some in of_month.items():
        states = Counter(state for item in some for state in item.ledger.values())
        yield MonthCount(
            month=month, n=len(some), told=states[LedgerState.TOLD], untold=states[LedgerState.UNTOLD]
        )


def _months_between(first: date, last: date) -> Iterator[str]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12}-{number % 12 + 1:02}"


def _programmes(
    summaries: Iterable[ConsultationSummary], knowledge: KnowledgeBase
) -> Iterator[ProgrammeCount]:
    touched: dict[str, Counter[LedgerState]] = {}
    for item in summaries:
        for programme, state in item.ledger.items():
            touched.setdefault(programme, Counter())[state] += 1
    for programme, states in sorted(touched.items(), key=lambda item: (-item[1].total(), item[0])):
        yield ProgrammeCount(
            name=knowledge.programme_name(programme),
            n=states.total(),
            states=tuple((state, states[state]) for state in _STATES),
        )


def _minutes(summaries: Iterable[ConsultationSummary]) -> Minutes | None:
    taken = [
        (item.submitted_at - item.talk_ended_at).total_seconds() / 60
        for item in summaries
        if item.submitted_at is not None and item.talk_ended_at is not None
    ]
    if not taken:
        return None
    steps = Counter(sum(minutes > step for step in MINUTE_STEPS) for minutes in taken)
    return Minutes(
        n=len(taken),
        median=statistics.median(taken),
        shortest=min(taken),
        longest=max(taken),
        steps=tuple(steps[place] for place in range(len(MINUTE_STEPS) + 1)),
    )
