"""The hints of a consultation, for an exercise: the same analyzer, the same advisor."""

from collections.abc import Sequence

from consult_assist.app.live.analysis import analyze_line
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import AlertDismissed, Fact, LedgerEntry, Term
from consult_assist.domain.speech import SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer


class Hints:
    """What the program would show at the counter, line by line."""

    def __init__(self, analyzer: Analyzer, advisor: Advisor) -> None:
        self._analyzer = analyzer
        self._advisor = advisor
        self._transcript = Transcript()

    def read(self, heard: Utterance) -> Sequence[Event]:
        """Return what a screen shows of a line: its correction and what guidance makes of it."""
        return [event for event in self.understand(heard) if not isinstance(event, Term | Fact)]

    def understand(self, heard: Utterance) -> Sequence[Event]:
        """Return everything that the analyzer and guidance make of a line."""
        line = self._transcript.apply(heard)
        assert line is not None
        found = analyze_line(self._analyzer, line, self._transcript)
        for event in found:
            line = self._transcript.apply(event) or line
        meant = [event for event in found if isinstance(event, Term | Fact)]
        return [*found, *self._advisor.advise(line, meant)]

    def note(self, act: LedgerEntry | AlertDismissed | SpeakerAssigned) -> Sequence[Event]:
        """Return what changes with an act of the trainee, or once it is known who spoke a line."""
        self._transcript.apply(act)
        return self._advisor.note(act)
