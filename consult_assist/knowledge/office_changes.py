"""What has to change in the office's own folder so that the knowledge says what a workbook says."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import tomlkit
from pydantic import BaseModel

from consult_assist.disk import write_whole
from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.intake import Intake
from consult_assist.knowledge.marks import content, marks_of
from consult_assist.knowledge.office import contacts_form
from consult_assist.knowledge.schema import EverydayTable
from consult_assist.knowledge.sheets import BASED_ON, HEADS, label, tables_of
from consult_assist.knowledge.toml_text import filled, text_from_table

_TableT = TypeVar("_TableT", bound=BaseModel)
WHOLE_FILES = ("programmes", "protocols", "terms")
"""Kinds of which each entry has a file of its own, and an office a copy of it."""
UNORDERED = ("cues", "examples", "harmless")
"""Lists whose order says nothing: to sort a sheet changes no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file of the office's folder that is to be written, or removed where `text` is None.

    Attributes:
        file: below the folder, with `/`.
        title: what changes, for the clerk.
        labels: which of its keys change, as the workbook calls them; none where it is new.
    """

    action: Literal["new", "changed", "back"]
    title: str
    file: str
    text: str | None
    labels: tuple[str, ...] = ()


def plan_changes(
    wanted: KnowledgeEntries, shipped: KnowledgeEntries, current: KnowledgeEntries, folder: Path
) -> tuple[Change, ...]:
    """Return the fewest changes after which the knowledge says what is wanted.

    An entry that still says what the office was once shipped is left to the program: else an upgrade would be
    undone by a workbook that was exported before it.
    """
    changes: list[Change] = []
    for kind in WHOLE_FILES:
        for entry_id, table in tables_of(wanted, kind).items():
            theirs, now = (tables_of(entries, kind).get(entry_id) for entries in (shipped, current))
            in_office = is_office(current, kind, entry_id)
            change = _entry_change(kind, entry_id, table, theirs, now, in_office=in_office)
            if change is not None:
                then = table if theirs is None or change.text is not None else theirs
                changes.append(replace(change, labels=_labels(kind, now, then)))
    changes += _everyday_change(wanted, shipped, current)
    changes += _contacts_change(wanted, shipped, current, folder)
    return tuple(changes)


def with_parts_kept(intake: Intake, current: KnowledgeEntries) -> Intake:
    """Return what a workbook says, and what is in use where it is too old to say anything.

    An entry that nobody touched stays as it was read: by its marks it is still known to be untouched.
    """
    programmes = dict(intake.entries.programmes)
    for entry_id, table in programmes.items():
        now = current.programmes.get(entry_id)
        if now is not None and table.based_on != marks_of(table):
            kept = {sheet.part: getattr(now, sheet.part) for sheet in intake.lacking if sheet.part}
            programmes[entry_id] = table.model_copy(update=kept)
    return replace(intake, entries=replace(intake.entries, programmes=programmes))


def with_order_kept(wanted: KnowledgeEntries, current: KnowledgeEntries) -> KnowledgeEntries:
    """Return the entries with the order in use where only the order of a list differs and says nothing."""
    return replace(
        wanted,
        programmes=_in_order(wanted.programmes, current.programmes),
        protocols=_in_order(wanted.protocols, current.protocols),
    )


def _in_order(wanted: Mapping[str, _TableT], current: Mapping[str, _TableT]) -> dict[str, _TableT]:
    found = dict(wanted)
    for entry_id in wanted.keys() & current.keys():
        table, now = wanted[entry_id], current[entry_id]
        parts = [part for part in UNORDERED if part in type(table).model_fields]
        same = {part: getattr(now, part) for part in parts if _same_lines(table, now, part)}
        found[entry_id] = table.model_copy(update=same)
    return found


def _same_lines(one: BaseModel, other: BaseModel, part: str) -> bool:
    return sorted(getattr(one, part)) == sorted(getattr(other, part))


def marked(entries: KnowledgeEntries) -> KnowledgeEntries:
    """Return the entries with a mark on what is shipped: a workbook has to know what it was made from."""

    def mark(kind: str, tables: Mapping[str, _TableT]) -> dict[str, _TableT]:
        return {
            entry_id: table
            if is_office(entries, kind, entry_id)
            else table.model_copy(update={BASED_ON: marks_of(table)})
            for entry_id, table in tables.items()
        }

    return replace(
        entries,
        programmes=mark("programmes", entries.programmes),
        protocols=mark("protocols", entries.protocols),
        terms=mark("terms", entries.terms),
    )


def is_office(entries: KnowledgeEntries, kind: str, entry_id: str) -> bool:
    """Return whether an entry comes from the office's folder."""
    file = entries.files.get((kind, entry_id))
    return file is not None and file.file.office


def title_of(kind: str, entry_id: str, table: BaseModel) -> str:
    """Return what a clerk calls an entry."""
    return f"{HEADS[kind].title}「{getattr(table, HEADS[kind].columns[0].key)}」（{entry_id}）"


def _entry_change(
    kind: str,
    entry_id: str,
    table: BaseModel,
    shipped: BaseModel | None,
    current: BaseModel | None,
    *,
    in_office: bool,
) -> Change | None:
    if shipped is not None:
        untouched = getattr(table, BASED_ON) == marks_of(table)
        if untouched or content(table) == content(shipped):
            back = change_for(kind, entry_id, table, action="changed")
            return replace(back, action="back", text=None) if in_office else None
    based_on = "" if shipped is None else getattr(table, BASED_ON) or marks_of(shipped)
    table = table.model_copy(update={BASED_ON: based_on})
    if in_office and current is not None and content(current) == content(table):
        return None
    return change_for(kind, entry_id, table, action="new" if shipped is None and not in_office else "changed")


def _labels(kind: str, before: BaseModel | None, after: BaseModel) -> tuple[str, ...]:
    if before is None:
        return ()
    old, new = content(before), content(after)
    return tuple(label(kind, key) for key in type(after).model_fields if old.get(key) != new.get(key))


def change_for(kind: str, entry_id: str, table: BaseModel, *, action: Literal["new", "changed"]) -> Change:
    """Return the writing of one whole file."""
    return Change(
        action=action,
        title=title_of(kind, entry_id, table),
        file=f"{kind}/{entry_id}.toml",
        text=text_from_table(kind, table),
    )


def _everyday_change(
    wanted: KnowledgeEntries, shipped: KnowledgeEntries, current: KnowledgeEntries
) -> Iterator[Change]:
    own = tuple(text for text in wanted.everyday if text not in shipped.everyday)
    known = tuple(text for text in current.everyday if text not in shipped.everyday)
    if own == known:
        return
    text = text_from_table("everyday", EverydayTable(examples=own)) if own else None
    yield Change(
        action="changed" if own else "back",
        title=f"何も出さない話（事務所の文 {len(own)}）",
        file="everyday.toml",
        text=text,
    )


def _contacts_change(
    wanted: KnowledgeEntries, shipped: KnowledgeEntries, current: KnowledgeEntries, folder: Path
) -> Iterator[Change]:
    own = {
        entry_id: overrides(table, shipped.contacts.get(entry_id))
        for entry_id, table in wanted.contacts.items()
    }
    known = {
        entry_id: overrides(table, shipped.contacts.get(entry_id))
        for entry_id, table in current.contacts.items()
        if entry_id in own
    }
    different = {entry_id: keys for entry_id, keys in own.items() if keys != known.get(entry_id, {})}
    if not different:
        return
    file = folder / "contacts.toml"
    if file.is_file():
        text = file.read_text(encoding="utf-8-sig")
    else:
        text = contacts_form(table.to_domain(entry_id) for entry_id, table in shipped.contacts.items())
    names = "、".join(wanted.contacts[entry_id].name for entry_id in different)
    yield Change(
        action="changed",
        title=f"連絡先（{names}）",
        file="contacts.toml",
        text=with_contacts(text, different, {entry_id: known.get(entry_id, {}) for entry_id in different}),
    )


def overrides(table: BaseModel, shipped: BaseModel | None) -> dict[str, Any]:
    """Return the keys of a contact that the office has to give, with what empties a shipped one."""
    mine, theirs = filled(table), {} if shipped is None else filled(shipped)
    given = {key: value for key, value in mine.items() if theirs.get(key) != value and value is not False}
    empty = {"number": "", "note": "", "local": False, "source": {}}
    given |= {key: empty[key] for key in empty if theirs.get(key) and not mine.get(key)}
    return given


def with_contacts(
    text: str, given: Mapping[str, Mapping[str, Any]], before: Mapping[str, Mapping[str, Any]]
) -> str:
    """Return a contacts file with some contacts changed; remarks and everything else stay."""
    document = tomlkit.parse(text)
    for contact_id, keys in given.items():
        if contact_id not in document:
            document.add(contact_id, tomlkit.table())
        table: Any = document[contact_id]
        for key in before.get(contact_id, {}):
            if key not in keys:
                table.pop(key, None)
        for key, value in keys.items():
            if isinstance(value, dict):
                table.pop(key, None)
                table.add(key, tomlkit.item({name: item for name, item in value.items() if item}))
            else:
                table[key] = value
    return tomlkit.dumps(document)


def apply_changes(
    changes: Iterable[Change], folder: Path, now: datetime, *, keep: bool = True
) -> Path | None:
    """Carry out the changes, all or none, and return where the files that were there have been copied.

    Args:
        changes: what to write and remove.
        folder: the office's own.
        now: names the copy.
        keep: False where nothing that is there changes.

    Raises:
        KnowledgeError: the folder cannot be written; nothing has changed.
    """
    planned = tuple(changes)
    kept = folder.with_name(f"{folder.name}-{now:%Y%m%d-%H%M%S}") if keep else None
    if kept is None or kept.exists() or not any(folder.rglob("*.toml")):
        kept = None  # nothing to copy, or copied just now
    try:
        if kept is not None:
            shutil.copytree(folder, kept)
        _write_all(planned, folder)
    except OSError as error:
        if kept is not None:
            shutil.rmtree(kept, ignore_errors=True)  # half a copy would be taken for a whole one
        raise KnowledgeError(
            f"事務所の知識のフォルダー {folder} に書けません（何も変えていません）。"
            "空きと権限を確かめてください。"
        ) from error
    return kept


def _write_all(changes: Sequence[Change], folder: Path) -> None:
    """Write everything beside its place first, then put it in place; what goes wrong is taken back.

    Who may read and write a file that was there stays so. On a full disk only renaming can be relied on:
    hence the copies, made before anything changes.
    """
    targets = [folder / change.file for change in changes]
    fresh = {target: target.with_name(f"{target.name}.new") for target in targets}
    former = {target: target.with_name(f"{target.name}.former") for target in targets}
    changed: list[Path] = []
    try:
        for change, target in zip(changes, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            if change.text is not None:
                write_whole(fresh[target], change.text.encode())
            former[target].unlink(missing_ok=True)  # a killed run may have left one
            if target.is_file():
                shutil.copy(target, former[target])
                _keep_mode(target, fresh[target])
        for change, target in zip(changes, targets, strict=True):
            changed.append(target)
            if change.text is None:
                target.unlink(missing_ok=True)
            else:
                fresh[target].replace(target)
    except BaseException:
        for target in changed:
            if former[target].is_file():
                former[target].replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        for path in (*fresh.values(), *former.values()):
            path.unlink(missing_ok=True)


def _keep_mode(place: Path, fresh: Path) -> None:
    if fresh.is_file() and sys.platform != "win32":  # there the folder says who may read
        shutil.copymode(place, fresh)
