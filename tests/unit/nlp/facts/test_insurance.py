"""Health insurance: which one there is, or that there is none."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "保険証が、多分、切れてます", ["insurance=なし"]),
        ("", "会社の保険でした。今はもうないです", ["insurance=なし"]),
        ("", "国保です", ["insurance=国保"]),
        ("", "保険証がありません", ["insurance=なし"]),
        ("健康保険はどちらでしょうか。", "国保です", ["insurance=国保"]),
        ("加入されている健康保険はどちらでしょうか。", "国法です", ["insurance=国保"]),
        ("健康保険は、今、どうなっていますか。", "辞めたときに返して、それっきりです。", ["insurance=なし"]),
        ("健康保険は、入っておられますか。", "入ってないです。", ["insurance=なし"]),
        ("健康保険には、入っていますか。", "扶養に入ってます。", ["insurance=社保"]),
        ("保険証はお持ちですか。", "前のは返したので、今は何もないです", ["insurance=なし"]),
        ("保険証はお持ちですか。", "会社のじゃなくて、国保、", ["insurance=国保"]),
        ("保険は、会社のですか。", "ううん、国保", ["insurance=国保"]),
    ],
)
def test_health_insurance_is_told_by_its_name_or_its_lack(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("健康保険はどちらですか。", "ちょっとわからないです", []),
        ("健康保険はどちらですか。", "よく覚えてないんです", []),
        ("健康保険はどちらですか。", "今はないです", ["insurance=なし"]),
        ("保険証はお持ちですか。", "はい、問題ないです", []),
        ("保険証はお持ちですか。", "いいえ、持ってないです", ["insurance=なし"]),
        ("保険証はありますか。", "今日は持って来てないんです", []),
        ("健康保険は、入っておられますか。", "民間の保険には入ってないです", []),
        ("保険証はお持ちですか。", "お金が、ないんです", []),
        ("健康保険は。", "スマホを持ってないんです", []),
        ("健康保険は。", "会社を辞めて、切れたままです", ["employment=無職", "insurance=なし"]),
        ("", "夫の健康保険証を返しました", ["family_member=夫"]),
        ("", "失業保険の手続きはまだしてません", []),
        ("", "雇用保険の加入をしてませんでした", []),
        ("", "健康保険の手続きはまだしてません", ["insurance=なし"]),
        ("", "介護保険証を返しました", []),
        ("", "父が亡くなって、保険証を返しました", []),
        ("", "保険証は会社に返しました", ["insurance=なし"]),
        ("", "がん保険は入ってません", []),
        ("", "医療保険には入ってない", []),
        ("", "保険には入ってません", ["insurance=なし"]),
        ("", "夫の扶養から外れて、保険がないんです", ["family_member=夫", "insurance=なし"]),
        ("", "国保の保険料が高くて、入ってないんです", []),
        ("", "国保の保険料が高くなると聞いて心配で", []),
        ("", "国保の保険料が届いてないんです", []),
        ("", "国保の保険料が高くて、払えません", ["insurance=国保"]),
        ("", "離婚する前は夫の会社の扶養に入ってました", ["family_member=夫"]),
        ("", "今は夫の会社の扶養に入っています", ["family_member=夫", "insurance=社保"]),
        ("", "国保の手続きも、まだしていません", ["insurance=なし"]),
        ("", "失業保険も切れました", []),
    ],
)
def test_only_a_lack_of_ones_own_health_insurance_is_one(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "国保に切り替えたいんですが、払えるか不安で", []),
        ("", "国保は入ってなくて、家賃を払ってないんです", []),
        ("", "国保をまだ払えてないんです", ["insurance=国保"]),
        ("", "友達が国保を滞納していて", []),
        ("", "去年までは社保で、今は国保です", ["insurance=国保"]),
        ("", "国保の督促状が来てて、払えてないんです", ["insurance=国保"]),
        ("", "国保に入っていないので", []),
        ("保険は、会社のですか。", "いえ、国保に入れますか", []),
    ],
)
def test_who_owes_its_premium_has_it_and_who_joins_or_left_has_not(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "健康保険は任意継続にしています", ["insurance=社保"]),
        ("保険は、どうされましたか。", "会社の保険を、任意継続に切り替えました。", ["insurance=社保"]),
        ("保険証は。", "後期高齢の、あれです", ["insurance=後期高齢者医療"]),
        ("", "もう後期高齢者医療に入ってます", ["insurance=後期高齢者医療"]),
        ("健康保険は。", "国保のまんまでございます", ["insurance=国保"]),
        ("", "給料から社会保険が引かれてます", ["insurance=社保"]),
        ("保険証を見せてもらえますか。", "協会けんぽって書いてます", ["insurance=社保"]),
        ("", "母の扶養の社保です", ["family_member=母", "insurance=社保"]),
        ("", "社会保険から国保に変わりました", ["insurance=国保"]),
        ("", "夫の扶養を抜けて、国保になりました", ["family_member=夫", "insurance=国保"]),
        ("", "任意継続にしたほうが安いですか", []),
        ("", "任意継続はもうやめました", []),
        ("", "後期高齢の通知が隣に来たそうです", []),
    ],
)
def test_each_scheme_is_told_by_its_own_name(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("会社の保険に入っておられますか。", "はい、そうです。", ["insurance=社保"]),
        ("保険は国保ですね。", "ええ。", ["insurance=国保"]),
        ("国保ですか、社保ですか。", "はい。", []),
        ("国保ですか、社保ですか。", "国保。", ["insurance=国保"]),
        ("国保か社保か、どちらですか。", "社保だと思います。", ["insurance=社保"]),
        ("国保ですか、社保ですか。", "入ってません。", ["insurance=なし"]),
        ("国保ですか、社保ですか。", "どちらもないです。", ["insurance=なし"]),
        ("国保ですか、社保ですか。", "夫の扶養です。", ["family_member=夫", "insurance=社保"]),
        ("国保料は払えていますか。", "持ってません。", []),
        ("国保の手続きはされましたか。", "はい。", []),
        ("国保ですか。", "いえ、社保です。", ["insurance=社保"]),
        ("国保ですか。", "はい、前は。今は違います。", []),
    ],
)
def test_a_question_that_is_affirmed_tells_the_insurance(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("国民健康保険税の相談で来ました", ["insurance=国保"]),
        ("国保料が月に1万8千円です", ["insurance=国保"]),
        ("国保が、春からの半年分です", ["insurance=国保"]),
        ("国保は全額免除になってます", ["insurance=国保"]),
        ("国保料が4万円になるって聞きました", []),
        ("国保は減免してもらえますか", []),
    ],
)
def test_the_premium_tells_of_national_insurance(said: str, facts: list[str]) -> None:
    assert [fact for fact in facts_in(said) if fact.startswith("insurance")] == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "社保を抜けてから、どこにも入ってないんです", ["insurance=なし"]),
        ("保険証は。", "なんも入っとらんとです", ["insurance=なし"]),
        ("保険証は返しましたか。", "返した。今はないです。", ["insurance=なし"]),
        ("", "保険に入っておらず、病院に行けません", ["insurance=なし"]),
        ("", "財布には何も入ってないです", []),
        ("生命保険には。", "どこにも入ってないです", []),
    ],
)
def test_who_is_in_none_has_none(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


def test_a_rough_denial_denies_and_a_pause_does_not() -> None:
    assert facts_in("保険証がねえんだ") == ["insurance=なし"]
    assert facts_in("保険には入ってねえんだ") == ["insurance=なし"]
    assert facts_in("保険証がねえ、見つからなくて") == []
    assert facts_in("国保ですねえ", "保険は何ですか。") == ["insurance=国保"]
