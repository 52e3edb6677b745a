"""The chain of hashes over the stored events."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult_assist.domain.consultation import CapturePaused
from consult_assist.domain.speech import Utterance
from consult_assist.errors import StoreError, StoreTooNewError
from consult_assist.storage.chain import (
    EMPTY_CHAIN,
    ChainHead,
    SealedEvent,
    erase,
    link,
    seal,
    stamped_from_sealed,
)

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
WORDS = "家賃を滞納しています"
UTTERANCE = Utterance(id="u1", channel=0, speaker=None, start_s=1.0, end_s=2.0, heard=WORDS, text=WORDS)


def sealed_utterance() -> SealedEvent:
    return seal(EMPTY_CHAIN, "a", UTTERANCE, at=NOON, at_s=2.5, sound_s=2)


def test_the_hashes_are_those_of_the_documentation() -> None:
    sealed = seal(
        ChainHead(position=6, hash="ab" * 32), "相談", CapturePaused(), at=NOON, at_s=2.5, sound_s=2
    )
    assert sealed.payload == "{}"
    assert sealed.salt is not None
    assert sealed.digest == hashlib.sha256(bytes.fromhex(sealed.salt) + b"{}").hexdigest()
    parts = ["ab" * 32, 7, "相談", "paused", "2026-11-21T03:00:00.000000+00:00", 2.5, 2.0, sealed.digest]
    encoded = json.dumps(parts, separators=(",", ":")).encode("ascii")
    assert sealed.chain == hashlib.sha256(encoded).hexdigest()


def test_equal_words_have_different_digests() -> None:
    assert sealed_utterance().digest != sealed_utterance().digest


@pytest.mark.parametrize(
    "changes",
    [
        {"position": 2},
        {"consultation_id": "b"},
        {"type": "revision"},
        {"at": "2026-11-21T03:00:00.000001+00:00"},
        {"at_s": 2.0},
        {"sound_s": 2.5},
        {"digest": "00" * 32},
    ],
)
def test_the_chain_covers_everything_but_payload_and_salt(changes: dict[str, object]) -> None:
    sealed = sealed_utterance()
    assert link(EMPTY_CHAIN.hash, replace(sealed, **changes)) != sealed.chain  # type: ignore[arg-type]
    assert link("11" * 32, sealed) != sealed.chain
    assert link(EMPTY_CHAIN.hash, erase(sealed)) == sealed.chain


def test_words_show_in_no_representation() -> None:
    sealed = sealed_utterance()
    assert "家賃" not in repr(sealed)
    assert sealed.salt is not None
    assert sealed.salt not in repr(sealed)


def test_an_event_of_a_newer_version_is_refused_with_a_sentence() -> None:
    with pytest.raises(StoreTooNewError, match="新しい版"):
        stamped_from_sealed(replace(sealed_utterance(), type="telepathy"))


@pytest.mark.parametrize("payload", ['{"text":"家賃"}', "[]", "家賃", ""])
def test_an_unreadable_payload_is_an_error_without_its_words(payload: str) -> None:
    with pytest.raises(StoreError, match="通し番号 1 ") as caught:
        stamped_from_sealed(replace(sealed_utterance(), payload=payload))
    assert "家賃" not in str(caught.value)
    assert caught.value.__cause__ is None
