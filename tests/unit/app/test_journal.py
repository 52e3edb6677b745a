"""Every event is stamped, kept in order and told."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from consult_assist.app.journal import Journal
from consult_assist.domain.audio import AudioFrame
from consult_assist.domain.consultation import Consent, Finished, Started
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import AlertDismissed
from consult_assist.domain.speech import Draft
from consult_assist.errors import StoreError
from consult_assist.nlp.tokens import SudachiTokenizer, core_dictionary
from consult_assist.storage.memory import MemoryStore
from tests.unit.app.troubled_stores import FullDisk

STARTED = Started(
    id="c1",
    started_at=datetime(2026, 11, 21, tzinfo=UTC),
    operator="職員",
    source="none",
    consent=Consent.HANDWRITTEN,
)


def types(events: list[StampedEvent]) -> list[str]:
    return [stamped.event.type for stamped in events]


def test_a_late_listener_hears_what_came_before() -> None:
    journal, heard = Journal("c1", MemoryStore()), list[StampedEvent]()
    journal.emit(STARTED)
    journal.subscribe(heard.append)
    journal.emit(Draft(channel=0, start_s=0, text="途中"))
    assert types(heard) == ["started", "draft"]


def test_drafts_are_told_but_never_kept() -> None:
    store = MemoryStore()
    journal = Journal("c1", store)
    journal.emit(STARTED)
    journal.emit(Draft(channel=0, start_s=0, text="途中"))
    assert types(list(store.events("c1"))) == ["started"]


def test_nothing_follows_finished() -> None:
    store, heard = MemoryStore(), list[StampedEvent]()
    journal = Journal("c1", store)
    journal.subscribe(heard.append)
    journal.emit(STARTED)
    journal.keep(Finished(duration_s=0))
    journal.emit(AlertDismissed(protocol="dv"))
    assert types(heard) == types(list(store.events("c1"))) == ["started", "finished"]


def test_what_a_full_disk_refused_is_kept_in_order_once_there_is_room() -> None:
    store, heard = FullDisk(), list[StampedEvent]()
    journal = Journal("c1", store)
    journal.subscribe(heard.append)
    journal.emit(STARTED)
    store.full = True
    journal.emit(AlertDismissed(protocol="dv"))
    assert journal.trouble is not None
    assert types(heard) == ["started", "alert_dismissed"]
    store.full = False
    journal.emit(AlertDismissed(protocol="suicide"))
    assert [getattr(s.event, "protocol", None) for s in store.events("c1")] == [None, "dv", "suicide"]
    assert not journal.trouble


def test_what_must_be_kept_and_cannot_has_not_happened() -> None:
    store, heard = FullDisk(), list[StampedEvent]()
    journal = Journal("c1", store)
    journal.subscribe(heard.append)
    journal.emit(STARTED)
    store.full = True
    with pytest.raises(StoreError):
        journal.keep(Finished(duration_s=0))
    journal.emit(AlertDismissed(protocol="dv"))
    store.full = False
    journal.keep(Finished(duration_s=0))
    assert types(heard) == types(list(store.events("c1"))) == ["started", "alert_dismissed", "finished"]


def test_nothing_is_redacted_while_earlier_events_are_unsaved() -> None:
    store = FullDisk()
    journal = Journal("c1", store)
    journal.emit(STARTED)
    store.full = True
    journal.emit(AlertDismissed(protocol="dv"))
    with pytest.raises(StoreError):
        journal.redact(texts=True, recordings=[], reason="consent_withdrawn")
    store.full = False
    journal.redact(texts=True, recordings=[], reason="consent_withdrawn")
    assert [s.event.type for s in store.events("c1")][-1] == "redacted"


def test_an_erasure_keeps_one_object_of_what_did_not_change() -> None:
    """Lines and guidance hold the events of a long talk as well: a second set of them would stay for good."""
    journal = Journal("c1", MemoryStore())
    journal.emit(STARTED)
    journal.emit(AlertDismissed(protocol="dv"))
    journal.emit(AlertDismissed(protocol="abuse"))
    kept, _, other = journal.stamped()

    def second(events: Sequence[StampedEvent]) -> dict[int, Event | None]:
        return {events[1].position or 0: None}

    journal.redact_events(second, reason="personal_number", by="program")
    assert [stamped.event.type for stamped in journal.stamped()] == ["started", "alert_dismissed", "redacted"]
    assert journal.stamped()[0] is kept
    assert journal.stamped()[1] is other


def test_after_erasures_the_journal_holds_what_the_store_would_give() -> None:
    store = MemoryStore()
    journal = Journal("c1", store)
    journal.emit(STARTED)
    for protocol in ("dv", "abuse", "suicide"):
        journal.emit(AlertDismissed(protocol=protocol))

    def cover(events: Sequence[StampedEvent]) -> dict[int, Event | None]:
        places = [item.position or 0 for item in events if isinstance(item.event, AlertDismissed)]
        return {places[0]: AlertDismissed(protocol="〓"), places[-1]: None}

    for _ in range(2):
        journal.redact_events(cover, reason="personal_number", by="program")
        assert list(journal.stamped()) == list(store.events("c1"))


def test_an_erasure_empties_what_the_program_remembers_of_the_latest_texts() -> None:
    tokenizer = SudachiTokenizer()
    tokenizer.words("家賃が払えません")
    journal = Journal("c1", MemoryStore())
    journal.emit(STARTED)
    journal.redact(texts=True, recordings=[], reason="consent_withdrawn")
    assert tokenizer.words.cache_info().currsize == 0
    assert core_dictionary.cache_info().currsize == 1, "opened once for all"


def test_a_listener_with_a_fault_is_dropped_and_the_others_go_on() -> None:
    journal, heard = Journal("c1", MemoryStore()), list[StampedEvent]()

    def broken(_: StampedEvent) -> None:
        raise BrokenPipeError

    journal.subscribe(broken)
    journal.subscribe(heard.append)
    journal.emit(STARTED)
    journal.emit(AlertDismissed(protocol="dv"))
    assert types(heard) == ["started", "alert_dismissed"]


@pytest.mark.parametrize("n_samples", [1600, 800])
def test_wall_clock_starts_with_the_first_sample(n_samples: int) -> None:
    journal, heard = Journal("c1", MemoryStore()), list[StampedEvent]()
    journal.subscribe(heard.append)
    journal.emit(STARTED)
    journal.sound_delivered(AudioFrame(0, 0, np.zeros(n_samples, dtype=np.float32)))
    journal.emit(AlertDismissed(protocol="dv"))
    assert heard[0].at_s == 0
    assert heard[1].at_s >= heard[1].sound_s == n_samples / 16_000
