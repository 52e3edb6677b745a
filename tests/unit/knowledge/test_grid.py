"""Cells of a workbook as dates, flags, lines and numbers."""

import datetime as dt
from typing import Any

import pytest

from consult_assist.knowledge.grid import CellError, cell_value
from consult_assist.knowledge.sheets import Column

DATE = Column(title="確かめた日", key="checked_on", kind="date")
FLAG = Column(title="地域", key="local", kind="flag")
NUMBER = Column(title="番号", key="number", kind="word")
LINES = Column(title="出典URL", key="source_urls", kind="lines")
TEXT = Column(title="内容", key="what")
AS_OF = Column(title="時点", key="as_of", kind="as_of")


@pytest.mark.parametrize(
    "written",
    [
        dt.date(2026, 11, 21),
        46347,
        46347.0,
        "2026-11-21",
        "２０２６／１１／２１",
        " 2026.11.21 ",
        "2026年11月21日",
        "令和8年11月21日",
        "R8.11.21",
        "r8/11/21",
    ],
)
def test_dates_as_people_and_excel_write_them(written: Any) -> None:
    assert cell_value(written, DATE) == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "written",
    [
        "きのう",
        "2026-13-01",
        "2026-02-30",
        "令和8年",
        "令和0年4月1日",
        "平成99年4月1日",
        "H32.1.1",
        dt.date(1905, 7, 18),
        12,
        True,
        float("inf"),
    ],
)
def test_what_is_no_date_is_refused(written: Any) -> None:
    with pytest.raises(CellError, match="日付が読めません"):
        cell_value(written, DATE)


def test_the_first_and_the_last_year_of_an_era() -> None:
    assert cell_value("平成31年4月30日", DATE) == dt.date(2019, 4, 30)
    assert cell_value("令和元年5月1日", DATE) == dt.date(2019, 5, 1)


def test_flags_and_lines() -> None:
    assert [cell_value(text, FLAG) for text in ("○", "〇", "はい", "×")] == [True, True, True, False]
    with pytest.raises(CellError):
        cell_value("たぶん", FLAG)
    assert cell_value("https://a\r\n https://b \n\n", LINES) == ["https://a", "https://b"]


def test_a_telephone_number_that_lost_its_zero_is_refused() -> None:
    assert cell_value(110, NUMBER) == "110"
    assert cell_value("０４６-０００", NUMBER) == "046-000"
    with pytest.raises(CellError, match="先頭の 0"):
        cell_value(468224000, NUMBER)


def test_figures_and_dates_become_text_where_text_is_wanted() -> None:
    assert cell_value(8.0, TEXT) == "8"
    assert cell_value(dt.date(2026, 4, 1), TEXT) == "2026-04-01"


def test_the_date_of_a_figure_names_its_year() -> None:
    with pytest.raises(CellError, match="年がありません"):
        cell_value("令和0年4月", AS_OF)
    assert cell_value("令和8年4月分から", AS_OF) == "令和8年4月分から"
    assert cell_value("掲載日不明", AS_OF) == "掲載日不明"
    assert cell_value(dt.date(2026, 4, 1), AS_OF) == "2026-04-01"
    assert cell_value(46113, AS_OF) == "2026-04-01"
    assert cell_value(2026.0, AS_OF) == "2026"
    for written in ("4月", "４／１", "8年4月", 8, "８"):
        with pytest.raises(CellError, match="時点に年がありません"):
            cell_value(written, AS_OF)
