"""The hash chain: how an event is sealed and how it is opened again. Pure.

    digest  = SHA-256(salt ‖ payload)
    chain_n = SHA-256(JSON of [chain_{n-1}, position, consultation, type, at, at_s, sound_s, digest])

The chain holds only the salted digest, so a payload can be erased together with its salt and everything
after it still verifies.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from consult_assist.domain.codec import event_from_fields, fields_from_event
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.speech import Draft
from consult_assist.errors import StoreError, StoreTooNewError

_SALT_BYTES = 16
"""Fixed, so that salt ‖ payload can be read in one way only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """Where the chain ends; kept apart from the events so that a cut-off tail is noticed."""

    position: int
    hash: str


EMPTY_CHAIN = ChainHead(position=0, hash="0" * 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEvent:
    """An event as it is kept: one row.

    Attributes:
        position: place in the one chain over all consultations, from 1.
        at: UTC, ISO 8601 with microseconds, always of the same length.
        payload: the event's fields as JSON; None once erased.
        salt: hexadecimal; None once erased.
        digest: hexadecimal, outlives payload and salt.
        chain: hexadecimal, covers everything above and the event before.
    """

    position: int
    consultation_id: str
    type: str
    at: str
    at_s: float
    sound_s: float
    payload: str | None = field(repr=False)
    salt: str | None = field(repr=False)
    digest: str
    chain: str

    @property
    def head(self) -> ChainHead:
        """The chain's head if this event is the last."""
        return ChainHead(position=self.position, hash=self.chain)


def seal(
    head: ChainHead, consultation_id: str, event: Event, *, at: datetime, at_s: float, sound_s: float
) -> SealedEvent:
    """Put an event behind `head`.

    Raises:
        ValueError: a draft, a time without a zone or a number that JSON cannot hold.
    """
    if isinstance(event, Draft):
        raise ValueError("drafts are never stored")  # noqa: TRY004 - the value is refused, not its type
    payload = json.dumps(fields_from_event(event), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    payload = storable(payload)
    salt = secrets.token_hex(_SALT_BYTES)
    unlinked = SealedEvent(
        position=head.position + 1,
        consultation_id=consultation_id,
        type=event.type,
        at=text_from_time(at),
        at_s=float(at_s),
        sound_s=float(sound_s),
        payload=payload,
        salt=salt,
        digest=digest(salt, payload),
        chain="",
    )
    return replace(unlinked, chain=link(head.hash, unlinked))


def digest(salt: str, payload: str) -> str:
    """Return the salted digest of a payload; an unreadable salt gives a digest that fits nothing."""
    try:
        salt_bytes = bytes.fromhex(salt)
    except ValueError:
        return ""
    return hashlib.sha256(salt_bytes + payload.encode()).hexdigest()


def link(previous: str, event: SealedEvent) -> str:
    """Return the chain hash of an event that follows the hash `previous`."""
    parts = [
        previous,
        event.position,
        event.consultation_id,
        event.type,
        event.at,
        event.at_s,
        event.sound_s,
        event.digest,
    ]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def erase(event: SealedEvent) -> SealedEvent:
    """Return the event without payload and salt."""
    return replace(event, payload=None, salt=None)


def stamped_from_sealed(sealed: SealedEvent) -> StampedEvent:
    """Rebuild the event.

    Raises:
        StoreTooNewError: no event of this version has this type.
        StoreError: payload or time are not what we write.
    """
    try:
        event = event_from_fields(sealed.type, json.loads(sealed.payload or ""))
        at = datetime.fromisoformat(sealed.at)
    except KeyError:
        raise StoreTooNewError(
            "この相談記録は新しい版のプログラムで書かれています。プログラムを新しくしてから開いてください。"
        ) from None
    except ValueError:  # its message may hold citizens' words
        raise StoreError(
            f"通し番号 {sealed.position} の記録を読めません。"
            "consult-assist records verify で調べ、壊れていればバックアップから戻してください。"
        ) from None
    return StampedEvent(
        event=event,
        at=at,
        at_s=sealed.at_s,
        sound_s=sealed.sound_s,
        position=sealed.position,
    )


def storable(text: str) -> str:
    """Return text without what some database refuses: halves of surrogate pairs and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def text_from_time(at: datetime) -> str:
    """Return a time as UTC text that sorts by time.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
