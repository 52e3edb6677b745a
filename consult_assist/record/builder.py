"""The events of one consultation → its record, as drafted by rule and edited by the clerk."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import tzinfo

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import KnowledgeBase, Template, TemplateField
from consult_assist.domain.record import (
    ConsultationRecord,
    FieldEdited,
    LedgerLine,
    LineKind,
    RecordField,
    RecordLine,
)
from consult_assist.domain.told import told_digest, told_figures
from consult_assist.record.checking import checked_readback
from consult_assist.record.edits import merge_edits, with_living_evidence
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.rehearing import follow_evidence
from consult_assist.record.rules import ASKED_FOR, HEARD, RULES, Material
from consult_assist.record.wording import ERASED_BY_WITHDRAWAL, NOT_ASKED


def build_record(
    events: Iterable[Event],
    *,
    template: Template,
    knowledge: KnowledgeBase,
    zone: tzinfo | None = None,
) -> ConsultationRecord:
    """Draft the record from everything that has happened and merge the clerk's edits into it.

    Where the text was erased after a withdrawal, a field that rests on someone's words says so instead of
    未聴取: the program can no longer know what was asked.

    Args:
        events: of one consultation, in order.
        template: the form to fill.
        knowledge: names of the programmes.
        zone: of the times in the record; None is the machine's own.
    """
    evidence = gather_evidence(events)
    fills = frozenset(item.fill for item in template.fields if item.fill)
    material = Material(evidence=evidence, knowledge=knowledge, fills=fills, zone=zone)
    edits: dict[str, list[FieldEdited]] = {}
    for edit in evidence.edits:
        edits.setdefault(edit.field, []).append(with_living_evidence(edit, evidence.known))
    return ConsultationRecord(
        template=template.id,
        fields=tuple(_fields(template, material, edits)),
        readback=tuple(checked_readback(evidence)),
        ledger=tuple(_with_entry(line, knowledge) for line in evidence.ledger),
    )


def _with_entry(line: LedgerLine, knowledge: KnowledgeBase) -> LedgerLine:
    """Add the law, and for what was explained the entry as it stands today."""
    programme = knowledge.programmes.get(line.programme)
    if programme is None:
        return line
    line = replace(line, laws=programme.laws)
    if line.state is not LedgerState.TOLD:
        return line
    return replace(line, figures=told_figures(programme), entry=told_digest(programme))


def _fields(
    template: Template, material: Material, edits: dict[str, list[FieldEdited]]
) -> Iterator[RecordField]:
    for item in template.fields:
        own = edits.pop(item.name, [])
        drafted = _drafted(item, material)
        lines = follow_evidence(merge_edits(drafted, own), drafted, material.evidence)
        if not lines and not own and item.fill in ASKED_FOR:
            lines = (RecordLine(text=NOT_ASKED, kind=LineKind.NOT_ASKED),)
        yield RecordField(name=item.name, label=item.label, lines=lines)
    for name, own in edits.items():  # the template lost this field; what the clerk typed stays
        if lines := follow_evidence(merge_edits((), own), (), material.evidence):
            yield RecordField(name=name, label=name, lines=lines)


def _drafted(item: TemplateField, material: Material) -> tuple[RecordLine, ...]:
    rule = RULES.get(item.fill or "")
    lines = () if rule is None else rule(material)
    if not lines and material.evidence.erased and item.fill in HEARD:
        return (RecordLine(text=ERASED_BY_WITHDRAWAL, kind=LineKind.UNSUPPORTED),)
    return lines
