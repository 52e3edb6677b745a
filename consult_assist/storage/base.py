"""Contracts of the store, an append-only chain of events and what is read from it, and of the lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consult_assist.domain.archive import EVERYTHING, FoundRecord, RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.events import Event, StampedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """A place where the chain, or a recording it names, does not hold; `message` is one Japanese sentence."""

    position: int
    consultation_id: str | None
    message: str


class Store(Protocol):
    """Events are the truth; everything else here is read from them."""

    def append(
        self,
        consultation_id: str,
        event: Event,
        *,
        at: datetime,
        at_s: float,
        sound_s: float,
        patient: bool = True,
    ) -> StampedEvent:
        """Append one event durably and return it with its position in the chain. Safe from any thread.

        Args:
            consultation_id: whose event.
            event: what happened.
            at: UTC.
            at_s: seconds since the first sound.
            sound_s: how far the sound had come.
            patient: whether to wait while another program writes, rather than to fail at once.

        Raises:
            StoreError: it could not be written; nothing already saved is touched.
        """

    def events(self, consultation_id: str) -> Sequence[StampedEvent]:
        """Return all events of a consultation in order, without those whose payload was redacted.

        Raises:
            RecordNotFoundError: there is no such consultation.
        """

    def summary(self, consultation_id: str) -> ConsultationSummary:
        """Return what lists know of one consultation.

        Raises:
            RecordNotFoundError: there is no such consultation.
        """

    def summaries(self, query: RecordQuery = EVERYTHING) -> Sequence[ConsultationSummary]:
        """Return all consultations that fit, newest first."""

    def find(
        self, query: RecordQuery, *, limit: int, after: ConsultationSummary | None = None
    ) -> Sequence[FoundRecord]:
        """Return a page of consultations that fit, newest first, each with a text that holds a word.

        Args:
            query: what they must be.
            limit: how many at most.
            after: the last one of the page before.
        """

    def count(self, query: RecordQuery) -> int:
        """Return how many consultations fit."""

    def prepare_search(self) -> bool:
        """Do a fraction of a second's work that makes searching for words fast; say whether there is more."""

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
        """Erase payloads lawfully, append `Redacted` and what follows it, in one step.

        Args:
            consultation_id: whose events.
            texts: erase every payload that holds citizens' words (utterances, revisions, terms, facts,
                record, edits …); with False only the erasure of sound files is noted.
            recordings: names of the sound files that were removed.
            reason: a fixed word.
            then: what holds from then on, such as what the clerk typed: a crash must not come in between.
            at: UTC.

        Raises:
            RecordNotFoundError: there is no such consultation.
            StoreError: nothing is erased as it could not be written, or the words are erased and `Redacted`
                is appended, but copies of them are still on disk; `events` tells which.
        """

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
        """Erase single events lawfully, append `Redacted` and what is read in their place, in one step.

        Args:
            consultation_id: whose events.
            covered: position, as `events` gives it → what takes the event's place, of the same type and
                read from then on where the erased one stood; None leaves nothing.
            reason: a fixed word.
            by: who erases.
            silenced: seconds of the sound that go as well; the store only notes them.
            at: UTC.

        Raises:
            RecordNotFoundError: there is no such consultation.
            StoreError: as for `redact`.
        """

    def head(self, consultation_id: str) -> str:
        """Return the chain hash of the consultation's last event."""

    def verify(self) -> Sequence[ChainFault]:
        """Recompute the whole chain; an empty answer means that nothing was tampered with or is missing.

        Raises:
            StoreError: it cannot be read, or erased words still lie on disk and could not be removed.
        """

    def close(self) -> None:
        """Release the database."""


class CaptureLock(Protocol):
    """Held while this process captures into the data folder."""

    def acquire(self) -> None:
        """Take it.

        Raises:
            StoreBusyError: another process captures.
        """

    def release(self) -> None:
        """Give it back."""
