"""Money for children of those who parted."""

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
        (
            "養育費は受け取っていますか。",
            "最初はもらっていましたが、今はもらっていません",
            ["support_payment=なし"],
        ),
        ("", "養育費はもらっていますか", []),
    ],
)
def test_support_that_does_not_come_is_none(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
