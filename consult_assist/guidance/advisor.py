"""What the clerk is shown: suggestions, questions, alerts, and the guidance ledger."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from consult_assist.counter.question_parts import asks
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    Fact,
    LedgerEntry,
    LedgerState,
    Question,
    QuestionsChanged,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.speech import SpeakerAssigned
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.dangers import DangerWatch
from consult_assist.guidance.dialogue import AnalyzedLine, DialogueHistory, named_programmes
from consult_assist.guidance.explanations import WITHIN_S, ExplanationDetector, refuses, statements
from consult_assist.guidance.ledger import Ledger
from consult_assist.guidance.negation import is_denied
from consult_assist.guidance.questions import Interview
from consult_assist.guidance.restoring import dated, found_now
from consult_assist.guidance.suggestions import SuggestionList

Advice = SuggestionsChanged | QuestionsChanged | Alert | LedgerEntry


class Advisor:
    """Keeps what was said so far and answers every utterance and every act of the clerk with changes."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin a consultation with nothing said."""
        self._history = DialogueHistory()
        self._dangers = DangerWatch()
        self._suggestions = SuggestionList(knowledge)
        self._interview = Interview(knowledge)
        self._explanations = ExplanationDetector(knowledge)
        self._ledger = Ledger()
        self._questions: tuple[Question, ...] = ()

    def advise(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> tuple[Advice, ...]:
        """Take in one analysed utterance and return what changes."""
        return self._take_in(self._read(line, found))

    def note(self, event: LedgerEntry | SpeakerAssigned | AlertDismissed) -> tuple[Advice, ...]:
        """Take in an act of the clerk and return what changes."""
        match event:
            case LedgerEntry():
                self._ledger.put(event, self._history.now_s)
            case AlertDismissed():
                self._dangers.dismiss(event, self._history.now_s)
            case SpeakerAssigned():
                if known := self._history.get(event.utterance_id):
                    return self._take_in(replace(known, line=replace(known.line, speaker=event.speaker)))
        return tuple(self._update())

    def restore(
        self,
        lines: Iterable[TranscriptLine],
        found: Mapping[str, Sequence[Term | Fact]],
        events: Iterable[Event],
    ) -> None:
        """Bring a fresh advisor to where an earlier run left off.

        No act says when it was done, so each counts as early as possible: an alert twice is better than none.

        Args:
            lines: as they stand now.
            found: all terms and facts by utterance id, also those of earlier texts.
            events: of the earlier run, in their order; only advice and what the clerk did count.
        """
        said, in_order = tuple(lines), tuple(events)
        speakers = {item.utterance_id: item.speaker for item in in_order if isinstance(item, SpeakerAssigned)}
        waiting = deque(dated(in_order, {line.id: line.end_s for line in said}))
        for line in said:
            while waiting and waiting[0][0] < line.end_s:
                self._take_over(*waiting.popleft())
            spoken = replace(line, speaker=speakers.get(line.id, line.speaker))
            self._keep(self._read(spoken, found_now(line, found.get(line.id, ()))))
        for at_s, event in waiting:
            self._take_over(at_s, event)

    def _take_over(self, at_s: float, event: Event) -> None:
        """Take over advice that was given in an earlier run, or an act of the clerk."""
        match event:
            case Alert():
                self._dangers.restore(event)
            case AlertDismissed():
                self._dangers.dismiss(event, at_s)
            case LedgerEntry():
                self._ledger.restore(event, at_s)
            case SuggestionsChanged():
                self._suggestions.restore(event)
            case QuestionsChanged():
                self._questions = event.shown

    def _read(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> AnalyzedLine:
        terms = tuple(item for item in found if isinstance(item, Term) and not is_denied(line.text, item))
        facts = tuple(item for item in found if isinstance(item, Fact))
        asking = asks(line.text)
        return AnalyzedLine(
            line=line,
            terms=terms,
            facts=facts,
            asks=asking,
            follows_up=asking and LedgerState.TOLD in self._ledger.states.values(),
            spoken=self._interview.read(line.text, named_programmes(terms), facts),
        )

    def _take_in(self, said: AnalyzedLine) -> tuple[Advice, ...]:
        """Let a line count and return what changes by it."""
        self._keep(said)
        self._conclude(said)
        return (*self._dangers.alerts(said, self._history), *self._update())

    def _keep(self, said: AnalyzedLine) -> None:
        """Count a line in; what it counted for before is taken back."""
        replaced = self._history.put(said)
        self._suggestions.hear(said, replaced, self._history)
        self._interview.hear(said.spoken, may_ask=said.may_ask)
        if replaced is not None:
            self._interview.unhear(replaced.spoken, may_ask=replaced.may_ask)

    def _conclude(self, said: AnalyzedLine) -> None:
        """Notice what the clerk explains without its name being heard, and what the clerk says no to."""
        self._ledger.forget(said.line.id)
        if not said.by_clerk:
            return
        if refuses(said.line.text):
            for programme in self._meant(said):
                self._ledger.refused[programme] = said.line.id
            return
        words = "\n".join(
            statements(other.line.text)
            for other in self._history.up_to(said, WITHIN_S)
            if other.by_clerk and not other.named
        )
        told = self._explanations.explained(words, self._ledger.states.keys())
        if told is not None and self._ledger.states[told] is LedgerState.UNTOLD:
            self._ledger.explained[told] = said.line.id

    def _meant(self, said: AnalyzedLine) -> AbstractSet[str]:
        """Return what a line without a name is about: the one programme brought up just before."""
        if named := said.named:
            return named & self._ledger.states.keys()
        for other in self._history.up_to(said, WITHIN_S):
            touched = {term.programme for term in other.terms if term.programme in self._ledger.states}
            if touched:
                return {item for item in touched if item} if len(touched) == 1 else frozenset()
        return frozenset()

    def _update(self) -> Iterator[Advice]:
        """Yield what changes in the ledger, the suggestions and the questions, in this order."""
        shown, now_s = self._suggestions.ordered(self._history, self._ledger), self._history.now_s
        yield from self._ledger.entries(self._suggestions.all_mentions, shown, now_s)
        shown = tuple(programme for programme in shown if not self._ledger.is_done(programme, now_s))
        yield from self._suggestions.show(shown)
        questions = self._interview.open_questions(
            shown, self._questions, dangers=sorted(self._dangers.standing), thread=self._history.thread()
        )
        if questions != self._questions:
            self._questions = questions
            yield QuestionsChanged(shown=questions)
