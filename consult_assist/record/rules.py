"""Rules that draft the fields of a record: one small function each, named by `fill` in the template.

A rule only selects and puts together what was said; it never adds a statement of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from consult_assist.domain.guidance import Fact, LedgerState, Match
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.labels import LEDGER_STATES
from consult_assist.record import phrases, wording
from consult_assist.record.evidence import Evidence

CHIEF_COMPLAINT_LINES = 2
_TROUBLES = frozenset({"arrears_months", "cash", "debt", "illness", "job_lost", "marital", "support_payment"})
"""Facts that by themselves may be what someone comes for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a rule may draw on.

    Attributes:
        fills: the rules of the template, so that a quote stands in one field only.
        zone: of the times in the record; None is the machine's own.
    """

    evidence: Evidence
    knowledge: KnowledgeBase
    fills: frozenset[str]
    zone: tzinfo | None = None


def draft_reception(material: Material) -> tuple[RecordLine, ...]:
    """State when, how, by whom and with what consent; facts of the system, so without utterances."""
    started = material.evidence.started
    if started is None:
        return ()
    replay = started.purpose == "replay"
    by = started.operator if started.operator_authenticated else f"{started.operator}（職員認証なし）"
    texts = [
        f"受付日時：{wording.date_and_time(started.started_at.astimezone(material.zone))}",
        f"方法：{'録音の再生（相談ではない）' if replay else '来所'}",
        f"担当：{wording.one_line(by)}",
        f"録音の同意：{wording.consent_words(started.consent, material.evidence.withdrawn)}",
    ]
    if started.case_number:
        texts.append(f"案件番号：{wording.one_line(started.case_number)}")
    return tuple(RecordLine(text=text, kind=LineKind.CONDENSED) for text in texts)


def draft_chief_complaint(material: Material) -> tuple[RecordLine, ...]:
    """Quote the first sentences in which the resident says what brings them here."""
    return tuple(_quoted(line) for line in _chief_complaint(material.evidence))


def draft_hearing(material: Material) -> tuple[RecordLine, ...]:
    """State facts and quote telling sentences in order of time; danger words always stand as said."""
    evidence = material.evidence
    chief = _chief_complaint(evidence) if "chief_complaint" in material.fills else ()
    quoted_there = {line.id for line in chief}
    stated: set[tuple[str, int | str]] = set()
    lines: list[RecordLine] = []
    for line in evidence.lines:
        residents = line.id in evidence.residents
        dangerous = _is_dangerous(evidence, line)
        if residents:
            lines.extend(_facts(evidence, line, stated))
        telling = residents and line.id not in quoted_there and _is_telling(evidence, line)
        if dangerous or telling:
            lines.append(_quoted(line))
    return tuple(lines)


def draft_guidance(material: Material) -> tuple[RecordLine, ...]:
    """State where each programme of the ledger stands."""
    lines: list[RecordLine] = []
    for entry in material.evidence.ledger:
        programme = material.knowledge.programmes.get(entry.programme)
        name = entry.programme if programme is None else programme.name
        reason = material.evidence.reasons.get(entry.programme)
        state = LEDGER_STATES[LedgerState(entry.state)]
        text = f"{name}：{state}" + (f"（{wording.one_line(reason)}）" if reason else "")
        lines.append(RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=entry.utterance_ids))
    return tuple(lines)


def draft_response(material: Material) -> tuple[RecordLine, ...]:
    """Quote where the clerk says what was done or will be done."""
    return tuple(_quoted_where(material.evidence, _is_response))


def draft_next(material: Material) -> tuple[RecordLine, ...]:
    """Quote what was arranged for the next time, whoever said it."""
    return tuple(_quoted_where(material.evidence, lambda _, sentence: phrases.arranges_next(sentence)))


RULES: Mapping[str, Callable[[Material], tuple[RecordLine, ...]]] = {
    "reception": draft_reception,
    "chief_complaint": draft_chief_complaint,
    "hearing": draft_hearing,
    "guidance": draft_guidance,
    "response": draft_response,
    "next": draft_next,
}
"""`fill` of a template field → the rule that drafts it."""

ASKED_FOR = frozenset({"chief_complaint", "hearing", "next"})
"""Rules whose field shows 未聴取 while nothing was said for it."""

HEARD = frozenset(RULES) - {"reception"}
"""Rules that rest on someone's words."""


def _quoted(line: TranscriptLine) -> RecordLine:
    return RecordLine(text=wording.quote(line.text), kind=LineKind.QUOTED, utterance_ids=(line.id,))


def _chief_complaint(evidence: Evidence) -> tuple[TranscriptLine, ...]:
    found: list[TranscriptLine] = []
    for line in evidence.lines:
        if len(found) == CHIEF_COMPLAINT_LINES:
            break
        if line.id in evidence.residents and _brings_someone_here(evidence, line):
            found.append(line)
    return tuple(found)


def _brings_someone_here(evidence: Evidence, line: TranscriptLine) -> bool:
    if any(term.programme or term.protocol for term in evidence.terms[line.id]):
        return True
    if phrases.states_wish(line.text):
        return True
    return any(fact.name in _TROUBLES for fact in evidence.facts[line.id])


def _is_dangerous(evidence: Evidence, line: TranscriptLine) -> bool:
    """Tell whether danger words must stand in the record; in doubt about the speaker, an alert decides."""
    if line.speaker is not Speaker.CLERK and line.id in evidence.alerted:
        return True
    return line.id in evidence.residents and any(term.protocol for term in evidence.terms[line.id])


def _is_telling(evidence: Evidence, line: TranscriptLine) -> bool:
    cue = any(term.how is Match.CUE for term in evidence.terms[line.id])
    return cue or phrases.states_intent(line.text)


def _is_response(line: TranscriptLine, sentence: str) -> bool:
    if line.speaker is Speaker.CLERK:
        return phrases.states_act(sentence)
    return line.speaker is None and phrases.states_humble_act(sentence)


def _quoted_where(evidence: Evidence, fits: Callable[[TranscriptLine, str], bool]) -> Iterator[RecordLine]:
    """Quote from the first to the last sentence of an utterance that fits, in one piece."""
    for line in evidence.lines:
        if not fits(line, line.text):
            continue
        sentences = phrases.split_sentences(line.text)
        fitting = [number for number, sentence in enumerate(sentences) if fits(line, sentence)]
        piece = sentences[fitting[0] : fitting[-1] + 1] if fitting else sentences
        yield replace(_quoted(line), text=wording.quote("".join(piece)))


def _facts(
    evidence: Evidence, line: TranscriptLine, stated: set[tuple[str, int | str]]
) -> Iterator[RecordLine]:
    """Yield one line for each thing an utterance states; a value that was stated before is not repeated."""
    new: dict[str, list[Fact]] = {}
    for fact in evidence.facts[line.id]:
        if (fact.name, fact.value) not in stated:
            new.setdefault(fact.name, []).append(fact)
    for name, facts in new.items():
        stated.update((fact.name, fact.value) for fact in facts)
        values = "、".join(dict.fromkeys(wording.fact_value(fact) for fact in facts))
        text = f"{wording.fact_label(name)}：{values}"
        yield RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=(line.id,))
