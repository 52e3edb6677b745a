"""Periods as a clerk types them (今月, 2026-04〜2026-09, 令和8年10月) → days; and when a day begins."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from consult_assist.japanese.eras import western_year
from consult_assist.japanese.folding import fold

_APRIL = 4
"""A municipality's year begins in April. Source: 地方自治法 第208条."""
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Beyond these Windows cannot say when a local day begins."""
_DAY = re.compile(
    r"(?:(?P<era>令和|r)(?P<reiwa>\d{1,2}|元)|(?P<year>\d{4}))(?:年|[-/.]|$)"
    r"(?:(?P<month>\d{1,2})(?:月|[-/.]|$)(?:(?P<day>\d{1,2})日?)?)?"
)
_RANGE = re.compile(r"\.\.|~|〜|から")


def start_of(day: date) -> datetime:
    """Return the beginning of a day on the clerk's clock, as UTC."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)


def period_from_text(text: str, today: date) -> tuple[date, date] | None:
    """Return the first day of a period and the day after it; None where the text is no period."""
    text = fold(text).text
    named = _NAMED.get(text)
    if named is not None:
        return named(today)
    first, *rest = _RANGE.split(text)
    if len(rest) > 1 or not (first or any(rest)):
        return None
    begin = _span(first) if first else (_EARLIEST, _EARLIEST)
    end = _span(rest[0]) if rest and rest[0] else (_LATEST, _LATEST) if rest else begin
    if begin is None or end is None or begin[0] >= end[1]:
        return None
    return begin[0], end[1]


def _span(text: str) -> tuple[date, date] | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    reiwa = found["reiwa"]
    year = int(found["year"]) if reiwa is None else western_year("令和", reiwa)
    if not _EARLIEST.year <= year < _LATEST.year:
        return None
    try:
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return day, date.fromordinal(day.toordinal() + 1)
        if found["month"]:
            return _months(year, int(found["month"]), 1)
        return _months(year, 1, 12)
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    end = year * 12 + month - 1 + count
    return date(year, month, 1), date(end // 12, end % 12 + 1, 1)


def _this_month(today: date) -> tuple[date, date]:
    return _months(today.year, today.month, 1)


def _last_month(today: date) -> tuple[date, date]:
    before = today.year * 12 + today.month - 2
    return _months(before // 12, before % 12 + 1, 1)


def fiscal_year(today: date, ago: int = 0) -> tuple[date, date]:
    """Return the fiscal year (from April) that a day lies in, or the one some years ago."""
    return _months(today.year - ago - (today.month < _APRIL), _APRIL, 12)


_NAMED: Mapping[str, Callable[[date], tuple[date, date]]] = {
    "今日": lambda today: (today, date.fromordinal(today.toordinal() + 1)),
    "今月": _this_month,
    "先月": _last_month,
    "今年": lambda today: _months(today.year, 1, 12),
    "今年度": fiscal_year,
    "昨年度": lambda today: fiscal_year(today, 1),
}
