"""What one file alone cannot show: cues that do not parse, links to nothing, names listed twice."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from consult_assist.counter.cue import CueSyntaxError, parse_cue
from consult_assist.counter.fact_conditions import FactConditionError, parse_fact_condition
from consult_assist.domain.knowledge import (
    Contact,
    CueWords,
    DangerProtocol,
    KnowledgeFault,
    Programme,
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|[a-z]+")


class Placed(Protocol):
    """An entry whose keys can be pointed at: in a file, or in a workbook."""

    def fault(
        self, loc: Sequence[str | int], message: str, *, entry: str | None = None, value: str | None = None
    ) -> KnowledgeFault:
        """Return a fault at a key."""


def close_programme(
    programme: Programme,
    file: Placed,
    programmes: Container[str],
    contacts: Mapping[str, Contact],
    groups: Mapping[str, Sequence[str]],
) -> tuple[Programme, list[KnowledgeFault]]:
    """Return the programme without what leads nowhere, contact ids written out, and the faults found."""
    faults: list[KnowledgeFault] = []
    related = []
    for position, other in enumerate(programme.related):
        if other in programmes and other != programme.id:
            related.append(other)
        else:
            message = f"「{other}」という制度がありません。ID のつづりを確かめてください。"
            faults.append(file.fault(("related", position), message, value=other))
    desks = []
    for position, desk in enumerate(programme.contacts):
        if desk in contacts:
            contact = contacts[desk]
            desks.append(f"{contact.name} {contact.number}" if contact.number else contact.name)
        elif _ID.fullmatch(desk):
            faults.append(_missing_contact(file, position, desk))
        else:
            desks.append(desk)
    cues, cue_faults = _sound_cues(programme.cues, file, groups)
    facts, fact_faults = _sound(programme.facts, parse_fact_condition, file, "facts", "この行")
    closed = replace(programme, related=tuple(related), contacts=tuple(desks), cues=cues, facts=facts)
    return closed, faults + cue_faults + fact_faults


def close_protocol(
    protocol: DangerProtocol,
    file: Placed,
    contacts: Container[str],
    groups: Mapping[str, Sequence[str]],
) -> tuple[DangerProtocol, list[KnowledgeFault]]:
    """Return the protocol without contacts that do not exist and cues that do not parse, and the faults."""
    missing = [
        _missing_contact(file, position, contact)
        for position, contact in enumerate(protocol.contacts)
        if contact not in contacts
    ]
    cues, cue_faults = _sound_cues(protocol.cues, file, groups)
    known = tuple(contact for contact in protocol.contacts if contact in contacts)
    return replace(protocol, contacts=known, cues=cues), missing + cue_faults


def close_words(
    groups: Mapping[str, tuple[str, ...]], frames: Mapping[str, Sequence[str]], file: Placed | None
) -> tuple[CueWords, list[KnowledgeFault]]:
    """Return the groups, the frames that can be read, and a fault for what names an unknown group."""
    if file is None:
        return CueWords(dict(groups)), []
    faults: list[KnowledgeFault] = []
    for name in groups:
        try:
            parse_cue(f"@{name}", groups)
        except CueSyntaxError as error:
            faults.append(file.fault(("groups", name), str(error)))
    sound: list[str] = []
    for name, cues in frames.items():
        for cue in cues:
            try:
                parse_cue(cue, groups)
            except CueSyntaxError as error:
                faults.append(file.fault(("frames", name), f"{error} この手がかりは使いません。"))
            else:
                sound.append(cue)
    return CueWords(dict(groups), tuple(sound)), faults


def shared_names(programmes: Iterable[Programme], files: Mapping[str, Placed]) -> list[KnowledgeFault]:
    """Return a fault for each name that a second programme lists too; a name must say one thing."""
    faults: list[KnowledgeFault] = []
    owner: dict[str, str] = {}
    for programme in programmes:
        for position, name in enumerate(programme.names):
            first = owner.setdefault(name_key(name.text), programme.id)
            if first != programme.id:
                message = f"名前「{name.text}」が制度「{first}」にもあります。どちらか 1 つにしてください。"
                faults.append(files[programme.id].fault(("names", position), message, value=name.text))
    return faults


def name_key(text: str) -> str:
    """Return a text as names are compared: 全角 and 半角, capital and small letters are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _missing_contact(file: Placed, position: int, contact: str) -> KnowledgeFault:
    message = f"「{contact}」という連絡先がありません。連絡先の ID とつづりを合わせてください。"
    return file.fault(("contacts", position), message, value=contact)


def _sound_cues(
    cues: Iterable[str], file: Placed, groups: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], list[KnowledgeFault]]:
    return _sound(cues, partial(parse_cue, groups=groups), file, "cues", "この手がかり")


def _sound(
    lines: Iterable[str], parse: Callable[[str], object], file: Placed, key: str, called: str
) -> tuple[tuple[str, ...], list[KnowledgeFault]]:
    """Return the lines of a list that can be read, and a fault for each of the others."""
    sound, faults = [], []
    for position, line in enumerate(lines):
        try:
            parse(line)
        except (CueSyntaxError, FactConditionError) as error:
            faults.append(file.fault((key, position), f"{error} {called}は使いません。", value=line))
        else:
            sound.append(line)
    return tuple(sound), faults
