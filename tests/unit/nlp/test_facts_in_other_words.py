"""Facts as people tell them who were never heard before: in dialect, in half a sentence, of the dead."""

from datetime import date

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer


def _facts(said: str, asked: str = "") -> list[str]:
    found = plain_analyzer().analyze("u0001", 0, said, asked=asked, held_on=date(2026, 11, 23))
    return [f"{fact.name}={fact.value}" for fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("親父のことですねん", ["family_member=父"]),
        ("兄貴が借金を作りまして", ["family_member=兄"]),
        ("おかんが倒れてん", ["family_member=母"]),
        ("うちの人が、働かんのですわ", ["family_member=夫"]),
        ("お母さんが、ずっと働いてて、帰ってこないんです", ["family_member=母"]),
        ("うちのお母さんが、倒れて", ["family_member=母"]),
        ("訪問先のお母さんが心配で", []),
        ("主人の母と同居しています", ["family_member=夫", "family_member=義母"]),
        ("義理の父の介護をしています", ["family_member=義父"]),
        ("長男の嫁に、迷惑をかけられません", ["family_member=長男"]),
        ("私は息子で、隣の市から来ました", []),
    ],
)
def test_the_family_has_many_names(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


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
    ],
)
def test_who_is_gone_is_no_longer_of_the_family(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お子さんは、いらっしゃいますか。", "二人います。", ["children=2"]),
        ("", "あっちも、子どもが3人おって大変やさかい、よう頼まん", []),
        ("", "隣の家の子が5歳で、うるさくて", []),
        ("", "メールが1歳", []),
        ("", "生後8か月の子を一人で見ています", ["child_age=0"]),
        ("ご年齢は。", "はたちになったばっかりです。", ["resident_age=20"]),
        ("お名前は。", "鈴木一郎、26、あ、こないだ誕生日だったんで、27歳か。", ["resident_age=27"]),
        ("お父様のお名前をお願いします。", "田中一郎。", []),
        (
            "お子さんの学年は。",
            "上が中3で、下が小6です。",
            ["school_year=中学3年生", "school_year=小学6年生"],
        ),
        ("", "娘は今年、小学校に上がりました", ["family_member=娘", "school_year=小学1年生"]),
    ],
)
def test_ages_and_children(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        (
            "今、お仕事は。クリーニングの工場で、パートです。",
            "7万、あ、先月は休んだから、6万5千円でした。",
            ["income_monthly=65000"],
        ),
        ("お住まいは、借りておられるんですか。", "古いアパートで、3万4千円。", ["rent_monthly=34000"]),
        ("", "カードで60万、あー、リボも入れたら、全部で85万円くらい", ["debt=850000"]),
        ("年金を納めてくださいって紙が来て", "月に1万7920円。", []),
        ("収入は、どのくらいですか。", "先月は9万で、今月は7万5千円です。", ["income_monthly=75000"]),
        ("", "前の旦那からは、月3万円もらっています", ["family_member=元夫", "support_payment=30000"]),
        ("", "傷病手当金が、月に13万円出ています", ["income_monthly=130000"]),
        ("お家賃は。", "月に、6万と5千円です。", ["rent_monthly=65000"]),
        ("", "5万7千円の部屋を借りてます", ["rent_monthly=57000"]),
        ("お手持ちのお金は。", "もう、千円札が2枚です。", []),
        ("", "今、持ってるのは、800円だけです", ["cash=800"]),
        ("年金はおいくらですか。", "ふた月に一度、12万円です。", []),
        ("お家賃は。5万8千円。", "先月のが、まだ払えてへん。", ["arrears_months=1"]),
        ("", "先月と今月、家賃が払えてないんです", ["arrears_months=2"]),
        ("", "今月の家賃が、払えないんです", []),
    ],
)
def test_money(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


def test_a_second_thought_in_the_next_line_corrects_the_first() -> None:
    found = plain_analyzer().analyze("u2", 0, "あ、今月から9万円ですけど", asked="私もパートで。月に8万、")
    assert [(fact.value, fact.corrects) for fact in found if isinstance(fact, Fact)] == [(90000, True)]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お仕事は、今どうされていますか。", "休んでます。", ["employment=休職中"]),
        ("お仕事は、今どうされていますか。", "土日は休んでます。", []),
        ("お仕事は、されていますか。", "いえ、今は何も。", ["employment=無職"]),
        ("今は、お仕事は。", "辞めました。介護で、どうしても。", ["employment=無職"]),
        ("お仕事は。", "バイトっす。居酒屋の。", ["employment=アルバイト"]),
        ("", "育休中の社員の手続きで来ました", []),
        ("", "今年の春に旦那の会社が潰れて", ["family_member=夫"]),
        ("", "10日前に、解雇を言い渡されました", ["job_lost=10日前", "employment=無職"]),
        ("健康保険は、今、どうなっていますか。", "辞めたときに返して、それっきりです。", ["insurance=なし"]),
        ("健康保険は、入っておられますか。", "入ってないです。", ["insurance=なし"]),
        ("健康保険には、入っていますか。", "扶養に入ってます。", ["insurance=社保"]),
        ("", "国保の手続きも、まだしていません", ["insurance=なし"]),
        ("", "失業保険も切れました", []),
        ("手帳は、お持ちですか。", "3級です。", ["handbook=3級"]),
        ("手帳は、お持ちですか。", "持ってへんのです。", ["handbook=なし"]),
        ("手帳は、お持ちですか。", "それは、どんなものですか。ないです。", ["handbook=なし"]),
        ("", "障害者手帳なんか、そんなのは、持ってません", ["handbook=なし"]),
        ("", "身体の手帳が2級なんです", ["handbook=身体の手帳2級"]),
        ("養育費は。", "最初の半年だけで、今はもう来ないです。", ["support_payment=なし"]),
        ("", "要支援1だったのが、今度、要介護1に上がりました", ["care_level=要介護1"]),
        ("", "私も、貧血がひどくて", ["illness=貧血"]),
        ("", "肺炎はもう治りました", []),
        ("", "同僚がうつ病になって、仕事が増えて", []),
    ],
)
def test_work_insurance_and_care(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


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
    ],
)
def test_only_a_lack_of_ones_own_health_insurance_is_one(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("病気はお仕事に影響していますか。", "いいえ、大丈夫です。", []),
        ("仕事中に電話に出られますか。", "いいえ、", []),
        ("お仕事を休まれていますか。", "いいえ、出ています。", []),
        ("正社員で働いていますか。", "いいえ、", []),
        ("今、働いておられますか。", "いいえ、体をこわして。", ["employment=無職"]),
        ("お仕事は続けておられますか。", "いいえ、", ["employment=無職"]),
        ("お仕事のことで困っていることはありますか。", "いえ、特に何も。", []),
        ("お仕事はどうされていますか。", "いえ、特に何も。", ["employment=無職"]),
        ("お仕事はどうされていますか。", "子どもが学校を休んでるので、昼だけ出てます", []),
        ("お仕事はどうされていますか。", "先月からちょっと休んでます", ["employment=休職中"]),
        ("", "今日、仕事を休んでいるんです", []),
        ("", "先月から仕事を休んでいるんです", ["employment=休職中"]),
    ],
)
def test_no_and_a_rest_are_of_work_only_where_work_is_asked(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("緑町2丁目、65歳です", ["address=緑町2丁目", "resident_age=65"]),
        ("緑町2丁目3番、2階です", ["address=緑町2丁目3番"]),
        ("緑町2丁目、12月に引っ越してきました", ["address=緑町2丁目"]),
        ("緑町2丁目14番地、あ、203号室です", ["address=緑町2丁目14番地203号室"]),
        ("緑町2丁目14番地、あ、15番地です", ["address=緑町2丁目15番地"]),
        ("緑町2丁目3の4、いや、3の5です", []),
        ("緑町2丁目3番、電話は090-1234-5678です", ["address=緑町2丁目3番", "phone=09012345678"]),
        ("桜町の3丁目、5番の12号です", ["address=桜町3丁目5番12号"]),
    ],
)
def test_an_address_ends_where_another_number_begins(said: str, facts: list[str]) -> None:
    assert _facts(said, "ご住所は。") == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("銀行に月々2万円だけ返してます", []),
        ("銀行に毎月8万円入ってきます", []),
        ("口座に毎月8万円入ってきます", []),
        ("銀行に8万円残ってます", ["cash=80000"]),
        ("バイトで10万円貯めました", []),
        ("バイトで1万円の靴を買いました", []),
        ("バイトで8万円くらいもらってます", ["income_monthly=80000"]),
        ("会社から5万円もらいました", []),
        ("2社から50万円です", ["debt=500000"]),
        ("電気代が8千円、あ、ガス代が5千円です", ["cost_monthly=8000", "cost_monthly=5000"]),
        ("電気代が8千円、あ、9千円です", ["cost_monthly=9000"]),
        ("給料が8万、あ、年金が6万円です", ["income_monthly=80000", "income_monthly=60000"]),
        ("バイトで5万、年金が6万です", ["income_monthly=50000", "income_monthly=60000"]),
        ("今月の家賃を払ってんねん", []),
        ("今月の家賃を払うてへんねん", ["arrears_months=1"]),
        ("家賃を12か月滞納しています", ["arrears_months=12"]),
        ("家賃を二三か月滞納しています", ["arrears_months=2〜3"]),
    ],
)
def test_money_that_is_neither_kept_nor_earned_nor_owed(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("いつ、亡くなられたんですか。", "9月の12日、いえ、13日です。", ["event_date=9月13日"]),
        ("いつのことですか。", "おとといです。", ["event_date=おととい"]),
        ("", "おととい、母が転びました", ["event_date=おととい", "family_member=母"]),
        ("", "離婚したのは、9月25日です", ["marital=離婚", "event_date=9月25日"]),
        ("それは、いつごろのことですか。", "9月の、20日ごろです。", ["event_date=9月20日"]),
        ("", "三日前に救急車で運ばれて", ["event_date=三日前"]),
        ("", "先月、風呂場で転んで", []),
        ("", "毎年12月に入院してるんです", []),
        ("ご住所は。", "緑町2丁目の、14番地、いや、14番6号です。", ["address=緑町2丁目14番6号"]),
        ("電話番号は。", "090-2222-3333、じゃない、3334です。", ["phone=09022223334"]),
    ],
)
def test_days_and_places(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts
