"""Hints for an exercise: what the analyzer and the advisor make of its lines, as at the counter."""

from collections.abc import Sequence
from datetime import date

from consult_assist.app.live.analysis import analyze_line
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import AlertDismissed, Fact, LedgerEntry, Term
from consult_assist.domain.speech import SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer


class Hints:
    """What the program would show at the counter; fed line by line.

    Args:
        analyzer: finds what is said.
        advisor: that has heard nothing yet.
        held_on: the day of the talk, from which 今年 and 先月 are told.
    """

    def __init__(self, analyzer: Analyzer, advisor: Advisor, held_on: date | None = None) -> None:
        self._analyzer = analyzer
        self._advisor = advisor
        self._transcript = Transcript(held_on=held_on)

    def read(self, heard: Utterance) -> Sequence[Event]:
        """Take in a line and return what a screen shows of it: its correction, and guidance."""
        return [event for event in self.understand(heard) if not isinstance(event, Term | Fact)]

    def understand(self, heard: Utterance) -> Sequence[Event]:
        """Take in a line and return everything that is found in it, and guidance."""
        line = self._transcript.apply(heard)
        assert line is not None
        found = analyze_line(self._analyzer, line, self._transcript)
        for event in found:
            line = self._transcript.apply(event) or line
        meant = [event for event in found if isinstance(event, Term | Fact)]
        return [*found, *self._advisor.advise(line, meant)]

    def note(self, act: LedgerEntry | AlertDismissed | SpeakerAssigned) -> Sequence[Event]:
        """Take in an act of the trainee, or who spoke a line, and return the guidance that changes."""
        self._transcript.apply(act)
        return self._advisor.note(act)
