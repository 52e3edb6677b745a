"""The events of one consultation → its record, as drafted by rule and edited by the clerk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
from consult_assist.record.edits import line_key, merge_edits, settled_statements, with_living_evidence
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.facts import draft_field, was_asked
from consult_assist.record.rehearing import follow_evidence
from consult_assist.record.rules import ASKED_FOR, HEARD, RULES, Material, draft_hearing
from consult_assist.record.undoing import standing_edits
from consult_assist.record.wording import ERASED_BY_WITHDRAWAL, NOT_ASKED

_HEARING_FIELD = "hearing"
_HEARING_LABEL = "聴取内容"
_NO_FIELD_HERE = "（この様式にない欄）"


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
    material = Material(
        evidence=evidence,
        knowledge=knowledge,
        fills=frozenset(item.fill for item in template.fields if item.fill),
        claimed=frozenset(name for item in template.fields for name in item.facts),
        stated={item.name: draft_field(evidence, item.facts) for item in template.fields if item.facts},
        zone=zone,
    )
    edits: dict[str, list[FieldEdited]] = {}
    for edit in evidence.edits:
        edits.setdefault(edit.field, []).append(with_living_evidence(edit, evidence.known))
    edits = {name: standing_edits(own) for name, own in edits.items()}
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
    """Yield the fields of the form, then what it has no field for: nothing heard or typed is lost."""
    own_names = {item.name for item in template.fields}
    drafts = {item.name: _drafted(item, material) for item in template.fields}
    elsewhere = [edit for name, own in edits.items() if name not in own_names for edit in own]
    settled = settled_statements(elsewhere)
    for item in template.fields:
        own = edits.get(item.name, [])
        drafted = drafts[item.name]
        if not own:
            drafted = tuple(line for line in drafted if line_key(line) not in settled)
        lines = follow_evidence(merge_edits(drafted, own), drafted, material.evidence)
        if not lines and not own and not drafts[item.name] and _nobody_asked(item, material):
            lines = (RecordLine(text=NOT_ASKED, kind=LineKind.NOT_ASKED),)
        yield RecordField(name=item.name, label=item.label, lines=lines)
    drafted_keys = {line_key(line) for lines in drafts.values() for line in lines}
    yield from _without_field(template, material, edits, drafted_keys)


def _without_field(
    template: Template,
    material: Material,
    edits: Mapping[str, Sequence[FieldEdited]],
    drafted_keys: Set[tuple[str, ...]],
) -> Iterator[RecordField]:
    """Yield what the clerk typed into fields of other forms, and what was heard but has no field here."""
    names = {item.name for item in template.fields}
    labels = {item.name: item.label for form in material.knowledge.templates.values() for item in form.fields}
    unplaced: dict[str, tuple[RecordLine, ...]] = {}
    if "hearing" not in material.fills and _HEARING_FIELD not in names:
        unplaced[_HEARING_FIELD] = draft_hearing(material)
    for name in dict.fromkeys((*unplaced, *(name for name in edits if name not in names))):
        rest, own = unplaced.get(name, ()), edits.get(name, ())
        lines = follow_evidence(merge_edits(rest, own), rest, material.evidence)
        lines = tuple(line for line in lines if line_key(line) not in drafted_keys)
        if lines:
            label = f"{labels.get(name, _HEARING_LABEL if name == _HEARING_FIELD else name)}{_NO_FIELD_HERE}"
            yield RecordField(name=name, label=label, lines=lines)


def _drafted(item: TemplateField, material: Material) -> tuple[RecordLine, ...]:
    rule = RULES.get(item.fill or "")
    stated = material.stated.get(item.name, ())
    lines = tuple(dict.fromkeys((*stated, *(rule(material) if rule else ()))))
    if not lines and material.evidence.erased and (item.fill in HEARD or item.facts):
        return (RecordLine(text=ERASED_BY_WITHDRAWAL, kind=LineKind.UNSUPPORTED),)
    return lines


def _nobody_asked(item: TemplateField, material: Material) -> bool:
    """Return whether an empty field may say 未聴取.

    Not where the question was put and no answer understood.
    """
    if item.facts and was_asked(material.evidence, item.facts):
        return False
    rest = item.fill == "hearing" and bool(material.claimed)  # what has no field of its own
    return bool(item.facts) or (item.fill in ASKED_FOR and not rest)
