"""Every change of a record, read from its events: who, when, what, before and after. All pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from consult_assist.counter.labels import LEDGER_STATES, READBACK_KINDS, readback_value
from consult_assist.domain.consultation import (
    CaseNumberSet,
    Finished,
    Redacted,
    Reopened,
    Resumed,
    Started,
)
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import LedgerEntry
from consult_assist.domain.record import FieldEdited, ReadbackDecided, ReadbackState, TemplateChosen
from consult_assist.domain.review import Amended, Approved, Commented, Returned, Submitted, TakenBack
from consult_assist.domain.speech import Revision
from consult_assist.domain.transcript import Transcript
from consult_assist.record.edits import texts_of_lines
from consult_assist.record.undoing import ONE_GO_S

_DECIDED = {
    ReadbackState.OPEN: "戻した",
    ReadbackState.CONFIRMED: "確認",
    ReadbackState.CORRECTED: "訂正",
    ReadbackState.DROPPED: "除いた",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change.

    Attributes:
        at: UTC.
        by: a person's name; None is the program.
        what: the field, or what else was changed.
        note: what happened where that is no text.
        before: lines before, empty where no text changed.
        after: lines after.
        field: name of the field, for a change of the record's text.
        n_edits: how many events in a row make it up.
    """

    at: datetime
    by: str | None
    what: str
    note: str = field(default="", repr=False)
    before: tuple[str, ...] = field(default=(), repr=False)
    after: tuple[str, ...] = field(default=(), repr=False)
    field: str | None = None
    n_edits: int = 1


def list_changes(
    stamped: Sequence[StampedEvent], names: Mapping[str, str], forms: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return every change in order.

    Args:
        stamped: the events of one consultation.
        names: labels of the fields and names of programmes, by their ids.
        forms: names of the forms by their ids; a form may have the id of its programme.
    """
    events = [item.event for item in stamped]
    clerk = next((event.operator for event in events if isinstance(event, Started)), None)
    corrected = {
        (event.utterance_id, event.revised) for event in events if isinstance(event, ReadbackDecided)
    }
    transcript = Transcript()
    changes: list[Change] = []
    for item in stamped:
        event = item.event
        if isinstance(event, Resumed):
            clerk = event.operator or clerk
        if isinstance(event, FieldEdited):
            _add_edit(changes, item, event, clerk, names)
        elif isinstance(event, TemplateChosen):
            by, form = _person(event.by, clerk), forms.get(event.template, event.template)
            changes.append(Change(at=item.at, by=by, what="様式", note=form))
        elif isinstance(event, Revision) and (event.utterance_id, event.revision) in corrected:
            pass  # the decision on the read-back list that follows tells of it
        elif (change := _change(item, event, clerk, names, transcript)) is not None:
            changes.append(change)
        transcript.apply(event)
    return tuple(change for change in changes if change.field is None or change.before != change.after)


def _add_edit(
    changes: list[Change],
    item: StampedEvent,
    edit: FieldEdited,
    clerk: str | None,
    names: Mapping[str, str],
) -> None:
    """Add an edit, or let the last change go on with it where it was made in one go."""
    before, after = texts_of_lines(edit.before), texts_of_lines(edit.after)
    by = _person(edit.by, clerk)
    note = "取り消した" if edit.undoes else "取り消しをやめた" if edit.redoes else ""
    last = changes[-1] if changes else None
    if (
        last is not None
        and (last.field, last.by, last.note) == (edit.field, by, note)
        and not note
        and (item.at - last.at).total_seconds() <= ONE_GO_S
        and last.after == before
    ):
        changes[-1] = replace(last, at=item.at, after=after, n_edits=last.n_edits + 1)
        return
    changes.append(
        Change(
            at=item.at,
            by=by,
            what=names.get(edit.field, edit.field),
            note=note,
            before=before,
            after=after,
            field=edit.field,
        )
    )


def _change(
    item: StampedEvent, event: Event, clerk: str | None, names: Mapping[str, str], transcript: Transcript
) -> Change | None:
    """Return what an event other than an edit changed, if it is one to be read."""
    match event:
        case Revision(by="clerk"):
            line = transcript.get(event.utterance_id)
            before = (line.text,) if line is not None else ()
            by = event.operator or clerk
            return Change(at=item.at, by=by, what="文字起こし", before=before, after=(event.text,))
        case ReadbackDecided():
            value = readback_value(event)
            note = f"{READBACK_KINDS[event.kind]} {value}　{_DECIDED[event.state]}"
            corrected = () if event.words is None else (event.words,)
            before = () if event.words is None else (value,)
            by = event.operator or clerk
            return Change(at=item.at, by=by, what="復唱リスト", note=note, before=before, after=corrected)
        case LedgerEntry(by="clerk"):
            reason = f"（{event.reason}）" if event.reason else ""
            name = names.get(event.programme, event.programme)
            return Change(
                at=item.at, by=clerk, what="教示台帳", note=f"{name}　{LEDGER_STATES[event.state]}{reason}"
            )
        case Commented():
            what = "記録" if event.field is None else names.get(event.field, event.field)
            note = f"指摘: {event.text}" if event.text else "指摘を取り消した"
            return Change(at=item.at, by=event.by, what=what, note=note)
        case _:
            return _milestone(item, event, clerk)


def _person(by: str, clerk: str | None) -> str | None:
    """Return the name behind an event's `by`; None is the program."""
    return clerk if by == "clerk" else None if by == "program" else by


def _milestone(item: StampedEvent, event: Event, clerk: str | None) -> Change | None:
    """Return what happened to the record as a whole."""
    by: str | None
    match event:
        case Finished():
            by, note = None, "閉じた"
        case Reopened():
            by, note = event.by, "録音を聞き直した" if event.versions else "開き直した"
        case Redacted(positions=positions) if positions:
            by, note = _person(event.by if event.in_part else "clerk", clerk), "文字を消去した"
        case CaseNumberSet(case_number=number):
            by, note = event.by, f"案件番号を {number} にした" if number else "案件番号を消した"
        case Submitted():
            by, note = event.by, "提出した"
        case TakenBack():
            by, note = event.by, "提出を取り下げた"
        case Returned():
            by, note = event.by, f"差し戻した（{event.step}）"
        case Approved():
            by, note = event.by, f"{'決裁した' if event.final else '承認した'}（{event.step}）"
        case Amended():
            by, note = event.by, f"訂正を始めた（{event.reason}）"
        case _:
            return None
    return Change(at=item.at, by=by, what="記録", note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point in the life of a record; `events` are those that make up the record as it stood then."""

    label: str
    events: tuple[Event, ...] = field(repr=False)


def list_points(stamped: Iterable[StampedEvent]) -> tuple[Point, ...]:
    """Return the points worth comparing: as drafted, each time it was closed, now."""
    events = [item.event for item in stamped]
    ends = [place for place, event in enumerate(events) if isinstance(event, Finished)]
    first = ends[0] if ends else len(events)
    drafted = tuple(event for event in events[:first] if not isinstance(event, FieldEdited))
    return (
        Point(label="下書き", events=drafted),
        *(
            Point(label=f"{n} 回目に閉じたとき" if n > 1 else "相談を終えたとき", events=tuple(events[:end]))
            for n, end in enumerate(ends, start=1)
        ),
        Point(label="今", events=tuple(events)),
    )
