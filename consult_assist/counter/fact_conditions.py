"""A line that describes facts (家賃, 子の年齢 0〜11歳, 婚姻 離婚|死別) → which facts are so."""

import re
from dataclasses import dataclass
from functools import cache

from consult_assist.counter.stated import FACT_LABELS
from consult_assist.domain.guidance import Fact

_NAMES = {label: name for name, label in FACT_LABELS.items()}
_RANGE = re.compile(r"(?P<least>[0-9]*)[〜～~](?P<most>[0-9]*)(?P<ten_thousands>万)?(?:円|歳|人|か月分)")


class FactConditionError(ValueError):
    """The line cannot be read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class FactCondition:
    """What a fact must be.

    Attributes:
        name: as in `Fact`.
        values: one of these stands in its value; empty is any value.
        minimum: as a number it is at least this.
        maximum: as a number it is at most this.
    """

    name: str
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def fits(self, fact: Fact) -> bool:
        """Return whether a fact is so."""
        if fact.name != self.name:
            return False
        if self.minimum is None and self.maximum is None:
            return not self.values or any(value in str(fact.value) for value in self.values)
        if not isinstance(fact.value, int):
            return False
        return (self.minimum or 0) <= fact.value and (self.maximum is None or fact.value <= self.maximum)


@cache
def parse_fact_condition(line: str) -> FactCondition:
    """Read a line: the label of a fact, then nothing, words with | between them, or from〜to with its unit.

    Raises:
        FactConditionError: it is none of these.
    """
    label, _, rest = line.strip().replace("\u3000", " ").partition(" ")
    name = _NAMES.get(label)
    if name is None:
        raise FactConditionError(
            f"「{label}」という事実はありません。{'・'.join(_NAMES)} のどれかで始めてください。"
        )
    if limits := _RANGE.fullmatch(rest.strip()):
        unit = 10_000 if limits["ten_thousands"] else 1
        minimum, maximum = (int(limits[side]) * unit if limits[side] else None for side in ("least", "most"))
        if minimum is not None or maximum is not None:
            return FactCondition(name, minimum=minimum, maximum=maximum)
    values = tuple(value.strip() for value in rest.split("|")) if rest.strip() else ()
    if not all(values) or _RANGE.search(rest):
        raise FactConditionError(f"「{rest}」は「0〜11歳」「0〜15万円」「離婚|死別」のように書いてください。")
    return FactCondition(name, values)
