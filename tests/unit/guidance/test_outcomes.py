"""What became of each suggestion."""

from collections.abc import Sequence

import pytest

from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    DetailsOpened,
    LedgerEntry,
    LedgerState,
    Match,
    SuggestionsChanged,
    Term,
)
from consult_assist.guidance.outcomes import Outcome, outcomes

SHOWN = SuggestionsChanged(shown=("rent",), why=())


def _entry(state: LedgerState, *, clerk: bool = True, reason: str | None = None) -> LedgerEntry:
    return LedgerEntry(
        programme="rent",
        state=state,
        utterance_id=None,
        by="clerk" if clerk else "program",
        reason=reason,
    )


def _term(name: str) -> Term:
    return Term(
        utterance_id="u1",
        revision=0,
        start_char=0,
        end_char=2,
        name=name,
        programme="rent",
        how=Match.CUE,
    )


TOLD = _entry(LedgerState.TOLD, clerk=False)
OPENED = DetailsOpened(programme="rent")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([SHOWN], Outcome(shown=True)),
        ([SHOWN, OPENED], Outcome(shown=True, used=True)),
        ([SHOWN, TOLD], Outcome(shown=True, used=True)),
        ([SHOWN, _entry(LedgerState.CHECK)], Outcome(shown=True, used=True)),
        ([SHOWN, _entry(LedgerState.CHECK, clerk=False)], Outcome(shown=True, dismissed=True)),
        ([SHOWN, _entry(LedgerState.NOT_APPLICABLE)], Outcome(shown=True, dismissed=True)),
        ([SHOWN, _entry(LedgerState.UNTOLD, reason="時間がなかった")], Outcome(shown=True)),
        ([TOLD, SHOWN], Outcome(missed=True)),
        ([OPENED], Outcome(missed=True)),
        ([SHOWN, Finished(duration_s=1.0), TOLD], Outcome(shown=True)),
    ],
)
def test_every_suggestion_ends_somewhere(events: Sequence[Event], expected: Outcome) -> None:
    assert outcomes(events) == {"rent": expected}


def test_what_was_only_said_is_neither_shown_nor_missed() -> None:
    assert outcomes([_term("家賃 払えない"), _entry(LedgerState.UNTOLD, clerk=False)]) == {}


def test_it_remembers_what_raised_a_suggestion_but_not_what_came_after() -> None:
    found = outcomes([_term("家賃 払えない"), SHOWN, _term("立ち退き")])["rent"]
    assert list(found.raised_by) == ["家賃 払えない"]
    assert found.in_vain
