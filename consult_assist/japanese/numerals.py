"""Numbers as people write them (8万5千, 三十二, １２，０００) → integers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from consult_assist.japanese.folding import fold

ZERO_WORDS = ("ゼロ", "ぜろ")
ZERO = "|".join(ZERO_WORDS)
"""What people say for 0 where digits are read out, and recognisers write as they hear it."""
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
ARABIC_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
"""For `str.translate`: a figure of one digit as it is printed (二級 → 2級)."""
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}
_NUMBER = re.compile(
    r"[0-9〇零○一二三四五六七八九十百千](?:[0-9〇零○一二三四五六七八九十百千万億兆]|[,.](?=[0-9]))*"
)
_GROUP = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_PART = re.compile(r"([0-9〇零○一二三四五六七八九.]*)([十百千万億兆]?)")
_MAX_CHARS = 32


@dataclass(frozen=True, slots=True, repr=False)
class Number:
    """An integer and where it stands in the original text."""

    start: int
    end: int
    value: int


def parse_number(text: str) -> int | None:
    """Return the number a text writes, or None when it is no whole number, or only a rough one (二三)."""
    folded = _GROUP.sub("", fold(text).text)
    if not _NUMBER.fullmatch(folded) or "," in folded or len(folded) > _MAX_CHARS:
        return None
    if re.fullmatch(r"[一二三四五六七八九]{2}", folded):
        return None
    total = section = Decimal(0)
    last_big = None
    for digits, unit in _PART.findall(folded):
        if not digits and not unit:
            break
        amount = _plain_digits(digits)
        if amount is None:
            return None
        if unit in _UNITS:
            section += (amount if digits else 1) * _UNITS[unit]
        elif unit:
            if not section + amount or (last_big is not None and _BIG[unit] >= last_big):
                return None
            last_big = _BIG[unit]
            total += (section + amount) * last_big
            section = Decimal(0)
        else:
            section += amount
    total += section
    return int(total) if total == int(total) else None


def _plain_digits(digits: str) -> Decimal | None:
    if not digits:
        return Decimal(0)
    try:
        return Decimal("".join(str(_DIGITS.get(char, char)) for char in digits))
    except InvalidOperation:
        return None


def find_numbers(text: str) -> Iterator[Number]:
    """Yield every number in the text, in reading order, with positions in the text as it stands."""
    folded = fold(text)
    for match in _NUMBER.finditer(folded.text):
        value = parse_number(match.group())
        if value is not None:
            start, end = folded.span(*match.span())
            yield Number(start, end, value)


def zeros_in_figures(text: str) -> str:
    """Return a text with every spoken nought as a half-width figure."""
    return re.sub(ZERO, "0", text)


def digits_of(text: str) -> str:
    """Return the digits of a text one by one as half-width figures (〇九〇 → 090) and nothing else."""
    return "".join(
        str(_DIGITS.get(char, char)) for char in fold(text).text if char in _DIGITS or char in "0123456789"
    )
