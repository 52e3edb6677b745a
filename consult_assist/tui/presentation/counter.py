"""What the counter screen knows: a projection of the events so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import TypeVar

from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.consultation import ConsentWithdrawn
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    OPEN_STATES,
    Alert,
    AlertDismissed,
    LedgerEntry,
    LedgerState,
    Question,
    QuestionsChanged,
    Reason,
    SuggestionsChanged,
)
from consult_assist.domain.speech import Draft, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine

Item = TypeVar("Item")
PLACES = 3
"""At most three suggestions and three questions: what one glance can take in."""


class Changed(Flag):
    """What has to be drawn again."""

    NOTHING = 0
    TRANSCRIPT = auto()
    SUGGESTIONS = auto()
    QUESTIONS = auto()
    ALERTS = auto()
    RECORD = auto()


@dataclass(slots=True)
class CounterState:
    """Feed it events in order; it says what changed.

    Attributes:
        failed: ids of the lines that could not be recognised, in the order of their failure.
        suggested: every suggested programme, best first.
        suggestion_places: the programmes on screen, each in its fixed place.
        alerts: what the clerk has not put away, each danger protocol once.
        excused: programmes for which the clerk gave a reason.
        erased: whether citizens' words were erased, so that the screen must forget them too.
        by_hand: whether nothing is heard, and so nothing found.
        preparing: whether something will be found only a little later.
    """

    transcript: Transcript = field(default_factory=Transcript)
    failed: list[str] = field(default_factory=list)
    drafts: dict[int, Draft] = field(default_factory=dict, repr=False)
    suggested: tuple[str, ...] = ()
    suggestion_places: tuple[str | None, ...] = (None,) * PLACES
    reasons: dict[str, Reason] = field(default_factory=dict)
    question_places: tuple[Question | None, ...] = (None,) * PLACES
    alerts: list[Alert] = field(default_factory=list)
    ledger: dict[str, LedgerState] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    erased: bool = False
    by_hand: bool = False
    preparing: bool = False

    def apply_all(self, events: Iterable[Event]) -> Changed:
        """Take in a batch and return everything that changed."""
        changed = Changed.NOTHING
        for event in events:
            changed |= self.apply(event)
        return changed

    def apply(self, event: Event) -> Changed:
        """Take in one event and return what changed."""
        match event:
            case Draft():
                changed = self._draft(event)
            case SuggestionsChanged():
                changed = self._suggestions(event)
            case QuestionsChanged():
                self.question_places = keep_places(self.question_places, event.shown)
                changed = Changed.QUESTIONS
            case Alert() | AlertDismissed():
                changed = self._alert(event)
            case LedgerEntry():
                self._entry(event)
                changed = Changed.SUGGESTIONS | Changed.RECORD
            case ConsentWithdrawn():
                changed = self._withdrawn(event)
            case _:
                changed = self._speech(event)
        return changed

    def expect(self, programme: str, state: LedgerState) -> None:
        """Know at once what the clerk has set in the ledger; the event of it comes round a moment later."""
        self.ledger[programme] = state

    @property
    def listed(self) -> tuple[str, ...]:
        """Programmes on screen in their places, others suggested, then what came up before and is open."""
        shown = (item for item in self.suggestion_places if item is not None)
        still_open = (programme for programme, state in self.ledger.items() if state in OPEN_STATES)
        return tuple(dict.fromkeys((*shown, *self.suggested, *still_open)))

    @property
    def untold(self) -> tuple[str, ...]:
        """Programmes not explained so far and without the clerk's reason, in the order they came up."""
        return tuple(
            programme
            for programme, state in self.ledger.items()
            if state is LedgerState.UNTOLD and programme not in self.excused
        )

    def _entry(self, event: LedgerEntry) -> None:
        self.ledger[event.programme] = event.state
        if event.by == "clerk" and event.reason:
            self.excused.add(event.programme)

    def _suggestions(self, event: SuggestionsChanged) -> Changed:
        self.suggested = event.shown
        self.suggestion_places = keep_places(self.suggestion_places, event.shown)
        self.reasons |= {reason.programme: reason for reason in event.why}
        return Changed.SUGGESTIONS | Changed.RECORD

    def _draft(self, draft: Draft) -> Changed:
        if draft.text:
            self.drafts[draft.channel] = draft
        else:
            self.drafts.pop(draft.channel, None)
        return Changed.TRANSCRIPT

    def _speech(self, event: Event) -> Changed:
        line = self.transcript.apply(event)
        if line is None:
            return Changed.RECORD
        if line.id in self.failed:
            self.failed.remove(line.id)
        if line.failure is not None:
            self.failed.append(line.id)
        draft = self.drafts.get(line.channel)
        if isinstance(event, Utterance) and draft is not None and draft.start_s <= line.end_s:
            del self.drafts[line.channel]
        return Changed.TRANSCRIPT | Changed.RECORD

    def _alert(self, event: Alert | AlertDismissed) -> Changed:
        known = [alert.protocol for alert in self.alerts]
        if isinstance(event, AlertDismissed):
            self.alerts = [alert for alert in self.alerts if alert.protocol != event.protocol]
        elif event.protocol not in known:
            self.alerts.append(event)
        return Changed.ALERTS

    def _withdrawn(self, event: ConsentWithdrawn) -> Changed:
        self.drafts.clear()
        if event.erase_text:
            self.erased = True
            self.transcript = Transcript()
            self.failed.clear()
            self.suggested = ()
            self.reasons.clear()
            self.ledger.clear()
            self.excused.clear()
            self.suggestion_places = (None,) * PLACES
            self.question_places = (None,) * PLACES
            self.alerts = []
        everything = Changed.TRANSCRIPT | Changed.SUGGESTIONS | Changed.QUESTIONS
        return everything | Changed.ALERTS | Changed.RECORD


def keep_places(places: Sequence[Item | None], wanted: Sequence[Item]) -> tuple[Item | None, ...]:
    """Return the new occupants: who stays keeps the place, newcomers take free places in order.

    Args:
        places: who is where now; None is a free place.
        wanted: everything that may be shown, best first; only as many are as there are places.
    """
    best = wanted[: len(places)]
    kept = [item if item in best else None for item in places]
    newcomers = iter([item for item in best if item not in kept])
    return tuple(item if item is not None else next(newcomers, None) for item in kept)


def erasable(line: TranscriptLine | None) -> bool:
    """Return whether there is a line that can be taken off the record."""
    return line is not None and line.text != OFF_RECORD


def idle_keys(
    state: CounterState,
    status: SessionStatus,
    *,
    line: TranscriptLine | None,
    in_sight: bool,
    failed: str | None,
    hints: bool,
) -> frozenset[str]:
    """Return the acts that have nothing to act on now.

    Args:
        state: what was said and found.
        status: what is being captured.
        line: the line an act would be about.
        in_sight: whether it was selected, or is shown: what nobody sees is not flipped.
        failed: id of the line a retry would be about.
        hints: whether suggestions are shown.
    """
    by_hand, finished = status.phase is Phase.HANDWRITTEN, status.phase is Phase.FINISHED
    hears = not (by_hand or finished)
    possible = {
        "details": bool(state.alerts) or (hints and bool(state.listed)),
        "flip": line is not None and line.failure is None and in_sight,
        "retry": failed is not None and hears,
        "answer_alert": bool(state.alerts),
        "pause": hears,
        "finish": not finished,
        "withdraw": hears or status.withdrawal_pending or (by_hand and erasable(line)),
    }
    return frozenset(act for act, can in possible.items() if not can)
