"""Faults that a check of the chain finds, and where."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult_assist.domain.consultation import (
    CapturePaused,
    Consent,
    ConsultationState,
    ConsultationSummary,
    Redacted,
    Started,
)
from consult_assist.domain.events import Event
from consult_assist.domain.speech import Utterance
from consult_assist.storage.chain import EMPTY_CHAIN, SealedEvent, erase, seal
from consult_assist.storage.projection import summary_after
from consult_assist.storage.verification import find_faults

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STARTED = Started(id="a", started_at=NOON, operator="山田", source="none", consent=Consent.RECORDED)
SUMMARIES: dict[str, ConsultationSummary] = {"a": summary_after(None, "a", STARTED, NOON)}
REDACTED = Redacted(positions=(2, 3), recordings=(), reason="consent_withdrawn")


def said(number: int) -> Utterance:
    return Utterance(
        id=f"u{number}", channel=0, speaker=None, start_s=0.0, end_s=1.0, heard="家賃", text="家賃"
    )


def chain_of(*events: Event) -> list[SealedEvent]:
    head = EMPTY_CHAIN
    rows = []
    for event in events:
        rows.append(seal(head, "a", event, at=NOON, at_s=0.0, sound_s=0.0))
        head = rows[-1].head
    return rows


def positions(rows: list[SealedEvent], last: SealedEvent) -> list[int]:
    return [fault.position for fault in find_faults(rows, last.head, SUMMARIES)]


def test_an_untouched_chain_has_no_faults() -> None:
    rows = chain_of(STARTED, said(1), said(2), CapturePaused())
    assert find_faults(rows, rows[-1].head, SUMMARIES) == []
    assert find_faults([], EMPTY_CHAIN, {}) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows[:1] + rows[3:], [2]),
        (lambda rows: rows[1:], [1]),
        (lambda rows: rows[:2], [3]),
        (lambda _: [], [1]),
        (lambda rows: [rows[0], replace(rows[1], payload="{}"), *rows[2:]], [2]),
        (lambda rows: [rows[0], replace(rows[1], salt="家"), *rows[2:]], [2]),
        (lambda rows: [rows[0], replace(rows[1], at_s=float("inf")), *rows[2:]], [2]),
        (lambda rows: [rows[0], erase(rows[1]), *rows[2:]], [2]),
    ],
)
def test_faults_stand_where_the_chain_was_touched(
    change: Callable[[list[SealedEvent]], list[SealedEvent]], expected: list[int]
) -> None:
    rows = chain_of(STARTED, said(1), said(2), said(3))
    assert positions(change(rows), rows[-1]) == expected


def test_a_whole_new_payload_with_its_own_digest_breaks_the_link() -> None:
    rows = chain_of(STARTED, said(1), said(2))
    other = seal(rows[0].head, "a", said(9), at=NOON, at_s=0.0, sound_s=0.0)
    forged = replace(rows[1], payload=other.payload, salt=other.salt, digest=other.digest)
    assert positions([rows[0], forged, rows[2]], rows[-1]) == [2]


def test_only_a_later_redaction_makes_an_erasure_lawful() -> None:
    rows = chain_of(STARTED, said(1), said(2), REDACTED)
    lawful = [rows[0], erase(rows[1]), erase(rows[2]), rows[3]]
    assert positions(lawful, rows[-1]) == []
    assert positions([rows[0], erase(rows[1]), rows[2], rows[3]], rows[-1]) == [3]

    early = chain_of(STARTED, REDACTED, said(2))
    assert positions([early[0], early[1], erase(early[2])], early[-1]) == [3]


def test_a_row_taken_out_after_its_erasure_is_missing_once() -> None:
    rows = chain_of(STARTED, said(1), said(2), REDACTED)
    assert positions([rows[0], erase(rows[1]), rows[3]], rows[-1]) == [3]


def test_the_end_mark_is_needed_and_must_fit() -> None:
    rows = chain_of(STARTED, said(1))
    assert [fault.position for fault in find_faults(rows, None, SUMMARIES)] == [3]
    assert positions(rows, rows[0]) == [1]


def test_the_list_must_say_what_the_events_say() -> None:
    rows = chain_of(STARTED, said(1))
    closed = {"a": replace(SUMMARIES["a"], state=ConsultationState.CLOSED)}
    extra = SUMMARIES | {"b": replace(SUMMARIES["a"], id="b")}
    for summaries, position in ((closed, 2), ({}, 2), (extra, 0)):
        (fault,) = find_faults(rows, rows[-1].head, summaries)
        assert fault.position == position
        assert fault.message.endswith("。")
