"""What the screens over all saved records ask of the program."""

from datetime import date, datetime
from typing import Protocol

from consult_assist.app import archive
from consult_assist.app.archive import FoundPage
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import ConsultationSummary


class ArchiveDesk(Protocol):
    """Looking through the records and counting them; every method may block."""

    def find(self, line: str, after: ConsultationSummary | None = None) -> FoundPage:
        """Return a page of what fits a typed line of words and filters, newest first."""

    def prepare_search(self) -> bool:
        """Do a little of what makes searching for words fast; say whether there is more to do."""


class OfficeArchiveDesk:
    """The real one: passes everything on to the use cases."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def find(self, line: str, after: ConsultationSummary | None = None) -> FoundPage:
        """Return a page of what fits a typed line of words and filters, newest first."""
        return archive.find_records(self._workplace, line, _today(), after)

    def prepare_search(self) -> bool:
        """Do a little of what makes searching for words fast; say whether there is more to do."""
        return self._workplace.store.prepare_search()


def _today() -> date:
    return datetime.now().astimezone().date()
