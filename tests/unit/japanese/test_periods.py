"""Periods as a clerk types them, and when a day begins."""

from datetime import UTC, date, datetime

import pytest

from consult_assist.japanese.periods import period_from_text, start_of

TODAY = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-2-28", date(2026, 2, 28), date(2026, 3, 1)),
        ("２０２６年１０月", date(2026, 10, 1), date(2026, 11, 1)),
        ("令和8年10月3日", date(2026, 10, 3), date(2026, 10, 4)),
        ("R8.10", date(2026, 10, 1), date(2026, 11, 1)),
        ("2026-04〜2026-09", date(2026, 4, 1), date(2026, 10, 1)),
        ("2026-04-03～2026-04-05", date(2026, 4, 3), date(2026, 4, 6)),
        ("2026-04..", date(2026, 4, 1), date(2100, 1, 1)),
        ("〜2026-09", date(2000, 1, 1), date(2026, 10, 1)),
        ("今日", date(2026, 2, 3), date(2026, 2, 4)),
        ("今月", date(2026, 2, 1), date(2026, 3, 1)),
        ("先月", date(2026, 1, 1), date(2026, 2, 1)),
        ("今年度", date(2025, 4, 1), date(2026, 4, 1)),
        ("昨年度", date(2024, 4, 1), date(2025, 4, 1)),
    ],
)
def test_periods(text: str, first: date, after: date) -> None:
    assert period_from_text(text, TODAY) == (first, after)


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "", "〜", "2026〜2027〜2028", "1066", "きのう"])
def test_what_is_no_period(text: str) -> None:
    assert period_from_text(text, TODAY) is None


def test_days_begin_on_the_clerks_clock() -> None:
    begun = start_of(date(2026, 4, 1))
    assert begun.tzinfo is UTC
    assert begun.astimezone().replace(tzinfo=None) == datetime(2026, 4, 1)  # noqa: DTZ001 - local
