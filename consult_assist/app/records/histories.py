"""The history of a record: every change, and what differs between two points of its life."""

from dataclasses import dataclass, field
from itertools import combinations

from consult_assist.app.projections import draft_record
from consult_assist.app.workplace import Workplace
from consult_assist.record.history import Change, list_changes, list_points
from consult_assist.record.marking import MarkedField, mark_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The record at two points of its life, with the differences marked."""

    before: str
    after: str
    fields: tuple[MarkedField, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHistory:
    """Every change in order, and the record as drafted, as finished and now, compared with each other."""

    changes: tuple[Change, ...]
    comparisons: tuple[Comparison, ...]


def record_history(workplace: Workplace, consultation_id: str) -> RecordHistory:
    """Return the history of a record, live or saved, all of it in the form that the record has now.

    Raises:
        RecordNotFoundError: there is no such consultation.
    """
    stamped = workplace.store.events(consultation_id)
    template = draft_record(workplace, [item.event for item in stamped]).template
    records = [
        (point.label, draft_record(workplace, point.events, template)) for point in list_points(stamped)
    ]
    return RecordHistory(
        changes=list_changes(
            stamped,
            _names(workplace, template),
            {form.id: form.name for form in workplace.knowledge.templates.values()},
        ),
        comparisons=tuple(
            Comparison(before=before, after=after, fields=mark_record(old, new))
            for (before, old), (after, new) in combinations(records, 2)
        ),
    )


def _names(workplace: Workplace, template: str) -> dict[str, str]:
    """Return id → name of fields and programmes; fields are called as in this form, if it has them."""
    knowledge = workplace.knowledge
    forms = knowledge.templates.values()
    own = sorted(forms, key=lambda form: form.id == template)
    return {
        **{item.name: item.label for form in own for item in form.fields},
        **{programme.id: programme.name for programme in knowledge.programmes.values()},
    }
