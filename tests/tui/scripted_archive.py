"""A scripted archive: finds among the records of the scripted desk."""

from datetime import date
from typing import TYPE_CHECKING

from consult_assist.app.archive import FoundPage, asked_from_line
from consult_assist.domain.archive import FoundRecord, FoundText
from consult_assist.domain.consultation import ConsultationSummary

if TYPE_CHECKING:
    from tests.tui.scripted import ScriptedDesk

TODAY = date(2026, 11, 21)


class ScriptedArchive:
    """Knows headlines and case numbers only; `page` records at a time."""

    def __init__(self, desk: "ScriptedDesk") -> None:
        self._desk = desk
        self.page = 60
        self.waiting = 2

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
