"""Years of Japanese eras."""

ERAS = {
    **dict.fromkeys(("令和", "r"), 2018),
    **dict.fromkeys(("平成", "h"), 1988),
    **dict.fromkeys(("昭和", "s"), 1925),
    **dict.fromkeys(("大正", "t"), 1911),
    **dict.fromkeys(("西暦", ""), 0),
}
"""Era, also by the first letter of its name in Latin letters → the year before its first."""


def western_year(era: str, year: str) -> int:
    """Return the year of the common era; 元 is the first year of an era."""
    return ERAS[era.casefold()] + (1 if year == "元" else int(year))
