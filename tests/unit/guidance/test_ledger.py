"""What the program enters into the guidance ledger, and how long what is settled stays on screen."""

from typing import Literal

from consult_assist.domain.guidance import LedgerEntry, LedgerState, Match
from consult_assist.guidance.ledger import Ledger
from consult_assist.guidance.mentions import Mention, MentionHistory
from tests.unit.guidance.said import term


def _mentions(how: Match = Match.CUE, *, by_clerk: bool = False) -> MentionHistory:
    mentions = MentionHistory()
    mentions.add(Mention(term(programme="a", how=how), "怖い", by_clerk=by_clerk), 4.0)
    return mentions


def _entry(state: LedgerState, by: Literal["program", "clerk"] = "program") -> LedgerEntry:
    return LedgerEntry(programme="a", state=state, utterance_id="u1", by=by)


def test_a_situation_is_entered_only_while_its_programme_is_on_screen() -> None:
    ledger = Ledger()
    assert list(ledger.entries({"a": _mentions()}, (), 4.0)) == []
    assert list(ledger.entries({"a": _mentions()}, ("a",), 4.0)) == [_entry(LedgerState.UNTOLD)]
    assert list(ledger.entries({"a": _mentions()}, ("a",), 5.0)) == []  # it stands there already


def test_a_name_is_entered_wherever_its_programme_stands() -> None:
    assert list(Ledger().entries({"a": _mentions(Match.EXACT)}, (), 4.0)) == [_entry(LedgerState.UNTOLD)]
    told = Ledger().entries({"a": _mentions(Match.EXACT, by_clerk=True)}, (), 4.0)
    assert list(told) == [_entry(LedgerState.TOLD)]


def test_what_the_clerk_decided_is_left_alone() -> None:
    ledger = Ledger()
    ledger.put(_entry(LedgerState.CHECK, "clerk"), 0.0)
    assert list(ledger.entries({"a": _mentions(Match.EXACT, by_clerk=True)}, (), 4.0)) == []


def test_what_is_settled_stays_on_screen_for_a_while() -> None:
    ledger = Ledger()
    assert not ledger.is_done("a", 100.0)
    ledger.put(_entry(LedgerState.TOLD), 100.0)
    assert [ledger.is_done("a", at_s) for at_s in (115.0, 121.0)] == [False, True]
    ledger.put(_entry(LedgerState.NOT_APPLICABLE), 100.0)
    assert [ledger.is_done("a", at_s) for at_s in (109.0, 111.0)] == [False, True]
    ledger.put(_entry(LedgerState.CHECK), 100.0)
    assert not ledger.is_done("a", 999.0)
