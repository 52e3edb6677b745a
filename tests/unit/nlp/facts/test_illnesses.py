"""Illnesses: by name, by sound, and none that is denied or of others."""

import pytest

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
    ],
)
def test_what_is_denied_is_no_illness(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts
