"""Facts that speak for a programme: told in one line or in several, they count together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from consult_assist.domain.found import taken_back
from consult_assist.domain.guidance import Fact
from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.standing import Weight
from consult_assist.japanese.fact_signs import FactSign, parse_fact_sign
from consult_assist.japanese.stated import fact_label, fact_value

_STRENGTH = 3.0
"""Facts stand between a doubtful situation and one beyond doubt.

Source: docs/decisions/0037-facts-and-places.md.
"""
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact that fits a line of the knowledge, and when it was said."""

    fact: Fact = field(repr=False)
    end_s: float


class Signs:
    """Which of the facts that each programme lists have been told."""

    def __init__(self, programmes: Mapping[str, Programme]) -> None:
        """Begin with nothing told."""
        self._listed: dict[str, list[tuple[FactSign, str, int]]] = {}
        for programme in programmes.values():
            for place, line in enumerate(programme.facts):
                sign = parse_fact_sign(line)
                self._listed.setdefault(sign.name, []).append((sign, programme.id, place))
        self._told: dict[str, dict[int, list[_Told]]] = {}
        self._by_line: dict[str, Sequence[Fact]] = {}

    def hear(self, utterance_id: str, facts: Sequence[Fact], end_s: float) -> None:
        """Take in the facts of a line; what it told before is taken back."""
        self._take_back(utterance_id)
        self._by_line[utterance_id] = facts
        for fact in facts:
            for sign, programme, place in self._listed.get(fact.name, ()):
                if sign.fits(fact):
                    self._told.setdefault(programme, {}).setdefault(place, []).append(_Told(fact, end_s))
        if any(fact.corrects for fact in facts):
            self._forget(taken_back([*self._by_line], self._by_line))

    def _take_back(self, utterance_id: str) -> None:
        self._forget(self._by_line.get(utterance_id, ()))

    def _forget(self, facts: Collection[Fact]) -> None:
        for fact in facts:
            for _, programme, place in self._listed.get(fact.name, ()):
                told = self._told.get(programme, {})
                if rest := [item for item in told.get(place, ()) if item.fact not in facts]:
                    told[place] = rest
                else:
                    told.pop(place, None)
                if not told:
                    self._told.pop(programme, None)

    def counts(self) -> dict[str, int]:
        """Return how many of its facts were told for each programme that has any."""
        return {programme: len(told) for programme, told in self._told.items()}

    def strengths(self, now_s: float) -> dict[str, float]:
        """Return how strongly the latest of them points to each programme now."""
        return {
            programme: Weight(_STRENGTH, max(one.end_s for item in told.values() for one in item)).at(now_s)
            for programme, told in self._told.items()
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
            for one in told[-_MOST_NAMED:]
        )
        others = f"（ほか {len(told) - _MOST_NAMED} 件）" if len(told) > _MOST_NAMED else ""
        return f"『{named}』と話された{others}"

    def _latest(self, programme: str) -> Sequence[_Told]:
        """Return the latest fact for each line of the knowledge, in the order of the talk."""
        told = self._told.get(programme, {}).values()
        return sorted((item[-1] for item in told), key=lambda one: one.end_s)
