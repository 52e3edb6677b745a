"""What the screens ask of the program: the one seam between shell and application layer."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol, runtime_checkable

from consult_assist.app import lookup
from consult_assist.app.live import starting
from consult_assist.app.live.starting import Sample
from consult_assist.app.live.status import SessionStatus
from consult_assist.app.records import cases, correcting, documents, histories, off_record, playing, verifying
from consult_assist.app.records.histories import RecordHistory
from consult_assist.app.records.playing import Stretch
from consult_assist.app.settings import default_operator
from consult_assist.app.upkeep import doctor
from consult_assist.app.workplace import CheckResult, Workplace
from consult_assist.domain.consultation import Consent, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord, ReadbackItem, ReadbackState, RecordLine
from consult_assist.domain.search import Hit
from consult_assist.record.case import Case
from consult_assist.storage.base import ChainFault
from consult_assist.tui.archive import ArchiveDesk
from consult_assist.tui.reviewing import ReviewDesk
from consult_assist.tui.training import TrainingDesk


class LiveSession(Protocol):
    """A consultation in progress, as screens see it; every method may be called from any thread."""

    id: str
    consent: Consent
    source_name: str

    def subscribe(self, listener: Callable[[StampedEvent], None]) -> None:
        """Tell the listener every event, earlier ones first, from worker threads."""

    def start(self) -> None:
        """Begin to capture."""

    def status(self) -> SessionStatus:
        """Return what the status line shows."""

    def pause(self) -> None:
        """Stop listening."""

    def resume(self) -> None:
        """Listen again."""

    def flip_speaker(self, utterance_id: str) -> None:
        """Set the speaker of a line to the other one."""

    def retry_segment(self, segment_id: str) -> None:
        """Recognise a failed segment again."""

    def dismiss_alert(self, protocol: str) -> None:
        """Note that the clerk has seen a danger protocol."""

    def set_ledger(self, programme: str, state: LedgerState, reason: str | None = None) -> None:
        """Set where a programme stands in the guidance ledger."""

    def note_details_opened(self, programme: str) -> None:
        """Note that the clerk opened the details of a programme."""

    def decide_readback(self, item: ReadbackItem, state: ReadbackState, words: str | None = None) -> None:
        """Note what became of an item of the read-back list."""

    def edit_field(self, field: str, text: str) -> None:
        """Take over a field as it stands in the editor."""

    def step_edit(self, field: str, *, forward: bool) -> bool:
        """Take back what was typed last into a field, or bring it back."""

    def record(self) -> ConsultationRecord:
        """Return the record as drafted and edited by now."""

    def withdraw_consent(self, *, erase_text: bool) -> None:
        """Erase the sound and, if wanted, the text."""

    def take_off_record(self, utterance_id: str) -> None:
        """Take a line out of the record with its sound, for good."""

    def finish(self) -> ConsultationRecord:
        """Close the record; blocks for seconds."""


@runtime_checkable
class Correctable(Protocol):
    """A session whose transcript and form are the clerk's to change; an exercise is not."""

    def correct_line(self, utterance_id: str, revision: int, text: str) -> None:
        """Put a line of the transcript right."""

    def choose_template(self, template: str) -> None:
        """Fill another form from now on."""


class Desk:
    """Everything a person can do, one method for each use case; all of them may block.

    What changes a saved record is kept in the name of the OS account.

    Attributes:
        knowledge: what the office knows.
        theme: `dark` or `light`.
        template: id of the form that a consultation begins with.
        office_form: the office's own Word form that was filled last.
        training: what a trainee can do.
        reviews: what brings a record to its decision.
        archive: what looks through all records.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._looking_up = Lock()
        self.knowledge = workplace.knowledge
        self.theme: str = workplace.settings.theme
        self.template = workplace.settings.template
        self.office_form: Path | None = None
        self.training = TrainingDesk(workplace)
        self.reviews = ReviewDesk(workplace)
        self.archive = ArchiveDesk(workplace)

    def default_operator(self) -> str:
        """Propose the clerk's name."""
        return default_operator()

    def load_ahead(self) -> None:
        """Begin to load what a consultation will need; does not wait for it."""
        starting.load_ahead(self._workplace)

    def start_consultation(self, *, consent: Consent, operator: str, case_number: str | None) -> LiveSession:
        """Prepare a consultation."""
        return starting.start_consultation(
            self._workplace, consent=consent, operator=operator, case_number=case_number
        )

    def replay_sound(self, path: Path, *, speed: float | None) -> LiveSession:
        """Prepare a replay."""
        return starting.replay_sound(self._workplace, path, speed=speed)

    def resume_consultation(self, consultation_id: str) -> LiveSession:
        """Go on with an interrupted consultation."""
        return starting.resume_consultation(self._workplace, consultation_id)

    def interrupted_consultations(self) -> Sequence[ConsultationSummary]:
        """Return consultations that were begun and not closed."""
        return starting.interrupted_consultations(self._workplace)

    def search_knowledge(self, query: str) -> Sequence[Hit]:
        """Return programmes, danger protocols and contacts that fit; an empty query prepares the search."""
        with self._looking_up:
            return lookup.search_knowledge(self._workplace, query)

    def open_record(self, consultation_id: str) -> RecordDocument:
        """Return a saved consultation."""
        return documents.open_record(self._workplace, consultation_id)

    def record_history(self, consultation_id: str) -> RecordHistory:
        """Return who changed what in a record, and when."""
        return histories.record_history(self._workplace, consultation_id)

    def edit_record_field(self, consultation_id: str, field: str, text: str, seen: str) -> RecordDocument:
        """Take over a field of a saved record, if it still stands as it was shown."""
        by = self.default_operator()
        return documents.edit_record_field(self._workplace, consultation_id, field, text, by=by, seen=seen)

    def choose_template(self, consultation_id: str, template: str) -> RecordDocument:
        """Put a saved record into another form."""
        by = self.default_operator()
        return documents.choose_template(self._workplace, consultation_id, template, by=by)

    def step_edit(
        self, consultation_id: str, field: str, seen: str, *, forward: bool
    ) -> RecordDocument | None:
        """Take back what was typed last into a field, or bring it back; None when there is nothing."""
        by = self.default_operator()
        return correcting.step_edit(
            self._workplace, consultation_id, field, forward=forward, by=by, seen=seen
        )

    def correct_line(self, consultation_id: str, line_id: str, revision: int, text: str) -> RecordDocument:
        """Put a line of the transcript right."""
        by = self.default_operator()
        return correcting.correct_line(self._workplace, consultation_id, line_id, revision, text, by=by)

    def decide_readback(
        self, consultation_id: str, item: ReadbackItem, state: ReadbackState, words: str | None
    ) -> RecordDocument:
        """Note what became of an item of the read-back list."""
        by = self.default_operator()
        return correcting.decide_readback(self._workplace, consultation_id, item, state, words, by=by)

    def open_case(self, number: str) -> Case:
        """Return what is open and what changed in a case; without talks where the number is new."""
        return cases.open_case(self._workplace, number)

    def set_case_number(self, consultation_id: str, number: str | None) -> RecordDocument:
        """Set, change or take away the case number of a saved consultation."""
        by = self.default_operator()
        return cases.set_case_number(self._workplace, consultation_id, number, by=by)

    def redact_line(self, consultation_id: str, line_id: str) -> RecordDocument:
        """Take a line of a saved consultation off the record."""
        by = self.default_operator()
        return off_record.redact_line(self._workplace, consultation_id, line_id, by=by)

    def close_record(self, consultation_id: str, seen: str | None = None) -> RecordDocument:
        """Close a record, if it still stands as it was shown."""
        return documents.close_record(self._workplace, consultation_id, seen=seen)

    def export_record(self, consultation_id: str, format_name: str) -> bytes:
        """Return a record as a whole file."""
        return documents.export_record(self._workplace, consultation_id, format_name)

    def fill_office_form(self, consultation_id: str, form: Path) -> bytes:
        """Return the office's own Word form, filled with a record."""
        return documents.fill_office_form(self._workplace, consultation_id, form)

    def verify_records(self) -> Sequence[ChainFault]:
        """Return every place where a saved event or sound was changed or is missing."""
        return verifying.verify_records(self._workplace)

    def find_words(self, consultation_id: str, line_id: str, words: RecordLine) -> Stretch | None:
        """Return which part of an utterance a line of the record rests on; None is all of it."""
        return playing.find_words(self._workplace, consultation_id, line_id, words)

    def find_item(self, consultation_id: str, item: ReadbackItem) -> Stretch | None:
        """Return the three seconds around an item of the read-back list; None is the whole utterance."""
        return playing.find_item(self._workplace, consultation_id, item)

    def read_name(self, name: str) -> str | None:
        """Return the kana of a name, one name at a time."""
        with self._looking_up:
            return self._workplace.load_reader().reading(name)

    def play_line(self, consultation_id: str, line_id: str, part: Stretch | None = None) -> None:
        """Play the sound of a line, or of a part of it."""
        playing.play_line(self._workplace, consultation_id, line_id, part)

    def missing_sound(self, consultation_id: str) -> str | None:
        """Say where a recording ends before its talk."""
        return playing.missing_sound(self._workplace, consultation_id)

    def stop_playing(self) -> None:
        """Stop the sound."""
        playing.stop_playing(self._workplace)

    def sample_sounds(self) -> Sequence[Sample]:
        """Return the sample recordings."""
        return starting.sample_sounds(self._workplace)

    def check_equipment(self) -> Iterator[CheckResult]:
        """Check everything, one result after the other."""
        return doctor.check_equipment(self._workplace)
