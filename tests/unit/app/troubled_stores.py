"""Stores in memory with a fault that a test turns on and off."""

from typing import Any

from consult_assist.domain.events import StampedEvent
from consult_assist.errors import StoreError
from consult_assist.storage.memory import MemoryStore


class FullDisk(MemoryStore):
    """Cannot write for a while."""

    full = False

    def append(self, consultation_id: str, event: object, **times: object) -> StampedEvent:
        if self.full:
            raise StoreError("空きがありません。")
        return super().append(consultation_id, event, **times)  # type: ignore[arg-type]


class KilledAfterErasing(FullDisk):
    """Keeps nothing any more once the words of a consultation were erased."""

    def redact(self, consultation_id: str, **what: Any) -> StampedEvent:
        redacted = super().redact(consultation_id, **what)
        self.full = True
        return redacted


class CopyLeft(MemoryStore):
    """Erases words, but for a while not their copy on disk, because somebody reads it."""

    read_elsewhere = False

    def redact(self, consultation_id: str, **what: Any) -> StampedEvent:
        return self._unless_read(super().redact(consultation_id, **what))

    def redact_events(self, consultation_id: str, *covered: Any, **what: Any) -> StampedEvent:
        return self._unless_read(super().redact_events(consultation_id, *covered, **what))

    def _unless_read(self, redacted: StampedEvent) -> StampedEvent:
        if self.read_elsewhere:
            raise StoreError("写しが残っています。")
        return redacted


class Stubborn(MemoryStore):
    """Erases no single events for a while."""

    stubborn = True

    def redact_events(self, consultation_id: str, *covered: Any, **what: Any) -> StampedEvent:
        if self.stubborn:
            raise StoreError("空きがありません。")
        return super().redact_events(consultation_id, *covered, **what)
