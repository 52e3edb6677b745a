"""Facts by rule: whose age it is, who died, when it was, what ails somebody, and what tells none of it."""

from datetime import date

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer


def _facts(said: str, asked: str = "", *names: str) -> list[str]:
    found = plain_analyzer().analyze("u0001", 0, said, asked=asked, held_on=date(2026, 11, 22))
    facts = [fact for fact in found if isinstance(fact, Fact)]
    return [f"{fact.name}={fact.value}" for fact in facts if not names or fact.name in names]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "今は65歳です", ["resident_age=65"]),
        ("", "今は78歳で、一人暮らしです", ["resident_age=78"]),
        ("", "年齢は78歳です", ["resident_age=78"]),
        ("おいくつですか。", "現在は65歳です", ["resident_age=65"]),
        ("", "太郎は8歳です", ["child_age=8"]),
        ("", "田中は65歳です", []),
        ("", "一番上が10歳です", ["child_age=10"]),
        ("", "今年は65歳で、年は夫と同じです", ["resident_age=65", "family_member=夫"]),
        ("", "もう年が78歳で", ["resident_age=78"]),
        ("", "ヘルパーさんが来てくれていて、今78歳です", ["resident_age=78"]),
        ("", "メールが1歳です", []),
        ("", "うちの犬は12歳です", []),
        ("", "定年は65歳です", []),
        ("", "会社の定年が60歳で、困っています", []),
    ],
)
def test_a_thing_has_no_age_but_the_present_and_a_name_do(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("隣の市で一人暮らしの78歳です", ["resident_age=78"]),
        ("隣の部屋で寝ている5歳の娘がいます", ["child_age=5"]),
        ("近所のスーパーで働いている35歳です", ["resident_age=35"]),
        ("近所で一人で暮らしている78歳です", ["resident_age=78"]),
        ("隣の家の子が5歳で、うるさくて", []),
        ("近所の人が78歳で、一人暮らしです", []),
        ("友達で65歳の人がいて", []),
        ("同僚の方が60歳で辞めました", []),
    ],
)
def test_next_door_may_be_a_place(said: str, facts: list[str]) -> None:
    assert _facts(said, "", "child_age", "resident_age") == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("生後18か月の息子がいます", ["child_age=1"]),
        ("生後8か月の子を一人で見ています", ["child_age=0"]),
        ("生後3週間の娘がいます", ["child_age=0"]),
        ("14か月の息子がいます", ["child_age=1"]),
        ("生後2か月で、夜泣きがひどいです", ["child_age=0"]),
        ("上の子は生後2か月のときに手術しました", []),
        ("上の子は生後2週間のときに手術しました", []),
        ("上の子は生後2か月で手術しました", []),
        ("3か月の子ども手当がまだです", []),
        ("妊娠8か月の娘がいます", []),
    ],
)
def test_a_baby_is_as_old_as_its_months_now(said: str, facts: list[str]) -> None:
    assert _facts(said, "", "child_age") == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("主人の母、去年亡くなりまして", ["family_member=夫"]),
        ("夫と二人で、母に先立たれて", ["family_member=夫"]),
        ("夫の親に死なれて", ["family_member=夫"]),
        ("夫が友達に先立たれて、落ち込んでいます", ["family_member=夫"]),
        ("夫は先月、母を亡くしました", ["family_member=夫"]),
        ("夫の遺言書を作りたいんです", ["family_member=夫"]),
        ("夫の死亡保険に入っています", ["family_member=夫"]),
        ("主人が去年の暮れに亡くなりまして", ["marital=死別"]),
        ("主人、去年亡くなりまして", ["marital=死別"]),
        ("夫に先立たれて", ["marital=死別"]),
        ("妻を3年前に亡くしました", ["marital=死別"]),
        ("夫の遺言が出てきました", ["marital=死別"]),
    ],
)
def test_only_ones_own_partner_leaves_one_widowed(said: str, facts: list[str]) -> None:
    assert _facts(said, "", "marital", "family_member") == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("パパが出て行って、子どもと二人です", []),
        ("ママが、病気で寝てるんです", ["family_member=母"]),
        ("前妻の息子がいます", ["family_member=息子"]),
        ("妻の母がいます", ["family_member=妻", "family_member=義母"]),
        ("この前、夫の母が倒れました", ["family_member=夫", "family_member=義母"]),
        ("主人の母、去年亡くなりまして", ["family_member=夫"]),
        ("妹の息子がいます", ["family_member=妹"]),
    ],
)
def test_who_is_of_the_family_is_seen_from_who_speaks(said: str, facts: list[str]) -> None:
    assert _facts(said, "", "family_member") == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("次はいつごろお越しになれますか。", "12月です。", []),
        ("いつ頃までに必要ですか。", "今月末です。", []),
        ("いつまでに出すように言われたんですか。", "10月の末です。", []),
        ("引っ越しはいつ頃されたんですか。", "12月です。", []),
        ("ご主人が亡くなられたのはいつ頃ですか。", "9月です。", ["event_date=9月"]),
        ("いつ頃けがをされたんですか。", "先月の末です。", ["event_date=先月の末"]),
        ("それは、いつごろのことですか。", "9月の、20日ごろです。", ["event_date=9月20日"]),
    ],
)
def test_only_what_has_happened_has_a_date(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked, "event_date") == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("血圧は高くないです", []),
        ("血圧は高くありません", []),
        ("血圧は高くはないです", []),
        ("血圧が高いわけじゃないです", []),
        ("骨を折ってはいませんでした", []),
        ("骨は折れていません", []),
        ("担当の方が骨を折ってくれました", []),
        ("血圧が高くて、薬を飲んでいます", ["illness=高血圧"]),
        ("血圧が高くて、仕事ができません", ["illness=高血圧"]),
        ("骨を折ってしまって、働けません", ["illness=骨折"]),
    ],
)
def test_what_is_denied_is_no_illness(said: str, facts: list[str]) -> None:
    assert _facts(said, "", "illness") == facts
