"""One live consultation and its threads.

Three threads, each handing on to the next through a queue: *capture* (source → disk → inbox), *recognition*
(inbox → pipeline → journal) and *understanding* (utterances → analyzer → advisor → journal). Text never waits
for understanding, and capture never waits for text. What understanding needs is loaded in its own thread,
while the first lines are recognised already.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from consult_assist.app.fault_log import fault_text
from consult_assist.app.journal import Journal, Listener
from consult_assist.app.live.capture import Capture, Inbox
from consult_assist.app.live.pipeline import Heard, SpeechPipeline
from consult_assist.app.live.recordings import LeftSound
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.app.live.understanding import Act, Understanding
from consult_assist.app.live.withdrawal import erase_withdrawn
from consult_assist.audio.base import AudioBlock, SoundFiles
from consult_assist.counter.masking import mask_typed_numbers
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.domain.consultation import Consent, Finished, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import AlertDismissed, DetailsOpened, LedgerEntry, LedgerState
from consult_assist.domain.record import ConsultationRecord, ReadbackItem, ReadbackState, TemplateChosen
from consult_assist.domain.speech import Revision, SegmentFailed, SpeakerAssigned, Utterance
from consult_assist.errors import RecognitionError, StoreError
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer
from consult_assist.record.undoing import stepping_edit, typed_edit

_LOG = logging.getLogger(__name__)


class Session:
    """A consultation in progress; nothing runs before `start`, and any thread may call any method.

    Args:
        consultation_id: its id in the store.
        consent: as agreed at the start.
        source_name: `microphone:…`, `file:…` or `none`.
        journal: where events go.
        inbox: between capture and recognition.
        capture: None when the microphone stays closed.
        pipeline: None when there is nothing to recognise.
        left: sound that interrupted runs did not recognise; it goes first.
        load_analyzer: None when there is nothing to analyse.
        new_advisor: makes guidance that has heard nothing yet.
        draft_record: events → record.
        sound_files: the recordings, from which a 個人番号 or a line off the record may have to be erased.
        read_segment: reads a failed segment's sound back from disk.
        on_end: called once, when the session has ended.
    """

    def __init__(
        self,
        consultation_id: str,
        *,
        consent: Consent,
        source_name: str,
        journal: Journal,
        inbox: Inbox,
        capture: Capture | None,
        pipeline: SpeechPipeline | None,
        load_analyzer: Callable[[], Analyzer] | None,
        new_advisor: Callable[[], Advisor],
        draft_record: Callable[[Sequence[Event]], ConsultationRecord],
        sound_files: SoundFiles,
        read_segment: Callable[[Sequence[Event], SegmentFailed], SpeechSegment],
        on_end: Callable[[], None],
        left: Sequence[LeftSound] = (),
    ) -> None:
        self.id = consultation_id
        self.consent = consent
        self.source_name = source_name
        self._journal = journal
        self._inbox = inbox
        self._capture = capture
        self._pipeline = pipeline
        self._left = left
        self._draft_record = draft_record
        self._redactor = Redactor(
            journal,
            sound_files,
            divide=capture.divide if capture else lambda: None,
            start_thread=self._start_thread,
        )
        self._read_segment = read_segment
        self._on_end = on_end
        self._writer = TranscriptWriter(journal, self._redactor, self._read_again)
        self._understanding = Understanding(
            journal, self._writer, load_analyzer, new_advisor, on_fault=self._skip
        )
        self._recognized_until = capture.position if capture else 0
        self._acts_lock = threading.RLock()
        self._finished = False
        self._stopped: str | None = None
        self._skipped: str | None = None
        self._withdrawing = False
        self._capture_thread: threading.Thread | None = None
        self._recognition_thread: threading.Thread | None = None
        self._understanding_thread: threading.Thread | None = None

    # -- what screens and commands ask for ------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> None:
        """Tell the listener every event, earlier ones first. It is called from worker threads."""
        self._journal.subscribe(listener)

    def begin(self, started: Started) -> None:
        """Take down that a new consultation begins, and the day that what is said is told from.

        Raises:
            StoreError: the store cannot write; nothing has begun.
        """
        self._journal.keep(started)
        self._writer.read_anew()

    def start(self) -> None:
        """Begin to capture, recognise and understand."""
        if self._capture is not None:
            self._capture_thread = self._start_thread("capture", self._capture.run)
            self._recognition_thread = self._start_thread("recognition", self._recognize)
        self._start_understanding()

    def status(self) -> SessionStatus:
        """Return what the status line shows; cheap enough to be asked ten times a second."""
        capture = self._capture
        position = capture.position if capture else 0
        return SessionStatus(
            phase=self._phase,
            recording=capture is not None and capture.recording and not self._finished,
            sound_s=position / SAMPLE_RATE_HZ,
            behind_s=max(0, position - self._recognized_until) / SAMPLE_RATE_HZ,
            levels_db=capture.levels_db if capture else (),
            withdrawal_pending=self._withdrawing,
            preparing=not (self._stopped or self._understanding.ready)
            and (capture is not None or bool(self._understanding.unread)),
            trouble=self._stopped
            or self._journal.trouble
            or (capture.trouble if capture else None)
            or self._skipped,
        )

    def record(self) -> ConsultationRecord:
        """Return the record as drafted and edited by now."""
        return self._draft_record(self._journal.events())

    def events(self) -> Sequence[Event]:
        """Return everything that has happened, without drafts."""
        return self._journal.events()

    def pause(self) -> None:
        """Stop listening until `resume`; what was said so far is still recognised."""
        if self._capture is not None:
            self._capture.pause()

    def resume(self) -> None:
        """Listen again."""
        if self._capture is not None:
            self._capture.resume()

    def flip_speaker(self, utterance_id: str) -> None:
        """Set the speaker of a line: unknown → resident → clerk → resident."""
        with self._writer.alone():
            if (event := self._writer.flip_speaker(utterance_id)) is not None:
                self._understanding.put(event)
        if event is not None and (pipeline := self._pipeline) is not None:
            pipeline.correct(event)

    def dismiss_alert(self, protocol: str) -> None:
        """Note that the clerk has seen a danger protocol."""
        self._act(AlertDismissed(protocol=protocol))

    def set_ledger(self, programme: str, state: LedgerState, reason: str | None = None) -> None:
        """Set where a programme stands in the guidance ledger; a 個人番号 in the reason is covered."""
        reason = mask_typed_numbers(reason) if reason is not None else None
        self._act(LedgerEntry(programme=programme, state=state, utterance_id=None, by="clerk", reason=reason))

    def note_details_opened(self, programme: str) -> None:
        """Note that the clerk opened the details of a programme."""
        self._journal.emit(DetailsOpened(programme=programme))

    def choose_template(self, template: str) -> None:
        """Fill another form from now on; what was typed stays."""
        self._journal.emit(TemplateChosen(template=template, by="clerk"))

    def edit_field(self, field: str, text: str) -> None:
        """Take over a field as it stands in the editor, a line of text for each line of the record."""
        with self._acts_lock:
            edit = typed_edit(self._journal.stamped(), self._draft_record, field, text, by="clerk")
            if edit is not None:
                self._journal.emit(edit)

    def step_edit(self, field: str, *, forward: bool) -> bool:
        """Take back what was typed last into a field, or bring it back; say whether there was anything."""
        with self._acts_lock:
            stamped, draft = self._journal.stamped(), self._draft_record
            if (edit := stepping_edit(stamped, draft, field, forward=forward, by="clerk")) is not None:
                self._journal.emit(edit)
            return edit is not None

    def correct_line(self, utterance_id: str, revision: int, text: str) -> None:
        """Put a line of the transcript right; `revision` is what the clerk saw.

        Raises:
            TranscriptChangedError: it was rewritten since.
        """
        with self._acts_lock:
            self._understanding.put(self._writer.correct(utterance_id, revision, text))

    def decide_readback(self, item: ReadbackItem, state: ReadbackState, words: str | None = None) -> None:
        """Note what became of an item of the read-back list; `words` replace its own in the transcript.

        Raises:
            TranscriptChangedError: its words stand there no longer.
        """
        with self._acts_lock:
            if (revision := self._writer.decide(item, state, words)) is not None:
                self._understanding.put(revision)

    def take_off_record(self, utterance_id: str) -> None:
        """Take a line out of the record with its sound, for good."""
        with self._writer.alone():
            try:
                self._writer.take_off_record(utterance_id)
            finally:
                self._understanding.begin_anew()

    def retry_segment(self, segment_id: str) -> None:
        """Recognise a failed segment again; the line is replaced when it succeeds.

        Raises:
            SoundError: its sound is no longer there.
            RecognitionError: nobody speaks in it.
        """
        events, pipeline = self.events(), self._pipeline
        failed = next((e for e in events if isinstance(e, SegmentFailed) and e.id == segment_id), None)
        if failed is None or pipeline is None:
            return
        segment = pipeline.failed.get(segment_id) or self._read_segment(events, failed)
        if (event := pipeline.retry(segment, segment_id)) is None:
            raise RecognitionError(
                "もう一度調べましたが、話し声は見つかりませんでした。話されたことがあれば、記録の欄に書いてください。"
            )
        self._take(event, pipeline)

    def wait(self) -> None:
        """Wait until a file has been heard to its end."""
        if self._capture is not None:
            self._capture.wait()

    def finish(self) -> ConsultationRecord:
        """Stop capture, recognise what was still waiting, close the record and return it.

        Raises:
            StoreError: the store cannot write now; call again when it can.
            RecordingError: consent was withdrawn, and the sound could still not be erased; call again.
        """
        with self._acts_lock:
            if not self._finished:
                if self._withdrawing:
                    self.withdraw_consent(erase_text=False)
                self._stop()
                self._writer.erase_pending()
                try:
                    self._journal.keep(self.record())
                    self._journal.keep(Finished(duration_s=round(self._journal.sound_s, 3)))
                except StoreError:  # what the clerk puts right until the next try is analysed, too
                    self._start_understanding()
                    raise
                self._finished = True
                self._pipeline = None  # the voices and the sound of this talk go with it
                self._redactor.settle()
                self._on_end()
            return self.record()

    def withdraw_consent(self, *, erase_text: bool) -> None:
        """Stop capture and erase the sound and, if wanted, the text; the clerk goes on by hand.

        Nobody waits for what is being recognised, analysed or loaded just now.

        Raises:
            ConsultAssistError: something could not be erased; call again.
        """
        with self._acts_lock:
            self._withdrawing = True
            self._inbox.close()
            self._stop_capture()
            self._recognition_thread = None
            with self._writer.alone():
                self.consent, self._capture, self._pipeline = Consent.HANDWRITTEN, None, None
                try:
                    erase_withdrawn(
                        self._journal,
                        erase_text=erase_text,
                        remove_recording=self._redactor.remove,
                        draft_record=self._draft_record,
                    )
                    self._withdrawing = False
                finally:
                    self._writer.read_anew()
                    self._understanding.begin_anew()

    # -- threads --------------------------------------------------------------------------------------------

    @property
    def _phase(self) -> Phase:
        if self._finished:
            return Phase.FINISHED
        return self._capture.phase if self._capture else Phase.HANDWRITTEN

    def _start_understanding(self) -> None:
        self._understanding_thread = self._start_thread("understanding", self._understanding.run)

    def _skip(self, error: Exception) -> None:
        _LOG.error("something was not understood: %s", fault_text(error))
        self._skipped = "内部の不具合で、案内に入っていない発言があります。文字起こしでお確かめください。"

    def _start_thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                run()
            except Exception as error:  # noqa: BLE001 - the clerk goes on by hand; the log keeps the fault
                _LOG.error("the %s thread stopped: %s", name, fault_text(error))
                self._stopped = "内部の不具合で処理が止まりました。記録は手書きで続けられます。"

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        thread.start()
        return thread

    def _stop(self) -> None:
        """Let all threads come to their end, having worked off what was waiting."""
        self._stop_capture()
        if self._recognition_thread is not None:
            self._recognition_thread.join()
        if self._understanding_thread is not None:
            self._understanding.end()
            if self._understanding.ready or self._understanding.unread:
                self._understanding_thread.join()
            self._understanding_thread = None

    def _stop_capture(self) -> None:
        if self._capture is not None:
            self._capture.stop()
        if self._capture_thread is not None:
            self._capture_thread.join()

    def _recognize(self) -> None:
        """What earlier runs left, then inbox → pipeline → journal, one stretch after the other."""
        try:
            for left in self._left:
                self._listen(left.batches(), left.heard_until_s)
            while self._pipeline is not None and not self._inbox.ended:
                self._listen(self._inbox.stretch())
        finally:
            self._inbox.close()

    def _listen(self, batches: Iterator[list[AudioBlock]], heard_until_s: Sequence[float] = ()) -> None:
        """Recognise a stretch of sound, or as much as comes before consent is withdrawn."""
        if (pipeline := self._pipeline) is None:
            return

        def followed() -> Iterator[list[AudioBlock]]:
            for batch in takewhile(lambda _: self._pipeline is pipeline, batches):
                yield batch
                self._recognized_until = batch[-1][0].end_sample

        for event in pipeline.listen(followed(), heard_until_s):
            self._take(event, pipeline)

    def _take(self, event: Heard, pipeline: SpeechPipeline) -> None:
        """Take down what was recognised, and queue it to be understood; nothing once consent is withdrawn."""
        with self._writer.alone():
            withdrawn = self._withdrawing or self._pipeline is not pipeline
            kept = None if withdrawn else self._writer.take(event)
            if isinstance(kept, Utterance | SpeakerAssigned):
                self._understanding.put(kept)

    def _read_again(self, revision: Revision) -> None:
        """Queue a line that was changed while another one was taken down."""
        self._understanding.put(revision)

    def _act(self, event: Act) -> None:
        """Take down what the clerk did, and queue it for guidance."""
        self._writer.note(event)
        self._understanding.put(event)
