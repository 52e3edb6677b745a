"""Events ↔ plain JSON values, for the store and for the event stream."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from consult_assist.domain.events import EVENT_CLASSES, Event, StampedEvent


@cache
def _adapter(type_name: str) -> TypeAdapter[Event]:
    return TypeAdapter(EVENT_CLASSES[type_name])


def fields_from_event(event: Event) -> dict[str, Any]:
    """Return the event's fields as JSON values, without its type."""
    fields: dict[str, Any] = _adapter(event.type).dump_python(event, mode="json")
    return fields


def event_from_fields(type_name: str, fields: dict[str, Any]) -> Event:
    """Rebuild an event; fields this version does not know are ignored.

    Raises:
        KeyError: no event has this type.
        pydantic.ValidationError: the fields do not fit.
    """
    return _adapter(type_name).validate_python(fields)


def line_from_stamped(stamped: StampedEvent) -> dict[str, Any]:
    """Return one object of the event stream."""
    return {
        "type": stamped.event.type,
        "at_s": round(stamped.at_s, 3),
        "sound_s": round(stamped.sound_s, 3),
        **fields_from_event(stamped.event),
    }
