"""`consult-assist records statistics`: what the records of a period amount to."""

import sys
from datetime import date, datetime

from consult_assist.app.records.statistics import count_period, tables_from_statistics, write_statistics
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.argument_types import DAY_FORMS
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options
from consult_assist.cli.table_lines import lines_from_table
from consult_assist.counter.periods import fiscal_year, period_from_text
from consult_assist.errors import ConsultAssistError


def count_records(settings: Settings, options: Options) -> int:
    """Print the counts of a period, or write them as Excel or CSV."""
    now = datetime.now().astimezone()
    first, after = _period(options.since, options.until, now.date())
    counted = count_period(build_workplace(settings), first, after)
    if not counted.n:
        print("この期間に数える相談はありません（見本の再生と練習は数えません）。", file=sys.stderr)
    if options.output is None:
        for table in tables_from_statistics(counted):
            print(*lines_from_table(table), sep="\n", end="\n\n")
        return 0
    write_file(options.output, write_statistics(counted, options.output.suffix[1:].lower(), now))
    return 0


def _period(since: str | None, until: str | None, today: date) -> tuple[date, date]:
    if since is None and until is None:
        return fiscal_year(today)
    period = period_from_text(f"{since or ''}..{until or today.isoformat()}", today)
    if period is None:
        raise ConsultAssistError(
            f"--from と --to の日付は {DAY_FORMS} のように、古いほうを --from に書いてください。"
        )
    return period
