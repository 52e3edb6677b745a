"""The office's entries beside the shipped ones: what differs, and what the program's upgrade changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.marks import changed_keys, marks_of
from consult_assist.knowledge.office_changes import (
    WHOLE_FILES,
    Change,
    change_for,
    is_office,
    overrides,
    title_of,
)
from consult_assist.knowledge.sheets import BASED_ON, FLAG, label, tables_of
from consult_assist.knowledge.toml_text import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDifference:
    """One key: what was taken out and what was put in, as lines to read."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDifference:
    """One entry of the office.

    Attributes:
        own: the office added it.
        renewed: labels of the keys that the program's own entry changed since the office made its copy.
        dated: False where the copy does not say what it was made from.
    """

    kind: str
    entry: str
    title: str
    own: bool
    keys: tuple[KeyDifference, ...] = ()
    renewed: tuple[str, ...] = ()
    dated: bool = True


def compare_with_shipped(current: KnowledgeEntries, shipped: KnowledgeEntries) -> tuple[EntryDifference, ...]:
    """Return every entry that the office added or changed."""
    found: list[EntryDifference] = []
    for kind in WHOLE_FILES:
        for entry_id, table in tables_of(current, kind).items():
            if is_office(current, kind, entry_id):
                found.append(_compared(kind, entry_id, table, tables_of(shipped, kind).get(entry_id)))
    for contact_id, contact in current.contacts.items():
        theirs = shipped.contacts.get(contact_id)
        if given := overrides(contact, theirs):
            before = {} if theirs is None else filled(theirs)
            found.append(
                EntryDifference(
                    kind="contacts",
                    entry=contact_id,
                    title=title_of("contacts", contact_id, contact),
                    own=theirs is None,
                    keys=tuple(_contact_keys(before, given)),
                )
            )
    if own := tuple(text for text in current.everyday if text not in shipped.everyday):
        found.append(
            EntryDifference(
                kind="everyday",
                entry="everyday",
                title="何も出さない話",
                own=False,
                keys=(KeyDifference(label="言い方", before=(), after=own),),
            )
        )
    return tuple(found)


def marks_renewed(current: KnowledgeEntries, shipped: KnowledgeEntries, entry_id: str) -> Change | None:
    """Return what marks the office's copy of a shipped entry as compared with it today, or None."""
    for kind in WHOLE_FILES:
        theirs = tables_of(shipped, kind).get(entry_id)
        if theirs is not None and is_office(current, kind, entry_id):
            marked = tables_of(current, kind)[entry_id].model_copy(update={BASED_ON: marks_of(theirs)})
            return change_for(kind, entry_id, marked, action="changed")
    return None


def _compared(kind: str, entry_id: str, table: BaseModel, shipped: BaseModel | None) -> EntryDifference:
    title = title_of(kind, entry_id, table)
    if shipped is None:
        return EntryDifference(kind=kind, entry=entry_id, title=title, own=True)
    based_on = str(getattr(table, BASED_ON))
    renewed = changed_keys(based_on, shipped) if based_on else ()
    return EntryDifference(
        kind=kind,
        entry=entry_id,
        title=title,
        own=False,
        keys=tuple(_keys(kind, shipped, table)),
        renewed=tuple(label(kind, key) for key in renewed),
        dated=bool(based_on),
    )


def _keys(kind: str, shipped: BaseModel, table: BaseModel) -> Iterator[KeyDifference]:
    for key in type(table).model_fields:
        before, after = getattr(shipped, key), getattr(table, key)
        if key == BASED_ON or before == after:
            continue
        old, new = _lines(before), _lines(after)
        gone = tuple(line for line in old if line not in new)
        come = tuple(line for line in new if line not in old)
        name = label(kind, key)
        if gone or come:
            yield KeyDifference(label=name, before=gone, after=come)
        else:
            yield KeyDifference(label=f"{name}の順番", before=old, after=new)


def _contact_keys(before: dict[str, Any], given: dict[str, Any]) -> Iterator[KeyDifference]:
    for key, value in given.items():
        yield KeyDifference(
            label=label("contacts", key), before=_lines(before.get(key)), after=_lines(value or None)
        )


def _lines(value: Any) -> tuple[str, ...]:
    """Return a value as lines to read, one for each item."""
    if isinstance(value, bool):
        return (FLAG,) if value else ()
    if isinstance(value, tuple | list):
        return tuple(line for item in value for line in _lines(item))
    if isinstance(value, BaseModel):
        value = filled(value)
    if isinstance(value, dict):
        words = (
            " ".join(item) if isinstance(item, tuple | list) else str(item) for item in value.values() if item
        )
        return ("／".join(words),)
    return () if value in (None, "") else (str(value),)
