"""Periods as a clerk types them, and when a day begins."""

from datetime import UTC, date, datetime

import pytest

from consult_assist.counter.periods import day_from_text, period_from_text, start_of

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
        ("2026/10/03", date(2026, 10, 3), date(2026, 10, 4)),
        ("20261003", date(2026, 10, 3), date(2026, 10, 4)),
        ("令和 8 年 10 月 3 日（土）", date(2026, 10, 3), date(2026, 10, 4)),
        ("平成31年4月", date(2019, 4, 1), date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30), date(2019, 5, 1)),
        ("令和元年度", date(2019, 4, 1), date(2020, 4, 1)),
        ("2026年度", date(2026, 4, 1), date(2027, 4, 1)),
        ("8年1月", date(2026, 1, 1), date(2026, 2, 1)),
        ("8.1.15", date(2026, 1, 15), date(2026, 1, 16)),
        ("8/1", date(2025, 8, 1), date(2025, 8, 2)),
        ("2/3", date(2026, 2, 3), date(2026, 2, 4)),
        ("2月4日", date(2025, 2, 4), date(2025, 2, 5)),
        ("2月", date(2026, 2, 1), date(2026, 3, 1)),
        ("2/29", date(2024, 2, 29), date(2024, 3, 1)),
        ("12/25〜1/10", date(2025, 12, 25), date(2026, 1, 11)),
        ("8/1から", date(2025, 8, 1), date(2100, 1, 1)),
        ("先月〜今月", date(2026, 1, 1), date(2026, 3, 1)),
        ("本日", date(2026, 2, 3), date(2026, 2, 4)),
        ("昨日", date(2026, 2, 2), date(2026, 2, 3)),
        ("昨年", date(2025, 1, 1), date(2026, 1, 1)),
        ("今年度", date(2025, 4, 1), date(2026, 4, 1)),
        ("昨年度", date(2024, 4, 1), date(2025, 4, 1)),
    ],
)
def test_periods(text: str, first: date, after: date) -> None:
    assert period_from_text(text, TODAY) == (first, after)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-13", "2026-02-30", "", "〜", "2026〜2027〜2028", "1066", "きのう"),
        *(
            "8",
            "13/1",
            "2/30",
            "26.4.1",
            "令和8年13月",
            "令和0年",
            "R00.4.1",
            "0年4月1日",
            "令和0年度",
            "20261301",
            "昭和60年",
            "0801",
            "月",
            "/",
            "-1",
        ),
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert period_from_text(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-12", date(2025, 12, 1)), ("令和8年1月5日", date(2026, 1, 5)), ("8/1", date(2025, 8, 1))],
)
def test_a_period_stands_for_its_first_day(text: str, day: date) -> None:
    assert day_from_text(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "きのう", "2025-01〜2025-03", "8/1から"])
def test_what_names_no_first_day(text: str) -> None:
    assert day_from_text(text, TODAY) is None


def test_days_begin_on_the_clerks_clock() -> None:
    begun = start_of(date(2026, 4, 1))
    assert begun.tzinfo is UTC
    assert begun.astimezone().replace(tzinfo=None) == datetime(2026, 4, 1)  # noqa: DTZ001 - local
