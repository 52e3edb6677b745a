"""Facts → lines of the fields that name them, and what was said where no fact could be read."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from consult_assist.counter.asking import is_asking, kinds_asked
from consult_assist.counter.stated import MONEY_FACTS, fact_label, speaks_of
from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.people import FORMER, KIN, SPOUSE, SUFFIX, either
from consult_assist.record import dialogue_acts, wording
from consult_assist.record.evidence import Evidence

UNSPOKEN_OF = frozenset({"event_date"})
"""Facts whose label does not say what they are about: a day alone is no statement."""
_PEOPLE = f"{fact_label('family_member')}："
_MAX_QUOTED = 3
"""Sentences quoted in a field whose facts were spoken of but could not be read."""
_PERSONAL = frozenset({"care_level", "employment", "handbook", "illness", "insurance", "job_lost"})
_KIN = f"{either(FORMER + SPOUSE, KIN)}{SUFFIX}"
_WHOSE = re.compile(rf"({_KIN}(?:の[^、。はがもを\s]{{1,8}})?)(?=[はがも])")
_WHOSE_AMOUNT = re.compile(rf"({_KIN}の[^、。はがもを\s]{{1,8}})(?=[はがも])")
_CHILD = re.compile(r"お子|子ども|子供|娘|息子|下の|上の")
_ROUGHLY = re.compile(r"(?:くらい|ぐらい|ほど|前後)")


def _stated(evidence: Evidence, only: Collection[str]) -> Iterator[RecordLine]:
    """Yield these facts as residents stated them, in order of time; none is repeated."""
    stated: set[tuple[str, int | str]] = set()
    for line in evidence.lines:
        if line.id in evidence.residents:
            yield from facts_of(evidence, line, stated, only=only)


def facts_of(
    evidence: Evidence,
    line: TranscriptLine,
    stated: set[tuple[str, int | str]],
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
) -> Iterator[RecordLine]:
    """Yield one line for each thing an utterance states for the first time, and note it in `stated`."""
    new: dict[str, list[Fact]] = {}
    for fact in evidence.facts[line.id]:
        wanted = (only is None or fact.name in only) and fact.name not in without
        if wanted and (fact.name, fact.value) not in stated:
            new.setdefault(fact.name, []).append(fact)
    for name, facts in new.items():
        stated.update((fact.name, fact.value) for fact in facts)
        values = "、".join(dict.fromkeys(stated_value(evidence, fact) for fact in facts))
        text = f"{fact_label(name)}：{values}"
        yield RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=(line.id,))


def with_people_together(lines: Sequence[RecordLine]) -> tuple[RecordLine, ...]:
    """Return the lines with everyone who was spoken of in one line, where the first of them stood."""
    of_people = [line for line in lines if line.text.startswith(_PEOPLE)]
    if not of_people:
        return tuple(lines)
    people = dict.fromkeys(one for line in of_people for one in line.text.removeprefix(_PEOPLE).split("、"))
    ids = dict.fromkeys(item for line in of_people for item in line.utterance_ids)
    together = replace(of_people[0], text=_PEOPLE + "、".join(people), utterance_ids=tuple(ids))
    return tuple(
        together if line is of_people[0] else line
        for line in lines
        if line is of_people[0] or not line.text.startswith(_PEOPLE)
    )


def draft_field(evidence: Evidence, names: Collection[str]) -> tuple[RecordLine, ...]:
    """State the facts of a field; where none was read, quote what was said of it or answered to it."""
    lines = tuple(_stated(evidence, names))
    if lines:
        return with_people_together(lines)
    said = [line for line in evidence.lines if line.id in evidence.residents and _is_about(line, names)]
    answers = [answer for answer in _answers(evidence, names) if answer is not None]
    wanted = {line.id for line in (*said, *answers)}
    quoted = [line for line in evidence.lines if line.id in wanted][:_MAX_QUOTED]
    return tuple(
        RecordLine(text=wording.quote(line.text), kind=LineKind.QUOTED, utterance_ids=(line.id,))
        for line in quoted
    )


def was_asked(evidence: Evidence, names: Collection[str]) -> bool:
    """Return whether anyone asked for one of these facts, whatever was answered."""
    return any(True for _ in _answers(evidence, names))


def stated_value(evidence: Evidence, fact: Fact) -> str:
    """Return the value with くらい and whose it is, where that was said.

    A round figure must not look exact, nor a mother's pension like the resident's own.
    """
    value = wording.fact_value(fact)
    text = evidence.texts.get((fact.utterance_id, fact.revision), "")
    roughly = _ROUGHLY.search(text[fact.start_char : fact.end_char + len("くらい")])
    if roughly and fact.name in MONEY_FACTS:
        value = f"{value}{roughly[0]}"
    sentence = re.split(r"[。！？!?]", text[: fact.start_char])[-1]
    pattern = _WHOSE_AMOUNT if fact.name in MONEY_FACTS else _WHOSE if fact.name in _PERSONAL else None
    whose = pattern.findall(sentence) if pattern else []
    return f"{value}（{whose[-1]}）" if whose else value


def _is_about(line: TranscriptLine, names: Collection[str]) -> bool:
    return any(speaks_of(name, line.text) for name in names)


def _answers(evidence: Evidence, names: Collection[str]) -> Iterator[TranscriptLine | None]:
    """Yield what the resident said next after each question for one of these facts; None for nothing."""
    lines = evidence.lines
    for place, line in enumerate(lines):
        if line.id not in evidence.residents and _asks_for(line.text, names):
            yield _next_resident(evidence, lines[place + 1 :])


def _asks_for(text: str, names: Collection[str]) -> bool:
    if not is_asking(text):
        return False
    kinds = kinds_asked(text)
    age = "child_age" if _CHILD.search(text) else "resident_age"
    if not kinds.isdisjoint(names) or ("age" in kinds and age in names):
        return True
    return "amount" in kinds and any(speaks_of(name, text) for name in MONEY_FACTS.intersection(names))


def _next_resident(evidence: Evidence, following: Sequence[TranscriptLine]) -> TranscriptLine | None:
    """Return the answer, unless the clerk has asked something else by then or it says nothing."""
    for line in following:
        if line.id in evidence.residents:
            return None if dialogue_acts.is_small_talk(line.text) else line
        if is_asking(line.text):
            return None
    return None
