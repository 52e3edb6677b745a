"""Facts that speak for a programme: told in one line or in several, they count together."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult_assist.counter.fact_conditions import FactCondition, parse_fact_condition
from consult_assist.counter.stated import fact_label, fact_value
from consult_assist.domain.found import retracted_facts
from consult_assist.domain.guidance import Fact
from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.mentions import DecayingScore

_STRENGTH = 3.0
"""Facts stand between a doubtful situation and one beyond doubt.

Source: docs/decisions/0037-facts-and-places.md.
"""
_MAX_NAMED = 2
_MAX_COUNTED = 2
"""Two facts of its list say what can be said for a programme.

Source: docs/decisions/0037-facts-and-places.md.
"""
_USUALLY_LISTED = 5
_MAX_LISTED = 40
"""A fact that five programmes list counts one; one that few list tells more, one that many list less.

Source: docs/decisions/0041-what-adds-up.md.
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact that fits a line of the knowledge, and when it was said."""

    fact: Fact = field(repr=False)
    end_s: float


class FactEvidence:
    """Which of the facts that each programme lists have been told."""

    def __init__(self, programmes: Mapping[str, Programme]) -> None:
        """Begin with nothing told."""
        self._listed: dict[str, list[tuple[FactCondition, str, int]]] = {}
        for programme in programmes.values():
            for place, line in enumerate(programme.facts):
                condition = parse_fact_condition(line)
                self._listed.setdefault(condition.name, []).append((condition, programme.id, place))
        self._telling = _telling(programmes)
        self._by_line: dict[str, Sequence[Fact]] = {}
        self._end_s: dict[str, float] = {}
        self._told: dict[str, dict[int, _Told]] | None = {}
        """None once a line changed: which facts stand is worked out when they are asked for."""

    def hear(self, utterance_id: str, facts: Sequence[Fact], end_s: float) -> None:
        """Take in the facts of a line; what it told before is taken back."""
        if facts or self._by_line.get(utterance_id):
            self._told = None
        self._by_line[utterance_id] = facts
        self._end_s[utterance_id] = end_s

    def weights(self) -> dict[str, float]:
        """Return how much the facts that were told say for each programme that lists any of them."""
        return {
            programme: sum(
                sorted((self._telling[programme][place] for place in told), reverse=True)[:_MAX_COUNTED]
            )
            for programme, told in self._all_told().items()
        }

    def strengths(self, now_s: float) -> dict[str, float]:
        """Return how strongly the latest of them points to each programme now."""
        return {
            programme: DecayingScore(_STRENGTH, max(one.end_s for one in told.values())).at(now_s)
            for programme, told in self._all_told().items()
        }

    def lines(self, programme: str) -> tuple[str, ...]:
        """Return the utterances that tell them, in the order of the talk."""
        return tuple(dict.fromkeys(one.fact.utterance_id for one in self._latest(programme)))

    def reason(self, programme: str) -> str:
        """Return one short Japanese line that names the latest of them; nothing where none was told."""
        told = self._latest(programme)
        if not told:
            return ""
        named = "・".join(
            f"{fact_label(one.fact.name)} {fact_value(one.fact.name, one.fact.value)}"
            for one in told[-_MAX_NAMED:]
        )
        others = f"（ほか {len(told) - _MAX_NAMED} 件）" if len(told) > _MAX_NAMED else ""
        return f"『{named}』と話された{others}"

    def _latest(self, programme: str) -> Sequence[_Told]:
        """Return the latest fact for each line of the knowledge, in the order of the talk."""
        return sorted(self._all_told().get(programme, {}).values(), key=lambda one: one.end_s)

    def _all_told(self) -> Mapping[str, Mapping[int, _Told]]:
        """Return programme → place in its list → the latest fact that fits and stands."""
        if self._told is None:
            line_ids = sorted(self._by_line, key=self._end_s.__getitem__)
            gone = retracted_facts(line_ids, self._by_line)
            self._told = {}
            for line_id in line_ids:
                for fact in self._by_line[line_id]:
                    for programme, place in () if fact in gone else self._listing(fact):
                        self._told.setdefault(programme, {})[place] = _Told(fact, self._end_s[line_id])
        return self._told

    def _listing(self, fact: Fact) -> Iterator[tuple[str, int]]:
        """Yield every programme that lists a fact, and where in its list."""
        for condition, programme, place in self._listed.get(fact.name, ()):
            if condition.fits(fact):
                yield programme, place


def _telling(programmes: Mapping[str, Programme]) -> dict[str, list[float]]:
    """Return for each line of each programme's facts how much it tells: the fewer list it, the more."""
    listed = Counter(line for programme in programmes.values() for line in set(programme.facts))
    usual = math.log(_MAX_LISTED / _USUALLY_LISTED)
    return {
        programme.id: [
            math.log(_MAX_LISTED / min(_MAX_LISTED, listed[line])) / usual for line in programme.facts
        ]
        for programme in programmes.values()
    }
