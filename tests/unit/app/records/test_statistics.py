"""Counted consultations: by month, without anybody's words, and what is left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from consult_assist.app.records.statistics import count_summaries, tables_from_statistics
from consult_assist.app.settings import Settings
from consult_assist.cli import run_command
from consult_assist.cli.parser import build_parser
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.review import ReviewState
from consult_assist.tui.presentation.statistics import statistics_title
from tests.tui.facts import knowledge
from tests.tui.scripted import summary

FIRST, AFTER = date(2026, 4, 1), date(2027, 4, 1)


def held(month: int, **changes: object) -> ConsultationSummary:
    at = datetime(2026, month, 15, 3, 0, tzinfo=UTC)
    return replace(summary(month), started_at=at, **changes)  # type: ignore[arg-type]


def handed_in(month: int, minutes: float) -> ConsultationSummary:
    ended = datetime(2026, month, 15, 4, 0, tzinfo=UTC)
    handed = ended + timedelta(minutes=minutes)
    return held(month, talk_ended_at=ended, submitted_at=handed, review=ReviewState.SUBMITTED)


def test_consultations_are_counted_by_month_with_what_was_told() -> None:
    told, untold = LedgerState.TOLD, LedgerState.UNTOLD
    some = [
        held(10, ledger={"jidou-fuyou-teate": told, "shugaku-enjo": untold}),
        held(10, ledger={"jidou-fuyou-teate": untold}),
        held(8, ledger={"gone": told}, protocols=("dv",)),
    ]
    counted = count_summaries(some, knowledge(), FIRST, AFTER)
    assert [(item.month, item.n, item.told, item.untold) for item in counted.months] == [
        ("2026-08", 1, 1, 0),
        ("2026-09", 0, 0, 0),
        ("2026-10", 2, 1, 2),
    ]
    assert [(item.name, item.n) for item in counted.programmes] == [
        ("児童扶養手当", 2),
        ("gone", 1),
        ("就学援助", 1),
    ]
    assert dict(counted.programmes[0].states)[untold] == 1
    assert counted.protocols == (("配偶者からの暴力（DV）", 1),)
    assert counted.minutes is None


def test_minutes_until_a_record_is_handed_in() -> None:
    some = [handed_in(10, minutes) for minutes in (5, 6, 40, 200)] + [held(10)]
    counted = count_summaries(some, knowledge(), FIRST, AFTER)
    assert counted.minutes is not None
    assert (counted.minutes.n, counted.minutes.median) == (4, 23)
    assert (counted.minutes.shortest, counted.minutes.longest) == (5, 200)
    assert counted.minutes.steps == (1, 1, 0, 0, 1, 0, 1)
    assert dict(counted.reviews) == {"下書き": 1, "提出済": 4, "差戻し": 0, "決裁済": 0, "訂正中": 0}


def test_no_table_names_a_clerk_a_case_or_a_word() -> None:
    some = [replace(handed_in(10, 5), operator="山田 花子", case_number="R8-1", headline="離婚")]
    shown = str(tables_from_statistics(count_summaries(some, knowledge(), FIRST, AFTER)))
    assert not any(word in shown for word in ("山田", "R8-1", "離婚", some[0].id))


def test_an_empty_period_has_empty_tables() -> None:
    tables = tables_from_statistics(count_summaries([], knowledge(), FIRST, AFTER))
    assert {table.title: len(table.rows) for table in tables} == {
        "まとめ": 8,
        "月別": 0,
        "制度別": 0,
        "危険の手順別": 0,
        "提出までの時間": 0,
    }
    assert ("期間の終わり", "2027-03-31") in tables[0].rows


def test_an_empty_period_tells_what_is_not_counted() -> None:
    title = statistics_title(count_summaries([], knowledge(), FIRST, AFTER))
    assert title.endswith("相談 0 件（見本の再生と練習は数えません）")
    assert "見本" not in statistics_title(count_summaries([held(10)], knowledge(), FIRST, AFTER))


def test_the_command_tells_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = build_parser().parse_args(["records", "statistics"])
    assert run_command(Settings(data_folder=tmp_path), options) == 0
    assert "見本の再生と練習は数えません" in capsys.readouterr().err
