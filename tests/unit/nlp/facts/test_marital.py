"""Whether one is married, divorced or widowed."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "うちの人は去年亡くなりました", ["marital=死別"]),
        ("", "うちの人は足が悪くて", ["family_member=夫"]),
        ("", "しゅじん、なくなりました。去年", ["marital=死別"]),
        ("ご主人は。", "もう十年前に見送りました", ["marital=死別"]),
        ("ご主人は。", "十年前に母を見送りましたが", ["family_member=母"]),
        ("", "おらは独り身だ", ["marital=未婚"]),
        ("", "離婚して、今は独身です", ["marital=離婚"]),
        ("ご結婚はされていますか。", "したことないです", ["marital=未婚"]),
        ("ご結婚は。", "いえ、まだです", ["marital=未婚"]),
    ],
)
def test_who_lost_the_partner_is_not_unmarried(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("夫と死に別れて五年です", ["marital=死別"]),
        ("主人は3年前にがんで亡くなりました", ["marital=死別", "illness=がん"]),
        ("旦那とは籍抜いて二年になります", ["family_member=夫", "marital=離婚"]),
        ("まだ籍は抜いてないです", []),
    ],
)
def test_how_a_marriage_ended_in_plain_words(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts
