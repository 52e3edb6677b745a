"""Facts by rule: stated values, and none that was asked, denied or meant otherwise."""

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer


def _facts(text: str, before: str = "") -> list[tuple[str, int | str]]:
    found = plain_analyzer().analyze("u0001", 0, text, before=before)
    return [(fact.name, fact.value) for fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "家賃は月6万5千円で、手取りは14万円です",
            [("rent_monthly", 65_000), ("income_monthly", 140_000)],
        ),
        ("家賃は8万5です", [("rent_monthly", 85_000)]),
        ("5万2000円の家賃です", [("rent_monthly", 52_000)]),
        ("家賃を三ヶ月滞納しています", [("arrears_months", 3)]),
        ("家賃払えなくて2ヶ月たまってます", [("arrears_months", 2)]),
        ("借金が200万円くらいあります", [("debt", 2_000_000)]),
        ("お金は3000円しかありません", [("cash", 3000)]),
        ("派遣で働いてて、月18万くらいです", [("employment", "派遣"), ("income_monthly", 180_000)]),
        ("パートで働いています", [("employment", "パート")]),
        ("仕事はしていません", [("employment", "無職")]),
        ("子どもが2人います", [("children", 2)]),
        ("上の子が7歳で下の子が4歳です", [("child_age", 7), ("child_age", 4)]),
        ("私は32歳です", [("resident_age", 32)]),
        ("母は80歳で、私は50歳です", [("family_member", "母"), ("resident_age", 50)]),
        ("娘は中2です", [("family_member", "娘"), ("school_year", "中学2年生")]),
        ("小学三年生です", [("school_year", "小学3年生")]),
        ("養育費はもらっていません", [("support_payment", "なし")]),
        ("養育費は月3万円もらっています", [("support_payment", 30_000)]),
        ("電話は〇九〇の1234の5678です", [("phone", "09012345678")]),
        ("電話は060の1234の5678です", [("phone", "06012345678")]),
        ("去年離婚しました", [("marital", "離婚")]),
        ("夫が去年亡くなりまして", [("marital", "死別")]),
        ("夫が、先週亡くなりまして", [("marital", "死別")]),
        ("つまが先月なくなりました", [("family_member", "妻"), ("marital", "死別")]),
        ("おっとが、先月なくなりまして", [("marital", "死別")]),
        ("二年前にリコンしました", [("marital", "離婚")]),
        ("母は予解午さんです", [("family_member", "母"), ("care_level", "要介護3")]),
        ("小学5年生と2年生です", [("school_year", "小学5年生"), ("school_year", "小学2年生")]),
        ("中学1年で、下が5年生です", [("school_year", "中学1年生"), ("school_year", "小学5年生")]),
        ("娘が一人、私が40歳です", [("family_member", "娘"), ("children", 1), ("resident_age", 40)]),
        ("去年、見せを締めました", [("job_lost", "去年"), ("employment", "無職")]),
        ("マゴのことで来ました", [("family_member", "孫")]),
        ("いもうとがいます", [("family_member", "妹")]),
        ("契約社員で役場につとめてます", [("employment", "契約社員")]),
        ("去年、店を閉めました", [("job_lost", "去年"), ("employment", "無職")]),
        ("高校さんとしの娘です", [("school_year", "高校3年生"), ("family_member", "娘")]),
        ("水道代も遅れ気味で。4か月分くらいです", [("arrears_months", 4)]),
        ("お金は、今、8千円だけです", [("cash", 8000)]),
        ("保険証が、多分、切れてます", [("insurance", "なし")]),
        ("会社の保険でした。今はもうないです", [("insurance", "なし")]),
        ("元旦那と連絡が取れません", [("family_member", "元夫")]),
        ("国保です", [("insurance", "国保")]),
        ("保険証がありません", [("insurance", "なし")]),
        ("先月、仕事をクビになりました", [("job_lost", "先月"), ("employment", "無職")]),
        ("下の子が喘息です", [("illness", "ぜんそく")]),
        ("父は胃癌です", [("family_member", "父"), ("illness", "胃がん")]),
        ("ADHDと言われました", [("illness", "ADHD")]),
        ("療育手帳のB1を持っています", [("handbook", "療育手帳のB1")]),
    ],
)
def test_what_is_stated_is_a_fact(text: str, facts: list[tuple[str, int | str]]) -> None:
    assert _facts(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "家賃はいくらですか",
        "家賃は6万円ですか",
        "お子さんは2人ですか",
        "18歳までもらえます",
        "児童扶養手当は月4万円くらいもらえます",
        "離婚したいです",
        "離婚はしていません",
        "ひとりで子どもを育てています",
        "仕事を辞めたいです",
        "お仕事はされていますか",
        "養育費はもらっていますか",
        "日雇いで、道路の仕事だったんですけど",
        "要介護になってからの暮らし",
        "要介護後の生活",
        "電話は090の123の4567です",
        "電話は060の123の4567です",
        "つまらないですが、高校に年間いくらかかりますか",
    ],
)
def test_what_is_not_stated_is_no_fact(text: str) -> None:
    assert _facts(text) == []


def test_an_answer_needs_its_question() -> None:
    assert _facts("4万8千円です", before="家賃はおいくらですか。") == [("rent_monthly", 48_000)]
    assert _facts("4万8千円です") == []
    assert _facts("そうです", before="家賃は5万円です。") == []


def test_spans_point_at_the_value() -> None:
    text = "えっと、家賃は６万円で"
    (fact,) = (item for item in plain_analyzer().analyze("u0001", 3, text) if isinstance(item, Fact))
    assert text[fact.start_char : fact.end_char] == "６万円"
    assert (fact.utterance_id, fact.revision) == ("u0001", 3)
