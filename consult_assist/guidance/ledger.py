"""The guidance ledger (教示台帳) while people talk: where each programme stands, and who put it there."""

from dataclasses import dataclass, field

from consult_assist.domain.guidance import LedgerEntry, LedgerState


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

    def state(
        self, programme: str, *, told: str | None, touched: str | None
    ) -> tuple[LedgerState, str] | None:
        """Return what the program would enter for a programme, with the line behind it.

        Args:
            programme: its id.
            told: line in which the clerk named it.
            touched: line in which someone else brought it up.
        """
        if refused := self.refused.get(programme):
            return LedgerState.CHECK, refused
        if explained := told or self.explained.get(programme):
            return LedgerState.TOLD, explained
        return (LedgerState.UNTOLD, touched) if touched else None
