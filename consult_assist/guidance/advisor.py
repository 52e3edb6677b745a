"""What the clerk is shown: suggestions, questions, alerts, and the guidance ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from consult_assist.guidance.questions import asks, content_words, open_questions
from consult_assist.guidance.ranking import Mention, reason, score

Advice = SuggestionsChanged | QuestionsChanged | Alert | LedgerEntry
MOST_SUGGESTED = 5
QUIET_AFTER_DISMISSAL_S = 180.0
"""A protocol that the clerk put away comes back only for words this much later."""
_HALF_LIFE_S = 30.0
"""After so much more talk a mention is worth half: what matters now stands in front.

Source: our own measurement on the sample consultations.
"""
_LEAST_FRESHNESS = 0.2
"""Old suggestions stay until newer ones need their place."""
_LEAST_SCORE = 0.4
_CLEARLY_MORE = 1.3
"""A suggestion overtakes another only by so much; nothing jumps for less."""
_TOLD_STAYS_S = 60.0
_NOT_APPLICABLE_STAYS_S = 10.0
_CLERK_NAMED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Heard:
    """One analysed utterance."""

    line: TranscriptLine
    terms: tuple[Term, ...]
    facts: tuple[Fact, ...]

    @property
    def by_clerk(self) -> bool:
        return self.line.speaker is Speaker.CLERK


@dataclass(slots=True)
class _Ledger:
    """Where each programme stands, who put it there and when."""

    states: dict[str, LedgerState] = field(default_factory=dict)
    by_clerk: set[str] = field(default_factory=set)
    since_s: dict[str, float] = field(default_factory=dict)

    def put(self, entry: LedgerEntry, at_s: float) -> None:
        self.states[entry.programme] = entry.state
        self.since_s[entry.programme] = at_s
        if entry.by == "clerk":
            self.by_clerk.add(entry.programme)


class Advisor:
    """Keeps what was said so far and answers every utterance and every act of the clerk with changes."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin a consultation with nothing said."""
        self._knowledge = knowledge
        self._heard: dict[str, _Heard] = {}
        self._ledger = _Ledger()
        self._shown: tuple[str, ...] = ()
        self._reasons: dict[str, str] = {}
        self._questions: tuple[Question, ...] = ()
        self._raised: set[str] = set()
        self._dismissed_s: dict[str, float] = {}

    def advise(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> tuple[Advice, ...]:
        """Take in one analysed utterance and return what changes."""
        self._heard[line.id] = _Heard(
            line=line,
            terms=tuple(item for item in found if isinstance(item, Term)),
            facts=tuple(item for item in found if isinstance(item, Fact)),
        )
        return (*self._alerts(self._heard[line.id]), *self._update())

    def note(self, event: LedgerEntry | SpeakerAssigned | AlertDismissed) -> tuple[Advice, ...]:
        """Take in an act of the clerk and return what changes."""
        match event:
            case LedgerEntry():
                self._ledger.put(event, self._now_s)
            case AlertDismissed():
                self._raised.discard(event.protocol)
                self._dismissed_s[event.protocol] = self._now_s
                return ()
            case SpeakerAssigned():
                if known := self._heard.get(event.utterance_id):
                    line = replace(known.line, speaker=event.speaker)
                    self._heard[event.utterance_id] = replace(known, line=line)
        return tuple(self._update())

    @property
    def _now_s(self) -> float:
        """Return the end of the latest utterance: the consultation's clock, as far as guidance knows it."""
        return max((heard.line.end_s for heard in self._heard.values()), default=0.0)

    def _alerts(self, heard: _Heard) -> Iterator[Alert]:
        """Yield each protocol that the words raise, once until dismissed; never for the clerk's words."""
        if heard.by_clerk:
            return
        for protocol in dict.fromkeys(term.protocol for term in heard.terms):
            if protocol is None or protocol in self._raised:
                continue
            dismissed = self._dismissed_s.get(protocol)
            if dismissed is None or heard.line.start_s - dismissed >= QUIET_AFTER_DISMISSAL_S:
                self._raised.add(protocol)
                yield Alert(protocol=protocol, utterance_id=heard.line.id)

    def _update(self) -> Iterator[Advice]:
        mentions = self._mentions()
        scores = {
            programme: score(found, self._knowledge.programmes[programme])
            for programme, found in mentions.items()
        }
        shown = self._order(scores)
        yield from self._entries(shown)
        shown = tuple(programme for programme in shown if not self._is_done(programme))
        reasons = {programme: reason(mentions[programme]) for programme in shown}
        if shown != self._shown or reasons != self._reasons:
            self._shown, self._reasons = shown, reasons
            yield SuggestionsChanged(
                shown=shown,
                why=tuple(
                    Reason(
                        programme=programme,
                        utterance_ids=tuple(dict.fromkeys(m.term.utterance_id for m in mentions[programme])),
                        reason=reasons[programme],
                    )
                    for programme in shown
                ),
            )
        questions = self._open_questions(shown)
        if questions != self._questions:
            self._questions = questions
            yield QuestionsChanged(shown=questions)

    def _mentions(self) -> dict[str, list[Mention]]:
        """Return what points to each programme; situations only where the clerk did not describe them."""
        mentions: dict[str, list[Mention]] = {}
        for heard in self._heard.values():
            freshness = max(_LEAST_FRESHNESS, 0.5 ** ((self._now_s - heard.line.end_s) / _HALF_LIFE_S))
            freshness *= _CLERK_NAMED_SHARE if heard.by_clerk else 1.0
            for term in heard.terms:
                if term.programme is None or term.programme not in self._knowledge.programmes:
                    continue
                if term.how is Match.CUE and heard.by_clerk:
                    continue
                words = heard.line.text[term.start_char : term.end_char]
                mentions.setdefault(term.programme, []).append(
                    Mention(term, words, freshness, heard.by_clerk)
                )
        return mentions

    def _order(self, scores: dict[str, float]) -> tuple[str, ...]:
        """Return programmes best first, but let one overtake another only when it is clearly ahead."""
        alive = {p: value for p, value in scores.items() if value >= _LEAST_SCORE and not self._is_done(p)}
        order = [programme for programme in self._shown if programme in alive]
        order += sorted((p for p in alive if p not in order), key=lambda programme: -alive[programme])
        for place in range(1, len(order)):
            at = place
            while at and alive[order[at]] >= _CLEARLY_MORE * alive[order[at - 1]]:
                order[at - 1], order[at] = order[at], order[at - 1]
                at -= 1
        return tuple(order[:MOST_SUGGESTED])

    def _is_done(self, programme: str) -> bool:
        """Tell whether a programme was explained or ruled out long enough ago to leave the screen."""
        state = self._ledger.states.get(programme)
        passed_s = self._now_s - self._ledger.since_s.get(programme, 0.0)
        if state is LedgerState.TOLD:
            return passed_s > _TOLD_STAYS_S
        return state is LedgerState.NOT_APPLICABLE and passed_s > _NOT_APPLICABLE_STAYS_S

    def _entries(self, shown: Sequence[str]) -> Iterator[LedgerEntry]:
        """Yield entries for programmes that were named or suggested, unless the clerk has decided."""
        for programme, state, utterance_id in self._touched(shown):
            if programme in self._ledger.by_clerk or self._ledger.states.get(programme) is state:
                continue
            entry = LedgerEntry(programme=programme, state=state, utterance_id=utterance_id, by="program")
            self._ledger.put(entry, self._now_s)
            yield entry

    def _touched(self, shown: Sequence[str]) -> Iterator[tuple[str, LedgerState, str]]:
        told: dict[str, str] = {}
        touched: dict[str, str] = {}
        for heard in self._heard.values():
            for term in heard.terms:
                programme = term.programme
                if programme is None or programme not in self._knowledge.programmes:
                    continue
                if heard.by_clerk and term.how is not Match.CUE:
                    told.setdefault(programme, heard.line.id)
                elif not heard.by_clerk and (
                    term.how is not Match.CUE or programme in shown or programme in self._ledger.states
                ):
                    touched.setdefault(programme, heard.line.id)
        for programme in dict.fromkeys((*touched, *told)):
            if programme in told:
                yield programme, LedgerState.TOLD, told[programme]
            else:
                yield programme, LedgerState.UNTOLD, touched[programme]

    def _open_questions(self, shown: Sequence[str]) -> tuple[Question, ...]:
        said = [
            content_words(heard.line.text)
            for heard in self._heard.values()
            if heard.by_clerk or (heard.line.speaker is None and asks(heard.line.text))
        ]
        facts = [fact for heard in self._heard.values() for fact in heard.facts]
        return open_questions(shown, self._knowledge, self._questions, said, facts)
