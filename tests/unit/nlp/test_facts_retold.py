"""Facts taken back and told anew, told from the day of the talk, or told without the word for them."""

from datetime import date

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer

_HELD_ON = date(2026, 11, 22)


def _facts(said: str, asked: str = "") -> list[str]:
    found = plain_analyzer().analyze("u0001", 0, said, asked=asked, held_on=_HELD_ON)
    return [f"{fact.name}={fact.value}" for fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("上の子は6歳、じゃなかった、じゃなくて7歳です", ["child_age=7"]),
        ("家賃は3万8千、もとい、4万8千円です", ["rent_monthly=48000"]),
        ("家賃を4か月、あ、今月で5か月、払えてません", ["arrears_months=5"]),
        ("上が9歳で、あ、下は5歳です", ["child_age=9", "child_age=5"]),
        ("子どもは二人、いや、三人です", ["children=3"]),
        ("子どもは二人、夫婦で四人です", ["children=2"]),
        ("給食費は4千円か5千円です", []),
        ("手取りが28万円あったんですけど、今は19万です", ["income_monthly=190000"]),
        ("夫婦ともパートで、土日しか休めません", ["employment=パート"]),
        ("パートではありません", []),
    ],
)
def test_only_what_stands_in_the_end_is_stated(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("下の子は去年の2月14日に生まれました", ["birth_date=2025-02-14"]),
        ("おととしの9月に離婚しました", ["event_date=2024-09", "marital=離婚"]),
        ("先月の4日に退院したばかりです", ["event_date=2026-10-04"]),
        ("2月9日に手術しました", ["event_date=2月9日"]),
        ("12月9日に手術しました", []),
        ("12月1日に退院する予定です", []),
        ("2月30日に退院しました", []),
        ("12月20日に来てと言われました", []),
    ],
)
def test_the_day_of_the_talk_tells_the_year_of_what_happened(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("届けは、018年10月15日に出しました", ["event_date=2026-10-15"]),
        ("届けは、018年12月15日に出しました", []),
        ("届けは、015年10月15日に出しました", []),
        ("届けは、18年10月15日に出しました", []),
        ("018年5月2日生まれです", []),
        ("令和18年5月2日に出しました", []),
        ("昭和3年5月2日生まれです", ["birth_date=1928-05-02"]),
        ("令和9年1月6日の生まれです", []),
        ("018年の12月に仕事を辞めました", ["job_lost=12月", "employment=無職"]),
    ],
)
def test_a_year_that_cannot_be_counts_only_where_the_day_of_the_talk_bears_it_out(
    said: str, facts: list[str]
) -> None:
    assert _facts(said) == facts


def test_without_the_day_of_the_talk_no_date_is_told_from_it() -> None:
    for said in ("届けは、018年10月15日に出しました", "去年の9月に退院しました", "先月の4日に退院しました"):
        assert not plain_analyzer().analyze("u0001", 0, said)


def test_a_birthday_may_be_cut_behind_its_year() -> None:
    assert _facts("2月8日です", "生年月日をお願いします。昭和38年。") == ["birth_date=1963-02-08"]
    assert _facts("2月8日にここへ来ました", "昭和38年。") == []


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お名前と、お年を。", "大野です。もう77だ", ["resident_age=77"]),
        ("お名前を。", "大野とし子、68です", ["resident_age=68"]),
        ("お名前とお電話番号を。", "その番号なら20です", []),
        ("お名前と生年月日を。", "大野進、昭和48、2月8日です", []),
        ("お子さんのお名前は。", "あおい、12です", ["child_age=12"]),
        ("", "あたしなんか、まだ74だもの", ["resident_age=74"]),
        ("", "うちのばあちゃんは92だから", []),
        ("保険は、会社のですか。", "ううん、国保", ["insurance=国保"]),
        ("保険は、会社のですか。", "いえ、国保に入れますか", []),
    ],
)
def test_a_bare_answer_is_read_with_its_question(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お仕事は。", "7月20日で終わりました", ["job_lost=7月20日", "employment=無職"]),
        ("お仕事は。", "1月いっぱいで終わりです", []),
        ("", "厨房を4月いっぱいで辞めたんです", ["job_lost=4月いっぱい", "employment=無職"]),
        ("", "派遣の更新をしてもらえなくて", ["employment=無職"]),
        ("", "ピアノを4月いっぱいで辞めたんです", []),
        ("", "姉の店がね、仕事がなくなって、週に2日だけなんです", ["family_member=姉"]),
        ("", "失業して半年、蓄えが減っていきます", ["employment=無職"]),
        ("", "品出しのパートはしてて", ["employment=パート"]),
    ],
)
def test_work_ends_in_many_words(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("蓄えといっても、12万円です", ["cash=120000"]),
        ("粉ミルクとおむつが高くて、月に2万円くらい", ["cost_monthly=20000"]),
        ("市営住宅が1万9千円で", ["rent_monthly=19000"]),
        ("週に7千円だけ渡されます", []),
        ("塾なんて、月に3万円もするでしょう", []),
        ("駅前のアパートが4万円で空いてるんです", []),
        ("ひと月10万4千円か。年金はそれだけです", []),
    ],
)
def test_money_is_told_by_its_use(said: str, facts: list[str]) -> None:
    assert _facts(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "車のローンが、毎月3万2千円です", ["cost_monthly=32000"]),
        ("", "ローンがありまして。月々3万2千円です", ["cost_monthly=32000"]),
        ("", "借金が、毎月2万円です", []),
        ("", "ローンが300万円残っています", ["debt=3000000"]),
        ("", "年金を納めろって、月に1万6千円です", ["cost_monthly=16000"]),
        ("", "年金が月に6万円です", ["income_monthly=60000"]),
        ("", "もらっているのは11万円です", ["income_monthly=110000"]),
        ("", "養育費でもらっている額は3万円です", ["support_payment=30000"]),
        ("", "国保に切り替えたいんですが、払えるか不安で", []),
        ("", "国保は入ってなくて、家賃を払ってないんです", []),
        ("", "国保をまだ払えてないんです", ["insurance=国保"]),
        ("", "友達が国保を滞納していて", []),
        ("", "去年までは社保で、今は国保です", ["insurance=国保"]),
        ("", "国保の督促状が来てて、払えてないんです", ["insurance=国保"]),
        ("保険証はお持ちですか。", "前のは返したので、今は何もないです", ["insurance=なし"]),
        ("保険証はお持ちですか。", "会社のじゃなくて、国保、", ["insurance=国保"]),
    ],
)
def test_what_is_paid_month_by_month_is_no_debt_and_no_income(
    asked: str, said: str, facts: list[str]
) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "籍も、入れてないんです", ["marital=未婚"]),
        ("", "お父と妹がいて", ["family_member=弟", "family_member=妹"]),
        ("", "お父とお母がいて", []),
        ("", "お父が来ました", []),
        ("", "かないが入院しました", ["family_member=妻"]),
        ("", "うまくいかないがどうにか暮らしています", []),
        ("", "この前65歳になったら、手紙が来て", ["resident_age=65"]),
        ("", "65歳になったら、手紙が来ますか", []),
        ("", "今年65歳になったら、手紙が来ますか", []),
        ("お名前とお電話を。", "おおのよしえ48です", ["resident_age=48"]),
        ("お名前とお電話を。", "そのばんごう48です", []),
        ("", "バイト、体調を崩して辞めちゃったんです", []),
        ("", "パート、先月辞めちゃったんです", ["job_lost=先月", "employment=無職"]),
        ("家賃は遅れていますか。", "サンカ月払ってないです", ["arrears_months=3"]),
        ("", "番号は090の000000の000000です", []),
        ("契約はいつですか。", "11月の3、じゃない、5日です", ["event_date=11月5日"]),
        ("契約はいつですか。", "12月5日です", []),
        ("次はいつ来られますか。", "3月5日に来ます", []),
    ],
)
def test_small_words_tell_a_fact_or_none(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("奥様は、お仕事をされていましたか。", "はい、パートで", []),
        ("奥様は、お仕事をされていましたか。", "はい、パートで。私は派遣です", ["employment=派遣"]),
        ("奥様は、お仕事をされていましたか。", "パートで私の扶養でした", []),
        ("お仕事は。", "はい、パートで", ["employment=パート"]),
        ("ご主人のお仕事は。", "していません", []),
        ("", "妹は、パートで働いています", ["family_member=妹"]),
        ("生活費は。", "毎晩、兄から、五百円渡されます", ["family_member=兄"]),
        ("", "うちは母親なので、一人で育てています", []),
        ("", "同居しているのは母なので", ["family_member=母"]),
    ],
)
def test_what_another_does_is_no_fact_of_the_resident(asked: str, said: str, facts: list[str]) -> None:
    assert _facts(said, asked) == facts
