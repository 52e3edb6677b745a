"""Which dangers a resident's words raise: a sure sign alone, a doubtful one only in company."""

from collections.abc import Iterable, Iterator, Sequence

from consult_assist.domain.guidance import Alert, AlertDismissed, Term
from consult_assist.guidance.dialogue import AnalyzedLine, DialogueHistory

QUIET_AFTER_DISMISSAL_S = 180.0
"""A protocol that the clerk put away comes back only for words this much later."""
_WITHIN_S = 60.0
"""What is told within a minute belongs together.

Source: docs/decisions/0029-dangers.md.
"""
_SURE = 0.85
"""A sign that is less sure raises nothing alone.

Source: docs/decisions/0027-guidance-figures.md.
"""


def raised(found: Iterable[Term], before: Iterable[Term] = ()) -> tuple[str, ...]:
    """Return the protocols that one line raises, in the order of its words.

    Args:
        found: the terms of the line.
        before: the terms of what the resident said within the last minute.
    """
    known = {term.protocol for term in before}
    return tuple(
        dict.fromkeys(
            term.protocol
            for term in found
            if term.protocol is not None and (term.confidence >= _SURE or term.protocol in known)
        )
    )


class DangerWatch:
    """Raises each danger once until the clerk puts it away.

    Attributes:
        standing: the protocols that were raised and not put away.
    """

    def __init__(self) -> None:
        """Begin with nothing raised."""
        self.standing: set[str] = set()
        self._dismissed_s: dict[str, float] = {}

    def alerts(self, said: AnalyzedLine, history: DialogueHistory) -> Iterator[Alert]:
        """Yield each protocol that a line raises, once until dismissed; never for the clerk's words.

        While one stands, what is only like another mostly tells more of the same danger.

        Args:
            said: the line, which is in the history already.
            history: what it is said among.
        """
        for line, protocol in _raised_with(said, history):
            if protocol in self.standing or (self.standing and not line.is_sure_of(protocol)):
                continue
            dismissed = self._dismissed_s.get(protocol)
            if dismissed is None or line.line.start_s - dismissed >= QUIET_AFTER_DISMISSAL_S:
                self.standing.add(protocol)
                yield Alert(protocol=protocol, utterance_id=line.line.id)

    def restore(self, alert: Alert) -> None:
        """Take over an alert of an earlier run."""
        self.standing.add(alert.protocol)

    def dismiss(self, event: AlertDismissed, at_s: float) -> None:
        """Take note that the clerk put an alert away at that moment of the talk."""
        self.standing.discard(event.protocol)
        self._dismissed_s[event.protocol] = at_s


def _raised_by(said: AnalyzedLine, history: DialogueHistory) -> Sequence[str]:
    """Return the protocols that the words raise with what was told before; none for the clerk's words."""
    if said.by_clerk:
        return ()
    others = (other for other in history.up_to(said, _WITHIN_S) if other is not said)
    return raised(said.terms, [term for other in others if not other.by_clerk for term in other.terms])


def _raised_with(said: AnalyzedLine, history: DialogueHistory) -> Iterator[tuple[AnalyzedLine, str]]:
    """Yield what a line raises, and what later ones raise beside it: it may count only since just now."""
    yield from ((said, protocol) for protocol in _raised_by(said, history))
    signs = {term.protocol for term in said.terms if term.protocol and not said.by_clerk}
    for later in history.after(said, _WITHIN_S) if signs else ():
        yield from ((later, protocol) for protocol in _raised_by(later, history) if protocol in signs)
