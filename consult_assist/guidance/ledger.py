"""The guidance ledger (教示台帳) while people talk: where each programme stands, and who put it there."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.guidance.mentions import MentionHistory

_TOLD_STAYS_S = 20.0
_NOT_APPLICABLE_STAYS_S = 10.0
"""How long a suggestion that is settled keeps its line, so that the clerk sees what became of it."""


@dataclass(slots=True)
class Ledger:
    """Where each programme stands.

    Attributes:
        states: by programme.
        by_clerk: programmes that the clerk decided on; the program leaves them alone.
        since_s: when the state was set.
        explained: programme → line in which the clerk explained it without naming it.
        refused: programme → line in which the clerk said that it does not apply.
    """

    states: dict[str, LedgerState] = field(default_factory=dict)
    by_clerk: set[str] = field(default_factory=set)
    since_s: dict[str, float] = field(default_factory=dict)
    explained: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def put(self, entry: LedgerEntry, at_s: float) -> None:
        """Take over an entry."""
        self.states[entry.programme] = entry.state
        self.since_s[entry.programme] = at_s
        if entry.by == "clerk":
            self.by_clerk.add(entry.programme)

    def restore(self, entry: LedgerEntry, at_s: float) -> None:
        """Take over an entry of an earlier run, with what the program had concluded then."""
        self.put(entry, at_s)
        if entry.by == "clerk" or entry.utterance_id is None:
            return
        if entry.state is LedgerState.TOLD:
            self.explained[entry.programme] = entry.utterance_id
        elif entry.state is LedgerState.CHECK:
            self.refused[entry.programme] = entry.utterance_id

    def forget(self, utterance_id: str) -> None:
        """Take back what was concluded from a line, for someone else said it."""
        for concluded in (self.explained, self.refused):
            for programme in [item for item, line in concluded.items() if line == utterance_id]:
                del concluded[programme]

    def is_told(self, programme: str) -> bool:
        """Return whether a programme was explained."""
        return self.states.get(programme) is LedgerState.TOLD

    def is_done(self, programme: str, now_s: float) -> bool:
        """Return whether a programme was explained or ruled out long enough ago to leave the screen."""
        passed_s = now_s - self.since_s.get(programme, 0.0)
        if self.is_told(programme):
            return passed_s > _TOLD_STAYS_S
        state = self.states.get(programme)
        return state is LedgerState.NOT_APPLICABLE and passed_s > _NOT_APPLICABLE_STAYS_S

    def entries(
        self, all_mentions: Mapping[str, MentionHistory], shown: Container[str], now_s: float
    ) -> Iterator[LedgerEntry]:
        """Enter what became of the programmes that were named or suggested, and yield each entry.

        What the clerk has decided stays as it is.

        Args:
            all_mentions: what points to each programme that was touched.
            shown: the programmes on screen; one that is neither there nor in the ledger has to be named.
            now_s: the moment of the entries.
        """
        for programme, mentions in all_mentions.items():
            due = self._due(programme, mentions, known=programme in shown or programme in self.states)
            if due is None or programme in self.by_clerk or self.states.get(programme) is due[0]:
                continue
            state, utterance_id = due
            entry = LedgerEntry(programme=programme, state=state, utterance_id=utterance_id, by="program")
            self.put(entry, now_s)
            yield entry

    def _due(
        self, programme: str, mentions: MentionHistory, *, known: bool
    ) -> tuple[LedgerState, str] | None:
        """Return what the program would enter for a programme, with the line behind it."""
        if refused := self.refused.get(programme):
            return LedgerState.CHECK, refused
        if explained := mentions.told or self.explained.get(programme):
            return LedgerState.TOLD, explained
        touched = mentions.touched if known else mentions.named
        return (LedgerState.UNTOLD, touched) if touched else None
