"""Money for children of those who parted, levels of care, and handbooks."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "養育費はもらっていません", ["support_payment=なし"]),
        ("養育費は受け取っていますか。", "いえ、もらっていません", ["support_payment=なし"]),
        (
            "",
            "モトウォットからは用意区域をもらっていないんです",
            ["family_member=元夫", "support_payment=なし"],
        ),
        ("養育費は。", "最初の半年だけで、今はもう来ないです。", ["support_payment=なし"]),
        ("", "養育費はもらっていますか", []),
    ],
)
def test_support_that_does_not_come_is_none(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("母は予解午さんです", ["family_member=母", "care_level=要介護3"]),
        ("要支援1だったのが、今度、要介護1に上がりました", ["care_level=要介護1"]),
        ("要介護になってからの暮らし", []),
        ("要介護後の生活", []),
    ],
)
def test_a_level_of_care_is_the_one_that_holds_now(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "療育手帳のB1を持っています", ["handbook=療育手帳のB1"]),
        ("手帳はお持ちですか。", "まだ持っていません", ["handbook=なし"]),
        ("手帳は、お持ちですか。", "3級です。", ["handbook=3級"]),
        ("手帳は、お持ちですか。", "持ってへんのです。", ["handbook=なし"]),
        ("手帳は、お持ちですか。", "それは、どんなものですか。ないです。", ["handbook=なし"]),
        ("", "障害者手帳なんか、そんなのは、持ってません", ["handbook=なし"]),
        ("", "身体の手帳が2級なんです", ["handbook=身体の手帳2級"]),
    ],
)
def test_a_handbook_is_told_with_its_grade_or_denied(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
