"""The report on the knowledge, as a person reads it."""

from datetime import date

from consult_assist.app.upkeep.knowledge_use import ChangedSince, ExpiredFigure, UsageReport
from consult_assist.cli.knowledge_report import text_from_usage

LONG = "１人につき月額一万円、" * 8
EMPTY = UsageReport(n_consultations=3, programmes=(), noisy=(), expired=(), changed=())


def test_a_long_figure_is_cut_before_its_date_and_never_in_it() -> None:
    dates = ("（令和7年度）", "（令和7年10月から（令和7〜8年度の措置）の案内にあるとおりで、長い時点）")
    changed = ChangedSince(
        consultation_id="c1",
        held_on=date(2026, 6, 1),
        case_number=None,
        programme="rent",
        certain=True,
        told=(LONG + dates[0],),
        now=(LONG + dates[1],),
    )
    expired = ExpiredFigure(programme="rent", figure=f"上限（{LONG}）{dates[0]}")
    lines = text_from_usage(
        UsageReport(
            n_consultations=1, programmes=(), noisy=(), expired=(expired,), changed=(changed,), names={}
        )
    ).splitlines()
    assert [line for line in lines if "…" in line] == [
        line for line in lines if line.endswith(tuple(f"…{dated}" for dated in dates))
    ]
    assert sum("…" in line for line in lines) == 3


def test_a_figure_without_a_date_is_only_cut() -> None:
    expired = ExpiredFigure(programme="rent", figure=LONG)
    report = UsageReport(n_consultations=1, programmes=(), noisy=(), expired=(expired,), changed=())
    assert text_from_usage(report).splitlines()[-1].endswith("…")


def test_the_day_that_was_understood_is_said() -> None:
    assert text_from_usage(EMPTY).startswith("相談 3 件の集計")
    assert text_from_usage(EMPTY, date(2026, 8, 1)).startswith("2026-08-01 からの相談 3 件の集計")
