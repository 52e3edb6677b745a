"""Knowledge → the lines that a search looks into."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult_assist.domain.knowledge import Contact, DangerProtocol, KnowledgeBase, Programme
from consult_assist.domain.search import HitKind, Why

_UNKNOWN_LEVEL = "未確認"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found."""

    kind: HitKind
    id: str
    title: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry; `reading` is given only where the dictionary reads it wrongly."""

    entry: int
    why: Why
    text: str
    reading: str | None = None


def collect_lines(knowledge: KnowledgeBase) -> tuple[list[Entry], list[Line]]:
    """Return every entry and every line, names first among the lines of each."""
    entries: list[Entry] = []
    lines: list[Line] = []
    for entry, found in _all(knowledge):
        lines += [
            Line(len(entries), why, text, reading) for why, text, reading in dict.fromkeys(found) if text
        ]
        entries.append(entry)
    return entries, lines


_Found = tuple[Why, str, str | None]


def _all(knowledge: KnowledgeBase) -> Iterator[tuple[Entry, list[_Found]]]:
    for programme in knowledge.programmes.values():
        doubtful = bool(programme.unverified) or any(a.level == _UNKNOWN_LEVEL for a in programme.amounts)
        entry = Entry(HitKind.PROGRAMME, programme.id, programme.name, doubtful)
        yield entry, list(_programme(programme, knowledge))
    for protocol in knowledge.protocols.values():
        yield (
            Entry(HitKind.PROTOCOL, protocol.id, protocol.title, bool(protocol.gaps)),
            list(_protocol(protocol)),
        )
    for contact in knowledge.contacts.values():
        yield Entry(HitKind.CONTACT, contact.id, contact.name, unverified=False), list(_contact(contact))


def _programme(programme: Programme, knowledge: KnowledgeBase) -> Iterator[_Found]:
    yield Why.NAME, programme.name, None
    yield from ((Why.NAME, name.text, name.reading) for name in programme.names)
    yield from _plain(Why.SUMMARY, [f"{programme.category} {programme.summary}"])
    yield from _plain(Why.EXAMPLE, programme.examples)
    yield from _plain(Why.CUE, map(cue_words, programme.cues))
    yield from _plain(Why.TARGET, programme.target)
    yield from _plain(Why.QUESTION, programme.questions)
    yield from _plain(Why.DOCUMENT, programme.documents)
    yield from _plain(Why.AMOUNT, (amount.text for amount in programme.amounts))
    yield from _plain(Why.MISCONCEPTION, (f"× {m.wrong} → {m.right}" for m in programme.misconceptions))
    yield from _plain(Why.LAW, programme.laws)
    desks = (
        knowledge.contacts[desk].name if desk in knowledge.contacts else desk for desk in programme.contacts
    )
    yield from _plain(Why.DESK, desks)
    yield from _plain(Why.UNVERIFIED, programme.unverified)


def _protocol(protocol: DangerProtocol) -> Iterator[_Found]:
    yield Why.NAME, protocol.title, None
    yield from _plain(Why.CUE, map(cue_words, protocol.cues))
    yield from _plain(Why.STEP, protocol.steps)
    yield from _plain(Why.QUESTION, protocol.questions)
    yield from _plain(Why.UNVERIFIED, protocol.gaps)


def _contact(contact: Contact) -> Iterator[_Found]:
    yield Why.NAME, contact.name, None
    yield from _plain(Why.NOTE, [f"{contact.number or ''} {contact.note}".strip()])


def _plain(why: Why, texts: Iterable[str]) -> Iterator[_Found]:
    return ((why, text, None) for text in texts)


def cue_words(cue: str) -> str:
    """Return a cue in half-width signs, without the words that must not occur."""
    parts = unicodedata.normalize("NFKC", cue).split()
    return " ".join(part for part in parts if not part.startswith("!"))


def shown_cue(cue: str, wanted: Sequence[str]) -> str:
    """Return a cue as people read it, with the alternative of each word that holds most of what was typed.

    Args:
        cue: 旦那|夫 出て行く|いなくなる.
        wanted: pairs of characters that were typed.
    """
    groups = [group.split("|") for group in cue.split()]
    best = (max(group, key=lambda word: sum(pair in word for pair in wanted)) for group in groups)
    return " ＋ ".join(word.strip("@「」") for word in best)
