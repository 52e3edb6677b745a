"""Short digests of an entry's keys, by which an office's copy remembers what it was made from."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_MARK_CHARS = 6


def content(table: BaseModel) -> dict[str, Any]:
    """Return what an entry says, key by key, without what is empty or the program's own."""
    values = table.model_dump(mode="json", exclude={"based_on"}, exclude_defaults=True)
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def marks_of(table: BaseModel) -> str:
    """Return `key:digest` for every key; keys that a later version adds do not change the others."""
    return " ".join(f"{key}:{_digest(value)}" for key, value in sorted(content(table).items()))


def changed_keys(based_on: str, now: BaseModel) -> tuple[str, ...]:
    """Return the keys whose content is no more what the marks say."""
    before, after = _pairs(based_on), _pairs(marks_of(now))
    return tuple(key for key in sorted({*before, *after}) if before.get(key) != after.get(key))


def _pairs(marks: str) -> Mapping[str, str]:
    return dict(pair.split(":", 1) for pair in marks.split() if ":" in pair)


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_CHARS]
