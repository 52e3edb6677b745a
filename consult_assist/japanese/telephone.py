"""Telephone numbers as people read them."""

import re

_GROUPS = (
    re.compile(r"(0800)(\d{3})(\d{4})"),
    re.compile(r"(0120|0570|0990)(\d{3})(\d{3})"),
    re.compile(r"(0[5-9]0)(\d{4})(\d{4})"),
    re.compile(r"(0[36])(\d{4})(\d{4})"),
)
"""Numbers whose groups follow from their beginning; where an area code of three to five digits ends does not.

Source: 電気通信番号計画 (令和元年総務省告示第6号).
"""


def grouped_phone(digits: str) -> str:
    """Return a number in its groups (03-1234-5678, 0120-123-456), or as it is where they are not certain."""
    found = next((match for groups in _GROUPS if (match := groups.fullmatch(digits))), None)
    return "-".join(found.groups()) if found is not None else digits
