"""Facts that need the question before them, that are corrected, or that were misheard."""

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer


def _facts(said: str, asked: str = "", *, by_clerk: bool = False) -> list[str]:
    found = plain_analyzer().analyze("u0001", 0, said, asked=asked, by_clerk=by_clerk)
    return [f"{fact.name}={fact.value}" for fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        (
            "家賃はいくらで、何か月分たまっていますか。",
            "5万円で、2か月分です",
            ["rent_monthly=50000", "arrears_months=2"],
        ),
        ("毎月の返済はおいくらですか。", "6万5千円です", []),
        ("お子さんは何人ですか。", "はい、二人です", ["children=2"]),
        ("お子さんはおいくつですか。", "七つと四つです", ["child_age=7", "child_age=4"]),
        ("ご年齢は。", "五十です", ["resident_age=50"]),
        ("母のことなんですけど。", "82歳で一人暮らしです", []),
        ("私は。", "72で年金暮らしだから", ["resident_age=72"]),
        ("お仕事はいつ辞められたんですか。", "八月の末です", ["job_lost=八月の末"]),
        ("お仕事がなくなったのはいつですか。", "6月の終わりです", ["job_lost=6月の終わり"]),
        ("お子さんはおいくつですか。", "下が十一年で上が十四歳です", ["child_age=11", "child_age=14"]),
        ("お子さんはおいくつですか。", "ごとしです", ["child_age=5"]),
        ("養育費は受け取っていますか。", "いえ、もらっていません", ["support_payment=なし"]),
        ("手帳はお持ちですか。", "まだ持っていません", ["handbook=なし"]),
        ("健康保険はどちらでしょうか。", "国保です", ["insurance=国保"]),
        ("離婚はされましたか。", "はい、先月しました", ["marital=離婚"]),
        ("生年月日をお願いします。", "昭和五十五年十二月一日です", ["birth_date=1980-12-01"]),
        (
            "連絡先を教えてください。",
            "ゼロきゅうゼロ、いちにさんよん、ごろくななはちです",
            ["phone=09012345678"],
        ),
    ],
)
def test_an_answer_is_read_with_its_question(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("家賃は5万、あ、すみません、6万です", ["rent_monthly=60000"]),
        ("借金は300万、いや、350万円です", ["debt=3500000"]),
        ("家賃が6万から7万に上がって", ["rent_monthly=70000"]),
        ("ガス代を三、四か月滞納してます", ["arrears_months=3〜4"]),
        ("バイト代は月に4、5万円です", []),
    ],
)
def test_what_is_taken_back_or_only_rough_is_not_stated(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "下の子が発祭で、上の子が12歳です", ["child_age=8", "child_age=12"]),
        ("", "財布に2世年くらいしかなくて", ["cash=2000"]),
        ("ご年齢を教えてください。", "サトタロ502年です", ["resident_age=52"]),
        ("息子さんはおいくつですか。", "9年小学3年です", ["child_age=9", "school_year=小学3年生"]),
        ("お仕事はいつ辞められたんですか。", "8つきの添えです", ["job_lost=8月の末"]),
        ("", "えっと打つ秒で、病院に通っています", ["illness=うつ病"]),
        ("", "会洋制大長縁と診断されて", ["illness=潰瘍性大腸炎"]),
        ("", "音の給料が月22万円なので", ["family_member=夫", "income_monthly=220000"]),
        ("加入されている健康保険はどちらでしょうか。", "国法です", ["insurance=国保"]),
        (
            "",
            "モトウォットからは用意区域をもらっていないんです",
            ["family_member=元夫", "support_payment=なし"],
        ),
    ],
)
def test_figures_and_words_are_heard_through_errors(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    "said",
    [
        "たとえば家賃が三万円なら、全額出ます",
        "家賃が5万円でも大丈夫ですか",
        "所得が208万円未満なら対象になります",
        "給料を一円ももらっていません",
        "友達の家賃は3万円だそうです",
        "若いころは月30万円稼いでいました",
        "妊娠八か月、分娩の予約金が払えません",
        "発達検査で一年半遅れてるって言われて",
        "母子二人でアパートを出ます",
        "離婚した人が毎月もらう手当の申請は",
        "小さなお店を始めたいので、資金を借りる相談を",
        "国保に入っていないので",
        "三万円でいいから貸してほしい",
        "うつ病になりそうで怖いです",
        "10万円借りられますか",
    ],
)
def test_wishes_conditions_and_other_people_state_nothing(said: str) -> None:
    assert _facts(said) == []


def test_a_clerk_states_no_facts() -> None:
    assert _facts("家賃は5万円です", by_clerk=True) == []
    assert _facts("国民健康保険料は、分割で納める相談ができます。保険年金課へご案内いたします") == []
