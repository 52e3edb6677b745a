"""Shipped folder and the office's own → KnowledgeBase; whatever is wrong becomes a fault, never a crash."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from consult_assist.domain.knowledge import (
    Contact,
    DangerProtocol,
    KnowledgeBase,
    KnowledgeFault,
    Name,
    Programme,
    Template,
)
from consult_assist.knowledge.crosscheck import close_programme, close_protocol, shared_names
from consult_assist.knowledge.schema import (
    ContactTable,
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
class _Loading:
    """What has been read so far; a later file overrides an earlier one with the same id."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    protocols: dict[str, DangerProtocol] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    terms: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    everyday: list[str] = field(default_factory=list)
    contact_tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[tuple[str, str], ParsedFile] = field(default_factory=dict)
    faults: list[KnowledgeFault] = field(default_factory=list)


def load_knowledge(shipped: Path, office: Path | None = None) -> KnowledgeBase:
    """Load the shipped knowledge and lay the office's own entries over it, id by id.

    An entry with a severe fault is off. Where only the office's version is broken the shipped one stays in
    use, so that a typing error never silences a danger protocol.

    Raises:
        KnowledgeError: the shipped folder is missing, or one of the folders cannot be listed.
    """
    files, faults = read_folder(shipped, office=False)
    if office is not None and office.is_dir():
        own_files, own_faults = read_folder(office, office=True)
        files, faults = files + own_files, faults + own_faults
    loading = _Loading(faults=faults)
    for file in files:
        _load_file(loading, file)
    _close(loading)
    return KnowledgeBase(
        programmes=loading.programmes,
        protocols=loading.protocols,
        contacts=loading.contacts,
        vocabulary=_unique_words(loading.terms.values()),
        templates=loading.templates,
        digest=_digest(files),
        faults=tuple(loading.faults),
        everyday=tuple(dict.fromkeys(loading.everyday)),
    )


def _load_file(loading: _Loading, file: KnowledgeFile) -> None:
    if file.kind is None:
        return
    parsed = parse_file(file)
    if isinstance(parsed, KnowledgeFault):
        known = (file.kind, file.stem) in loading.files
        loading.faults.append(replace(parsed, message=parsed.message + _consequence(known)))
    else:
        _load_entry(loading, parsed)


def _load_entry(loading: _Loading, parsed: ParsedFile) -> None:
    file = parsed.file
    match file.kind:
        case "programmes":
            if table := _checked(loading, parsed, ProgrammeTable):
                loading.programmes[table.id] = table.to_domain()
        case "protocols":
            if protocol := _checked(loading, parsed, ProtocolTable):
                loading.protocols[protocol.id] = protocol.to_domain()
        case "templates":
            if template := _checked(loading, parsed, TemplateTable):
                loading.templates[template.id] = template.to_domain()
        case "terms":
            if terms := _checked(loading, parsed, TermsTable):
                loading.terms[file.stem] = terms.to_domain()
        case "everyday":
            if everyday := _checked(loading, parsed, EverydayTable):
                loading.everyday += everyday.examples
        case _:
            _load_contacts(loading, parsed)


def _checked(loading: _Loading, parsed: ParsedFile, model: type[_TableT]) -> _TableT | None:
    """Validate a whole file whose id is its file name, and note it when it is sound."""
    stem = parsed.file.stem
    place = (str(parsed.file.kind), stem)
    consequence = _consequence(place in loading.files)
    table, faults = _validate(parsed, parsed.table, model, entry=stem, consequence=consequence)
    stated = parsed.table.get("id")
    if isinstance(stated, str) and stated != stem:
        message = f"id「{stated}」がファイル名「{stem}」と違います。同じにしてください。{consequence}"
        faults.append(parsed.fault(("id",), message, entry=stem))
    loading.faults.extend(faults)
    if faults:
        return None
    loading.files[place] = parsed
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


def _load_contacts(loading: _Loading, parsed: ParsedFile) -> None:
    """Check each contact by itself; the keys that the office gives lie over the shipped ones."""
    loading.files[CONTACTS, CONTACTS] = parsed
    for contact_id, given in parsed.table.items():
        known = contact_id in loading.contacts
        values: object = given
        if isinstance(given, dict):
            values = {**loading.contact_tables.get(contact_id, {}), **given}
        table, faults = _validate(
            parsed,
            values,
            ContactTable,
            prefix=(contact_id,),
            entry=contact_id,
            consequence=_consequence(known),
        )
        loading.faults.extend(faults)
        if table is not None and isinstance(values, dict):
            loading.contact_tables[contact_id] = values
            loading.contacts[contact_id] = table.to_domain(contact_id)


def _close(loading: _Loading) -> None:
    """Take out what leads nowhere, so that whoever reads the base can follow every id."""
    files = {entry: parsed for (kind, entry), parsed in loading.files.items() if kind == "programmes"}
    for programme in tuple(loading.programmes.values()):
        closed, faults = close_programme(programme, files[programme.id], loading.programmes, loading.contacts)
        loading.programmes[programme.id] = closed
        loading.faults.extend(faults)
    for protocol in tuple(loading.protocols.values()):
        parsed = loading.files["protocols", protocol.id]
        loading.protocols[protocol.id], faults = close_protocol(protocol, parsed, loading.contacts)
        loading.faults.extend(faults)
    loading.faults.extend(shared_names(loading.programmes.values(), files))


def _consequence(shipped_exists: bool) -> str:
    return _SHIPPED_INSTEAD if shipped_exists else _OFF


def _unique_words(lists: Iterable[tuple[Name, ...]]) -> tuple[Name, ...]:
    words: dict[str, Name] = {}
    for names in lists:
        for name in names:
            words.setdefault(name.text, name)
    return tuple(words.values())


def _digest(files: Sequence[KnowledgeFile]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.office, file.relative)):
        digest.update(f"{'office' if file.office else 'shipped'}/{file.relative}\0".encode())
        digest.update(hashlib.sha256(file.content).digest())
    return digest.hexdigest()
