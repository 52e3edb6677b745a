"""Which programmes are suggested: how strongly the talk points to each, in which order, and why."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from consult_assist.domain.guidance import Reason, SuggestionsChanged
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.guidance.companions import companions
from consult_assist.guidance.dialogue import AnalyzedLine, DialogueHistory
from consult_assist.guidance.fact_evidence import FactEvidence
from consult_assist.guidance.ledger import Ledger
from consult_assist.guidance.list_order import placed
from consult_assist.guidance.mentions import Mention, MentionHistory
from consult_assist.guidance.quoting import words_of
from consult_assist.guidance.relevance import MIN_PROBABILITY, RelevanceModel


class SuggestionList:
    """The list of suggestions on screen, and all that its order and its reasons are worked out from.

    Attributes:
        shown: the programmes on screen, best first.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin with nothing said and nothing shown."""
        self.shown: tuple[str, ...] = ()
        self._reasons: dict[str, str] = {}
        self._knowledge = knowledge
        self._mentions: dict[str, MentionHistory] = {}
        self._evidence = FactEvidence(knowledge.programmes)
        self._relevance = RelevanceModel(knowledge.programmes)
        self._companions: dict[str, tuple[str, float]] = {}
        """Programmes that come with another: which, and how strongly."""

    @property
    def all_mentions(self) -> Mapping[str, MentionHistory]:
        """What points to each programme that was touched."""
        return self._mentions

    def hear(self, said: AnalyzedLine, replaced: AnalyzedLine | None, history: DialogueHistory) -> None:
        """Count a line in; what the line that it replaces counted for is taken back.

        Args:
            said: the line.
            replaced: how it stood before.
            history: all lines, with this one.
        """
        self._evidence.hear(said.line.id, () if said.by_clerk else said.facts, said.line.end_s)
        if replaced is None:
            self._point(said, self._knowledge.programmes.keys())
            return
        programmes = {term.programme for term in (*replaced.terms, *said.terms) if term.programme}
        for programme in programmes & self._mentions.keys():
            self._mentions[programme] = MentionHistory()
        for other in history if programmes else ():
            self._point(other, programmes)

    def restore(self, event: SuggestionsChanged) -> None:
        """Take over the list that an earlier run left on screen."""
        self.shown = event.shown
        self._reasons = {reason.programme: reason.reason for reason in event.why}

    def ordered(self, history: DialogueHistory, ledger: Ledger) -> tuple[str, ...]:
        """Return the programmes to show, best first, without those that are settled for long enough."""
        now_s = history.now_s
        alive = {p: weight for p, weight in self._weigh(history).items() if not ledger.is_done(p, now_s)}
        answered_s = history.answered_s()
        explained = {p for p in alive if ledger.is_told(p) and ledger.since_s[p] < answered_s}
        return placed(alive, self.shown, explained, history.thread())

    def show(self, programmes: tuple[str, ...]) -> Iterator[SuggestionsChanged]:
        """Put programmes on screen and yield the change, if it is one in order or reasons."""
        why = tuple(self._reason(programme) for programme in programmes)
        reasons = {reason.programme: reason.reason for reason in why}
        if programmes != self.shown or reasons != self._reasons:
            self.shown, self._reasons = programmes, reasons
            yield SuggestionsChanged(shown=programmes, why=why)

    def _point(self, said: AnalyzedLine, programmes: AbstractSet[str]) -> None:
        """Let a line count for these programmes."""
        for term in said.terms:
            programme = term.programme
            if programme and programme in programmes and programme in self._knowledge.programmes:
                mention = Mention(
                    term, words_of(term, said.line.text), by_clerk=said.by_clerk, follows_up=said.follows_up
                )
                self._mentions.setdefault(programme, MentionHistory()).add(mention, said.line.end_s)

    def _weigh(self, history: DialogueHistory) -> dict[str, float]:
        """Return how strongly the talk points to each programme that was named or is likely concerned."""
        programmes, now_s = self._knowledge.programmes, history.now_s
        touched = {p: mentions for p, mentions in self._mentions.items() if mentions.utterance_ids}
        sure = {p: mentions.sure_score(now_s, programmes[p]) for p, mentions in touched.items()}
        self._companions = companions(sure, self._knowledge)
        scores = {p: mentions.score(now_s, programmes[p]) for p, mentions in touched.items()}
        for programme, (_, share) in self._companions.items():
            scores[programme] = scores.get(programme, 0.0) + share
        named = {p: scores[p] for p, mentions in touched.items() if mentions.is_named}
        scores = self._evidence.strengths(now_s) | scores
        unnamed = [p for p in scores if p not in named]
        probabilities = self._relevance.probabilities(
            unnamed, touched, facts=self._evidence.weights(), n_chars=history.n_chars, now_s=now_s
        )
        return named | {
            p: chance * scores[p] for p, chance in probabilities.items() if chance >= MIN_PROBABILITY
        }

    def _reason(self, programme: str) -> Reason:
        """Return why a programme is shown: its own words, its facts, or the one that it comes with."""
        mentions = self._mentions.get(programme)
        if mentions is not None and (text := mentions.reason()):
            return Reason(programme=programme, utterance_ids=tuple(mentions.utterance_ids), reason=text)
        if text := self._evidence.reason(programme):
            return Reason(programme=programme, utterance_ids=self._evidence.lines(programme), reason=text)
        main, _ = self._companions[programme]
        return Reason(
            programme=programme,
            utterance_ids=tuple(self._mentions[main].utterance_ids),
            reason=f"「{self._knowledge.programmes[main].name}」とあわせて",
        )
