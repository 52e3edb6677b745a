"""Rules that draft the fields of a record: one small function each, named by `fill` in the template.

A rule only selects and puts together what was said; it never adds a statement of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.domain.consultation import Purpose
from consult_assist.domain.guidance import LedgerState, Match
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.sentences import split_sentences
from consult_assist.record import dialogue_acts, wording
from consult_assist.record.condensing import condense
from consult_assist.record.evidence import Evidence
from consult_assist.record.facts import facts_of

_CHIEF_COMPLAINT_LINES = 2
_MAX_PAUSE_S = 3.0
"""A longer pause ends a sentence, whatever its last word."""
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
    return tuple(_quoted(line) for line in _chief_complaint(material.evidence))


def draft_hearing(material: Material) -> tuple[RecordLine, ...]:
    """State facts and telling sentences in order of time; danger words always stand as said.

    What the form has a field of its own for stands there.
    """
    evidence, fills = material.evidence, material.fills
    elsewhere = {line.id for line in _chief_complaint(evidence)} if "chief_complaint" in fills else set()
    stated: set[tuple[str, int | str]] = set()
    lines: list[RecordLine] = []
    for line in evidence.lines:
        if line.id in evidence.residents:
            lines.extend(facts_of(evidence, line, stated, without=material.claimed))
        if _is_dangerous(evidence, line):
            lines.extend([] if "danger" in fills else [_quoted(line)])
        elif line.id not in elsewhere and _is_told(material, line):
            told = _quoted(line) if dialogue_acts.states_intent(line.text) else _told(evidence, line)
            elsewhere.update(told.utterance_ids)
            lines.append(told)
    return tuple(lines)


def draft_account(material: Material) -> tuple[RecordLine, ...]:
    """Tell in order of time what the resident told; danger words and wishes to apply stand as said."""
    evidence, fills = material.evidence, material.fills
    elsewhere = {line.id for line in _chief_complaint(evidence)} if "chief_complaint" in fills else set()
    lines: list[RecordLine] = []
    for line in evidence.lines:
        if _is_dangerous(evidence, line):
            lines.extend([] if "danger" in fills else [_quoted(line)])
        elif line.id in elsewhere or line.id not in evidence.residents or _is_wish(material, line):
            continue
        elif dialogue_acts.states_intent(line.text):
            lines.extend([] if "intent" in fills else [_quoted(line)])
        elif _is_telling(evidence, line):
            told = _told(evidence, line)
            elsewhere.update(told.utterance_ids)
            lines.append(told)
    return tuple(lines)


def draft_danger(material: Material) -> tuple[RecordLine, ...]:
    """Quote every sentence with danger words."""
    evidence = material.evidence
    return tuple(_quoted(line) for line in evidence.lines if _is_dangerous(evidence, line))


def draft_intent(material: Material) -> tuple[RecordLine, ...]:
    """Quote what was said of applying; whether the person wants to is for the clerk to ask and to choose."""
    evidence = material.evidence
    return tuple(
        _quoted(line)
        for line in evidence.lines
        if line.id in evidence.residents and dialogue_acts.states_intent(line.text)
    )


def draft_wish(material: Material) -> tuple[RecordLine, ...]:
    """Quote what the resident would like."""
    return tuple(_quoted(line) for line in material.evidence.lines if _is_wish(material, line))


def draft_measures(material: Material) -> tuple[RecordLine, ...]:
    """State programmes and acts in one field."""
    return (*draft_guidance(material), *draft_response(material))


_GUIDANCE_ORDER = (LedgerState.TOLD, LedgerState.CHECK, LedgerState.UNTOLD, LedgerState.NOT_APPLICABLE)


def draft_guidance(material: Material) -> tuple[RecordLine, ...]:
    """State where each programme of the ledger stands: what was explained comes first."""
    lines: list[RecordLine] = []
    for entry in sorted(material.evidence.ledger, key=lambda entry: _GUIDANCE_ORDER.index(entry.state)):
        name = material.knowledge.programme_name(entry.programme)
        reason = material.evidence.reasons.get(entry.programme)
        state = LEDGER_STATES[LedgerState(entry.state)]
        text = f"{name}：{state}" + (f"（{wording.one_line(reason)}）" if reason else "")
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


def _quoted(line: TranscriptLine) -> RecordLine:
    return RecordLine(text=wording.quote(line.text), kind=LineKind.QUOTED, utterance_ids=(line.id,))


def _condensed(
    line: TranscriptLine,
    said: str,
    *,
    before: TranscriptLine | None = None,
    after: Sequence[TranscriptLine] = (),
) -> RecordLine:
    """Return what was said in the style of a record, or as a quote where nothing would be left.

    Args:
        line: what it rests on first.
        said: its words.
        before: an utterance whose last sentence broke off and goes on in this one.
        after: the utterances in which this one goes on.
    """
    first = "" if before is None else split_sentences(before.text)[-1].rstrip("。、 ")
    *broken_off, last = [said, *(item.text for item in after)]
    words = "、".join([*(item.rstrip("。、 ") for item in broken_off), last])
    text = wording.one_line(condense(first) + condense(words))
    if not text or "：" in text:
        return replace(_quoted(line), text=wording.quote(said))
    ids = tuple(item.id for item in (line, before, *after) if item is not None)
    return RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=ids)


def _told(evidence: Evidence, line: TranscriptLine) -> RecordLine:
    """Return a sentence of the resident condensed, with those in which it goes on where it broke off."""
    after: list[TranscriptLine] = []
    last = line
    while dialogue_acts.breaks_off(last.text):
        following = _beside(evidence, last, 1)
        if following is None or _stands_as_said(evidence, following):
            break
        after.append(last := following)
    return _condensed(line, line.text, after=after)


def _broken_off_before(evidence: Evidence, line: TranscriptLine) -> TranscriptLine | None:
    """Return what the same side said just before, where it broke off."""
    before = _beside(evidence, line, -1)
    if before is None or not dialogue_acts.breaks_off(before.text) or _stands_as_said(evidence, before):
        return None
    return before


def _stands_as_said(evidence: Evidence, line: TranscriptLine) -> bool:
    return _is_dangerous(evidence, line) or dialogue_acts.states_intent(line.text)


def _beside(evidence: Evidence, line: TranscriptLine, step: int) -> TranscriptLine | None:
    """Return the utterance of the same side directly before (-1) or after (1) this one."""
    place = evidence.lines.index(line) + step
    if not 0 <= place < len(evidence.lines):
        return None
    other = evidence.lines[place]
    first, second = (line, other) if step > 0 else (other, line)
    same_side = (other.id in evidence.residents) == (line.id in evidence.residents)
    near = second.start_s - first.end_s <= _MAX_PAUSE_S
    return other if same_side and near and other.channel == line.channel else None


def _chief_complaint(evidence: Evidence) -> tuple[TranscriptLine, ...]:
    found: list[TranscriptLine] = []
    for line in evidence.lines:
        if len(found) == _CHIEF_COMPLAINT_LINES:
            break
        if line.id in evidence.residents and _brings_someone_here(evidence, line):
            found.append(line)
    return tuple(found)


def _brings_someone_here(evidence: Evidence, line: TranscriptLine) -> bool:
    if any(term.programme or term.protocol for term in evidence.terms[line.id]):
        return True
    if dialogue_acts.states_wish(line.text):
        return True
    return any(fact.name in _TROUBLES for fact in evidence.facts[line.id])


def _is_dangerous(evidence: Evidence, line: TranscriptLine) -> bool:
    """Return whether danger words must stand in the record; in doubt about the speaker, an alert decides."""
    if line.speaker is not Speaker.CLERK and line.id in evidence.alerted:
        return True
    return line.id in evidence.residents and any(term.protocol for term in evidence.terms[line.id])


def _is_telling(evidence: Evidence, line: TranscriptLine) -> bool:
    cue = any(term.how is Match.CUE for term in evidence.terms[line.id])
    return cue or dialogue_acts.states_intent(line.text)


def _is_response(line: TranscriptLine, sentence: str) -> bool:
    if line.speaker is Speaker.CLERK:
        return dialogue_acts.states_act(sentence)
    return line.speaker is None and dialogue_acts.states_humble_act(sentence)


def _is_wish(material: Material, line: TranscriptLine) -> bool:
    """Return whether a sentence stands in the field for wishes, if the form has one."""
    evidence = material.evidence
    if "wish" not in material.fills or line.id not in evidence.residents or _is_dangerous(evidence, line):
        return False
    return dialogue_acts.states_hope(line.text) or dialogue_acts.states_intent(line.text)


def _is_told(material: Material, line: TranscriptLine) -> bool:
    """Return whether a sentence of the resident is for this field and stands in no other of the form."""
    evidence, fills = material.evidence, material.fills
    if line.id not in evidence.residents or _is_wish(material, line):
        return False
    if dialogue_acts.states_intent(line.text):
        return fills.isdisjoint({"intent", "account"})
    return "account" not in fills and _is_telling(evidence, line) and not _stands_quoted(material, line)


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
        before = _broken_off_before(evidence, line)
        yield _condensed(line, "".join(piece), before=None if before is stands else before)
        stands = line if piece[-1] is sentences[-1] else None
