"""What is said and what the clerk does → findings and guidance, one after the other."""

from collections.abc import Callable, Sequence

from consult_assist.app.journal import Journal
from consult_assist.app.live.minutes import Minutes
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import AlertDismissed, Fact, LedgerEntry, Term
from consult_assist.domain.speech import Revision, SpeakerAssigned, Utterance
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer

Act = SpeakerAssigned | AlertDismissed | LedgerEntry
"""What the clerk does that guidance must know."""


class Understanding:
    """Finds terms and facts, and what they suggest, ask, warn of and put on the ledger; one thread at a time.

    Args:
        journal: where everything found goes.
        minutes: holds the text of each line as it stands now.
        load_analyzer: None when there is nothing to analyse.
        new_advisor: makes guidance that has heard nothing yet.
    """

    def __init__(
        self,
        journal: Journal,
        minutes: Minutes,
        load_analyzer: Callable[[], Analyzer] | None,
        new_advisor: Callable[[], Advisor],
    ) -> None:
        self._journal = journal
        self._minutes = minutes
        self._load_analyzer = load_analyzer
        self._analyzer: Analyzer | None = None
        self._new_advisor = new_advisor
        self._advisor = new_advisor()

    @property
    def ready(self) -> bool:
        """Whether what is heard can be understood at once."""
        return self._load_analyzer is None or self._analyzer is not None

    def prepare(self) -> None:
        """Load the analyzer, which takes seconds the first time."""
        if self._load_analyzer is not None:
            self._analyzer = self._load_analyzer()

    def take(self, event: Utterance | Revision | Act) -> None:
        """Take in a line that is new or was rewritten, or an act of the clerk."""
        news = self._read(event) if isinstance(event, Utterance | Revision) else self._advisor.note(event)
        for item in news:
            self._journal.emit(item)

    def forget(self) -> None:
        """Begin as if nothing had been heard."""
        self._advisor = self._new_advisor()

    def recall(self) -> Sequence[Utterance | Revision]:
        """Bring guidance to where an earlier run left off, and return what it did not get to read."""
        self.forget()
        events = self._journal.events()
        found: dict[str, list[Term | Fact]] = {}
        for event in events:
            if isinstance(event, Term | Fact):
                found.setdefault(event.utterance_id, []).append(event)
        unread: list[Utterance] = []
        for event in events:
            if isinstance(event, Utterance):
                if event.id in found:
                    unread.clear()  # lines are analysed in order: those before it held nothing
                else:
                    unread.append(event)
        late = {utterance.id for utterance in unread}
        self._advisor.restore(
            [line for line in self._minutes.transcript if line.id not in late],
            found,
            events,
        )
        corrected = {e.utterance_id: e for e in events if isinstance(e, Revision) and e.by == "clerk"}
        unread_corrections = (
            revision
            for line_id, revision in corrected.items()
            if line_id not in late
            and all(item.revision < revision.revision for item in found.get(line_id, ()))
        )
        return [*unread, *unread_corrections]

    def _read(self, event: Utterance | Revision) -> Sequence[Event]:
        """Analyse one line and ask for advice on it."""
        line_id = event.id if isinstance(event, Utterance) else event.utterance_id
        understood = self._minutes.understand(line_id, self._analyzer)
        return () if understood is None else self._advisor.advise(*understood)
