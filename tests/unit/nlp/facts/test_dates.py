"""Dates: when somebody was born, when something happened."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in, plain_analyzer


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("下の子は去年の2月14日に生まれました", ["birth_date=2025-02-14"]),
        ("おととしの9月に離婚しました", ["event_date=おととしの9月", "marital=離婚"]),
        ("先月の4日に退院したばかりです", ["event_date=2026-10-04"]),
        ("2月9日に手術しました", ["event_date=2月9日"]),
        ("12月9日に手術しました", []),
        ("12月1日に退院する予定です", []),
        ("2月30日に退院しました", []),
        ("9月31日に退院しました", []),
        ("令和8年11111111111月3日に退院しました", []),
        ("先月の11111111111日に退院しました", []),
        ("12月20日に来てと言われました", []),
    ],
)
def test_the_day_of_the_talk_tells_the_year_of_what_happened(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("届けは、018年10月15日に出しました", ["event_date=2026-10-15"]),
        ("届けは、018年12月15日に出しました", []),
        ("届けは、015年10月15日に出しました", []),
        ("届けは、18年10月15日に出しました", []),
        ("018年5月2日生まれです", []),
        ("令和18年5月2日に出しました", []),
        ("令和0年5月2日に出しました", []),
        ("昭和3年5月2日生まれです", ["birth_date=1928-05-02"]),
        ("令和9年1月6日の生まれです", []),
        ("018年の12月に仕事を辞めました", ["job_lost=12月", "employment=無職"]),
    ],
)
def test_a_year_that_cannot_be_counts_only_where_the_day_of_the_talk_agrees(
    said: str, facts: list[str]
) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("生年月日をお願いします。", "昭和五十五年十二月一日です", ["birth_date=1980-12-01"]),
        ("生年月日をお願いします。昭和38年。", "2月8日です", ["birth_date=1963-02-08"]),
        ("生年月日をお願いします。", "昭和38年2月8日、あ、9日です", ["birth_date=1963-02-09"]),
        ("", "生年月日は昭和38年2月8日、じゃなくて3月8日です", ["birth_date=1963-03-08"]),
        ("昭和38年。", "2月8日にここへ来ました", []),
    ],
)
def test_a_date_of_birth_goes_on_from_the_question_and_from_a_line_cut_short(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("おととい、母が転びました", ["event_date=おととい", "family_member=母"]),
        ("離婚したのは、9月25日です", ["marital=離婚", "event_date=9月25日"]),
        ("三日前に救急車で運ばれて", ["event_date=三日前"]),
        ("先月、風呂場で転んで", []),
        ("毎年12月に入院してるんです", []),
        ("昭和28年の4月うまりで", []),
        ("去年の6月に、ひと月入院したときは、大変でした", []),
    ],
)
def test_a_day_is_that_of_what_is_told_with_it(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("次はいつごろお越しになれますか。", "12月です。", []),
        ("いつ頃までに必要ですか。", "今月末です。", []),
        ("いつまでに出すように言われたんですか。", "10月の末です。", []),
        ("引っ越しはいつ頃されたんですか。", "12月です。", []),
        ("ご主人が亡くなられたのはいつ頃ですか。", "9月です。", ["event_date=9月", "marital=死別"]),
        ("いつ頃けがをされたんですか。", "先月の末です。", ["event_date=先月の末"]),
        ("それは、いつごろのことですか。", "9月の、20日ごろです。", ["event_date=9月20日"]),
        ("いつのことですか。", "おとといです。", ["event_date=おととい"]),
        ("契約はいつですか。", "12月5日です", []),
        ("次はいつ来られますか。", "3月5日に来ます", []),
    ],
)
def test_only_what_has_happened_has_a_date(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    "said", ["届けは、018年10月15日に出しました", "去年の9月に退院しました", "先月の4日に退院しました"]
)
def test_without_the_day_of_the_talk_no_date_is_told_from_it(said: str) -> None:
    assert not plain_analyzer().analyze("u0001", 0, said)


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "転んだのは先月の16日です", ["event_date=2026-10-16"]),
        ("", "姉が一昨日亡くなりまして", ["event_date=一昨日"]),
        ("", "9月に父が脳出血で、動けません", ["event_date=9月", "family_member=父", "illness=脳出血"]),
        ("お母さまが亡くなられたのは。", "今年の2月3日でした", ["event_date=2026-02-03"]),
        ("", "予定日は2月の8日です", ["event_date=2月の8日"]),
        ("", "支給予定日は2月8日です", []),
        ("", "来月10日までに出て行けと言われて", ["event_date=来月10日"]),
        ("", "来月10日までに書類を出します", []),
        ("", "昨日の試合で、ファンが倒れたんだって", []),
        ("", "2026年8月31日に退職しました", ["job_lost=2026-08-31", "employment=無職"]),
    ],
)
def test_an_event_has_one_day_past_or_set(asked: str, said: str, facts: list[str]) -> None:
    assert sorted(facts_in(said, asked)) == sorted(facts)
