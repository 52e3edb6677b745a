"""Erasing what a resident no longer agrees to: the sound and, if wanted, the text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from consult_assist.app.journal import Journal
from consult_assist.app.projections import draft_record, erased_recordings, recordings_in
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import ConsentWithdrawn, Redacted
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import QuestionsChanged, SuggestionsChanged
from consult_assist.domain.record import ConsultationRecord, FieldEdited, LineKind
from consult_assist.errors import ConsultAssistError


def unfinished_withdrawal(events: Sequence[Event]) -> ConsentWithdrawn | None:
    """Return a withdrawal whose erasure did not come to its end, if there is one."""
    withdrawn, done = None, True
    for event in events:
        match event:
            case ConsentWithdrawn():
                withdrawn, done = event, False
            case Redacted(in_part=False):
                done = True
    erased = erased_recordings(events)
    return None if done and all(item.name in erased for item in recordings_in(events)) else withdrawn


def complete_withdrawal(workplace: Workplace, journal: Journal) -> None:
    """Erase what an earlier run left of a withdrawal, so that no record is closed or taken up over it.

    Raises:
        ConsultAssistError: something could not be erased.
    """
    if unfinished_withdrawal(journal.events()) is not None:
        erase_withdrawn(
            journal,
            erase_text=False,
            remove_recording=workplace.sound_files.remove,
            draft_record=partial(draft_record, workplace),
        )


def erase_withdrawn(
    journal: Journal,
    *,
    erase_text: bool,
    remove_recording: Callable[[str], None],
    draft_record: Callable[[Sequence[Event]], ConsultationRecord],
) -> None:
    """Erase sound and, if wanted, text; lines the clerk typed stay, as notes taken by hand.

    May be called again until it succeeds: every step that is done is skipped or harmless, a text that was to
    be erased once still is, and what the clerk did by hand since then stays.

    Raises:
        ConsultAssistError: something could not be erased; all that could be is gone.
    """
    wanted = [event.erase_text for event in journal.events() if isinstance(event, ConsentWithdrawn)]
    if not wanted or erase_text > any(wanted):
        journal.emit(ConsentWithdrawn(erase_text=erase_text))
    erase_text = erase_text or any(wanted)
    removed: list[str] = []
    failures: list[ConsultAssistError] = []
    for recording in recordings_in(journal.events()):
        try:
            remove_recording(recording.name)
            removed.append(recording.name)
        except ConsultAssistError as error:
            failures.append(error)
    stays: list[Event] = []
    erase_text = erase_text and _holds_words(journal.events())
    if erase_text:
        notes = _typed_notes(draft_record(journal.events()))
        stays = [SuggestionsChanged(shown=(), why=()), QuestionsChanged(shown=()), *notes]
    journal.redact(texts=erase_text, recordings=removed, reason="consent_withdrawn", then=stays)
    if failures:
        raise failures[0]


def _holds_words(events: Sequence[Event]) -> bool:
    """Return whether the words that a withdrawal was to erase are still there."""
    there = True
    for event in events:
        match event:
            case ConsentWithdrawn(erase_text=True):
                there = True
            case Redacted():
                there = there and not event.erases_words
    return there


def _typed_notes(record: ConsultationRecord) -> list[FieldEdited]:
    """Return the lines the clerk typed, as edits that stand without evidence."""
    notes = []
    for field in record.fields:
        typed = tuple(replace(line, utterance_ids=()) for line in field.lines if line.kind is LineKind.CLERK)
        if typed:
            notes.append(FieldEdited(field=field.name, before=(), after=typed, by="clerk"))
    return notes
