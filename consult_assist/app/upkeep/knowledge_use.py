"""How the knowledge fared in the saved consultations: used, missed, raised in vain, changed since told."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from consult_assist.app.projections import events_of
from consult_assist.app.upkeep.office_knowledge import current_entries
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import ConsultationSummary, Finished, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.knowledge import Amount, Programme
from consult_assist.domain.record import ConsultationRecord, LedgerLine
from consult_assist.domain.told import told_digest, told_figures
from consult_assist.guidance.outcomes import outcomes
from consult_assist.japanese.eras import western_year
from consult_assist.knowledge.entries import KnowledgeEntries

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?[万千]?円|[0-9]+ ?[%％割]")
_FISCAL_YEAR_BEGINS = 4
_YEAR = re.compile(
    r"(?P<era>令和|平成|(?<![A-Za-z])[RHrh])(?P<number>0*[1-9]\d?|元)(?=年|[-/.])|(?P<year>20\d\d)"
)
_MONTH = re.compile(r"(?:年|[-/.])(\d{1,2})(?:月|[-/.]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeUse:
    """In how many consultations a programme was shown, used, dismissed, or missed.

    What these mean is defined in `guidance.outcomes`.
    """

    programme: str
    name: str
    shown: int
    used: int
    dismissed: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Return the share of suggestions that were wanted."""
        return self.used / self.shown if self.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyEntry:
    """A name, cue or example that raised its programme in vain.

    Attributes:
        place: file and line where it stands; empty where it was removed.
        in_vain: consultations in which nobody used what it raised.
        used: consultations in which somebody did.
    """

    programme: str
    words: str
    place: str
    in_vain: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredFigure:
    """A figure of a programme in use whose year has passed."""

    programme: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSince:
    """A resident was told something of a programme that reads differently today.

    Attributes:
        certain: whether that is known; otherwise it is only possible.
        told: figures as they were told and no longer hold.
        now: figures that hold instead.
    """

    consultation_id: str
    held_on: date
    case_number: str | None
    programme: str
    certain: bool
    told: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """What `consult-assist knowledge report` says."""

    n_consultations: int
    programmes: tuple[ProgrammeUse, ...]
    noisy: tuple[NoisyEntry, ...]
    expired: tuple[ExpiredFigure, ...]
    changed: tuple[ChangedSince, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def report_usage(
    workplace: Workplace, *, today: date, since: date | None = None, replays: bool = False
) -> UsageReport:
    """Return the report over the saved consultations.

    Args:
        workplace: where they and the knowledge lie.
        today: decides which figures are out of date.
        since: first day of the consultations to count; None counts all.
        replays: whether samples that were replayed count too.

    Raises:
        KnowledgeError: a folder of the knowledge cannot be read.
        StoreError: the database cannot be read.
    """
    tally = _Tally()
    programmes = workplace.knowledge.programmes
    changed: list[ChangedSince] = []
    for summary in workplace.store.summaries():
        begun = summary.started_at.astimezone().date()
        counted = summary.purpose == "consultation" or (summary.purpose == "replay" and replays)
        if not counted or (since is not None and begun < since):
            continue
        events = events_of(workplace, summary.id)
        tally.add(events)
        changed += changed_since(summary, events, programmes, workplace.knowledge.digest)
    names = {key: programme.name for key, programme in programmes.items()}
    return UsageReport(
        n_consultations=tally.n_consultations,
        programmes=tuple(tally.uses(names)),
        noisy=tuple(tally.noisy(current_entries(workplace.settings))),
        expired=tuple(_expired([programmes[item] for item in tally.seen if item in programmes], today)),
        changed=tuple(changed),
        names=names,
    )


class _Tally:
    """Counts over consultations."""

    def __init__(self) -> None:
        self.n_consultations = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._raised: Counter[tuple[str, str, bool]] = Counter()

    def add(self, events: Sequence[Event]) -> None:
        """Count one consultation."""
        self.n_consultations += 1
        for programme, outcome in outcomes(events).items():
            for what in ("shown", "used", "dismissed", "missed"):
                self._counts[programme, what] += getattr(outcome, what)
            for words in outcome.raised_by if outcome.shown else ():
                self._raised[programme, words, outcome.in_vain] += 1

    @property
    def seen(self) -> list[str]:
        """The programmes that were suggested or turned to, the most often first."""
        return [row.programme for row in self.uses({})]

    def uses(self, names: Mapping[str, str]) -> list[ProgrammeUse]:
        """Return one row a programme, the most shown first."""
        found = dict.fromkeys(programme for programme, _ in self._counts)
        rows = [
            ProgrammeUse(
                programme=programme,
                name=names.get(programme, programme),
                shown=self._counts[programme, "shown"],
                used=self._counts[programme, "used"],
                dismissed=self._counts[programme, "dismissed"],
                missed=self._counts[programme, "missed"],
            )
            for programme in found
        ]
        return sorted(rows, key=lambda row: (-row.shown - row.missed, row.programme))

    def noisy(self, entries: KnowledgeEntries) -> list[NoisyEntry]:
        """Return the entries that raised their programme in vain more often than not, the noisiest first."""
        rows = [
            NoisyEntry(
                programme=programme,
                words=words,
                place=_place(entries, programme, words),
                in_vain=times,
                used=self._raised[programme, words, False],
            )
            for (programme, words, in_vain), times in self._raised.items()
            if in_vain and times > self._raised[programme, words, False]
        ]
        return sorted(rows, key=lambda row: (-row.in_vain, row.used, row.programme, row.words))


def _place(entries: KnowledgeEntries, programme: str, words: str) -> str:
    """Return file and line where a name, cue or example stands, empty where it stands nowhere."""
    file = entries.files.get(("programmes", programme))
    lines = file.text.splitlines() if file is not None else ()
    line = next((number for number, text in enumerate(lines, start=1) if f'"{words}"' in text), None)
    return "" if file is None or line is None else f"{file.file.relative} {line} 行目"


def _expired(programmes: Iterable[Programme], today: date) -> Iterator[ExpiredFigure]:
    for programme in programmes:
        for amount in programme.amounts:
            until = figure_holds_until(amount) if _FIGURE.search(amount.text) else None
            if until is not None and until < today:
                yield ExpiredFigure(programme=programme.id, figure=f"{amount.text}（{amount.as_of}）")


def figure_holds_until(amount: Amount) -> date | None:
    """Return the last day of the fiscal year by which a figure is dated: rates change in April."""
    years = list(_YEAR.finditer(amount.as_of))
    if not years:
        return None
    last = years[-1]
    year = int(last["year"]) if last["era"] is None else western_year(last["era"], last["number"])
    month = _MONTH.match(amount.as_of, last.end())
    in_last_quarter = month is not None and "年度" not in amount.as_of and int(month[1]) < _FISCAL_YEAR_BEGINS
    return date(year if in_last_quarter else year + 1, 3, 31)


def changed_since(
    summary: ConsultationSummary, events: Sequence[Event], programmes: Mapping[str, Programme], digest: str
) -> Iterator[ChangedSince]:
    """Yield what was told and reads differently today.

    A record keeps a digest of each entry that was explained: where it differs today, that is certain. In an
    older record without digests, an entry that was checked again later may have changed.
    """
    started = next((event for event in events if isinstance(event, Started)), None)
    if started is not None and started.versions.get("knowledge") == digest:
        return
    held_on = summary.started_at.astimezone().date()
    for line in _told(events):
        programme = programmes.get(line.programme)
        if not _differs(line, programme, held_on):
            continue
        now = told_figures(programme) if programme is not None else ()
        yield ChangedSince(
            consultation_id=summary.id,
            held_on=held_on,
            case_number=summary.case_number,
            programme=line.programme,
            certain=line.entry is not None or programme is None,
            told=tuple(figure for figure in line.figures if figure not in now),
            now=tuple(figure for figure in now if figure not in line.figures) if line.entry else (),
        )


def _differs(line: LedgerLine, programme: Programme | None, held_on: date) -> bool:
    """Return whether what was told that day reads differently today, or may do so."""
    if programme is None:
        return True
    if line.entry is not None:
        return told_digest(programme) != line.entry
    return programme.checked_on is not None and programme.checked_on > held_on


def _told(events: Iterable[Event]) -> Iterator[LedgerLine]:
    """Yield what was told by the end of the talk: from its record, or from the ledger where it has none."""
    states: dict[str, LedgerEntry] = {}
    record: ConsultationRecord | None = None
    for event in events:
        if isinstance(event, Finished):
            break
        if isinstance(event, LedgerEntry):
            states[event.programme] = event
        elif isinstance(event, ConsultationRecord):
            record = event
    if record is not None:
        yield from (line for line in record.ledger if line.state is LedgerState.TOLD)
        return
    for programme, entry in states.items():
        if entry.state is LedgerState.TOLD:
            yield LedgerLine(programme=programme, state=entry.state, utterance_ids=(), by=entry.by)
