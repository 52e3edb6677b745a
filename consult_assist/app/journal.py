"""The journal of a consultation: every event passes here, is stamped, kept and told to listeners."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.app.fault_log import fault_text
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import Finished, Redacted
from consult_assist.domain.events import Event, StampedEvent, sound_until_s
from consult_assist.domain.speech import Draft, Revision, SpeakerAssigned, Utterance
from consult_assist.errors import StoreError
from consult_assist.record.redaction import Covered
from consult_assist.storage.base import Store
from consult_assist.text_cache import forget_texts

_LOG = logging.getLogger(__name__)
Listener = Callable[[StampedEvent], None]


class Journal:
    """The one way an event enters a consultation. Safe from any thread.

    While the store cannot write, listeners are told all the same, and events wait in memory to be written, in
    order, with the next one that can be. Until then `trouble` holds a sentence for the clerk.
    """

    def __init__(self, consultation_id: str, store: Store, earlier: Iterable[StampedEvent] = ()) -> None:
        self._id = consultation_id
        self._store = store
        self._stamped = list(earlier)
        self._unsaved = 0
        self._listeners: list[Listener] = []
        self._lock = threading.RLock()
        self._first_sample_at: float | None = None
        self.sound_s = sound_until_s(self._stamped)
        """How far the sound has come."""
        self._finished = False
        self.trouble: str | None = None

    def events(self) -> Sequence[Event]:
        """Return what has happened so far, without drafts."""
        with self._lock:
            return [stamped.event for stamped in self._stamped]

    def stamped(self) -> Sequence[StampedEvent]:
        """Return what has happened so far with its times, without drafts."""
        with self._lock:
            return list(self._stamped)

    def subscribe(self, listener: Listener) -> None:
        """Tell the listener everything that has happened, then everything that will."""
        with self._lock:
            for stamped in self._stamped:
                listener(stamped)
            self._listeners.append(listener)

    def sound_delivered(self, frame: AudioFrame) -> None:
        """Note how far the sound has come; `at_s` counts from the first sample of the first frame."""
        if self._first_sample_at is None:
            self._first_sample_at = time.monotonic() - len(frame.samples) / SAMPLE_RATE_HZ
        self.sound_s = frame.end_sample / SAMPLE_RATE_HZ

    def reached(self, sound_s: float) -> None:
        """Note how far a talk has come that is played; `at_s` counts from the first call."""
        if self._first_sample_at is None:
            self._first_sample_at = time.monotonic()
        self.sound_s = sound_s

    def keep(self, event: Event) -> None:
        """Emit an event that must be kept now or not at all.

        Raises:
            StoreError: the store cannot write; nothing has happened.
        """
        with self._lock:
            if self._finished:
                return
            self._save_all()
            self._stamped.append(self._saved(self._stamp(event)))
            self._finished = isinstance(event, Finished)
            self._tell(self._stamped[-1])

    def emit(self, event: Event) -> None:
        """Stamp an event, keep it and tell the listeners; nothing follows `Finished` once that is kept."""
        with self._lock:
            if self._finished:
                return
            stamped = self._stamp(event)
            if not isinstance(event, Draft):
                self._stamped.append(stamped)
                self._unsaved += 1
                # Once is enough to wait for another program: the talk goes on meanwhile.
                self._save(patient=self.trouble is None)
            self._tell(stamped)

    def redact(
        self, *, texts: bool, recordings: Sequence[str], reason: str, then: Sequence[Event] = ()
    ) -> None:
        """Erase the words of the whole consultation from store and memory, and tell the listeners.

        Args:
            texts: erase the words, too.
            recordings: names of the sound files that were removed.
            reason: a fixed word.
            then: what holds from then on, kept in the same step.

        Raises:
            StoreError: nothing was erased, or copies of what was erased are still on disk.
        """
        with self._lock:
            self._save_all()
            kept = {stamped.position for stamped in self._stamped}
            try:
                self._store.redact(
                    self._id,
                    texts=texts,
                    recordings=recordings,
                    reason=reason,
                    then=then,
                    at=datetime.now(UTC),
                )
            finally:  # the words may be erased from the records although a copy on disk could not be
                self._reread()
                for stamped in self._stamped:
                    if stamped.position not in kept:
                        self._tell(stamped)

    def redact_events(
        self,
        plan: Callable[[Sequence[StampedEvent]], Covered],
        *,
        reason: str,
        by: str,
        silenced: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Erase single events from store and memory, and tell the listeners how their lines read now.

        Raises:
            StoreError: nothing was erased, or copies of what was erased are still on disk.
        """
        with self._lock:
            self._save_all()
            before = self._stamped
            covered = plan(before)
            try:
                redacted = self._store.redact_events(
                    self._id, covered, reason=reason, by=by, silenced=silenced, at=datetime.now(UTC)
                )
            except StoreError:  # the words may be erased although a copy on disk could not be
                self._reread()
                raise
            else:
                forget_texts()
                self._stamped = [*_with_covered(before, covered), redacted]
            finally:
                self._tell_covered({_line_of(item.event) for item in before if item.position in covered})

    def _tell_covered(self, lines: Set[str | None]) -> None:
        """Tell the listeners of the erasure, then once more every event of the lines that it covered."""
        if isinstance(self._stamped[-1].event, Redacted):
            self._tell(self._stamped[-1])
        for stamped in self._stamped:
            if _line_of(stamped.event) in lines - {None}:
                self._tell(stamped)

    def _reread(self) -> None:
        """Take over what the store holds now; what did not change stays the object that others hold too."""
        forget_texts()
        known = {stamped.position: stamped for stamped in self._stamped}
        stored = self._store.events(self._id)
        self._stamped = [
            mine if (mine := known.get(item.position)) is not None and mine.event == item.event else item
            for item in stored
        ]

    def _stamp(self, event: Event) -> StampedEvent:
        began = self._first_sample_at
        return StampedEvent(
            event=event,
            at=datetime.now(UTC),
            at_s=0.0 if began is None else time.monotonic() - began,
            sound_s=self.sound_s,
        )

    def _saved(self, stamped: StampedEvent, *, patient: bool = True) -> StampedEvent:
        return self._store.append(
            self._id,
            stamped.event,
            at=stamped.at,
            at_s=stamped.at_s,
            sound_s=stamped.sound_s,
            patient=patient,
        )

    def _save_all(self) -> None:
        self._save(patient=True)
        if self._unsaved:
            raise StoreError(self.trouble)

    def _save(self, *, patient: bool) -> None:
        try:
            while self._unsaved:
                waiting = self._stamped[-self._unsaved]
                self._stamped[-self._unsaved] = self._saved(waiting, patient=patient)
                self._unsaved -= 1
            self.trouble = None
        except StoreError as error:
            self.trouble = str(error)

    def _tell(self, stamped: StampedEvent) -> None:
        for listener in list(self._listeners):
            try:
                listener(stamped)
            except Exception as error:  # noqa: BLE001 - a reader's fault must not end the consultation
                _LOG.error("a listener was dropped: %s", fault_text(error))
                self._listeners.remove(listener)


def _with_covered(stamped: Iterable[StampedEvent], covered: Covered) -> Iterator[StampedEvent]:
    """Yield events as the store gives them after an erasure; to read all again would take twice the time."""
    for item in stamped:
        position = item.position
        if position is None or position not in covered:
            yield item
        elif (event := covered[position]) is not None:
            yield replace(item, event=event)


def _line_of(event: Event) -> str | None:
    """Return the id of the line that an event adds to the transcript or changes, None for other events."""
    if isinstance(event, Revision | SpeakerAssigned):
        return event.utterance_id
    return event.id if isinstance(event, Utterance) else None
