"""What is sought, feared or over, and no fact."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "収入が月二十万くらい稼げたらなあと思います", []),
        ("", "今の家賃7万円の部屋から移りたいんです", ["rent_monthly=70000"]),
        ("", "子どもは二人くらい欲しかったんですけどね", []),
        ("", "うつ病でも手帳はもらえるんでしょうか", []),
        ("", "糖尿の気があると言われました", []),
        ("", "口座に一万円ないんです", []),
        ("", "養育費は月四万円くらいが目安なんだそうです", []),
        ("", "三か月滞納すると契約を解除されることがあると聞きました", []),
        ("", "昔は子どもが三人いたんですけど", []),
        ("", "去年まで国保だったんです", []),
        ("", "前は療育手帳のBを持ってたんですけど", []),
        ("", "前から療育手帳のBを持ってます", ["handbook=療育手帳B"]),
        ("", "父は要介護4で去年亡くなりました", []),
        ("", "母は要介護3で、父は去年亡くなりました", ["family_member=母", "care_level=要介護3"]),
        ("", "医者には糖尿の手前だって言われて", []),
    ],
)
def test_what_is_sought_feared_over_or_a_rule_is_not_told_as_so(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts
