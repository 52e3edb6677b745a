"""What the clerk is shown: suggestions, questions, alerts, and the guidance ledger."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    Fact,
    LedgerEntry,
    LedgerState,
    Match,
    Question,
    QuestionsChanged,
    Reason,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.speech import Speaker, SpeakerAssigned
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance import dangers
from consult_assist.guidance.chances import LEAST_CHANCE, Chances
from consult_assist.guidance.denial import is_denied
from consult_assist.guidance.earlier_run import dated, found_now
from consult_assist.guidance.ledger import Ledger
from consult_assist.guidance.placing import placed
from consult_assist.guidance.questions import Interview, Spoken
from consult_assist.guidance.ranking import Mention, companions
from consult_assist.guidance.signs import Signs
from consult_assist.guidance.standing import Standing, weight_in_talk
from consult_assist.guidance.telling import WITHIN_S, Telling, refuses, statements
from consult_assist.japanese.question_parts import asks

Advice = SuggestionsChanged | QuestionsChanged | Alert | LedgerEntry
QUIET_AFTER_DISMISSAL_S = 180.0
"""A protocol that the clerk put away comes back only for words this much later."""
_THREAD_S = 40.0
"""What was said longer ago is no longer what the talk is about: four half-lives."""
_THREAD_HALF_LIFE_S = 10.0
"""Source: docs/decisions/0030-next-question.md."""
_TOLD_STAYS_S = 20.0
_NOT_APPLICABLE_STAYS_S = 10.0
"""How long a suggestion that is settled keeps its line, so that the clerk sees what became of it."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """One analysed utterance.

    Attributes:
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
        return self.line.speaker is Speaker.CLERK

    @property
    def may_ask(self) -> bool:
        return self.by_clerk or (self.line.speaker is None and self.asks)

    @property
    def n_chars(self) -> float:
        """How much of it may tell of a need, by when it was said."""
        may_tell = not self.by_clerk and not self.follows_up
        return len(self.line.text) * weight_in_talk(self.line.end_s) if may_tell else 0.0

    @property
    def named(self) -> frozenset[str]:
        """The programmes that it names."""
        return _named(self.terms)

    def is_sure_of(self, protocol: str) -> bool:
        """Tell whether its words themselves are those of the protocol, not only like its examples."""
        return any(term.protocol == protocol and term.confidence == 1 for term in self.terms)


def _named(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset(t.programme for t in terms if t.programme and t.how is not Match.CUE)


class Advisor:
    """Keeps what was said so far and answers every utterance and every act of the clerk with changes."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin a consultation with nothing said."""
        self._knowledge = knowledge
        self._heard: dict[str, _Heard] = {}
        self._now_s = 0.0
        """End of the latest utterance: the consultation's clock, as far as guidance knows it."""
        self._standings: dict[str, Standing] = {}
        self._chances = Chances(knowledge.programmes)
        self._signs = Signs(knowledge.programmes)
        self._n_chars = 0.0
        """Length of everything that may have told of a need."""
        self._interview = Interview(knowledge)
        self._ledger = Ledger()
        self._telling = Telling(knowledge)
        self._companions: dict[str, tuple[str, float]] = {}
        """Programmes that come with another: which, and how strongly."""
        self._shown: tuple[str, ...] = ()
        self._reasons: dict[str, str] = {}
        self._questions: tuple[Question, ...] = ()
        self._raised: set[str] = set()
        self._dismissed_s: dict[str, float] = {}

    def advise(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> tuple[Advice, ...]:
        """Take in one analysed utterance and return what changes."""
        heard = self._read(line, found)
        self._keep(heard)
        self._conclude(heard)
        return (*self._alerts(heard), *self._update())

    def note(self, event: LedgerEntry | SpeakerAssigned | AlertDismissed) -> tuple[Advice, ...]:
        """Take in an act of the clerk and return what changes."""
        alerts: tuple[Alert, ...] = ()
        match event:
            case LedgerEntry():
                self._ledger.put(event, self._now_s)
            case AlertDismissed():
                self._raised.discard(event.protocol)
                self._dismissed_s[event.protocol] = self._now_s
            case SpeakerAssigned():
                if known := self._heard.get(event.utterance_id):
                    heard = replace(known, line=replace(known.line, speaker=event.speaker))
                    self._keep(heard)
                    self._conclude(heard)
                    alerts = tuple(self._alerts(heard))
        return (*alerts, *self._update())

    def restore(
        self,
        lines: Iterable[TranscriptLine],
        found: Mapping[str, Sequence[Term | Fact]],
        events: Iterable[Event],
    ) -> None:
        """Bring a fresh advisor to where an earlier run left off.

        No act says when it was done, so each counts as early as it can have been: an alert rather comes
        once too often than not at all.

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
                self._take_again(*waiting.popleft())
            spoken = replace(line, speaker=speakers.get(line.id, line.speaker))
            self._keep(self._read(spoken, found_now(line, found.get(line.id, ()))))
        for at_s, event in waiting:
            self._take_again(at_s, event)

    def _take_again(self, at_s: float, event: Event) -> None:
        """Take over advice that was given, or an act of the clerk."""
        match event:
            case Alert():
                self._raised.add(event.protocol)
            case AlertDismissed():
                self._raised.discard(event.protocol)
                self._dismissed_s[event.protocol] = at_s
            case LedgerEntry():
                self._ledger.restore(event, at_s)
            case SuggestionsChanged():
                self._shown = event.shown
                self._reasons = {reason.programme: reason.reason for reason in event.why}
            case QuestionsChanged():
                self._questions = event.shown

    def _read(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> _Heard:
        terms = tuple(item for item in found if isinstance(item, Term) and not is_denied(line.text, item))
        facts = tuple(item for item in found if isinstance(item, Fact))
        asking = asks(line.text)
        return _Heard(
            line=line,
            terms=terms,
            facts=facts,
            asks=asking,
            follows_up=asking and LedgerState.TOLD in self._ledger.states.values(),
            spoken=self._interview.read(line.text, _named(terms), facts),
        )

    def _keep(self, heard: _Heard) -> None:
        """Count a line in; what it counted for before is taken back."""
        known = self._heard.get(heard.line.id)
        self._heard[heard.line.id] = heard
        self._n_chars += heard.n_chars - (known.n_chars if known else 0.0)
        self._now_s = max(self._now_s, heard.line.end_s)
        self._interview.hear(heard.spoken, may_ask=heard.may_ask)
        self._interview.learn(heard.facts)
        self._signs.hear(heard.line.id, () if heard.by_clerk else heard.facts, heard.line.end_s)
        if known is None:
            self._point(heard, self._knowledge.programmes.keys())
            return
        self._interview.unhear(known.spoken, may_ask=known.may_ask)
        self._interview.unlearn(known.facts)
        programmes = {term.programme for term in (*known.terms, *heard.terms) if term.programme}
        for programme in programmes & self._standings.keys():
            self._standings[programme] = Standing()
        for other in self._heard.values() if programmes else ():
            self._point(other, programmes)

    def _point(self, heard: _Heard, programmes: AbstractSet[str]) -> None:
        """Let a line count for these programmes."""
        for term in heard.terms:
            programme = term.programme
            if programme and programme in programmes and programme in self._knowledge.programmes:
                words = heard.line.text[term.start_char : term.end_char]
                mention = Mention(term, words, by_clerk=heard.by_clerk, follows_up=heard.follows_up)
                self._standings.setdefault(programme, Standing()).add(mention, heard.line.end_s)

    def _conclude(self, heard: _Heard) -> None:
        """Notice what the clerk explains without its name being heard, and what the clerk says no to."""
        self._ledger.forget(heard.line.id)
        if not heard.by_clerk:
            return
        if refuses(heard.line.text):
            for programme in self._meant(heard):
                self._ledger.refused[programme] = heard.line.id
            return
        words = "\n".join(
            statements(other.line.text)
            for other in self._said_before(heard, WITHIN_S)
            if other.by_clerk and not other.named
        )
        told = self._telling.explained(words, self._ledger.states.keys())
        if told is not None and self._ledger.states[told] is LedgerState.UNTOLD:
            self._ledger.explained[told] = heard.line.id

    def _meant(self, heard: _Heard) -> AbstractSet[str]:
        """Return what a line without a name is about: the one programme brought up just before."""
        if named := heard.named:
            return named & self._ledger.states.keys()
        for other in self._said_before(heard, WITHIN_S):
            touched = {term.programme for term in other.terms if term.programme in self._ledger.states}
            if touched:
                return {item for item in touched if item} if len(touched) == 1 else frozenset()
        return frozenset()

    def _said_before(self, heard: _Heard, within_s: float) -> Iterator[_Heard]:
        """Yield a line and those heard shortly before it, the latest first."""
        for other in reversed(self._heard.values()):
            if other.line.start_s > heard.line.start_s:
                continue
            if other.line.end_s < heard.line.start_s - within_s:
                return
            yield other

    def _dangers(self, heard: _Heard) -> Sequence[str]:
        """Return the protocols that the words raise with what was told before; none for the clerk's words."""
        if heard.by_clerk:
            return ()
        others = (other for other in self._said_before(heard, dangers.WITHIN_S) if other is not heard)
        return dangers.raised(heard.terms, [t for other in others if not other.by_clerk for t in other.terms])

    def _alerts(self, heard: _Heard) -> Iterator[Alert]:
        """Yield each protocol that the words raise, once until dismissed; never for the clerk's words.

        While one stands, what is only like another mostly tells more of the same danger.
        """
        for said, protocol in self._dangers_with(heard):
            if protocol in self._raised or (self._raised and not said.is_sure_of(protocol)):
                continue
            dismissed = self._dismissed_s.get(protocol)
            if dismissed is None or said.line.start_s - dismissed >= QUIET_AFTER_DISMISSAL_S:
                self._raised.add(protocol)
                yield Alert(protocol=protocol, utterance_id=said.line.id)

    def _dangers_with(self, heard: _Heard) -> Iterator[tuple[_Heard, str]]:
        """Yield what a line raises, and what later ones raise beside it: it may count only since just now."""
        yield from ((heard, protocol) for protocol in self._dangers(heard))
        signs = {term.protocol for term in heard.terms if term.protocol and not heard.by_clerk}
        for later in reversed(self._heard.values()) if signs else ():
            if later.line.start_s <= heard.line.start_s:
                return
            if later.line.start_s - dangers.WITHIN_S <= heard.line.end_s:
                yield from ((later, protocol) for protocol in self._dangers(later) if protocol in signs)

    def _update(self) -> Iterator[Advice]:
        shown = self._order()
        yield from self._entries(shown)
        shown = tuple(programme for programme in shown if not self._is_done(programme))
        why = tuple(self._reason(programme) for programme in shown)
        reasons = {reason.programme: reason.reason for reason in why}
        if shown != self._shown or reasons != self._reasons:
            self._shown, self._reasons = shown, reasons
            yield SuggestionsChanged(shown=shown, why=why)
        questions = self._open_questions(shown, self._questions)
        if questions != self._questions:
            self._questions = questions
            yield QuestionsChanged(shown=questions)

    def _open_questions(self, programmes: Sequence[str], shown: Sequence[Question]) -> tuple[Question, ...]:
        return self._interview.open_questions(
            programmes, shown, dangers=sorted(self._raised), thread=self._thread()
        )

    def _thread(self) -> dict[str, float]:
        """Return how much the resident's last lines tell of each programme."""
        told: dict[str, float] = {}
        for heard in reversed(self._heard.values()):
            passed_s = self._now_s - heard.line.end_s
            if passed_s > _THREAD_S:
                break
            for term in () if heard.may_ask else heard.terms:
                if term.programme:
                    weight = term.confidence * 0.5 ** (passed_s / _THREAD_HALF_LIFE_S)
                    told[term.programme] = max(weight, told.get(term.programme, 0.0))
        return told

    def _reason(self, programme: str) -> Reason:
        """Return why a programme is shown: its own words, or those of the one that it comes with."""
        standing = self._standings.get(programme)
        if standing is not None and (text := standing.reason()):
            return Reason(programme=programme, utterance_ids=tuple(standing.utterance_ids), reason=text)
        if text := self._signs.reason(programme):
            return Reason(programme=programme, utterance_ids=self._signs.lines(programme), reason=text)
        main, _ = self._companions[programme]
        return Reason(
            programme=programme,
            utterance_ids=tuple(self._standings[main].utterance_ids),
            reason=f"「{self._knowledge.programmes[main].name}」とあわせて",
        )

    def _order(self) -> tuple[str, ...]:
        """Return the programmes to show, best first."""
        alive = {p: weight for p, weight in self._weigh().items() if not self._is_done(p)}
        answers = (heard.line.end_s for heard in reversed(self._heard.values()) if not heard.by_clerk)
        answered_s = next(answers, 0.0)
        explained = {p for p in alive if self._is_told(p) and self._ledger.since_s[p] < answered_s}
        return placed(alive, self._shown, explained)

    def _weigh(self) -> dict[str, float]:
        """Return how strongly the talk points to each programme that was named or is likely concerned."""
        programmes = self._knowledge.programmes
        touched = {p: standing for p, standing in self._standings.items() if standing.utterance_ids}
        self._companions = companions(
            {p: standing.sure_score(self._now_s, programmes[p]) for p, standing in touched.items()},
            self._knowledge,
        )
        scores = {p: standing.score(self._now_s, programmes[p]) for p, standing in touched.items()}
        for programme, (_, share) in self._companions.items():
            scores[programme] = scores.get(programme, 0.0) + share
        named = {p: scores[p] for p, standing in touched.items() if standing.is_named}
        scores = self._signs.strengths(self._now_s) | scores
        chances = self._chances.of(
            [p for p in scores if p not in named],
            touched,
            facts=self._signs.weights(),
            n_chars=self._n_chars,
            now_s=self._now_s,
        )
        return named | {p: chance * scores[p] for p, chance in chances.items() if chance >= LEAST_CHANCE}

    def _is_done(self, programme: str) -> bool:
        """Tell whether a programme was explained or ruled out long enough ago to leave the screen."""
        passed_s = self._now_s - self._ledger.since_s.get(programme, 0.0)
        if self._is_told(programme):
            return passed_s > _TOLD_STAYS_S
        state = self._ledger.states.get(programme)
        return state is LedgerState.NOT_APPLICABLE and passed_s > _NOT_APPLICABLE_STAYS_S

    def _is_told(self, programme: str) -> bool:
        return self._ledger.states.get(programme) is LedgerState.TOLD

    def _entries(self, shown: Sequence[str]) -> Iterator[LedgerEntry]:
        """Yield entries for programmes that were named or suggested, unless the clerk has decided."""
        for programme, state, utterance_id in self._touched(shown):
            if programme in self._ledger.by_clerk or self._ledger.states.get(programme) is state:
                continue
            entry = LedgerEntry(programme=programme, state=state, utterance_id=utterance_id, by="program")
            self._ledger.put(entry, self._now_s)
            yield entry

    def _touched(self, shown: Sequence[str]) -> Iterator[tuple[str, LedgerState, str]]:
        """Yield what was explained, named, or told of while suggested, with the first line that did."""
        for programme, standing in self._standings.items():
            known = programme in shown or programme in self._ledger.states
            touched = standing.touched if known else standing.named
            state = self._ledger.state(programme, told=standing.told, touched=touched)
            if state is not None:
                yield programme, *state
