"""One attempt at an exercise: its lines come as they are spoken, and the trainee's acts are kept.

Nothing here runs by itself: whoever shows the exercise calls `advance` often and, where hints are shown,
`understand` in a thread. The lines are shown but not kept with the attempt, which refers to its exercise
(docs/decisions/0025-trainee-session.md).
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from consult_assist.app.journal import Journal, Listener
from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.app.training.hints import Hints
from consult_assist.app.training.play import ExercisePlay
from consult_assist.audio.base import Player
from consult_assist.counter.masking import mask_typed_numbers
from consult_assist.domain.consultation import CapturePaused, CaptureResumed, Consent, Finished
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.exercise import (
    DangerCalled,
    DangerTakenBack,
    Exercise,
    ExerciseLine,
    ExerciseScored,
    JumpedBack,
    ProgrammeRaised,
    ProgrammeTakenBack,
    QuestionPut,
)
from consult_assist.domain.guidance import AlertDismissed, DetailsOpened, LedgerEntry, LedgerState
from consult_assist.domain.record import ConsultationRecord, ReadbackItem, ReadbackState
from consult_assist.domain.speech import Draft, Speaker, Utterance
from consult_assist.record.undoing import stepping_edit, typed_edit

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)
_AGAIN_S = 1.5
"""Going back so soon after a line began goes to the line before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an exercise is done.

    Attributes:
        speed: one of `SPEEDS`.
        hints: whether suggestions, questions and alerts are shown.
        stops: whether the trainee may stop and hear again, which nobody can at a counter.
        trainee: the name as entered.
    """

    speed: float = 1.0
    hints: bool = False
    stops: bool = True
    trainee: str = ""


class ExerciseSession:
    """An attempt in progress, with the methods of a live `Session`, so that the same screen shows both.

    Safe from any thread.

    Args:
        attempt_id: its id in the store.
        exercise: what is done.
        way: how.
        journal: where the acts go; it holds `Started` already.
        player: the loudspeaker.
        draft: events → record.
        hints: None where they stay hidden.
        score: acts → score.
        now: seconds that only go forward.

    Attributes:
        raised: programmes that the trainee would bring up, in that order.
        called: danger protocols that the trainee sees.
        asked: questions that the trainee would put.
        scored: the score, once it is finished.
        play: the exercise as it is played.
    """

    def __init__(
        self,
        attempt_id: str,
        exercise: Exercise,
        way: Way,
        *,
        journal: Journal,
        player: Player,
        draft: Callable[[Sequence[Event]], ConsultationRecord],
        hints: Hints | None,
        score: Callable[[Sequence[StampedEvent]], ExerciseScored],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = attempt_id
        self.exercise = exercise
        self.way = way
        self.consent = Consent.HANDWRITTEN
        self.source_name = f"exercise:{exercise.id}"
        self.scored: ExerciseScored | None = None
        self.raised: list[str] = []
        self.called: list[str] = []
        self.asked: list[str] = []
        self._journal = journal
        self._draft = draft
        self._hints = hints
        self._score = score
        self._lines = sorted(exercise.lines, key=lambda line: (line.end_s, line.id))
        self.play = ExercisePlay(exercise, player, speed=way.speed, now=now)
        self._kept: list[StampedEvent] = []
        self._shown: list[StampedEvent] = []
        self._listeners: list[Listener] = []
        self._unread: list[Utterance] = []
        self._n_heard = 0
        self._drafts: dict[str, str] = {}
        self._finished = False
        self._showing_lock = threading.RLock()
        self._acts_lock = threading.RLock()
        self._hints_lock = threading.Lock()
        journal.subscribe(self._kept.append)

    # -- time -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Let it begin."""
        self.play.run()

    def status(self) -> SessionStatus:
        """Return what the status line shows."""
        phase = Phase.RUNNING if self.play.running else Phase.PAUSED
        return SessionStatus(
            phase=Phase.FINISHED if self._finished else phase,
            recording=False,
            sound_s=self.play.position_s,
            behind_s=0.0,
            levels_db=(),
            trouble=self._journal.trouble,
        )

    def pause(self) -> None:
        """Stop, where that is allowed."""
        if self.hold():
            self._keep(CapturePaused())

    def resume(self) -> None:
        """Go on."""
        if not self.play.running and not self._finished:
            self._keep(CaptureResumed())
            self.play.run()

    def hold(self) -> bool:
        """Stand still while the trainee answers, where stopping is allowed; say whether it moved before."""
        return self.way.stops and self.play.hold()

    def go_on(self) -> None:
        """Go on after `hold`."""
        if not self._finished:
            self.play.run()

    def jump(self, line_id: str) -> None:
        """Hear again from a line on, where that is allowed."""
        line = next((line for line in self.exercise.lines if line.id == line_id), None)
        if line is not None:
            self._jump(line)

    def go_back(self) -> None:
        """Hear the line again, or the one before just after it began."""
        line = self.play.line_at(max(0.0, self.play.position_s - _AGAIN_S))
        if line is not None:
            self._jump(line)

    def _jump(self, line: ExerciseLine) -> None:
        if self.way.stops and not self._finished and line.start_s < self.play.position_s:
            self._keep(JumpedBack(to_s=line.start_s))
            self.play.go_to(line.start_s)

    # -- what is shown --------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> None:
        """Tell the listener every event, earlier ones first."""
        with self._showing_lock:
            for stamped in self._shown:
                listener(stamped)
            self._listeners.append(listener)
        self._journal.subscribe(listener)

    def advance(self) -> bool:
        """Show what was said by now; say whether `understand` has work to do. Cheap enough for a timer."""
        with self._showing_lock:
            heard_s = self.play.furthest_s
            while self._n_heard < len(self._lines) and self._lines[self._n_heard].end_s <= heard_s:
                heard = self._lines[self._n_heard].utterance()
                self._n_heard += 1
                self._tell(replace(heard, channel=_lane(heard.speaker)))
                self._unread.append(heard)
            for line in self._lines[self._n_heard :]:
                self._draft_line(line, heard_s)
            return self._hints is not None and bool(self._unread)

    def understand(self) -> None:
        """Find hints for the lines that were shown; may take a second."""
        if self._hints is None:
            return
        with self._hints_lock:
            while self._unread:
                for event in self._hints.read(self._unread.pop(0)):
                    self._tell(event)

    def _draft_line(self, line: ExerciseLine, heard_s: float) -> None:
        """Show as much of a line as is spoken by now."""
        if line.start_s >= heard_s:
            return
        share = (heard_s - line.start_s) / (line.end_s - line.start_s)
        text = line.text[: round(len(line.text) * share)]
        if text and text != self._drafts.get(line.id):
            self._drafts[line.id] = text
            self._tell(Draft(channel=_lane(line.speaker), start_s=line.start_s, text=text))

    def _tell(self, event: Event) -> None:
        with self._showing_lock:
            stamped = StampedEvent(event=event, at=datetime.now(UTC), at_s=0.0, sound_s=self.play.furthest_s)
            if not isinstance(event, Draft):
                self._shown.append(stamped)
            for listener in self._listeners:
                listener(stamped)

    # -- what the trainee does ------------------------------------------------------------------------------

    def raise_programme(self, programme: str) -> None:
        """Note that the trainee would bring up a programme now; a second call takes it back."""
        if programme in self.raised:
            self.raised.remove(programme)
            self._keep(ProgrammeTakenBack(programme=programme))
            self._mark(programme, LedgerState.UNTOLD)
        else:
            self.raised.append(programme)
            self._keep(ProgrammeRaised(programme=programme))
            self._mark(programme, LedgerState.TOLD)

    def call_danger(self, protocol: str) -> None:
        """Note that the trainee sees a danger; a second call takes it back."""
        if protocol in self.called:
            self.called.remove(protocol)
            self._keep(DangerTakenBack(protocol=protocol))
        else:
            self.called.append(protocol)
            self._keep(DangerCalled(protocol=protocol))

    def put_question(self, text: str) -> None:
        """Note what the trainee would ask now; a 個人番号 is covered."""
        text = mask_typed_numbers(text)
        self.asked.append(text)
        self._keep(QuestionPut(text=text))

    def set_ledger(self, programme: str, state: LedgerState, reason: str | None = None) -> None:  # noqa: ARG002
        """Take 説明済 as bringing up a programme, any other state as taking it back."""
        if (state is LedgerState.TOLD) is not (programme in self.raised):
            self.raise_programme(programme)

    def note_details_opened(self, programme: str) -> None:
        """Note that the trainee looked a programme up."""
        self._keep(DetailsOpened(programme=programme))

    def edit_field(self, field: str, text: str) -> None:
        """Take over a field of the record as it stands in the editor."""
        with self._acts_lock:
            if (edit := typed_edit(self._kept, self._draft, field, text, by="clerk")) is not None:
                self._keep(edit)

    def step_edit(self, field: str, *, forward: bool) -> bool:
        """Take back what was typed last into a field, or bring it back; say whether there was anything."""
        with self._acts_lock:
            edit = stepping_edit(self._kept, self._draft, field, forward=forward, by="clerk")
            if edit is not None:
                self._keep(edit)
            return edit is not None

    def dismiss_alert(self, protocol: str) -> None:
        """Put a danger protocol away that the hints brought up."""
        self._show(AlertDismissed(protocol=protocol))

    def flip_speaker(self, utterance_id: str) -> None:
        """Do nothing: who speaks is known."""

    def retry_segment(self, segment_id: str) -> None:
        """Do nothing: nothing is recognised."""

    def decide_readback(self, item: ReadbackItem, state: ReadbackState, words: str | None = None) -> None:
        """Do nothing: there is nobody to read back to."""

    def take_off_record(self, utterance_id: str) -> None:
        """Do nothing: nothing that is said is kept."""

    def withdraw_consent(self, *, erase_text: bool) -> None:
        """Do nothing: nobody is recorded."""

    def record(self) -> ConsultationRecord:
        """Return the record as the trainee has written it; the program writes nothing of what was said."""
        return self._draft([stamped.event for stamped in self._kept])

    def _mark(self, programme: str, state: LedgerState) -> None:
        self._show(LedgerEntry(programme=programme, state=state, utterance_id=None, by="clerk"))

    def _show(self, act: LedgerEntry | AlertDismissed) -> None:
        """Show an act in lists and hints; it is not kept."""
        with self._hints_lock:
            self._tell(act)
            for event in self._hints.note(act) if self._hints is not None else ():
                self._tell(event)

    def _keep(self, event: Event) -> None:
        self._journal.reached(self.play.furthest_s)
        self._journal.emit(event)

    # -- end ------------------------------------------------------------------------------------------------

    def finish(self) -> ConsultationRecord:
        """Score the attempt and close it.

        Raises:
            StoreError: the store cannot write now; call again when it can.
        """
        with self._acts_lock:
            if not self._finished:
                self.play.hold()
                self._journal.reached(self.play.furthest_s)
                self._journal.keep(self.record())
                scored = self._score(tuple(self._kept))
                self._journal.keep(scored)
                self._close()
                self.scored = scored
            return self.record()

    def leave(self) -> None:
        """Close the attempt without a score: it counts for nothing.

        Raises:
            StoreError: the store cannot write now.
        """
        with self._acts_lock:
            if not self._finished:
                self.play.hold()
                self._close()

    def _close(self) -> None:
        self._journal.keep(Finished(duration_s=round(self.play.furthest_s, 3)))
        self._finished = True


def _lane(speaker: Speaker | None) -> int:
    """Return a channel for each speaker, so that both are seen growing where they interrupt each other."""
    return 0 if speaker is Speaker.CLERK else 1
