"""Recompute the chain and name every place where it does not hold. Pure."""

from collections.abc import Iterable, Mapping
from itertools import chain as joined
from types import MappingProxyType

from consult_assist.domain.consultation import ConsultationSummary, Redacted
from consult_assist.errors import ConsultAssistError
from consult_assist.storage.base import ChainFault
from consult_assist.storage.chain import (
    EMPTY_CHAIN,
    ChainHead,
    SealedEvent,
    digest,
    link,
    stamped_from_sealed,
)
from consult_assist.storage.projection import SUMMARY_TYPES, summary_after
from consult_assist.storage.redaction import Replacements, put_in_place

_NO_REPLACEMENTS = Replacements()


def find_faults(
    events: Iterable[SealedEvent],
    head: ChainHead | None,
    summaries: Mapping[str, ConsultationSummary],
    replacements: Replacements = _NO_REPLACEMENTS,
    instead: Mapping[int, SealedEvent] = MappingProxyType({}),
) -> list[ChainFault]:
    """Return every fault, in the order of the chain; an empty list means that nothing was touched.

    Args:
        events: all rows by position; they are read once and not kept.
        head: the kept end of the chain, None where it is gone.
        summaries: the list of records as kept, by consultation id.
        replacements: which events take the place of erased ones.
        instead: what is read in each such place.
    """
    reading = _Reading(replacements, instead)
    for event in events:
        reading.read(event)
    faults = sorted(joined(reading.faults, reading.erasure_faults()), key=lambda fault: fault.position)
    faults.extend(_end_faults(reading.last, head))
    return faults or _list_faults(reading, summaries)


class _Reading:
    """What is known after the events read so far."""

    def __init__(self, replacements: Replacements, instead: Mapping[int, SealedEvent]) -> None:
        self._replacements = replacements
        self._instead = instead
        self.faults: list[ChainFault] = []
        self.last = EMPTY_CHAIN
        self.summaries: dict[str, ConsultationSummary] = {}
        self.last_positions: dict[str, int] = {}
        self._erased: dict[int, str] = {}
        self._permitted: dict[int, str] = {}
        self._gaps: list[range] = []

    def read(self, event: SealedEvent) -> None:
        """Check one event against the one before it."""
        if event.position > self.last.position + 1:
            self.faults.append(_missing(self.last.position + 1, event.position - 1))
            self._gaps.append(range(self.last.position + 1, event.position))
            linked = True  # the hash before it is gone; nothing to compare with
        else:
            linked = event.chain == link(self.last.hash, event)
        if event.payload is None or event.salt is None:
            self._erased[event.position] = event.consultation_id
            if (instead := self._instead.get(event.position)) is not None and instead.payload is not None:
                self._project(put_in_place(instead, event))
        elif event.digest != digest(event.salt, event.payload):
            self._fault(event, "の内容が書き換えられています。")
            linked = True  # one fault a place is enough
        elif event.position not in self._replacements.hidden:
            self._project(event)
        if not linked:
            self._fault(event, "の種類・時刻・順序・つながりのどれかが書き換えられています。")
        self.last = event.head
        self.last_positions[event.consultation_id] = event.position

    def erasure_faults(self) -> Iterable[ChainFault]:
        """Name each erased event that no later `redacted` event of its consultation accounts for."""
        for position, consultation_id in self._erased.items():
            if self._permitted.get(position) != consultation_id:
                yield ChainFault(
                    position=position,
                    consultation_id=consultation_id,
                    message=f"通し番号 {position} の内容が、消去の手続きの記録なしに消されています。",
                )

    def _project(self, event: SealedEvent) -> None:
        if event.type not in SUMMARY_TYPES:
            return
        try:
            stamped = stamped_from_sealed(event)
            known = self.summaries.get(event.consultation_id)
            self.summaries[event.consultation_id] = summary_after(
                known, event.consultation_id, stamped.event, stamped.at
            )
        except (ConsultAssistError, ValueError):
            self._fault(event, "の内容を読めないため、プログラムを新しくしてから調べ直してください。")
            return
        if isinstance(stamped.event, Redacted):
            self._permit(event, stamped.event)

    def _permit(self, event: SealedEvent, redacted: Redacted) -> None:
        for position in redacted.positions:
            if position >= event.position:
                continue  # nothing is erased in advance
            self._permitted[position] = event.consultation_id
            if position not in self._erased and not any(position in gap for gap in self._gaps):
                message = f"通し番号 {position} に、消去したはずの内容が残っています。"
                self.faults.append(
                    ChainFault(position=position, consultation_id=event.consultation_id, message=message)
                )

    def _fault(self, event: SealedEvent, what: str) -> None:
        message = f"通し番号 {event.position} {what}"
        self.faults.append(
            ChainFault(position=event.position, consultation_id=event.consultation_id, message=message)
        )


def _missing(first: int, last: int) -> ChainFault:
    places = f"通し番号 {first}" if first == last else f"通し番号 {first} から {last} まで"
    return ChainFault(
        position=first,
        consultation_id=None,
        message=f"{places}の記録がなく、抜き取られたおそれがあります。",
    )


def _end_faults(last: ChainHead, head: ChainHead | None) -> Iterable[ChainFault]:
    if head is None:
        message = "記録の終わりの印がなく、終わりの記録が失われていないかを確かめられません。"
        yield ChainFault(position=last.position + 1, consultation_id=None, message=message)
    elif head.position > last.position:
        yield _missing(last.position + 1, head.position)
    elif head != last:
        message = f"記録の終わりの印（通し番号 {head.position}）が、最後の記録と合いません。"
        yield ChainFault(position=head.position, consultation_id=None, message=message)


def _list_faults(reading: _Reading, summaries: Mapping[str, ConsultationSummary]) -> list[ChainFault]:
    faults = []
    for consultation_id in sorted(reading.summaries.keys() | summaries.keys()):
        if reading.summaries.get(consultation_id) != summaries.get(consultation_id):
            position = reading.last_positions.get(consultation_id, 0)
            message = f"通し番号 {position} で終わる相談の、一覧の表示が記録の内容と合いません。"
            if position == 0:
                message = "一覧に、記録のない相談が載っています。"
            faults.append(ChainFault(position=position, consultation_id=consultation_id, message=message))
    return faults
