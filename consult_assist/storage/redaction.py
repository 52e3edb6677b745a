"""What erasing does to the chain, and what is read in the place of single events that were erased. Pure.

What takes the place of an erased event is appended like any other event, but read where the erased one stood
and with its times. So a projection comes out the same, whenever something was erased.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from consult_assist.domain.consultation import Redacted
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.errors import StoreError
from consult_assist.storage.chain import ChainHead, SealedEvent, erase, seal, stamped_from_sealed
from consult_assist.storage.privacy import WORD_TYPES


@dataclass(frozen=True, slots=True)
class Replacements:
    """Which events are read in the place of others.

    Attributes:
        latest: position of an erased event → that of the event which is read there now.
        hidden: positions of events that are read only in the place of others.
    """

    latest: Mapping[int, int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


def find_replacements(sealed: Iterable[SealedEvent]) -> Replacements:
    """Read from the events, in order, which of them take the place of others."""
    latest: dict[int, int] = {}
    place_of: dict[int, int] = {}
    for item in sealed:
        if item.type != Redacted.type or item.payload is None:
            continue
        with suppress(StoreError):  # a damaged one is named by whoever reads it as an event
            event = stamped_from_sealed(item).event
            assert isinstance(event, Redacted)
            for erased, instead in event.instead:
                place = place_of.get(erased, erased)
                latest[place] = instead
                place_of[instead] = place
    return Replacements(latest, frozenset(place_of))


def put_in_place(instead: SealedEvent, erased: SealedEvent) -> SealedEvent:
    """Return an event as it is read in the place of another."""
    return replace(instead, position=erased.position, at=erased.at, at_s=erased.at_s, sound_s=erased.sound_s)


def current_events(sealed: Sequence[SealedEvent]) -> list[SealedEvent]:
    """Return the events of one consultation as they are read, without those that were erased."""
    replacements = find_replacements(sealed)
    by_position = {item.position: item for item in sealed} if replacements.latest else {}
    placed = (
        put_in_place(by_position[replacements.latest[item.position]], item)
        if item.position in replacements.latest
        else item
        for item in sealed
        if item.position not in replacements.hidden
    )
    return [item for item in placed if item.payload is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What an erasure does: rows that lose payload and salt, rows that are appended, `Redacted` first."""

    erased: tuple[SealedEvent, ...]
    appended: tuple[SealedEvent, ...]

    def applied(self, sealed: Iterable[SealedEvent]) -> list[SealedEvent]:
        """Return all rows of the consultation as they are afterwards."""
        gone = {item.position for item in self.erased}
        return [erase(item) if item.position in gone else item for item in sealed] + list(self.appended)


Plan = Callable[[Sequence[SealedEvent], ChainHead], Redaction]
"""All rows of a consultation and the end of the chain → what erasing some of them does."""


class PlannedErasure(ABC):
    """What every store erases in the same way: it differs only in how it carries out a plan."""

    def redact(
        self,
        consultation_id: str,
        *,
        texts: bool,
        recordings: Sequence[str],
        reason: str,
        then: Sequence[Event] = (),
        at: datetime,
    ) -> StampedEvent:
        """Erase payloads lawfully, append `Redacted` and what follows it; see `Store.redact`."""
        plan = partial(plan_redaction, texts=texts, recordings=recordings, reason=reason, then=then, at=at)
        return self._erase(consultation_id, plan)

    def redact_events(
        self,
        consultation_id: str,
        covered: Mapping[int, Event | None],
        *,
        reason: str,
        by: str,
        silenced: Sequence[tuple[float, float]] = (),
        at: datetime,
    ) -> StampedEvent:
        """Erase single events lawfully, append `Redacted` and what is read in their place."""
        plan = partial(
            plan_partial_redaction, covered=covered, reason=reason, by=by, silenced=silenced, at=at
        )
        return self._erase(consultation_id, plan)

    @abstractmethod
    def _erase(self, consultation_id: str, plan: Plan) -> StampedEvent:
        """Carry out a plan in one step and return `Redacted`."""


def plan_redaction(
    sealed: Sequence[SealedEvent],
    head: ChainHead,
    *,
    texts: bool,
    recordings: Sequence[str],
    reason: str,
    then: Sequence[Event],
    at: datetime,
) -> Redaction:
    """Work out an erasure of all words of a consultation, or without `texts` only note that of its sound.

    Args:
        sealed: all rows of the consultation.
        head: the end of the chain.
        texts: erase every payload that holds words.
        recordings: names of the sound files that were removed.
        reason: a fixed word.
        then: what follows `Redacted`.
        at: UTC.
    """
    erased = [item for item in sealed if texts and item.type in WORD_TYPES and item.payload is not None]
    positions = tuple(item.position for item in erased)
    redacted = Redacted(positions=positions, recordings=tuple(recordings), reason=reason)
    return _redaction(erased, [redacted, *then], sealed[-1], head, at)


def plan_partial_redaction(
    sealed: Sequence[SealedEvent],
    head: ChainHead,
    *,
    covered: Mapping[int, Event | None],
    reason: str,
    by: str,
    silenced: Sequence[tuple[float, float]],
    at: datetime,
) -> Redaction:
    """Work out an erasure of single events.

    Args:
        sealed: all rows of the consultation.
        head: the end of the chain.
        covered: position as it is read → what takes the event's place; None leaves nothing.
        reason: a fixed word.
        by: who erases.
        silenced: seconds of the sound that go as well.
        at: UTC.
    """
    latest = find_replacements(sealed).latest
    kept = {item.position: item for item in sealed if item.payload is not None}
    places = {place: latest.get(place, place) for place in sorted(covered)}
    erased = [kept[position] for position in places.values() if position in kept]
    events = [(position, covered[place]) for place, position in places.items() if position in kept]
    instead = [(position, event) for position, event in events if event is not None]
    redacted = Redacted(
        positions=tuple(sorted(item.position for item in erased)),
        recordings=(),
        reason=reason,
        in_part=True,
        instead=tuple((position, head.position + 2 + n) for n, (position, _) in enumerate(instead)),
        silenced=tuple(silenced),
        by=by,
    )
    return _redaction(erased, [redacted, *(event for _, event in instead)], sealed[-1], head, at)


def _redaction(
    erased: Sequence[SealedEvent],
    events: Sequence[Event],
    last: SealedEvent,
    head: ChainHead,
    at: datetime,
) -> Redaction:
    appended: list[SealedEvent] = []
    for event in events:
        item = seal(head, last.consultation_id, event, at=at, at_s=last.at_s, sound_s=last.sound_s)
        appended.append(item)
        head = item.head
    return Redaction(erased=tuple(erased), appended=tuple(appended))
