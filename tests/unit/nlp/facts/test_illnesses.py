"""Illnesses: by name, by sound, and none that is denied or of others."""

import pytest

from consult_assist.nlp.facts.illnesses import whole_illnesses
from consult_assist.nlp.facts.passage import FoundFact
from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("下の子が喘息です", ["illness=ぜんそく"]),
        ("父は胃癌です", ["family_member=父", "illness=胃がん"]),
        ("ADHDと言われました", ["illness=ADHD"]),
        ("えっと打つ秒で、病院に通っています", ["illness=うつ病"]),
        ("会洋制大長縁と診断されて", ["illness=潰瘍性大腸炎"]),
        ("私も、貧血がひどくて", ["illness=貧血"]),
    ],
)
def test_an_illness_is_told_by_its_name_or_by_its_sound(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    "said",
    [
        "肺炎はもう治りました",
        "うつ病だったんですが、今はもう治っています",
        "40歳のときに発病しました",
        "同僚がうつ病になって、仕事が増えて",
        "うつ病になりそうで怖いです",
    ],
)
def test_what_is_feared_healed_or_of_others_is_no_illness(said: str) -> None:
    assert facts_in(said) == []


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
        ("肺炎が治っていません", ["illness=肺炎"]),
    ],
)
def test_what_is_denied_is_no_illness(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "name"),
    [
        # built by their endings
        ("子宮筋腫で、来月手術です", "子宮筋腫"),
        ("脳腫瘍が見つかって", "脳腫瘍"),
        ("過敏性腸症候群で、会社に行けません", "過敏性腸症候群"),
        ("高次脳機能障害が残りました", "高次脳機能障害"),
        ("腹部の動脈瘤で、入院しています", "動脈瘤"),
        # where in the body
        ("股関節の骨折で、動けません", "股関節の骨折"),
        ("足首の骨折で、動けません", "足首の骨折"),
        ("胸椎圧迫骨折で、寝ています", "胸椎圧迫骨折"),
        ("大腸がんをやりまして", "大腸がん"),
        ("膵臓の癌です", "膵臓のがん"),
        ("椎間板ヘルニアです", "椎間板ヘルニア"),
        # one name, however it was said
        ("アルツハイマー型の認知症です", "アルツハイマー型認知症"),
        ("骨粗鬆症の薬を飲んでいます", "骨粗しょう症"),
        ("糖尿もあって、足が悪いんです", "糖尿病"),
        ("パーキンソンで、手が震えるんです", "パーキンソン病"),
        ("血圧と、糖尿で病院に通っています", "高血圧"),
        ("メニエール病で、めまいがします", "メニエール病"),
        ("ギャンブル依存症です", "ギャンブル依存症"),
        ("眠れなくて、うつになりました", "うつ"),
        ("透析だから、週に三日は病院です", "透析"),
        ("仕事で腰を痛めました", "腰痛"),
        ("腰が悪くて、重いものが持てません", "腰痛"),
        # ahead of it stands no particle
        ("去年肺炎で入院して", "肺炎"),
    ],
)
def test_an_illness_has_its_whole_name(said: str, name: str) -> None:
    assert f"illness={name}" in facts_in(said)


@pytest.mark.parametrize(
    "said",
    [
        "胃がん検診の案内が来ました",
        "肺がん保険に入っています",
        "身体障害者手帳のことで来ました",
        "障害年金をもらっています",
        "腰は悪くないです",
        "腰が悪いわけじゃないんです",
        "血圧の薬を飲んでいます",
    ],
)
def test_what_only_sounds_like_an_illness_is_none(said: str) -> None:
    assert facts_in(said) == []


def test_a_part_of_a_name_is_no_illness_of_its_own() -> None:
    whole, part = FoundFact("illness", "統合失調症", 0, 5), FoundFact("illness", "失調症", 2, 5)
    other = FoundFact("illness", "てんかん", 7, 11)
    assert list(whole_illnesses([part, whole, other])) == [whole, other]
