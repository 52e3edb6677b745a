"""Months that were not paid."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("家賃を三ヶ月滞納しています", ["arrears_months=3"]),
        ("家賃払えなくて2ヶ月たまってます", ["arrears_months=2"]),
        ("水道代も遅れ気味で。4か月分くらいです", ["arrears_months=4"]),
        ("ガス代を三、四か月滞納してます", ["arrears_months=3〜4"]),
        ("先月と今月、家賃が払えてないんです", ["arrears_months=2"]),
        ("今月の家賃を払うてへんねん", ["arrears_months=1"]),
        ("家賃を12か月滞納しています", ["arrears_months=12"]),
        ("家賃を二三か月滞納しています", ["arrears_months=2〜3"]),
    ],
)
def test_months_are_counted_or_named_one_by_one(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        (
            "家賃はいくらで、何か月分たまっていますか。",
            "5万円で、2か月分です",
            ["rent_monthly=50000", "arrears_months=2"],
        ),
        ("お家賃は。5万8千円。", "先月のが、まだ払えてへん。", ["arrears_months=1"]),
        ("家賃は遅れていますか。", "サンカ月払ってないです", ["arrears_months=3"]),
    ],
)
def test_an_answer_about_the_rent_tells_what_is_behind(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    "said",
    [
        "今月の家賃が、払えないんです",
        "今月の家賃を払ってんねん",
        "発達検査で一年半遅れてるって言われて",
    ],
)
def test_this_month_is_not_yet_behind_and_other_things_are_never(said: str) -> None:
    assert facts_in(said) == []


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "家賃が、もう4か月止まっています", ["arrears_months=4"]),
        ("", "水道がもう3か月、止めますって紙が来て", ["arrears_months=3"]),
        ("", "大家さんに3か月、待ってもらっています", ["arrears_months=3"]),
        ("", "保険料が滞っていて、もう7か月です", ["arrears_months=7"]),
        ("", "家賃を2か月払えとらん", ["arrears_months=2"]),
        ("", "水道が3か月止まっていました", []),
        ("家賃の滞納が4か月ですか。", "4か月は隣の人の話です", []),
        ("家賃の滞納は。", "2か月は待ってくれると言われました", []),
        ("家賃の滞納は。", "2か月です。1か月が4万円です", ["arrears_months=2", "rent_monthly=40000"]),
        ("養育費は、払われていますか。", "もう5か月、払われていません", ["support_payment=なし"]),
    ],
)
def test_what_stops_or_is_waited_for_is_behind(asked: str, said: str, facts: list[str]) -> None:
    assert sorted(facts_in(said, asked)) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("五月から家賃を払ってません", ["arrears_months=6〜7"]),
        ("去年の10月から保険料を払えてないんです", ["arrears_months=13〜14"]),
        ("10月からの家賃を払えてません", []),
        ("12月から家賃が払えません", []),
        ("11月から家賃が払えません", []),
        ("6月から電気代はきちんと払ってます", []),
    ],
)
def test_months_are_counted_from_the_first_that_is_unpaid(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("家賃のほうは、払えていますか。", "先々月から入れてないっす", ["arrears_months=2〜3"]),
        ("", "先月から家賃が払えてません", ["arrears_months=1〜2"]),
        ("", "先月から暗いんです、電力会社に払えなくて", []),
        ("", "お風呂に先月から入れてないんです", []),
        ("", "もう四か月家賃入れてないんだよ", ["arrears_months=4"]),
        ("", "家賃二か月分の敷金が払えなくて", []),
    ],
)
def test_months_are_counted_from_a_month_told_by_today(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
