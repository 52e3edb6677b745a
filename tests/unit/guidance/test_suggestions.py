"""The list of suggestions: its order, its reasons, and when it changes."""

from collections.abc import Sequence
from dataclasses import replace

from consult_assist.domain.guidance import LedgerEntry, LedgerState, Match, SuggestionsChanged, Term
from consult_assist.domain.knowledge import KnowledgeBase, Programme
from consult_assist.domain.speech import Speaker
from consult_assist.guidance.dialogue import DialogueHistory
from consult_assist.guidance.ledger import Ledger
from consult_assist.guidance.suggestions import SuggestionList
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.guidance.said import said, term


def _programme(item: str, related: Sequence[str] = ()) -> Programme:
    return Programme(
        id=item, name=f"制度{item}", category="", summary="", names=(), questions=(), related=tuple(related)
    )


def _knowledge() -> KnowledgeBase:
    programmes = {item: _programme(item) for item in "abc"} | {
        item: _programme(item, ["c"]) for item in ("main", "second")
    }
    return replace(NOTHING_KNOWN, programmes=programmes)


class _Talk:
    """A list with the history and the ledger that it is worked out from."""

    def __init__(self) -> None:
        self.history, self.ledger = DialogueHistory(), Ledger()
        self.list = SuggestionList(_knowledge())

    def say(self, number: int, *terms: Term, speaker: Speaker | None = None) -> list[SuggestionsChanged]:
        line = said(number, number * 10.0, *terms, speaker=speaker)
        self.list.hear(line, self.history.put(line), self.history)
        return list(self.list.show(self.list.ordered(self.history, self.ledger)))


def test_the_list_changes_only_when_its_order_or_a_reason_does() -> None:
    talk = _Talk()
    (change,) = talk.say(1, term(programme="a"))
    assert (change.shown, talk.list.shown) == (("a",), ("a",))
    assert change.why[0].reason == "『怖いです』と話された"
    assert talk.say(2) == []


def test_a_programme_that_several_bring_along_is_shown_with_the_first_of_them() -> None:
    talk = _Talk()
    (change,) = talk.say(
        1, term(programme="main", how=Match.EXACT), term(programme="second", how=Match.EXACT)
    )
    assert change.shown == ("main", "second", "c")
    assert change.why[2].reason == "「制度main」とあわせて"
    assert change.why[2].utterance_ids == ("u1",)


def test_a_line_put_again_counts_only_as_it_stands_now() -> None:
    talk = _Talk()
    talk.say(1, term(programme="a"))
    (change,) = talk.say(1, term(programme="b"))
    assert change.shown == ("b",)
    assert not talk.list.all_mentions["a"].utterance_ids


def test_what_is_settled_long_enough_leaves_and_what_is_explained_stands_behind() -> None:
    talk = _Talk()
    talk.say(1, term(programme="a", how=Match.EXACT), term(programme="b", how=Match.READING))
    talk.ledger.put(LedgerEntry(programme="a", state=LedgerState.TOLD, utterance_id="u1", by="clerk"), 10.0)
    (change,) = talk.say(2, speaker=Speaker.RESIDENT)
    assert change.shown == ("b", "a")
    (change,) = talk.say(4, speaker=Speaker.RESIDENT)
    assert change.shown == ("b",)


def test_an_earlier_runs_list_stands_until_it_changes() -> None:
    talk, first = _Talk(), _Talk()
    (change,) = first.say(1, term(programme="a"))
    talk.list.restore(change)
    assert talk.say(1, term(programme="a")) == []
