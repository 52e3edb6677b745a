"""Rules that draft the fields of a record: one small function each, named by `fill` in the template.

A rule only selects and puts together what was said; it never adds a statement of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.domain.consultation import Purpose
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.sentences import split_sentences
from consult_assist.record import dialogue_acts, wording
from consult_assist.record.evidence import Evidence
from consult_assist.record.facts import UNSPOKEN_OF, facts_of, with_people_together
from consult_assist.record.repeating import repeats_facts
from consult_assist.record.telling import (
    broken_off_before,
    condensed,
    is_dangerous,
    is_telling,
    questions_before,
    quoted,
    told,
)

_CHIEF_COMPLAINT_LINES = 2
_TROUBLES = frozenset({"arrears_months", "cash", "debt", "illness", "job_lost", "marital", "support_payment"})
"""Facts that by themselves may be what someone comes for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a rule may draw on.

    Attributes:
        fills: the rules of the template, so that a quote stands in one field only.
        claimed: facts that have a field of their own.
        stated: name of such a field → its facts, or what is quoted in it because none could be read.
        zone: of the times in the record; None is the machine's own.
    """

    evidence: Evidence
    knowledge: KnowledgeBase
    fills: frozenset[str]
    claimed: frozenset[str] = frozenset()
    stated: Mapping[str, tuple[RecordLine, ...]] = field(default_factory=dict)
    zone: tzinfo | None = None


_WAYS: Mapping[Purpose, str] = {
    "consultation": "来所",
    "replay": "録音の再生（相談ではない）",
    "exercise": "練習（相談ではない）",
}


def draft_reception(material: Material) -> tuple[RecordLine, ...]:
    """State when, how, by whom and with what consent; facts of the system, so without utterances."""
    started = material.evidence.started
    if started is None:
        return ()
    by = started.operator if started.operator_authenticated else f"{started.operator}（職員認証なし）"
    texts = [
        f"受付日時：{wording.date_and_time(started.started_at.astimezone(material.zone))}",
        f"方法：{_WAYS[started.purpose]}",
        f"担当：{wording.one_line(by)}",
        f"録音の同意：{wording.consent_words(started.consent, material.evidence.withdrawn)}",
    ]
    if started.case_number:
        texts.append(f"案件番号：{wording.one_line(started.case_number)}")
    return tuple(RecordLine(text=text, kind=LineKind.CONDENSED) for text in texts)


def draft_chief_complaint(material: Material) -> tuple[RecordLine, ...]:
    """Quote the first sentences in which the resident says what brings them here."""
    return tuple(quoted(material.evidence, line) for line in _chief_complaint(material.evidence))


def draft_hearing(material: Material) -> tuple[RecordLine, ...]:
    """State facts and telling sentences in order of time; danger words always stand as said.

    What the form has a field of its own for stands there.
    """
    evidence, fills = material.evidence, material.fills
    elsewhere = {line.id for line in _chief_complaint(evidence)} if "chief_complaint" in fills else set()
    stated: set[tuple[str, int | str]] = set()
    lines: list[RecordLine] = []
    for line in evidence.lines:
        if is_dangerous(evidence, line):
            sentence = None if "danger" in fills else quoted(evidence, line)
        else:
            sentence = None if line.id in elsewhere else _heard(material, line)
        if line.id in evidence.residents:
            stands = sentence is not None or line.id in elsewhere
            without = material.claimed | (UNSPOKEN_OF if stands else frozenset())
            lines.extend(facts_of(evidence, line, stated, without=without))
        if sentence is not None:
            elsewhere.update(sentence.utterance_ids)
            lines.append(sentence)
    return with_people_together(lines)


def draft_account(material: Material) -> tuple[RecordLine, ...]:
    """Tell in order of time what the resident told; danger words and wishes to apply stand as said."""
    evidence, fills = material.evidence, material.fills
    elsewhere = {line.id for line in _chief_complaint(evidence)} if "chief_complaint" in fills else set()
    lines: list[RecordLine] = []
    for line in evidence.lines:
        if is_dangerous(evidence, line):
            lines.extend([] if "danger" in fills else [quoted(evidence, line)])
        elif line.id in elsewhere or line.id not in evidence.residents or _is_wish(material, line):
            continue
        elif dialogue_acts.states_intent(line.text):
            lines.extend([] if "intent" in fills else [quoted(evidence, line)])
        elif is_telling(evidence, line) and (sentence := _sentence(evidence, line)):
            elsewhere.update(sentence.utterance_ids)
            lines.append(sentence)
    return tuple(lines)


def draft_danger(material: Material) -> tuple[RecordLine, ...]:
    """Quote every sentence with danger words."""
    evidence = material.evidence
    return tuple(quoted(evidence, line) for line in evidence.lines if is_dangerous(evidence, line))


def draft_intent(material: Material) -> tuple[RecordLine, ...]:
    """Quote what was said of applying; whether the person wants to is for the clerk to ask and to choose."""
    evidence = material.evidence
    return tuple(
        quoted(evidence, line)
        for line in evidence.lines
        if line.id in evidence.residents and dialogue_acts.states_intent(line.text)
    )


def draft_wish(material: Material) -> tuple[RecordLine, ...]:
    """Quote what the resident would like."""
    evidence = material.evidence
    return tuple(quoted(evidence, line) for line in evidence.lines if _is_wish(material, line))


def draft_measures(material: Material) -> tuple[RecordLine, ...]:
    """State programmes and acts in one field."""
    return (*draft_guidance(material), *draft_response(material))


_GUIDANCE_ORDER = (LedgerState.TOLD, LedgerState.CHECK, LedgerState.UNTOLD, LedgerState.NOT_APPLICABLE)


def draft_guidance(material: Material) -> tuple[RecordLine, ...]:
    """State where each programme of the ledger stands: what was explained comes first."""
    lines: list[RecordLine] = []
    for entry in sorted(material.evidence.ledger, key=lambda entry: _GUIDANCE_ORDER.index(entry.state)):
        name = material.knowledge.programme_name(entry.programme)
        reason = f"（{wording.one_line(entry.reason)}）" if entry.reason else ""
        text = f"{name}：{LEDGER_STATES[entry.state]}{reason}"
        lines.append(RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=entry.utterance_ids))
    return tuple(lines)


def draft_response(material: Material) -> tuple[RecordLine, ...]:
    """State what the clerk says was done or will be done, in the words it was said."""
    return tuple(_condensed_where(material.evidence, _is_response))


def draft_next(material: Material) -> tuple[RecordLine, ...]:
    """State what was arranged for the next time, whoever said it."""
    return tuple(
        _condensed_where(material.evidence, lambda _, sentence: dialogue_acts.arranges_next(sentence))
    )


RULES: Mapping[str, Callable[[Material], tuple[RecordLine, ...]]] = {
    "reception": draft_reception,
    "chief_complaint": draft_chief_complaint,
    "hearing": draft_hearing,
    "account": draft_account,
    "danger": draft_danger,
    "intent": draft_intent,
    "wish": draft_wish,
    "guidance": draft_guidance,
    "response": draft_response,
    "measures": draft_measures,
    "next": draft_next,
}
"""`fill` of a template field → the rule that drafts it."""

ASKED_FOR = frozenset({"chief_complaint", "hearing", "account", "danger", "intent", "wish", "next"})
"""Rules whose field shows 未聴取 while nothing was said for it."""

HEARD = frozenset(RULES) - {"reception"}
"""Rules that rest on someone's words."""


def _chief_complaint(evidence: Evidence) -> tuple[TranscriptLine, ...]:
    found: list[TranscriptLine] = []
    for line in evidence.lines:
        if len(found) == _CHIEF_COMPLAINT_LINES:
            break
        if line.id in evidence.residents and _brings_someone_here(evidence, line):
            answers = repeats_facts(evidence, line) and bool(questions_before(evidence, line))
            found.extend([] if found and answers else [line])
    return tuple(found)


def _brings_someone_here(evidence: Evidence, line: TranscriptLine) -> bool:
    if dialogue_acts.is_small_talk(line.text) or dialogue_acts.says_nothing(line.text):
        return False
    if any(term.programme or term.protocol for term in evidence.terms[line.id]):
        return True
    if dialogue_acts.states_wish(line.text):
        return True
    return any(fact.name in _TROUBLES for fact in evidence.facts[line.id])


def _is_response(line: TranscriptLine, sentence: str) -> bool:
    if line.speaker is Speaker.CLERK:
        return dialogue_acts.states_act(sentence)
    return line.speaker is None and dialogue_acts.states_humble_act(sentence)


def _is_wish(material: Material, line: TranscriptLine) -> bool:
    """Return whether a sentence stands in the field for wishes, if the form has one."""
    evidence = material.evidence
    if "wish" not in material.fills or line.id not in evidence.residents or is_dangerous(evidence, line):
        return False
    return dialogue_acts.states_hope(line.text) or dialogue_acts.states_intent(line.text)


def _heard(material: Material, line: TranscriptLine) -> RecordLine | None:
    """Return the sentence of the resident that stands in this field, None where its facts say all of it."""
    evidence, fills = material.evidence, material.fills
    if _is_told(material, line):
        intent = dialogue_acts.states_intent(line.text)
        return quoted(evidence, line) if intent else _sentence(evidence, line)
    if "account" in fills or line.id not in evidence.residents or _is_wish(material, line):
        return None
    dated = any(fact.name in UNSPOKEN_OF - material.claimed for fact in evidence.facts[line.id])
    return told(evidence, line) if dated else None


def _sentence(evidence: Evidence, line: TranscriptLine) -> RecordLine | None:
    return None if repeats_facts(evidence, line) else told(evidence, line)


def _is_told(material: Material, line: TranscriptLine) -> bool:
    """Return whether a sentence of the resident is for this field and stands in no other of the form."""
    evidence, fills = material.evidence, material.fills
    if line.id not in evidence.residents or _is_wish(material, line):
        return False
    if dialogue_acts.states_intent(line.text):
        return fills.isdisjoint({"intent", "account"})
    return "account" not in fills and is_telling(evidence, line) and not _stands_quoted(material, line)


def _stands_quoted(material: Material, line: TranscriptLine) -> bool:
    """Return whether an utterance is quoted in a field whose facts could not be read."""
    quoted = (item for lines in material.stated.values() for item in lines if item.kind is LineKind.QUOTED)
    return any(line.id in item.utterance_ids for item in quoted)


def _condensed_where(evidence: Evidence, fits: Callable[[TranscriptLine, str], bool]) -> Iterator[RecordLine]:
    """Condense from the first to the last sentence of an utterance that fits, in one piece."""
    stands: TranscriptLine | None = None
    for line in evidence.lines:
        if not fits(line, line.text):
            continue
        sentences = split_sentences(line.text)
        fitting = [number for number, sentence in enumerate(sentences) if fits(line, sentence)]
        piece = sentences[fitting[0] : fitting[-1] + 1] if fitting else sentences
        before = broken_off_before(evidence, line)
        yield condensed(evidence, line, "".join(piece), before=None if before is stands else before)
        stands = line if piece[-1] is sentences[-1] else None
