"""Levels of care."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("母は予解午さんです", ["family_member=母", "care_level=要介護3"]),
        ("要支援1だったのが、今度、要介護1に上がりました", ["care_level=要介護1"]),
        ("要支援2から、要介護1へ上がりました", ["care_level=要介護1"]),
        ("要介護3から今は要介護2になりました", ["care_level=要介護2"]),
        ("母は要介護2だと言われました", ["family_member=母", "care_level=要介護2"]),
        ("要介護3未満だと入れないそうで", []),
        ("もうすぐ要介護3になりそうです", []),
        ("要介護2を申請中です", []),
        ("要介護になってからの暮らし", []),
        ("要介護後の生活", []),
    ],
)
def test_a_level_of_care_is_the_one_that_holds_now(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


def test_who_explains_whom_a_rule_is_for_tells_of_nobody_present() -> None:
    assert facts_in("障害者手帳2級の方ですと、バスが半額です") == []
    assert facts_in("要介護2の方だと、費用は月2万円までです") == []
    assert facts_in("父は要介護2の方です") == ["family_member=父", "care_level=要介護2"]
