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
_YEAR = (
    r"(?:(?P<era>令和|平成|r|h)(?P<number>\d{1,2}|元)|(?P<year>\d{4})"
    r"|(?P<bare>\d{1,2})(?=年|[-/.]\d{1,2}[-/.]\d))"
)
_DAY = re.compile(
    rf"(?:{_YEAR}(?:年|[-/.]|$))?(?:(?P<month>\d{{1,2}})(?:月|[-/.]|$)(?:(?P<day>\d{{1,2}})日?)?)?"
)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_FISCAL = re.compile(rf"{_YEAR}年度")
_WEEKDAY = re.compile(r"\([月火水木金土日]\)")
_LEAP_YEARS_APART = 8
"""At most, about a year that ends in 00."""
_RANGE = re.compile(r"\.\.|~|〜|から")


def start_of(day: date) -> datetime:
    """Return the beginning of a day on the clerk's clock, as UTC."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)


def period_from_text(text: str, today: date) -> tuple[date, date] | None:
    """Return the first day of a period and the day after it; None where the text is no period.

    A day without a year (8/1) is the last one that is not to come, behind 〜 the first one from there on.
    """
    text = _WEEKDAY.sub("", "".join(fold(text).text.split()))
    first, *rest = _RANGE.split(text)
    if len(rest) > 1 or not (first or any(rest)):
        return None
    begin = _span(first, today) if first else (_EARLIEST, _EARLIEST)
    since = begin[0] if first and begin else None
    end = _span(rest[0], today, since) if rest and rest[0] else (_LATEST, _LATEST) if rest else begin
    if begin is None or end is None or begin[0] >= end[1]:
        return None
    return begin[0], end[1]


def day_from_text(text: str, today: date) -> date | None:
    """Return a day, or the first day of a month or year; None where the text is none of these."""
    period = None if _RANGE.search(text) else period_from_text(text, today)
    return period and period[0]


def _span(text: str, today: date, since: date | None = None) -> tuple[date, date] | None:
    if (named := _NAMED.get(text)) is not None:
        return named(today)
    found = _DIGITS.fullmatch(text) or _FISCAL.fullmatch(text) or _DAY.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    if any(parts.get(name) for name in ("year", "number", "bare")):
        year = _year(parts)
        too_far = parts.get("bare") is not None and year > today.year + 1
        return None if too_far else _days(year, parts, fiscal=found.re is _FISCAL)
    if not (parts["day"] or text.endswith("月")):
        return None
    if since is not None:
        after = (_days(since.year + years, parts) for years in range(_LEAP_YEARS_APART + 1))
        return next((days for days in after if days is not None and days[1] > since), None)
    before = (_days(today.year - years, parts) for years in range(_LEAP_YEARS_APART + 1))
    return next((days for days in before if days is not None and days[0] <= today), None)


def _year(parts: Mapping[str, str | None]) -> int:
    """Return the year that is written; one of two digits without its era is of 令和."""
    if full := parts["year"]:
        return int(full)
    try:
        return western_year(parts["era"] or "令和", parts["number"] or parts["bare"] or "")
    except ValueError:
        return 0  # like any year long ago


def _days(year: int, parts: Mapping[str, str | None], *, fiscal: bool = False) -> tuple[date, date] | None:
    month, day = parts.get("month"), parts.get("day")
    if not _EARLIEST.year <= year < _LATEST.year:
        return None
    try:
        if fiscal:
            return _months(year, _APRIL, 12)
        if month and day:
            return _one_day(date(year, int(month), int(day)))
        return _months(year, int(month), 1) if month else _months(year, 1, 12)
    except ValueError:
        return None


def _one_day(day: date) -> tuple[date, date]:
    return day, date.fromordinal(day.toordinal() + 1)


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
    **dict.fromkeys(("今日", "本日"), _one_day),
    "昨日": lambda today: _one_day(date.fromordinal(today.toordinal() - 1)),
    "今月": _this_month,
    **dict.fromkeys(("先月", "前月"), _last_month),
    **dict.fromkeys(("今年", "本年"), lambda today: _months(today.year, 1, 12)),
    **dict.fromkeys(("昨年", "去年"), lambda today: _months(today.year - 1, 1, 12)),
    **dict.fromkeys(("今年度", "本年度"), fiscal_year),
    **dict.fromkeys(("昨年度", "前年度"), lambda today: fiscal_year(today, 1)),
}
