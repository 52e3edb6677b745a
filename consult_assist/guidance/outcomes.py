"""The events of a consultation → what became of each suggestion, and what the program did not suggest."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    DetailsOpened,
    LedgerEntry,
    LedgerState,
    SuggestionsChanged,
    Term,
)


@dataclass(slots=True)
class Outcome:
    """What became of one programme in one consultation.

    Attributes:
        shown: the program suggested it before anyone at the counter turned to it.
        used: shown, and then opened, explained or marked to be checked.
        dismissed: shown, and then found not to apply.
        missed: opened, explained or marked to be checked without having been suggested.
        raised_by: names, cues and examples of the knowledge base that raised it.
    """

    shown: bool = False
    used: bool = False
    dismissed: bool = False
    missed: bool = False
    raised_by: dict[str, None] = field(default_factory=dict)

    def show(self) -> None:
        """Count it as suggested; what the clerk brought up first is no merit of the program."""
        self.shown = self.shown or not self.missed

    def use(self) -> None:
        """Count it as wanted."""
        self.used, self.missed = self.shown, not self.shown

    @property
    def in_vain(self) -> bool:
        """Whether it was shown and nobody wanted it."""
        return self.shown and not self.used


def outcomes(events: Iterable[Event]) -> dict[str, Outcome]:
    """Return the outcome for every programme suggested or turned to before the end."""
    found: dict[str, Outcome] = {}
    for event in events:
        match event:
            case Finished():
                break
            case Term(programme=str(programme)):
                outcome = found.setdefault(programme, Outcome())
                if not outcome.shown:
                    outcome.raised_by[event.name] = None
            case SuggestionsChanged():
                for programme in event.shown:
                    found.setdefault(programme, Outcome()).show()
            case DetailsOpened():
                found.setdefault(event.programme, Outcome()).use()
            case LedgerEntry():
                _enter(found.setdefault(event.programme, Outcome()), event)
    return {programme: outcome for programme, outcome in found.items() if outcome.shown or outcome.missed}


def _enter(outcome: Outcome, entry: LedgerEntry) -> None:
    refused = entry.state is LedgerState.NOT_APPLICABLE or (
        entry.state is LedgerState.CHECK and entry.by == "program"
    )
    if refused:
        outcome.dismissed = outcome.dismissed or outcome.shown
    elif entry.state is not LedgerState.UNTOLD:
        outcome.use()
