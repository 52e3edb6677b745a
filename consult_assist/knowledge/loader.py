"""Shipped folder and the office's own → KnowledgeBase; whatever is wrong becomes a fault, never a crash."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from consult_assist.domain.knowledge import (
    DangerProtocol,
    KnowledgeBase,
    KnowledgeFault,
    Name,
    Programme,
)
from consult_assist.knowledge.crosscheck import (
    Placed,
    close_programme,
    close_protocol,
    close_words,
    shared_names,
)
from consult_assist.knowledge.entries import KnowledgeEntries, read_entries
from consult_assist.knowledge.schema import TermsTable


def load_knowledge(shipped: Path, office: Path | None = None) -> KnowledgeBase:
    """Load the shipped knowledge with the office's own entries over it.

    Raises:
        KnowledgeError: the shipped folder is missing, or one of the folders cannot be listed.
    """
    return close_entries(read_entries(shipped, office))


def close_entries(
    entries: KnowledgeEntries, places: Mapping[tuple[str, str], Placed] | None = None
) -> KnowledgeBase:
    """Take out what leads nowhere, so that whoever reads the base can follow every id.

    Args:
        entries: what the files, or a workbook, say.
        places: where each entry stands, by kind and id; None is in its file.
    """
    where = entries.files if places is None else places
    programmes: dict[str, Programme] = {}
    protocols: dict[str, DangerProtocol] = {}
    faults: list[KnowledgeFault] = []
    contacts = {contact_id: table.to_domain(contact_id) for contact_id, table in entries.contacts.items()}
    words, word_faults = close_words(entries.groups, entries.frames, where.get(("cue-words", "cue-words")))
    faults += word_faults
    files = {entry: file for (kind, entry), file in where.items() if kind == "programmes"}
    for programme_id, programme in entries.programmes.items():
        programmes[programme_id], found = close_programme(
            programme.to_domain(), files[programme_id], entries.programmes, contacts, words.groups
        )
        faults += found
    for protocol_id, protocol in entries.protocols.items():
        protocols[protocol_id], found = close_protocol(
            protocol.to_domain(), where["protocols", protocol_id], contacts, words.groups
        )
        faults += found
    faults += shared_names(programmes.values(), files)
    return KnowledgeBase(
        programmes=programmes,
        protocols=protocols,
        contacts=contacts,
        vocabulary=_unique_words(entries.terms.values()),
        templates={template_id: table.to_domain() for template_id, table in entries.templates.items()},
        digest=entries.digest,
        faults=(*entries.faults, *faults),
        everyday=entries.everyday,
        words=words,
    )


def _unique_words(lists: Iterable[TermsTable]) -> tuple[Name, ...]:
    words: dict[str, Name] = {}
    for table in lists:
        for name in table.to_domain():
            words.setdefault(name.text, name)
    return tuple(words.values())
