"""Handbooks: one printed name however they are called, the grade that holds now, or none."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in

_MIND = "handbook=精神障害者保健福祉手帳"
_BODY = "handbook=身体障害者手帳"


@pytest.mark.parametrize(
    ("asked", "said", "fact"),
    [
        ("", "療育手帳のB1を持っています", "handbook=療育手帳B1"),
        ("", "身体の手帳が2級なんです", f"{_BODY}2級"),
        ("手帳は。", "精神の1級です", f"{_MIND}1級"),
        ("手帳は。", "聴覚のほうの6級をいただいてます", f"{_BODY}6級"),
        ("手帳は。", "腎臓で、1級です", f"{_BODY}1級"),
        ("手帳は。", "Aの2って書いてあります", "handbook=療育手帳A2"),
        ("", "身障手帳の4級があります", f"{_BODY}4級"),
        ("", "愛の手帳の3度です", "handbook=愛の手帳3度"),
        ("", "障害者手帳を、おととし取りました", "handbook=障害者手帳"),
        ("", "手帳は、精神の2級だと言われました", f"{_MIND}2級"),
    ],
)
def test_a_handbook_has_the_name_that_is_printed_on_it(asked: str, said: str, fact: str) -> None:
    assert facts_in(said, asked) == [fact]


@pytest.mark.parametrize(
    ("asked", "said", "fact"),
    [
        ("手帳は、お持ちですか。", "3級です。", "handbook=障害者手帳3級"),
        ("手帳は、お持ちですか。", "5級です。", f"{_BODY}5級"),
        ("手帳は、お持ちですか。", "2級を。精神のほうです。", f"{_MIND}2級"),
        ("精神の手帳は、何級ですか。", "2級です。", f"{_MIND}2級"),
        ("療育手帳は何と書いてありますか。", "えっと、Bです。", "handbook=療育手帳B"),
        ("", "2級の手帳です。身体障害者手帳。", f"{_BODY}2級"),
    ],
)
def test_a_bare_grade_is_of_the_handbook_that_the_talk_is_of(asked: str, said: str, fact: str) -> None:
    assert facts_in(said, asked) == [fact]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("身体障害者手帳の2級をお持ちですね。", "はい、そうです。", [f"{_BODY}2級"]),
        ("手帳は精神の3級ですか。", "ええ、この春に。", [f"{_MIND}3級"]),
        ("手帳は精神の3級ですか。", "はい、前は。今は違います。", []),
        ("手帳は精神の3級ですか。", "いえ、2級です。", [f"{_MIND}2級"]),
        ("手帳は精神の3級ですか、身体の3級ですか。", "はい。", []),
    ],
)
def test_a_question_that_is_affirmed_tells_the_handbook(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    "said",
    [
        "手帳は精神の3級だったのが、2級になりました",
        "手帳の3級から2級に変わりました。精神です。",
    ],
)
def test_the_grade_that_holds_now_is_told(said: str) -> None:
    assert facts_in(said) == [f"{_MIND}2級"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "身体の2級の人はバスが安いって聞きました"),
        ("", "精神の2級になれば、年金がもらえますか"),
        ("", "療育手帳のB以上だと使えるそうで"),
        ("", "簿記の2級を持っています"),
        ("", "就労継続支援のB型に行っています"),
        ("手帳は、お持ちですか。", "就労継続支援のB型で働いてるんです。"),
        ("", "心臓で1級の腕の先生にかかりました"),
    ],
)
def test_grades_that_nobody_has_or_of_other_things_are_none(asked: str, said: str) -> None:
    assert not [fact for fact in facts_in(said, asked) if fact.startswith("handbook")]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("手帳はお持ちですか。", "まだ持っていません", ["handbook=なし"]),
        ("手帳は、お持ちですか。", "持ってへんのです。", ["handbook=なし"]),
        ("手帳は、お持ちですか。", "それは、どんなものですか。ないです。", ["handbook=なし"]),
        ("", "障害者手帳なんか、そんなのは、持ってません", ["handbook=なし"]),
        (
            "手帳は。",
            "娘のです、療育のA。私は手帳は持っていません。",
            ["family_member=娘", "handbook=療育手帳A"],
        ),
    ],
)
def test_there_is_none_unless_one_is_told_of(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


def test_a_handbook_that_ran_out_is_none() -> None:
    asked = "手帳はお持ちでしょうか。"
    assert facts_in("精神のを持ってたんですけど、更新しなくて切れました", asked) == ["handbook=なし"]
