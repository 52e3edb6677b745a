"""Years of Japanese eras, and years in a text that dates something."""

import re

from consult_assist.japanese.folding import fold

ERAS = {
    **dict.fromkeys(("令和", "r"), 2018),
    **dict.fromkeys(("平成", "h"), 1988),
    **dict.fromkeys(("昭和", "s"), 1925),
    **dict.fromkeys(("大正", "t"), 1911),
    **dict.fromkeys(("西暦", ""), 0),
}
"""Era, also by the first letter of its name in Latin letters → the year before its first."""

_YEAR = re.compile(r"(?:令和|平成|昭和|(?<![a-z])[rhs])\s*(?:0*[1-9]|元)|(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = re.compile(r"\d\s*月|(?<!\d)\d{1,2}[-/.]\d{1,2}(?!\d)")


def western_year(era: str, year: str) -> int:
    """Return the year of the common era; 元 is the first year of an era.

    Raises:
        ValueError: no era has a year 0.
    """
    number = 1 if year == "元" else int(year)
    if number == 0 and ERAS[era.casefold()]:
        raise ValueError("an era begins with year 1")
    return ERAS[era.casefold()] + number


def names_year(text: str) -> bool:
    """Return whether a text that dates something says of which year: 令和8年4月, R8.4, 2026-04."""
    return _YEAR.search(fold(text).text) is not None


def lacks_year(text: str) -> bool:
    """Return whether a text names a month or day (4月, 8年4月), or is a bare number, without a sure year."""
    plain = fold(text).text
    dated = _MONTH.search(plain) is not None or plain.strip().isdecimal()
    return dated and not names_year(text)
