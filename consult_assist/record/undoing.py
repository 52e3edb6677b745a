"""Undo and redo of the edits of a field, read from the edits themselves: they outlast screen and program.

An edit that is taken back counts as never made: what it deleted comes back as the program drafts it by then.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.record import ConsultationRecord, FieldEdited
from consult_assist.record.edits import edit_from_text, texts_of_lines

ONE_GO_S = 10.0
"""Edits of a field that follow on each other faster are one change: the editor saves every second.

Source: docs/decisions/0021-history.md.
"""
Draft = Callable[[Sequence[Event]], ConsultationRecord]


def standing_edits(edits: Iterable[FieldEdited]) -> list[FieldEdited]:
    """Return the edits of one field that were not taken back."""
    edits = list(edits)
    return [edits[number] for number in _piles(edits)[0]]


def _piles(edits: Sequence[FieldEdited]) -> tuple[list[int], list[int]]:
    """Return which edits stand, and which were taken back and can be brought back, the next one last."""
    done: list[int] = []
    undone: list[int] = []
    for number, edit in enumerate(edits):
        if edit.undoes:
            _move(done, undone, edit.undoes)
        elif edit.redoes:
            _move(undone, done, edit.redoes)
        else:
            done.append(number)
            undone.clear()
    return done, undone


def _move(source: list[int], target: list[int], count: int) -> None:
    target.extend(source.pop() for _ in range(min(count, len(source))))


def typed_edit(
    stamped: Sequence[StampedEvent], draft: Draft, field: str, text: str, *, by: str
) -> FieldEdited | None:
    """Return the edit that an editor's text makes of a field, or None when nothing changed.

    A text that brings the field back to how it stood before or after an earlier edit undoes or redoes that
    one, so that undoing in the editor and undoing what was saved are the same.
    """
    events = [item.event for item in stamped]
    current = draft(events).field_named(field)
    edit = None if current is None else edit_from_text(current, text, by=by)
    if edit is None:
        return None
    wanted = texts_of_lines(edit.after)
    for step in _steps_to(wanted, edit, [own for _, own in _edits_of(stamped, field)]):
        reached = draft([*events, step]).field_named(field)
        if reached is not None and texts_of_lines(reached.lines) == wanted:
            return step  # else what was heard has changed since: what was typed stands
    return edit


def _steps_to(wanted: Sequence[str], edit: FieldEdited, own: Sequence[FieldEdited]) -> Iterator[FieldEdited]:
    """Yield the edit as an undo or a redo of those of the field's edits that gave these lines."""
    done, undone = _piles(own)
    for count, number in enumerate(reversed(done), start=1):
        if texts_of_lines(own[number].before) == wanted:
            yield replace(edit, undoes=count)
    for count, number in enumerate(reversed(undone), start=1):
        if texts_of_lines(own[number].after) == wanted:
            yield replace(edit, redoes=count)


def stepping_edit(
    stamped: Sequence[StampedEvent], draft: Draft, field: str, *, forward: bool, by: str
) -> FieldEdited | None:
    """Return the edit that takes back what was typed last in one go, or brings it back; None at the end.

    Args:
        stamped: the events of one consultation.
        draft: events → record.
        field: name of the field.
        forward: redo instead of undo.
        by: who does it.
    """
    own = _edits_of(stamped, field)
    done, undone = _piles([edit for _, edit in own])
    pile = [own[number] for number in reversed(undone if forward else done)]
    if not pile:
        return None
    count = _in_one_go(pile)
    events = [item.event for item in stamped]
    current = draft(events).field_named(field)
    step = FieldEdited(
        field=field,
        before=current.lines if current is not None else (),
        after=(),
        by=by,
        undoes=0 if forward else count,
        redoes=count if forward else 0,
    )
    after = draft([*events, step]).field_named(field)
    return replace(step, after=after.lines if after is not None else ())


def _edits_of(stamped: Iterable[StampedEvent], field: str) -> list[tuple[datetime, FieldEdited]]:
    return [
        (item.at, item.event)
        for item in stamped
        if isinstance(item.event, FieldEdited) and item.event.field == field
    ]


def _in_one_go(pile: Sequence[tuple[datetime, FieldEdited]]) -> int:
    """Return how many edits from the top of a pile one person made without a pause."""
    count = 1
    for (at, edit), (next_at, following) in pairwise(pile):
        if edit.by != following.by or abs((at - next_at).total_seconds()) > ONE_GO_S:
            break
        count += 1
    return count
