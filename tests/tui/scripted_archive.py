"""A scripted archive: finds among the records of the scripted desk."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from consult_assist.app.records.archive import FoundPage, asked_from_line
from consult_assist.app.records.statistics import Statistics, count_summaries
from consult_assist.counter.periods import period_from_text
from consult_assist.domain.archive import FoundRecord, FoundText
from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.errors import ConsultAssistError
from consult_assist.tui.archive import ArchiveDesk

if TYPE_CHECKING:
    from tests.tui.scripted import ScriptedDesk

TODAY = date(2026, 11, 21)
_STATES = (LedgerState.TOLD, LedgerState.UNTOLD, LedgerState.TOLD)


def held(number: int) -> ConsultationSummary:
    """Return a consultation of this fiscal year with a ledger."""
    at = datetime(2026, 4 + number % 8, 1 + number % 20, 3, 0, tzinfo=UTC)
    programmes = ("jidou-fuyou-teate", "jukyo-kakuho", "shugaku-enjo")[: 1 + number % 3]
    return ConsultationSummary(
        id=f"{at:%Y%m%d}-{number:04}",
        started_at=at,
        operator="山田 花子",
        case_number=None,
        purpose="consultation",
        consent=Consent.RECORDED,
        state=ConsultationState.CLOSED,
        duration_s=1800.0,
        headline="家賃の支払い",
        ledger={name: _STATES[(number + place) % 3] for place, name in enumerate(programmes)},
        protocols=("dv",) if number % 10 == 0 else (),
        talk_ended_at=at + timedelta(minutes=30),
        submitted_at=at + timedelta(minutes=30 + number * 3) if number % 2 else None,
    )


class ScriptedArchive(ArchiveDesk):
    """Knows headlines and case numbers only; `page` records at a time."""

    def __init__(self, desk: "ScriptedDesk") -> None:
        self._desk = desk
        self.page = 40
        self.waiting = 2
        self.held = [held(number) for number in range(40)]

    def find(self, line: str, after: ConsultationSummary | None = None) -> FoundPage:
        self._desk._ask("list", line, *([after.id] if after else []))
        asked = asked_from_line(line, self._desk.knowledge, TODAY)
        fitting = [item for item in self._desk.records if self._fits(item, asked.query.words)]
        begin = fitting.index(after) + 1 if after else 0
        shown = fitting[begin : begin + self.page]
        more = begin + self.page < len(fitting)
        return FoundPage(
            records=[self._found(item, asked.words) for item in shown],
            asked=asked,
            count=None if more else len(fitting),
            more=more,
        )

    def count(self, period: str) -> Statistics:
        self._desk._ask("count", period)
        days = period_from_text(period, TODAY)
        if days is None:
            raise ConsultAssistError("期間は 2026-10 のように入れてください。")
        some = [item for item in self.held if days[0] <= item.started_at.date() < days[1]]
        return count_summaries(some, self._desk.knowledge, *days)

    def write_counts(self, counted: Statistics, format_name: str) -> bytes:
        self._desk._ask("write counts", str(counted.n), format_name)
        return b"counts"

    def prepare_search(self) -> bool:
        self._desk._ask("prepare")
        self.waiting -= 1
        return self.waiting > 0

    def _fits(self, item: ConsultationSummary, words: tuple[str, ...]) -> bool:
        text = f"{item.headline} {item.case_number}".casefold()
        return all(word in text for word in words)

    def _found(self, item: ConsultationSummary, words: tuple[str, ...]) -> FoundRecord:
        text = FoundText(source="written", key="shuso", text=item.headline.casefold()) if words else None
        return FoundRecord(summary=item, text=text)
