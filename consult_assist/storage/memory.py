"""The store in memory: for tests, and for trying things out without a trace."""

import threading
from collections.abc import Sequence
from datetime import datetime

from consult_assist.domain.archive import EVERYTHING, FoundRecord, FoundText, RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.storage.base import ChainFault
from consult_assist.storage.chain import (
    EMPTY_CHAIN,
    ChainHead,
    SealedEvent,
    erase,
    seal,
    stamped_from_sealed,
)
from consult_assist.storage.projection import not_found, search_texts, summary_after
from consult_assist.storage.queries import first_text, fits
from consult_assist.storage.redaction import Plan, PlannedErasure, current_events, find_replacements
from consult_assist.storage.verification import find_faults


class MemoryStore(PlannedErasure):
    """Keeps everything until the process ends."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.sealed: list[SealedEvent] = []
        """Every event as it is kept, so that a test can see what is left of an erased one."""
        self._summaries: dict[str, ConsultationSummary] = {}
        self._texts: dict[str, dict[tuple[str, str], FoundText]] = {}

    def append(
        self,
        consultation_id: str,
        event: Event,
        *,
        at: datetime,
        at_s: float,
        sound_s: float,
        patient: bool = True,  # noqa: ARG002 - nobody else writes here
    ) -> StampedEvent:
        """Append one event and return it with its position in the chain."""
        with self._lock:
            sealed = seal(self._chain_head(), consultation_id, event, at=at, at_s=at_s, sound_s=sound_s)
            known = self._summaries.get(consultation_id)
            self._summaries[consultation_id] = summary_after(known, consultation_id, event, at)
            texts = self._texts.setdefault(consultation_id, {})
            texts.update({(text.source, text.key): text for text in search_texts(event)})
            self.sealed.append(sealed)
        return StampedEvent(event=event, at=at, at_s=at_s, sound_s=sound_s, position=sealed.position)

    def events(self, consultation_id: str) -> Sequence[StampedEvent]:
        """Return all events of a consultation in order, without those whose payload was redacted."""
        return [stamped_from_sealed(sealed) for sealed in current_events(self._of(consultation_id))]

    def summary(self, consultation_id: str) -> ConsultationSummary:
        """Return what lists know of one consultation."""
        with self._lock:
            if consultation_id not in self._summaries:
                raise not_found()
            return self._summaries[consultation_id]

    def summaries(self, query: RecordQuery = EVERYTHING) -> Sequence[ConsultationSummary]:
        """Return all consultations that fit, newest first."""
        with self._lock:
            found = [item for item in self._summaries.values() if fits(item, self._noted(item.id), query)]
        return sorted(found, key=_begun, reverse=True)

    def find(
        self, query: RecordQuery, *, limit: int, after: ConsultationSummary | None = None
    ) -> Sequence[FoundRecord]:
        """Return a page of consultations that fit, newest first, each with a text that holds a word."""
        with self._lock:
            found = self.summaries(query)
            page = [item for item in found if after is None or _begun(item) < _begun(after)][:limit]
            return [FoundRecord(summary=item, text=first_text(self._noted(item.id), query)) for item in page]

    def count(self, query: RecordQuery) -> int:
        """Return how many consultations fit."""
        return len(self.summaries(query))

    def prepare_search(self) -> bool:
        """Do nothing: there is nothing to prepare."""
        return False

    def _erase(self, consultation_id: str, plan: Plan) -> StampedEvent:
        with self._lock:
            redaction = plan(self._of(consultation_id), self._chain_head())
            for sealed in redaction.erased:
                self.sealed[sealed.position - 1] = erase(sealed)
            self.sealed.extend(redaction.appended)
            self._project_anew(consultation_id)
        return stamped_from_sealed(redaction.appended[0])

    def _project_anew(self, consultation_id: str) -> None:
        texts: dict[tuple[str, str], FoundText] = {}
        summary: ConsultationSummary | None = None
        for stamped in self.events(consultation_id):
            summary = summary_after(summary, consultation_id, stamped.event, stamped.at)
            texts.update({(text.source, text.key): text for text in search_texts(stamped.event)})
        assert summary is not None
        self._summaries[consultation_id], self._texts[consultation_id] = summary, texts

    def head(self, consultation_id: str) -> str:
        """Return the chain hash of the consultation's last event."""
        return self._of(consultation_id)[-1].chain

    def verify(self) -> Sequence[ChainFault]:
        """Recompute the whole chain."""
        with self._lock:
            replacements = find_replacements(self.sealed)
            instead = {place: self.sealed[position - 1] for place, position in replacements.latest.items()}
            return find_faults(self.sealed, self._chain_head(), self._summaries, replacements, instead)

    def close(self) -> None:
        """Do nothing: there is nothing to release."""

    def _noted(self, consultation_id: str) -> list[FoundText]:
        return list(self._texts[consultation_id].values())

    def _chain_head(self) -> ChainHead:
        return self.sealed[-1].head if self.sealed else EMPTY_CHAIN

    def _of(self, consultation_id: str) -> list[SealedEvent]:
        with self._lock:
            found = [sealed for sealed in self.sealed if sealed.consultation_id == consultation_id]
        if not found:
            raise not_found()
        return found


def _begun(summary: ConsultationSummary) -> tuple[datetime, str]:
    return summary.started_at, summary.id
