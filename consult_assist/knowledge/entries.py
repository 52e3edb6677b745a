"""Shipped folder and the office's own → checked tables, laid over each other id by id."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.knowledge.schema import (
    ContactTable,
    CueWordsTable,
    EverydayTable,
    ProgrammeTable,
    ProtocolTable,
    TemplateTable,
    TermsTable,
    message_for,
)
from consult_assist.knowledge.source import CONTACTS, KnowledgeFile, ParsedFile, parse_file, read_folder

_OFF = "直すまで、この項目は使いません。"
_SHIPPED_INSTEAD = "直すまで、付属の内容を使います。"
_TableT = TypeVar("_TableT", bound=BaseModel)


@dataclass(slots=True)
class KnowledgeEntries:
    """What the files say, as written: nothing is taken out yet, and contact ids are still ids.

    Attributes:
        terms: by file name.
        contact_values: what the files give for each contact, laid over each other, before any check.
        files: where each entry stands, by kind and id; the office's file where it has one.
    """

    programmes: dict[str, ProgrammeTable] = field(default_factory=dict)
    protocols: dict[str, ProtocolTable] = field(default_factory=dict)
    templates: dict[str, TemplateTable] = field(default_factory=dict)
    terms: dict[str, TermsTable] = field(default_factory=dict)
    contacts: dict[str, ContactTable] = field(default_factory=dict)
    everyday: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    frames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contact_values: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[tuple[str, str], ParsedFile] = field(default_factory=dict)
    faults: list[KnowledgeFault] = field(default_factory=list)
    digest: str = ""


def read_entries(shipped: Path, office: Path | None = None) -> KnowledgeEntries:
    """Read the shipped knowledge and lay the office's own entries over it, id by id.

    An entry with a severe fault is off. Where only the office's version is broken the shipped one stays in
    use, so that a typing error never silences a danger protocol.

    Raises:
        KnowledgeError: the shipped folder is missing, or one of the folders cannot be listed.
    """
    files, faults = read_folder(shipped, office=False)
    if office is not None and office.exists():  # what is no folder is a fault, not nothing
        own_files, own_faults = read_folder(office, office=True)
        files, faults = files + own_files, faults + own_faults
    entries = KnowledgeEntries(faults=faults, digest=_digest(files))
    for file in files:
        _read_file(entries, file)
    return entries


def _read_file(entries: KnowledgeEntries, file: KnowledgeFile) -> None:
    if file.kind is None:
        return
    parsed = parse_file(file)
    if isinstance(parsed, KnowledgeFault):
        known = (file.kind, file.stem) in entries.files
        entries.faults.append(replace(parsed, message=parsed.message + _consequence(known)))
    else:
        _read_entry(entries, parsed)


def _read_entry(entries: KnowledgeEntries, parsed: ParsedFile) -> None:
    match parsed.file.kind:
        case "programmes":
            _take_in(entries.programmes, _checked(entries, parsed, ProgrammeTable), parsed)
        case "protocols":
            _take_in(entries.protocols, _checked(entries, parsed, ProtocolTable), parsed)
        case "templates":
            _take_in(entries.templates, _checked(entries, parsed, TemplateTable), parsed)
        case "terms":
            _take_in(entries.terms, _checked(entries, parsed, TermsTable), parsed)
        case "everyday":
            if everyday := _checked(entries, parsed, EverydayTable):
                entries.everyday = tuple(dict.fromkeys((*entries.everyday, *everyday.examples)))
        case "cue-words":
            if words := _checked(entries, parsed, CueWordsTable):
                entries.groups |= words.groups
                entries.frames |= words.frames
        case _:
            _read_contacts(entries, parsed)


def _take_in(tables: dict[str, _TableT], table: _TableT | None, parsed: ParsedFile) -> None:
    if table is not None:
        tables[parsed.file.stem] = table


def _checked(entries: KnowledgeEntries, parsed: ParsedFile, model: type[_TableT]) -> _TableT | None:
    """Validate a whole file whose id is its file name, and note it when it is sound."""
    stem = parsed.file.stem
    place = (str(parsed.file.kind), stem)
    consequence = _consequence(place in entries.files)
    table, faults = _validate(parsed, parsed.table, model, entry=stem, consequence=consequence)
    stated = parsed.table.get("id")
    if isinstance(stated, str) and stated != stem:
        message = f"id「{stated}」がファイル名「{stem}」と違います。同じにしてください。{consequence}"
        faults.append(parsed.fault(("id",), message, entry=stem))
    entries.faults.extend(faults)
    if faults:
        return None
    entries.files[place] = parsed
    return table


def _validate(
    parsed: ParsedFile,
    values: object,
    model: type[_TableT],
    *,
    prefix: tuple[str, ...] = (),
    entry: str,
    consequence: str,
) -> tuple[_TableT | None, list[KnowledgeFault]]:
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        faults = []
        for item in error.errors(include_url=False):
            given = item["input"] if isinstance(item["input"], str) else None
            faults.append(
                parsed.fault(
                    (*prefix, *item["loc"]), message_for(item) + consequence, entry=entry, value=given
                )
            )
        return None, faults


def _read_contacts(entries: KnowledgeEntries, parsed: ParsedFile) -> None:
    """Check each contact by itself; the keys that the office gives lie over the shipped ones."""
    entries.files[CONTACTS, CONTACTS] = parsed
    for contact_id, given in parsed.table.items():
        known = contact_id in entries.contacts
        values: object = given
        if isinstance(given, dict):
            values = {**entries.contact_values.get(contact_id, {}), **given}
        table, faults = _validate(
            parsed,
            values,
            ContactTable,
            prefix=(contact_id,),
            entry=contact_id,
            consequence=_consequence(known),
        )
        entries.faults.extend(faults)
        if table is not None and isinstance(values, dict):
            entries.contact_values[contact_id] = values
            entries.contacts[contact_id] = table


def _consequence(shipped_exists: bool) -> str:
    return _SHIPPED_INSTEAD if shipped_exists else _OFF


def _digest(files: Sequence[KnowledgeFile]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.office, file.relative)):
        digest.update(f"{'office' if file.office else 'shipped'}/{file.relative}\0".encode())
        digest.update(hashlib.sha256(file.content).digest())
    return digest.hexdigest()
