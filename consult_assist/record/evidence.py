"""Events → what the record may rest on: who said what, what was found in it, where programmes stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.consultation import CaseNumberSet, ConsentWithdrawn, Redacted, Started
from consult_assist.domain.events import Event
from consult_assist.domain.found import retracted_facts
from consult_assist.domain.guidance import Alert, Fact, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.record import FieldEdited, LedgerLine, LineKind, ReadbackDecided
from consult_assist.domain.speech import Revision, Speaker, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.record.dialogue_acts import sounds_like_clerk

Written = tuple[str, tuple[str, ...]]
"""Text of a line that a person wrote, and the utterances behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A consultation as known now.

    Attributes:
        erased: consent was withdrawn and the text erased; nothing said before that is here.
        lines: utterances with text, in order of time.
        places: utterance id → its place among them.
        residents: utterances that the resident said, or may have where the speaker is unknown.
        known: every utterance or failed segment that still exists.
        terms: utterance id → terms that still stand in its latest text, in reading order.
        facts: utterance id → facts that still stand in its latest text, in reading order.
        taken_back: facts that stand in their line but that a later line corrected.
        words: a fact → the characters it was read from, where its revision is known.
        alerted: utterances that raised a danger protocol.
        ledger: one line a programme, in the order in which they came up.
        rewritten: utterances that were recognised a second time or corrected by the clerk.
        texts: utterance id and revision → the text of that revision.
        edits: what the clerk changed, in order.
        decided: what became of items of the read-back list, in order.
        overtaken: text and utterances of lines a person wrote before one of these utterances was corrected.
    """

    started: Started | None
    withdrawn: ConsentWithdrawn | None
    erased: bool
    lines: tuple[TranscriptLine, ...]
    places: Mapping[str, int]
    residents: frozenset[str]
    known: frozenset[str]
    terms: Mapping[str, tuple[Term, ...]]
    facts: Mapping[str, tuple[Fact, ...]]
    words: Mapping[Fact, str] = field(repr=False)
    alerted: frozenset[str]
    ledger: tuple[LedgerLine, ...]
    edits: tuple[FieldEdited, ...]
    rewritten: frozenset[str] = frozenset()
    texts: Mapping[tuple[str, int], str] = field(default_factory=dict, repr=False)
    decided: tuple[ReadbackDecided, ...] = ()
    overtaken: frozenset[Written] = field(default=frozenset(), repr=False)
    taken_back: frozenset[Fact] = frozenset()

    def line(self, utterance_id: str) -> TranscriptLine | None:
        """Return an utterance with text, if there is one with this id."""
        place = self.places.get(utterance_id)
        return None if place is None else self.lines[place]


@dataclass(slots=True, repr=False)
class _Said:
    """Everything that rests on someone's words, so that it can be forgotten at once."""

    transcript: Transcript = field(default_factory=Transcript)
    texts: dict[tuple[str, int], str] = field(default_factory=dict)
    reheard: dict[str, int] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    terms: dict[str, dict[Term, None]] = field(default_factory=lambda: defaultdict(dict))
    facts: dict[str, dict[Fact, None]] = field(default_factory=lambda: defaultdict(dict))
    alerted: set[str] = field(default_factory=set)
    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    touched: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    edits: list[FieldEdited] = field(default_factory=list)
    decided: list[ReadbackDecided] = field(default_factory=list)
    written: dict[Written, dict[str, int]] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        """Take in one event."""
        self.transcript.apply(event)
        match event:
            case Utterance():
                self.texts[event.id, 0] = event.text
            case Revision():
                self.texts[event.utterance_id, event.revision] = event.text
                if event.by == "again":
                    self.reheard[event.utterance_id] = event.revision
                elif event.by == "clerk":
                    self.corrected[event.utterance_id] = event.revision
            case Term():
                self.terms[event.utterance_id][event] = None
            case Fact():
                self.facts[event.utterance_id][event] = None
            case SpeakerAssigned(reread=True):
                self.terms.pop(event.utterance_id, None)
                self.facts.pop(event.utterance_id, None)
            case Alert():
                self.alerted.add(event.utterance_id)
            case LedgerEntry():
                self._enter(event)
            case FieldEdited():
                self.edits.append(event)
                self._write(event)
            case ReadbackDecided():
                self.decided.append(event)
            case _:
                pass

    def _write(self, edit: FieldEdited) -> None:
        """Note which revision of its utterances a person knew who wrote a line."""
        typed = [line for line in edit.after if line.kind is LineKind.CLERK and line.utterance_ids]
        before = {(line.text, line.utterance_ids) for line in edit.before} if typed else set()
        for line in typed:
            if (key := (line.text, line.utterance_ids)) not in before:
                known = {item: self.transcript.get(item) for item in line.utterance_ids}
                self.written[key] = {item: said.revision for item, said in known.items() if said is not None}

    def overtaken(self) -> Iterator[Written]:
        """Yield what was written before a person or a second recognition changed what it rests on."""
        for key, known in self.written.items():
            if any(
                max(self.reheard.get(item, 0), self.corrected.get(item, 0)) > revision
                for item, revision in known.items()
            ):
                yield key

    def _enter(self, entry: LedgerEntry) -> None:
        """Note a state; what the clerk set is not overruled by the program."""
        if entry.utterance_id is not None:
            self.touched[entry.utterance_id][entry.programme] = None
        known = self.entries.get(entry.programme)
        if known is None or known.by == "program" or entry.by == "clerk":
            self.entries[entry.programme] = entry

    def words_of(self, found: Term | Fact) -> str | None:
        """Return the characters a term or fact was read from, or None when that revision is unknown."""
        text = self.texts.get((found.utterance_id, found.revision))
        return None if text is None else text[found.start_char : found.end_char]

    def stands(self, found: Term | Fact) -> bool:
        """Return whether the words still stand in the latest text.

        A corrected text is analysed a moment later; until then, and for words the correction did not touch,
        what was found before holds. What was found before a second recognition does not: other words were
        heard. Where a clerk corrected (九万 → 十九万), the words must lie outside what was replaced.
        """
        line = self.transcript.get(found.utterance_id)
        if line is None or not line.text or found.revision < self.reheard.get(found.utterance_id, 0):
            return False
        if found.revision == line.revision:
            return True
        words = self.words_of(found)
        if found.revision < self.corrected.get(found.utterance_id, 0):
            before = self.texts.get((found.utterance_id, found.revision), "")
            return bool(words) and _untouched(before, line.text, found.start_char, found.end_char)
        return bool(words and words in line.text)


def _untouched(before: str, after: str, start: int, end: int) -> bool:
    """Return whether a stretch, and a character on each side of it, lies outside of what differs."""
    if before[: end + 1] == after[: end + 1] and end < len(before):
        return True
    return start > 0 and after.endswith(before[start - 1 :])


@dataclass(slots=True, repr=False)
class _Consultation:
    """How it began, what was agreed, and what was said since the words were last erased."""

    started: Started | None = None
    withdrawn: ConsentWithdrawn | None = None
    erased: bool = False
    said: _Said = field(default_factory=_Said)

    def apply(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case Started():
                self.started = event
            case CaseNumberSet() if self.started is not None:
                self.started = replace(self.started, case_number=event.case_number)
            case ConsentWithdrawn():
                self.withdrawn = event
            case Redacted(in_part=False) if self._words_go_now():
                self.said, self.erased = _Said(), True
            case _:
                self.said.apply(event)

    def _words_go_now(self) -> bool:
        """Return whether the words go now; what is written once they are gone stays when sound goes."""
        return self.withdrawn is not None and self.withdrawn.erase_text and not self.erased


def gather_evidence(events: Iterable[Event]) -> Evidence:
    """Read the events of one consultation, in order.

    When consent was withdrawn and the text erased, everything said, found or typed before the erasure is
    forgotten, whatever of it is still among the events.
    """
    consultation = _Consultation()
    for event in events:
        consultation.apply(event)
    said = consultation.said
    lines = tuple(line for line in said.transcript if line.text and line.text != OFF_RECORD)
    residents = frozenset(line.id for line in lines if _may_be_residents(line))
    terms = {line.id: tuple(_distinct_terms(said, line.id)) for line in lines}
    told = {line.id: tuple(_distinct_facts(said, line.id)) for line in lines}
    gone = retracted_facts([line.id for line in lines], told)
    facts = {key: tuple(fact for fact in group if fact not in gone) for key, group in told.items()}
    found = [fact for group in facts.values() for fact in group]
    return Evidence(
        started=consultation.started,
        withdrawn=consultation.withdrawn,
        erased=consultation.erased,
        lines=lines,
        places={line.id: place for place, line in enumerate(lines)},
        residents=residents,
        known=frozenset(line.id for line in said.transcript),
        terms=terms,
        facts=facts,
        words={fact: words for fact in found if (words := said.words_of(fact))},
        alerted=frozenset(said.alerted),
        ledger=tuple(_ledger(said, terms, residents)),
        edits=tuple(said.edits),
        rewritten=frozenset(said.reheard.keys() | said.corrected.keys()),
        texts=said.texts,
        decided=tuple(said.decided),
        overtaken=frozenset(said.overtaken()),
        taken_back=gone,
    )


def _distinct_terms(said: _Said, utterance_id: str) -> Iterator[Term]:
    """Yield each term once, the newest revision's reading first."""
    seen: set[tuple[str, str | None, str | None]] = set()
    standing = [term for term in said.terms.get(utterance_id, ()) if said.stands(term)]
    for term in sorted(standing, key=lambda term: (-term.revision, term.start_char)):
        key = (term.name, term.programme, term.protocol)
        if key not in seen:
            seen.add(key)
            yield term


def _distinct_facts(said: _Said, utterance_id: str) -> Iterator[Fact]:
    """Yield each fact once; where a newer text speaks of the same thing, the older value is dropped."""
    standing = [fact for fact in said.facts.get(utterance_id, ()) if said.stands(fact)]
    newest: dict[str, int] = {}
    for fact in standing:
        newest[fact.name] = max(fact.revision, newest.get(fact.name, 0))
    current = [fact for fact in standing if fact.revision == newest[fact.name]]
    yield from sorted(current, key=lambda fact: fact.start_char)


def _ledger(said: _Said, terms: Mapping[str, tuple[Term, ...]], residents: Set[str]) -> Iterator[LedgerLine]:
    """Yield every programme with a state or named by someone; one named without a state is 未説明.

    A state that the program gave for words that a second recognition took back goes with them; the clerk's
    own states stay.
    """
    named = {term.programme for found in terms.values() for term in found if term.how is not Match.CUE}
    for programme, spoken in _touched(said, terms, residents).items():
        entry = said.entries.get(programme)
        if entry is None and programme in named:
            entry = LedgerEntry(
                programme=programme, state=LedgerState.UNTOLD, utterance_id=None, by="program"
            )
        if entry is not None:
            brought_up = said.transcript.get(_loudest(spoken, residents))
            yield LedgerLine(
                programme=programme,
                state=entry.state,
                utterance_ids=tuple(_speaking_for(spoken, residents)),
                by=entry.by,
                reason=entry.reason,
                quote=None if brought_up is None else brought_up.text,
                at_s=None if brought_up is None else brought_up.start_s,
            )


_Spoken = Mapping[str, tuple[float, float]]
"""Utterance → how strongly it speaks for a programme: by its clearest term, then by all of them."""
_NAMED = 2.0
"""A name speaks louder than any situation, whose confidence is 1 at most."""
_SHARE_OF_CLEAREST = 0.6
"""A situation that was told so much less clearly than another adds nothing to it."""


def _touched(
    said: _Said, terms: Mapping[str, tuple[Term, ...]], residents: Set[str]
) -> Mapping[str, _Spoken]:
    """Return programme → the utterances that touched it, both in the order in which they came up.

    A situation that the clerk describes speaks for nothing, unless a state was entered for it.
    """
    touched: dict[str, dict[str, tuple[float, float]]] = {}
    for line_id, own in terms.items():
        entered = () if line_id in said.reheard else said.touched.get(line_id, ())
        found: dict[str, list[float]] = {programme: [] for programme in entered}
        for term in own:
            if term.programme is not None and (term.how is not Match.CUE or line_id in residents):
                found.setdefault(term.programme, []).append(
                    term.confidence if term.how is Match.CUE else _NAMED
                )
        for programme, weights in found.items():
            strength = max(weights, default=1.0), sum(weights)
            touched.setdefault(programme, {})[line_id] = strength
    for programme, entry in said.entries.items():
        if entry.by == "clerk" or entry.utterance_id not in said.reheard:
            touched.setdefault(programme, {})
    return touched


def _speaking_for(spoken: _Spoken, residents: Set[str]) -> Iterator[str]:
    """Yield the utterances that name a programme, and those that tell clearly of its situation."""
    told = [clearest for utterance_id, (clearest, _) in spoken.items() if utterance_id in residents]
    least = _SHARE_OF_CLEAREST * min(1.0, max(told, default=0.0))
    yield from (utterance_id for utterance_id, (clearest, _) in spoken.items() if clearest >= least)


def _loudest(spoken: _Spoken, residents: Set[str]) -> str:
    """Return the utterance that speaks for a programme most, one of the resident's where there is any."""
    told = [utterance_id for utterance_id in spoken if utterance_id in residents]
    return max(told or spoken, key=lambda utterance_id: spoken[utterance_id], default="")


def _may_be_residents(line: TranscriptLine) -> bool:
    if line.speaker is None:
        return not sounds_like_clerk(line.text)
    return line.speaker is Speaker.RESIDENT
