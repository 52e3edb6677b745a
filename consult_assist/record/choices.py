"""Fields with choices: each choice stands in a line of its own, on top; what was said stays below.

Only the clerk chooses. A line that the program drafts never counts as a choice.
"""

from collections.abc import Collection, Iterable

from consult_assist.domain.knowledge import TemplateField
from consult_assist.domain.record import LineKind, RecordLine


def chosen_in(field: TemplateField, text: str) -> tuple[str, ...]:
    """Return what is chosen in an editor's text, in the order of the form."""
    rows = {row.strip() for row in text.splitlines()}
    return tuple(choice for choice in field.choices if choice in rows)


def with_choices(field: TemplateField, text: str, chosen: Collection[str]) -> str:
    """Return an editor's text with these choices on top in place of those before; the rest stays."""
    rest = [row for row in text.splitlines() if row.strip() not in field.choices]
    return "\n".join([*(choice for choice in field.choices if choice in chosen), *rest])


def is_answered(field: TemplateField, lines: Iterable[RecordLine]) -> bool:
    """Return whether a field holds what it asks for.

    Where there are choices, only a person gives the answer.
    """
    if field.choices:
        return any(line.kind is LineKind.CLERK and line.text.strip() for line in lines)
    return any(line.kind is not LineKind.NOT_ASKED and line.text.strip() for line in lines)
