"""Figures out of date, and who was told something that has changed since."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consult_assist.app.upkeep.knowledge_use import changed_since, figure_holds_until
from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import LedgerEntry, LedgerState
from consult_assist.domain.knowledge import Amount, Name, Programme
from consult_assist.domain.record import ConsultationRecord, LedgerLine
from consult_assist.domain.told import told_digest, told_figures
from tests.summaries import summary

RENT = Programme(
    id="rent",
    name="住居確保給付金",
    category="",
    summary="家賃を支給する",
    names=(Name(text="住居確保給付金"),),
    amounts=(Amount(text="上限 5万3700円", as_of="令和7年度", level="公的"),),
    checked_on=date(2026, 5, 1),
)
HELD = summary(started_at=datetime(2026, 6, 1, 3, tzinfo=UTC), case_number="R8-1")


def _record(programme: Programme) -> ConsultationRecord:
    line = LedgerLine(
        programme="rent",
        state=LedgerState.TOLD,
        utterance_ids=(),
        figures=told_figures(programme),
        entry=told_digest(programme),
    )
    return ConsultationRecord(template="t", fields=(), ledger=(line,))


@pytest.mark.parametrize(
    ("as_of", "until"),
    [
        ("令和7年度", date(2026, 3, 31)),
        ("令和8年4月分から", date(2027, 3, 31)),
        ("令和7年2月", date(2025, 3, 31)),
        ("2025-10-01", date(2026, 3, 31)),
        ("2025-01-15", date(2025, 3, 31)),
        ("令和7年度（2025-11-19更新）", date(2026, 3, 31)),
        ("R8.4.1", date(2027, 3, 31)),
        ("2025/1", date(2025, 3, 31)),
        ("平成31年1月", date(2019, 3, 31)),
        ("掲載日不明", None),
        ("令和0年4月", None),
        ("令和99999年4月", None),
    ],
)
def test_a_figure_holds_to_the_end_of_its_fiscal_year(as_of: str, until: date | None) -> None:
    assert figure_holds_until(Amount(text="1万円", as_of=as_of, level="公的")) == until


def test_a_changed_figure_is_told_with_the_old_and_the_new_one() -> None:
    raised = replace(RENT, amounts=(replace(RENT.amounts[0], text="上限 6万円", as_of="令和8年度"),))
    (found,) = changed_since(HELD, [_record(RENT), Finished(duration_s=1.0)], {"rent": raised}, "digest")
    assert (found.certain, found.consultation_id, found.case_number) == (True, "c1", "R8-1")
    assert (found.told, found.now) == (
        ("上限 5万3700円（令和7年度）",),
        ("上限 6万円（令和8年度）",),
    )


def test_new_cues_and_a_new_date_of_review_are_no_change() -> None:
    reviewed = replace(RENT, cues=("家賃 払えない",), checked_on=date(2026, 11, 1))
    assert not list(changed_since(HELD, [_record(RENT)], {"rent": reviewed}, "digest"))


def test_a_record_corrected_later_does_not_hide_what_was_told_then() -> None:
    changed = replace(RENT, summary="家賃の一部を支給する")
    events: list[Event] = [_record(RENT), Finished(duration_s=1.0), _record(changed)]
    assert list(changed_since(HELD, events, {"rent": changed}, "digest"))


@pytest.mark.parametrize(("checked_on", "possible"), [(date(2026, 5, 1), False), (date(2026, 7, 1), True)])
def test_without_a_digest_a_later_look_at_the_sources_is_only_a_possibility(
    checked_on: date, possible: bool
) -> None:
    told = LedgerEntry(programme="rent", state=LedgerState.TOLD, utterance_id="u1", by="program")
    found = list(changed_since(HELD, [told], {"rent": replace(RENT, checked_on=checked_on)}, "digest"))
    assert [item.certain for item in found] == ([False] if possible else [])
