"""What the screens ask of the program: the one seam between shell and application layer."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol, runtime_checkable

from consult_assist.app import lookup
from consult_assist.app.live import starting
from consult_assist.app.live.starting import Sample
from consult_assist.app.live.status import SessionStatus
from consult_assist.app.records import documents, histories, off_record, playing
from consult_assist.app.records.histories import RecordHistory
from consult_assist.app.records.playing import Stretch
from consult_assist.app.settings import default_operator
from consult_assist.app.upkeep import doctor
from consult_assist.app.workplace import CheckResult, Workplace
from consult_assist.domain.consultation import Consent, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import ConsultationRecord, ReadbackItem, ReadbackState, RecordLine
from consult_assist.domain.search import Hit
from consult_assist.storage.base import ChainFault
from consult_assist.tui.archive import ArchiveDesk, OfficeArchiveDesk
from consult_assist.tui.casework import CaseDesk, OfficeCaseDesk
from consult_assist.tui.correcting import CorrectionDesk, OfficeCorrectionDesk
from consult_assist.tui.reviewing import OfficeReviewDesk, ReviewDesk
from consult_assist.tui.training import OfficeTrainingDesk, TrainingDesk


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


class Desk(Protocol):
    """Everything a person can do, one method for each use case; all but the properties may block."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """What the office knows."""

    @property
    def theme(self) -> str:
        """`dark` or `light`."""

    @property
    def template(self) -> str:
        """Id of the form that a consultation begins with."""

    @property
    def training(self) -> TrainingDesk:
        """What a trainee can do."""

    @property
    def reviews(self) -> ReviewDesk:
        """What brings a record to its decision."""

    @property
    def cases(self) -> CaseDesk:
        """What joins the consultations of one case."""

    @property
    def corrections(self) -> CorrectionDesk:
        """What puts a saved record right."""

    @property
    def archive(self) -> ArchiveDesk:
        """What looks through all records."""

    def default_operator(self) -> str:
        """Propose the clerk's name."""

    def load_ahead(self) -> None:
        """Begin to load what a consultation will need; does not wait for it."""

    def start_consultation(self, *, consent: Consent, operator: str, case_number: str | None) -> LiveSession:
        """Prepare a consultation."""

    def replay_sound(self, path: Path, *, speed: float | None) -> LiveSession:
        """Prepare a replay."""

    def resume_consultation(self, consultation_id: str) -> LiveSession:
        """Go on with an interrupted consultation."""

    def interrupted_consultations(self) -> Sequence[ConsultationSummary]:
        """Return consultations that were begun and not closed."""

    def search_knowledge(self, query: str) -> Sequence[Hit]:
        """Return programmes, danger protocols and contacts that fit; an empty query prepares the search."""

    def open_record(self, consultation_id: str) -> RecordDocument:
        """Return a saved consultation."""

    def record_history(self, consultation_id: str) -> RecordHistory:
        """Return who changed what in a record, and when."""

    def edit_record_field(self, consultation_id: str, field: str, text: str) -> RecordDocument:
        """Take over a field of a saved record."""

    def choose_template(self, consultation_id: str, template: str) -> RecordDocument:
        """Put a saved record into another form."""

    def redact_line(self, consultation_id: str, line_id: str) -> RecordDocument:
        """Take a line of a saved consultation off the record, for good."""

    def close_record(self, consultation_id: str) -> RecordDocument:
        """Close a record."""

    def export_record(self, consultation_id: str, format_name: str) -> bytes:
        """Return a record as a whole file."""

    def verify_records(self) -> Sequence[ChainFault]:
        """Return every place where a saved event was changed or is missing."""

    def find_words(self, consultation_id: str, line_id: str, words: RecordLine) -> Stretch | None:
        """Return which part of an utterance a line of the record rests on; None is all of it."""

    def find_item(self, consultation_id: str, item: ReadbackItem) -> Stretch | None:
        """Return the three seconds around an item of the read-back list; None is the whole utterance."""

    def read_name(self, name: str) -> str | None:
        """Return the kana of a name, as the dictionary reads it."""

    def play_line(self, consultation_id: str, line_id: str, part: Stretch | None = None) -> None:
        """Play the sound of a line, or of a part of it."""

    def stop_playing(self) -> None:
        """Stop the sound."""

    def sample_sounds(self) -> Sequence[Sample]:
        """Return the sample recordings."""

    def check_equipment(self) -> Iterator[CheckResult]:
        """Check everything, one result after the other."""


class OfficeDesk:
    """The real desk: passes everything on to the use cases."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._looking_up = Lock()

    @property
    def knowledge(self) -> KnowledgeBase:
        """What the office knows."""
        return self._workplace.knowledge

    @property
    def theme(self) -> str:
        """`dark` or `light`."""
        return self._workplace.settings.theme

    @property
    def template(self) -> str:
        """Id of the form that a consultation begins with."""
        return self._workplace.settings.template

    @property
    def training(self) -> TrainingDesk:
        """What a trainee can do."""
        return OfficeTrainingDesk(self._workplace)

    @property
    def corrections(self) -> CorrectionDesk:
        """What puts a saved record right."""
        return OfficeCorrectionDesk(self._workplace)

    @property
    def reviews(self) -> ReviewDesk:
        """What brings a record to its decision."""
        return OfficeReviewDesk(self._workplace)

    @property
    def cases(self) -> CaseDesk:
        """What joins the consultations of one case."""
        return OfficeCaseDesk(self._workplace)

    @property
    def archive(self) -> ArchiveDesk:
        """What looks through all records."""
        return OfficeArchiveDesk(self._workplace)

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
        """Return programmes, danger protocols and contacts that fit, one search at a time."""
        with self._looking_up:
            return lookup.search_knowledge(self._workplace, query)

    def open_record(self, consultation_id: str) -> RecordDocument:
        """Return a saved consultation."""
        return documents.open_record(self._workplace, consultation_id)

    def record_history(self, consultation_id: str) -> RecordHistory:
        """Return who changed what in a record, and when."""
        return histories.record_history(self._workplace, consultation_id)

    def edit_record_field(self, consultation_id: str, field: str, text: str) -> RecordDocument:
        """Take over a field of a saved record, in the name of the OS account."""
        by = default_operator()
        return documents.edit_record_field(self._workplace, consultation_id, field, text, by=by)

    def choose_template(self, consultation_id: str, template: str) -> RecordDocument:
        """Put a saved record into another form, in the name of the OS account."""
        by = default_operator()
        return documents.choose_template(self._workplace, consultation_id, template, by=by)

    def redact_line(self, consultation_id: str, line_id: str) -> RecordDocument:
        """Take a line of a saved consultation off the record, in the name of the OS account."""
        by = default_operator()
        return off_record.redact_line(self._workplace, consultation_id, line_id, by=by)

    def close_record(self, consultation_id: str) -> RecordDocument:
        """Close a record."""
        return documents.close_record(self._workplace, consultation_id)

    def export_record(self, consultation_id: str, format_name: str) -> bytes:
        """Return a record as a whole file."""
        return documents.export_record(self._workplace, consultation_id, format_name)

    def verify_records(self) -> Sequence[ChainFault]:
        """Return every place where a saved event was changed or is missing."""
        return documents.verify_records(self._workplace)

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

    def stop_playing(self) -> None:
        """Stop the sound."""
        playing.stop_playing(self._workplace)

    def sample_sounds(self) -> Sequence[Sample]:
        """Return the sample recordings."""
        return starting.sample_sounds(self._workplace)

    def check_equipment(self) -> Iterator[CheckResult]:
        """Check everything, one result after the other."""
        return doctor.check_equipment(self._workplace)
