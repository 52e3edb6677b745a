"""Which lines the ledger lists for a programme, and which one it quotes."""

from dataclasses import replace

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import LedgerEntry, LedgerState, Match
from consult_assist.domain.knowledge import Template
from consult_assist.domain.record import LedgerLine
from consult_assist.record.builder import build_record
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.record.talk import clerk, cue, said

FORM = Template(id="f", name="窓口標準", fields=())
KNOWLEDGE = replace(NOTHING_KNOWN, templates={"f": FORM})


def ledger(*events: Event) -> LedgerLine:
    raised = LedgerEntry(programme="p", state=LedgerState.UNTOLD, utterance_id="u1", by="program")
    (entry,) = build_record([*events, raised], template=FORM, knowledge=KNOWLEDGE).ledger
    return entry


def test_the_ledger_quotes_the_line_that_speaks_for_a_programme_most() -> None:
    weak, strong, again = said(1, "困っていて。"), said(2, "家賃が払えません。"), said(3, "家賃がまだです。")

    entry = ledger(weak, cue(weak, 0.3), strong, cue(strong), again, cue(again, 0.7))

    assert (entry.quote, entry.at_s) == ("家賃が払えません。", strong.start_s)
    assert entry.utterance_ids == ("u2", "u3")


def test_the_ledger_lists_no_situation_that_only_the_clerk_describes() -> None:
    told, described = said(1, "家賃が払えません。"), clerk(2, "家賃の払えない方もいます。")
    named, entered = clerk(3, "給付金です。"), clerk(4, "家賃を市が払います。")
    state = LedgerEntry(programme="p", state=LedgerState.TOLD, utterance_id="u4", by="program")
    events: list[Event] = [
        told,
        cue(told),
        described,
        cue(described),
        named,
        replace(cue(named), how=Match.EXACT),
    ]

    assert ledger(*events, entered, state).utterance_ids == ("u1", "u3", "u4")


def test_what_only_the_clerk_brought_up_is_quoted_from_the_clerk() -> None:
    named = clerk(2, "給付金があります。")

    entry = ledger(clerk(1, "では。"), named, replace(cue(named), how=Match.EXACT))

    assert entry.quote == "給付金があります。"
