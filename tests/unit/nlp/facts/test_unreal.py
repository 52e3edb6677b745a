"""What is sought or feared, and no fact."""

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
    ],
)
def test_what_is_sought_feared_or_a_rule_is_not_told_as_so(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
