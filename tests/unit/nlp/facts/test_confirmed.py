"""What the clerk says over or asks, and the resident says yes to."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in, found_in


@pytest.mark.parametrize(
    ("put", "said", "facts"),
    [
        ("お家賃は5万2千円でしたね。", "はい", ["rent_monthly=52000"]),
        ("6万3千円ですね、お家賃は。", "ええ、そうです", ["rent_monthly=63000"]),
        ("家賃を4か月分滞納されているとか。", "そうなんです", ["arrears_months=4"]),
        ("養育費は月2万円でよろしいですか。", "はい、それだけは", ["support_payment=20000"]),
        ("この80万円というのは、借金の額ですか。", "はい、そうです", ["debt=800000"]),
        ("お子さんは3人ですね。", "うん", ["children=3"]),
        ("お家賃は6万円払っておられますね。", "はい", ["rent_monthly=60000"]),
        ("年金は月に8万円支給されていますね。", "はい", ["income_monthly=80000"]),
        ("貯金が12万円と伺っておりますが。", "はい。もうちょっと減りました", ["cash=120000"]),
        ("お家賃は5万円でしたね。", "はい、でも先月から家賃は5万3千円です", ["rent_monthly=53000"]),
    ],
)
def test_a_figure_said_over_is_told_by_a_yes(put: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, put) == facts


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ("今日は障害者手帳の申請ですか。", "はい"),
        ("療育手帳の更新ですか。", "はい"),
        ("国保にお入りではないですか。", "はい"),
        ("お家賃は5万2千円でしたね。", "いえ、違います"),
        ("お家賃は5万2千円でしたね。", "はい、いや、ちょっと違う"),
        ("家賃は5万円です。", "そうです"),
        ("お家賃はおいくらですか。", "はい、えーと"),
        ("家賃が5万円以下ですか。", "はい"),
        ("貸付の上限は20万円ですね。", "はい"),
        ("隣の人の家賃は5万円ですね。", "はい"),
        ("ご主人はお勤めですか。", "はい"),
        ("手当は月4万円出ますが、よろしいですか。", "はい"),
        ("生活費は月に4万円支給されますね。", "はい"),
        ("保険料は月に3千円に減額されますね。", "はい"),
        ("医療費は月に1万円が上限ですね。", "ええ"),
        ("医療費は1割ですから、月に5千円ですね。", "はい"),
        ("お子さん1人で月に1万円ですね。", "はい"),
    ],
)
def test_what_is_denied_or_not_said_over_is_no_fact(put: str, said: str) -> None:
    assert facts_in(said, put) == []


def test_a_confirmed_figure_stands_where_the_yes_is() -> None:
    (fact,) = found_in("あ、はい、毎月です", "お家賃は4万円ですよね。")
    assert (fact.start_char, fact.end_char) == (2, 4)


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("生年月日は昭和30年4月2日で間違いないですか。", "はい、そうです", ["birth_date=1955-04-02"]),
        ("お生まれは昭和30年4月2日。", "さようです", ["birth_date=1955-04-02"]),
        ("復唱しますね、090の1234の5678。", "はい、合ってます", ["phone=09012345678"]),
        ("お電話は090の1234の5678ですね。", "ええ", ["phone=09012345678"]),
        ("では、今71歳ですね。", "はあ、そんなになりますか", ["resident_age=71"]),
    ],
)
def test_assent_states_what_the_clerk_checked(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("put", "facts"),
    [
        ("国保に加入されていますか。", ["insurance=国保"]),
        ("社会保険にご加入ですか。", ["insurance=社保"]),
        ("今は無職ということでよろしいですか。", ["employment=無職"]),
        ("パートでいらっしゃいますね。", ["employment=パート"]),
        ("お仕事は派遣でしたか。", []),
        ("奥さまはパートですね。", []),
        ("派遣を紹介しますがよろしいですか。", []),
        ("手帳は療育のBでしょうか。", ["handbook=療育手帳B"]),
        ("要介護2ですね。", ["care_level=要介護2"]),
        ("息子さんは小学3年生ですね。", ["school_year=小学3年生"]),
    ],
)
def test_a_yes_to_what_is_put_in_words_tells_it_as_well(put: str, facts: list[str]) -> None:
    assert facts_in("はい、そうです", put) == facts


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("生年月日は昭和30年4月2日ですね。", "いえ、3日です"),
        ("生年月日は昭和30年4月2日ですね。", "はい、あ、違う、5月です"),
        ("窓口の電話は0994の22の1111です。", "はい"),
        ("届けは令和8年4月2日ですね。", "はい"),
        ("お父さまは89歳ですね。", "はい"),
        ("65歳以上ですか。", "はい"),
    ],
)
def test_what_is_denied_or_of_somebody_else_is_not_assented_to(asked: str, said: str) -> None:
    assert facts_in(said, asked) == []
