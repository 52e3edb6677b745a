"""The family: who belongs to it, and whether one is married."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "親父のことですねん", ["family_member=父"]),
        ("", "兄貴が借金を作りまして", ["family_member=兄"]),
        ("", "おかんが倒れてん", ["family_member=母"]),
        ("", "うちの人が、働かんのですわ", ["family_member=夫"]),
        ("", "お母さんが、ずっと働いてて、帰ってこないんです", ["family_member=母"]),
        ("", "うちのお母さんが、倒れて", ["family_member=母"]),
        ("", "訪問先のお母さんが心配で", []),
        ("", "主人の母と同居しています", ["family_member=夫", "family_member=義母"]),
        ("", "義理の父の介護をしています", ["family_member=義父"]),
        ("", "長男の嫁に、迷惑をかけられません", ["family_member=長男"]),
        ("", "私は息子で、隣の市から来ました", []),
        ("", "マゴのことで来ました", ["family_member=孫"]),
        ("", "いもうとがいます", ["family_member=妹"]),
        ("", "元旦那と連絡が取れません", ["family_member=元夫"]),
        ("", "お父と妹がいて", ["family_member=弟", "family_member=妹"]),
        ("", "かないが入院しました", ["family_member=妻"]),
        ("生活費は。", "毎晩、兄から、五百円渡されます", ["family_member=兄"]),
        ("", "同居しているのは母なので", ["family_member=母"]),
        ("", "音の給料が月22万円なので", ["family_member=夫", "income_monthly=220000"]),
    ],
)
def test_the_family_has_many_names(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


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
        ("うちは母親なので、一人で育てています", []),
        ("娘は、弟のごはんも作ってくれます", ["family_member=娘"]),
        ("実家の弟に、話してみます", ["family_member=弟"]),
    ],
)
def test_who_is_of_the_family_is_seen_from_who_speaks(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    "said",
    [
        "お父とお母がいて",
        "お父が来ました",
        "うまくいかないがどうにか暮らしています",
        "家は主人が建てた、古い家です",
        "つまらないですが、高校に年間いくらかかりますか",
        "ひとりで子どもを育てています",
    ],
)
def test_what_only_sounds_like_kin_is_nobody(said: str) -> None:
    assert facts_in(said) == []


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("夫の死亡届は、出したんですけど", ["marital=死別"]),
        ("母は5年前に、父は去年亡くなりました", []),
        ("父も母も、もう亡くなっています", []),
        ("嫁はんとは、5年前に別れたし", ["marital=離婚"]),
        ("薬を飲んだかどうか、母が自分でわからなくなっていて", ["family_member=母"]),
        ("夫に死んでと言われて", ["family_member=夫"]),
        ("夫が死にたいと言うようになって", ["family_member=夫"]),
        ("夫が去年亡くなりまして", ["marital=死別"]),
        ("夫が、先週亡くなりまして", ["marital=死別"]),
        ("つまが先月なくなりました", ["family_member=妻", "marital=死別"]),
        ("おっとが、先月なくなりまして", ["marital=死別"]),
    ],
)
def test_who_is_gone_is_no_longer_of_the_family(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
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
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "去年離婚しました", ["marital=離婚"]),
        ("", "二年前にリコンしました", ["marital=離婚"]),
        ("離婚はされましたか。", "はい、先月しました", ["marital=離婚"]),
        ("", "籍も、入れてないんです", ["marital=未婚"]),
        ("", "離婚したいです", []),
        ("", "離婚はしていません", []),
        ("", "離婚した人が毎月もらう手当の申請は", []),
    ],
)
def test_whether_one_is_married_is_told_not_wished_or_denied(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "離婚の判は、先月押しました", ["marital=離婚"]),
        ("", "主人が借金を作って出ていきまして", ["family_member=夫", "marital=別居"]),
        ("", "夫はよその県にいて、帰ってきません", ["family_member=夫", "marital=別居"]),
        ("", "女房は実家に帰るって行ったきりです", ["family_member=妻", "marital=別居"]),
        ("", "夫とは、別々のアパートに住んでいます", ["family_member=夫", "marital=別居"]),
        ("", "結婚は一度もしていません", ["marital=未婚"]),
        ("", "私は独り者です", ["marital=未婚"]),
        ("", "再婚で、妻には連れ子がいます", ["marital=既婚", "family_member=妻"]),
        ("", "女房は、春に逝きました", ["marital=死別"]),
        ("", "主人の葬式で、蓄えがなくなりました", ["marital=死別"]),
        ("", "妻が買い物に出ていきまして", ["family_member=妻"]),
        ("", "子どもが家を出ていったので、一人です", []),
        ("前のご主人から養育費は。", "再婚したから減らしてほしいって言われて", []),
    ],
)
def test_a_marriage_is_told_of_in_many_ways(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("ご結婚されて何年ですか。", "もう20年です", ["marital=既婚"]),
        ("ご主人が亡くなられたのは。", "去年の暮れでした", ["marital=死別"]),
        ("ご主人が亡くなられたんですか。", "いえ、去年倒れまして", []),
        ("奥さまとはどうなりましたか。", "判を押したのが5月です", ["marital=離婚"]),
        ("奥さまとはどうなりましたか。", "まだ判は押していません", []),
        ("奥さまとは。", "5年前に別れてます", ["marital=離婚"]),
        ("ご主人とは今。", "私が実家に帰ってきてます", ["marital=別居"]),
        ("ご主人は。", "入院中で、私は実家に帰って母を看ています", ["family_member=母"]),
        ("離婚は、まだですか。", "はい、6月に家を出て、友達の所です", ["marital=別居"]),
    ],
)
def test_what_was_asked_of_a_couple_tells_how_they_live(asked: str, said: str, facts: list[str]) -> None:
    assert [fact for fact in facts_in(said, asked) if not fact.startswith("event_date")] == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("父はいないです", []),
        ("うちは亭主関白でして", []),
        ("母はもういません", []),
        ("夫がいないときに来ました", ["family_member=夫"]),
        ("私は姉になります", []),
        ("手続きは次男の私がします", []),
        ("父親になる人とは、連絡がとれません", []),
        ("姪がお嫁に行くんです", ["family_member=姪"]),
        ("前の亭主から、連絡が来ました", ["family_member=元夫"]),
    ],
)
def test_who_is_not_there_or_speaks_is_not_told_as_kin(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts
