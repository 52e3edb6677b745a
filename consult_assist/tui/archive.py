"""What the screens over all saved records ask of the program."""

from datetime import date, datetime

from consult_assist.app.records import archive, statistics
from consult_assist.app.records.archive import FoundPage
from consult_assist.app.records.statistics import Statistics
from consult_assist.app.workplace import Workplace
from consult_assist.counter.periods import period_from_text
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.errors import ConsultAssistError


class ArchiveDesk:
    """Looking through the records and counting them; every method may block."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def find(self, line: str, after: ConsultationSummary | None = None) -> FoundPage:
        """Return a page of what fits a typed line of words and filters, newest first."""
        return archive.find_records(self._workplace, line, _today(), after)

    def prepare_search(self) -> bool:
        """Do a little of what makes searching for words fast; say whether there is more to do."""
        return self._workplace.store.prepare_search()

    def count(self, period: str) -> Statistics:
        """Count the consultations of a typed period.

        Raises:
            ConsultAssistError: the period means nothing.
        """
        days = period_from_text(period, _today())
        if days is None:
            raise ConsultAssistError(archive.PERIOD_WANTED)
        return statistics.count_period(self._workplace, *days)

    def write_counts(self, counted: Statistics, format_name: str) -> bytes:
        """Return what was counted as a whole file, `xlsx` or `csv`."""
        return statistics.write_statistics(counted, format_name, datetime.now().astimezone())


def _today() -> date:
    return datetime.now().astimezone().date()
