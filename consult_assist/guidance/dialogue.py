"""The dialogue so far: every analysed line, and which of them belong together in time."""

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.mentions import weight_in_talk
from consult_assist.guidance.questions import Spoken

_THREAD_S = 40.0
"""What was said longer ago is no longer what the talk is about: four half-lives."""
_THREAD_HALF_LIFE_S = 10.0
"""Source: docs/decisions/0030-next-question.md."""


@dataclass(frozen=True, slots=True)
class AnalyzedLine:
    """One analysed utterance.

    Attributes:
        line: as it stands.
        terms: those that are not denied in the same breath.
        facts: that it states.
        asks: it asks something.
        follows_up: it asks about what has been explained, and so hardly about anything new.
        spoken: what of the knowledge base's questions it touches.
    """

    line: TranscriptLine
    terms: tuple[Term, ...]
    facts: tuple[Fact, ...]
    asks: bool
    follows_up: bool
    spoken: Spoken

    @property
    def by_clerk(self) -> bool:
        """Whether the clerk is known to say it."""
        return self.line.speaker is Speaker.CLERK

    @property
    def may_ask(self) -> bool:
        """Whether it may be a question of the clerk."""
        return self.by_clerk or (self.line.speaker is None and self.asks)

    @property
    def n_chars(self) -> float:
        """How much of it may tell of a need, by when it was said."""
        may_tell = not self.by_clerk and not self.follows_up
        return len(self.line.text) * weight_in_talk(self.line.end_s) if may_tell else 0.0

    @property
    def named(self) -> frozenset[str]:
        """The programmes that it names."""
        return named_programmes(self.terms)

    def is_sure_of(self, protocol: str) -> bool:
        """Return whether its words themselves are those of the protocol, not only like its examples."""
        return any(term.protocol == protocol and term.confidence == 1 for term in self.terms)


def named_programmes(terms: Iterable[Term]) -> frozenset[str]:
    """Return the programmes that are called by a name, not only hinted at."""
    return frozenset(t.programme for t in terms if t.programme and t.how is not Match.CUE)


class DialogueHistory:
    """Every line that was said, as it stands now, in the order in which they ended.

    A line comes late where recognition failed at first, or where an earlier run did not get to read it.

    Attributes:
        now_s: end of the latest utterance: the consultation's clock, as far as guidance knows it.
        n_chars: length of everything that may have told of a need.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.now_s = 0.0
        self.n_chars = 0.0
        self._lines: dict[str, AnalyzedLine] = {}
        self._order: list[tuple[float, str]] = []

    def put(self, said: AnalyzedLine) -> AnalyzedLine | None:
        """Take in a line and return the one that it replaces."""
        replaced = self._lines.get(said.line.id)
        if replaced is None:
            insort(self._order, (said.line.end_s, said.line.id))
        self._lines[said.line.id] = said
        self.n_chars += said.n_chars - (replaced.n_chars if replaced else 0.0)
        self.now_s = max(self.now_s, said.line.end_s)
        return replaced

    def get(self, utterance_id: str) -> AnalyzedLine | None:
        """Return a line, None where it was never said."""
        return self._lines.get(utterance_id)

    def __iter__(self) -> Iterator[AnalyzedLine]:
        """Yield all lines, the earliest first."""
        return (self._lines[line_id] for _, line_id in self._order)

    def __reversed__(self) -> Iterator[AnalyzedLine]:
        """Yield all lines, the latest first."""
        return (self._lines[line_id] for _, line_id in reversed(self._order))

    def up_to(self, said: AnalyzedLine, within_s: float) -> Iterator[AnalyzedLine]:
        """Yield a line and those heard shortly before it, the latest first."""
        for other in reversed(self):
            if other.line.start_s > said.line.start_s:
                continue
            if other.line.end_s < said.line.start_s - within_s:
                return
            yield other

    def after(self, said: AnalyzedLine, within_s: float) -> Iterator[AnalyzedLine]:
        """Yield the lines heard shortly after it, the latest first."""
        for later in reversed(self):
            if later.line.end_s <= said.line.end_s:
                return
            if said.line.start_s < later.line.start_s <= said.line.end_s + within_s:
                yield later

    def answered_s(self) -> float:
        """Return when somebody other than the clerk spoke last, 0 where nobody did."""
        return next((said.line.end_s for said in reversed(self) if not said.by_clerk), 0.0)

    def thread(self) -> dict[str, float]:
        """Return how much the resident's last lines tell of each programme, 0 … 1."""
        told: dict[str, float] = {}
        for said in reversed(self):
            passed_s = self.now_s - said.line.end_s
            if passed_s > _THREAD_S:
                break
            for term in () if said.may_ask else said.terms:
                if term.programme:
                    weight = term.confidence * 0.5 ** (passed_s / _THREAD_HALF_LIFE_S)
                    told[term.programme] = max(weight, told.get(term.programme, 0.0))
        return told
