"""The line that searches saved records: its words and its filters."""

from datetime import date

import pytest

from consult_assist.app.records.archive import FILTER_WANTED, FoundPage, asked_from_line
from consult_assist.domain.archive import FieldWord, RecordQuery
from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.review import ReviewState
from consult_assist.tui.presentation.records import records_note
from tests.tui.facts import knowledge

TODAY = date(2026, 2, 3)


def query(line: str) -> RecordQuery:
    asked = asked_from_line(line, knowledge(), TODAY)
    assert asked.notes == ()
    return asked.query


def test_words_and_filters_stand_in_one_line() -> None:
    asked = query("家賃　制度：児童扶養手当 手順:暴力 担当:山 案件:R8-12 ＤＶ")
    assert asked.words == ("家賃", "dv")
    assert asked.programmes == frozenset({"jidou-fuyou-teate"})
    assert asked.protocols == frozenset({"dv"})
    assert (asked.operator, asked.case_number) == ("山", "r8-12")


def test_a_programme_is_found_by_any_of_its_names_or_part_of_one() -> None:
    assert query("制度:母子手当").programmes == frozenset({"jidou-fuyou-teate"})
    assert query("制度:母子").programmes == frozenset({"jidou-fuyou-teate", "boshi-kashitsuke"})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("状態:提出", RecordQuery(reviews=frozenset({ReviewState.SUBMITTED}))),
        ("状態:決裁済", RecordQuery(reviews=frozenset({ReviewState.APPROVED}))),
        ("状態:途中", RecordQuery(state=ConsultationState.OPEN)),
    ],
)
def test_states(line: str, expected: RecordQuery) -> None:
    assert query(line) == expected


def test_a_field_of_any_form_holds_the_word() -> None:
    asked = asked_from_line("主訴:離婚 12:30 http://x", knowledge(), TODAY)
    assert asked.query.fields == (FieldWord(names=frozenset({"shuso"}), word="離婚"),)
    assert asked.query.words == ("12:30", "http://x")
    assert asked.words == ("離婚", "12:30", "http://x")


@pytest.mark.parametrize(
    "number",
    [
        "09012345678",
        "090-1234-5678",
        "０９０１２３４５６７８",
        "090ー1234ー5678",
        "０９０\N{MINUS SIGN}１２３４\N{MINUS SIGN}５６７８",
        "090\N{EN DASH}1234\N{EM DASH}5678",
        "090（1234）5678",
        "（090）1234-5678",
    ],
)
def test_a_telephone_number_is_found_however_it_was_written(number: str) -> None:
    groups = ("090", "1234", "5678")
    assert query(number).words == groups
    wanted = tuple(FieldWord(names=frozenset({"shuso"}), word=group) for group in groups)
    asked = asked_from_line(f"主訴:{number}", knowledge(), TODAY)
    assert asked.query.fields == wanted
    assert asked.words == groups
    assert query("0466123456").words == ("0466123456",)


def test_a_space_behind_the_colon_does_no_harm() -> None:
    asked = query("期間: 2026-10 家賃　主訴：　離婚")
    assert asked == query("期間:2026-10 家賃 主訴:離婚")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("期間:", "2026-10"),
        ("状態：", "提出"),
        ("担当:", "探す言葉"),
        ("主訴:", "探す言葉"),
        ("制度: 状態:提出", "探す言葉"),
    ],
)
def test_a_filter_without_a_value_is_told(line: str, wanted: str) -> None:
    (note,) = asked_from_line(line, knowledge(), TODAY).notes
    assert wanted in note


@pytest.mark.parametrize(
    "line",
    [
        "制度:彗星",
        "手順:彗星",
        "状態:彗星",
        "期間:彗星",
        "期間:2026-09〜2026-04",
        "家" * 20_000,
        "家 賃 " * 2000,
    ],
)
def test_what_means_nothing_is_told_and_asks_nothing(line: str) -> None:
    asked = asked_from_line(line, knowledge(), TODAY)
    assert asked.query == RecordQuery()
    (note,) = asked.notes
    assert note.endswith("。")


def test_a_word_that_looks_like_a_filter_brings_advice_for_where_nothing_is_found() -> None:
    asked = asked_from_line("変な：もの 家賃", knowledge(), TODAY)
    assert (asked.words, asked.notes) == (("変な:もの", "家賃"), ())
    assert asked.advice == FILTER_WANTED
    assert asked_from_line("家賃 12:30 http://x 主訴:離婚", knowledge(), TODAY).advice is None


@pytest.mark.parametrize(("count", "said"), [(0, FILTER_WANTED), (2, "2 件")])
def test_the_advice_stands_below_an_empty_list(count: int, said: str) -> None:
    asked = asked_from_line("変な:もの", knowledge(), TODAY)
    assert records_note(FoundPage(records=(), asked=asked, count=count, more=False), 0, asked=True) == said
