"""Ages, how many children there are, and school years."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("上の子が7歳で下の子が4歳です", ["child_age=7", "child_age=4"]),
        ("私は32歳です", ["resident_age=32"]),
        ("母は80歳で、私は50歳です", ["family_member=母", "resident_age=50"]),
        ("あたしなんか、まだ74だもの", ["resident_age=74"]),
        ("うちのばあちゃんは92だから", []),
        ("この前65歳になったら、手紙が来て", ["resident_age=65"]),
        ("65歳になったら、手紙が来ますか", []),
        ("今年65歳になったら、手紙が来ますか", []),
        ("18歳までもらえます", []),
    ],
)
def test_an_age_is_told_of_a_child_or_of_the_speaker(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お子さんは何人ですか。", "いえ、もう4人になりました", ["children=4"]),
        ("お子さんは2人ですね。", "それと、小さいのがいるので、3人です", ["children=3"]),
        ("お子さんは、いますか。", "います、1人、中学2年生", ["children=1", "school_year=中学2年生"]),
        ("お子さんのことですか。", "二人いるので大変です", ["children=2"]),
        ("お子さんは、お一人ですか。", "双子なんです", ["children=2"]),
        ("お子さんは何人ですか。", "全部で4人です", ["children=4"]),
        ("お子さんは何人ですか。", "ふたり、います", ["children=2"]),
        ("お子さんは何人ですか。", "連れ子も合わせて3人なんです", ["children=3"]),
        ("お子さんは何人ですか。", "夫婦と母の3人です", []),
        ("お子さんは何人ですか。", "家族は5人です", []),
        ("", "子どもは、ええと、3人です", ["children=3"]),
        ("お子さんは。", "6歳と4歳の2人です", ["child_age=6", "child_age=4", "children=2"]),
        ("お子さんは何人ですか。", "男の子ばっかり3人です", ["children=3"]),
        ("", "子どもは5歳の息子と、3歳の娘、2人です", ["children=2", "child_age=5", "child_age=3"]),
        ("", "子どもは、国に1人、こっちに2人です", ["children=3"]),
        ("", "うちの子は一人娘です", ["children=1"]),
        ("", "わたしは一人娘なので、実家に帰りました", []),
        ("", "子どもは夫が見ていて、家族4人です", []),
        ("", "保育園は、先生が二人いて安心です", []),
    ],
)
def test_children_are_counted_after_they_are_told_of(asked: str, said: str, facts: list[str]) -> None:
    found = [fact for fact in facts_in(said, asked) if not fact.startswith("family_member")]
    assert sorted(found) == sorted(facts)


@pytest.mark.parametrize(
    ("asked", "said", "ages"),
    [
        ("お子さんの学年は。", "上が高2で、真ん中が小6です", []),
        ("お生まれと、ご住所を。", "栄町2丁目4の9です", []),
        ("", "2番目が13で中学生、末っ子が9歳です", [13, 9]),
        ("", "上から12、8、それと5つです", [12, 8, 5]),
        ("", "6歳と1歳がいて、働けません", [6, 1]),
        ("お子さんのお年は。", "6つ。男の子です", [6]),
        ("お子さんのお年は。", "もうすぐ2歳半です", [2]),
        ("赤ちゃんは。", "もう4か月になります", [0]),
        ("", "赤ちゃんは、まだ3か月です", [0]),
        ("", "生まれて16日です", [0]),
        ("", "仕事が、もう4か月ありません", []),
    ],
)
def test_children_are_told_of_by_age_one_after_the_other(asked: str, said: str, ages: list[int]) -> None:
    assert [fact for fact in facts_in(said, asked) if "age=" in fact] == [f"child_age={age}" for age in ages]


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "今は65歳です", ["resident_age=65"]),
        ("", "今は78歳で、一人暮らしです", ["resident_age=78"]),
        ("", "年齢は78歳です", ["resident_age=78"]),
        ("おいくつですか。", "現在は65歳です", ["resident_age=65"]),
        ("", "太郎は8歳です", ["child_age=8"]),
        ("", "田中は65歳です", []),
        ("", "一番上が10歳です", ["child_age=10"]),
        ("", "今年は65歳で、年は夫と同じです", ["resident_age=65", "family_member=夫"]),
        ("", "もう年が78歳で", ["resident_age=78"]),
        ("", "ヘルパーさんが来てくれていて、今78歳です", ["resident_age=78"]),
        ("", "メールが1歳です", []),
        ("", "うちの犬は12歳です", []),
        ("", "定年は65歳です", []),
        ("", "会社の定年が60歳で、困っています", []),
        ("", "メールが1歳", []),
    ],
)
def test_a_thing_has_no_age_but_the_present_and_a_name_do(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("隣の市で一人暮らしの78歳です", ["resident_age=78"]),
        ("隣の部屋で寝ている5歳の娘がいます", ["child_age=5", "family_member=娘"]),
        ("近所のスーパーで働いている35歳です", ["resident_age=35"]),
        ("近所で一人で暮らしている78歳です", ["resident_age=78"]),
        ("隣の家の子が5歳で、うるさくて", []),
        ("近所の人が78歳で、一人暮らしです", []),
        ("友達で65歳の人がいて", []),
        ("同僚の方が60歳で辞めました", []),
    ],
)
def test_next_door_may_be_a_place(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("生後18か月の息子がいます", ["child_age=1", "family_member=息子"]),
        ("生後8か月の子を一人で見ています", ["child_age=0"]),
        ("生後3週間の娘がいます", ["child_age=0", "family_member=娘"]),
        ("14か月の息子がいます", ["child_age=1", "family_member=息子"]),
        ("生後2か月で、夜泣きがひどいです", ["child_age=0"]),
        ("上の子は生後2か月のときに手術しました", []),
        ("上の子は生後2週間のときに手術しました", []),
        ("上の子は生後2か月で手術しました", []),
        ("3か月の子ども手当がまだです", []),
        ("妊娠8か月の娘がいます", ["family_member=娘"]),
    ],
)
def test_a_baby_is_as_old_as_its_months_now(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お子さんはおいくつですか。", "七つと四つです", ["child_age=7", "child_age=4"]),
        ("ご年齢は。", "五十です", ["resident_age=50"]),
        ("母のことなんですけど。", "82歳で一人暮らしです", []),
        ("私は。", "72で年金暮らしだから", ["resident_age=72"]),
        ("ご年齢は。", "はたちになったばっかりです。", ["resident_age=20"]),
        ("お名前は。", "鈴木一郎、26、あ、こないだ誕生日だったんで、27歳か。", ["resident_age=27"]),
        ("お父様のお名前をお願いします。", "田中一郎。", []),
        ("お名前と、お年を。", "大野です。もう77だ", ["resident_age=77"]),
        ("お名前を。", "大野とし子、68です", ["resident_age=68"]),
        ("お名前とお電話番号を。", "その番号なら20です", []),
        ("お名前と生年月日を。", "大野進、昭和48、2月8日です", []),
        ("お子さんのお名前は。", "あおい、12です", ["child_age=12"]),
        ("お名前とお電話を。", "おおのよしえ48です", ["resident_age=48"]),
        ("お名前とお電話を。", "そのばんごう48です", []),
    ],
)
def test_a_number_alone_is_an_age_where_ages_or_names_were_asked_for(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "子どもが2人います", ["children=2"]),
        ("", "娘が一人、私が40歳です", ["family_member=娘", "children=1", "resident_age=40"]),
        ("お子さんは何人ですか。", "はい、二人です", ["children=2"]),
        ("お子さんは、いらっしゃいますか。", "二人います。", ["children=2"]),
        ("", "あっちも、子どもが3人おって大変やさかい、よう頼まん", []),
        ("", "お子さんは2人ですか", []),
        ("", "困っています。子どもは、男の子と女の子、2人ですか", []),
        ("", "困っています。子どもは、国に1人、こっちに2人だと、いくらですか", []),
        ("", "母子二人でアパートを出ます", []),
    ],
)
def test_children_are_counted_where_they_are_those_of_who_speaks(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "娘は中2です", ["family_member=娘", "school_year=中学2年生"]),
        ("", "小学三年生です", ["school_year=小学3年生"]),
        ("", "中学5年生です", []),
        ("", "娘は中5です", ["family_member=娘"]),
        ("", "小学5年生と2年生です", ["school_year=小学5年生", "school_year=小学2年生"]),
        ("", "中学1年で、下が5年生です", ["school_year=中学1年生", "school_year=小学5年生"]),
        (
            "お子さんの学年は。",
            "上が中3で、下が小6です。",
            ["school_year=中学3年生", "school_year=小学6年生"],
        ),
        ("", "娘は今年、小学校に上がりました", ["family_member=娘", "school_year=小学1年生"]),
    ],
)
def test_a_school_year_is_told_with_its_school(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "私は83で、もう歩けません", ["resident_age=83"]),
        ("", "わしもこないだ76になって、膝が痛い", ["resident_age=76"]),
        ("", "俺も61でしょう、雇ってもらえないんですよ", ["resident_age=61"]),
        ("", "辞めさせられたんです。まだ27で、これからなのに", ["resident_age=27"]),
        ("体調はいかがですか。", "まあまあです。年は67。", ["resident_age=67"]),
        ("お仕事は。", "面接は受けてます。59じゃどこも雇ってくれません", ["resident_age=59"]),
        ("今日はどうされましたか。", "車で寝てるんです。58です。", ["resident_age=58"]),
        ("家賃はおいくらですか。", "安いとこです。58です。", []),
        ("血圧は。", "上がもう90です", []),
        ("", "母と二人暮らしで、54歳です", ["family_member=母", "resident_age=54"]),
        ("", "母が倒れました。もう84です", ["family_member=母"]),
        ("", "こどもの日の生まれです。もう71です", ["resident_age=71"]),
        ("奥さまが亡くなられたのは。", "今年の春です、43歳で", []),
    ],
)
def test_grown_people_leave_the_unit_of_their_age_out(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
