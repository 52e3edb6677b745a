"""Work: which one somebody has, when it was lost, and whose it is."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("パートで働いています", ["employment=パート"]),
        ("仕事はしていません", ["employment=無職"]),
        ("契約社員で役場につとめてます", ["employment=契約社員"]),
        ("夫婦ともパートで、土日しか休めません", ["employment=パート"]),
        ("パートではありません", []),
        ("仕事を辞めたいです", []),
        ("お仕事はされていますか", []),
        ("日雇いで、道路の仕事だったんですけど", []),
        ("小さなお店を始めたいので、資金を借りる相談を", []),
        ("火曜は仕事ないから、大丈夫です", []),
        ("育休中の社員の手続きで来ました", []),
        ("バイト、体調を崩して辞めちゃったんです", []),
    ],
)
def test_work_is_told_as_it_is_now(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


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
        ("", "去年、見せを締めました", ["job_lost=去年", "employment=無職"]),
        ("", "去年、店を閉めました", ["job_lost=去年", "employment=無職"]),
        ("", "先月、仕事をクビになりました", ["job_lost=先月", "employment=無職"]),
        ("", "10日前に、解雇を言い渡されました", ["job_lost=10日前", "employment=無職"]),
        ("", "パート、先月辞めちゃったんです", ["job_lost=先月", "employment=無職"]),
        ("お仕事はいつ辞められたんですか。", "八月の末です", ["job_lost=八月の末"]),
        ("お仕事がなくなったのはいつですか。", "6月の終わりです", ["job_lost=6月の終わり"]),
        ("お仕事はいつ辞められたんですか。", "8つきの添えです", ["job_lost=8月の末"]),
    ],
)
def test_work_ends_in_many_words(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "姉は51で、独身で、おととし会社を辞めてから、部屋にいます", ["family_member=姉"]),
        ("", "息子は去年仕事を辞めて、今は無職です", ["family_member=息子"]),
        ("", "兄が去年会社を辞めて、無職です", ["family_member=兄"]),
        ("", "夫は運転手です。今は仕事をしていません", ["family_member=夫"]),
        ("姉は51で、独身で、", "おととし会社を辞めてから、部屋にいます", []),
        ("その頃、お仕事は何をされていましたか。", "パートで働いています", []),
        ("", "今年の春に旦那の会社が潰れて", ["family_member=夫"]),
        ("奥様は、お仕事をされていましたか。", "はい、パートで", []),
        ("奥様は、お仕事をされていましたか。", "はい、パートで。私は派遣です", ["employment=派遣"]),
        ("奥様は、お仕事をされていましたか。", "パートで私の扶養でした", []),
        ("ご主人のお仕事は。", "していません", []),
        ("", "妹は、パートで働いています", ["family_member=妹"]),
    ],
)
def test_work_of_kin_is_not_that_of_who_speaks(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "job"),
    [
        ("母は要介護3で、仕事を辞めました", "無職"),
        ("娘が一人で、パートで働いています", "パート"),
        ("息子は5歳で、パートで働いています", "パート"),
        ("夫は会社員で、私はパートで働いています", "パート"),
        ("主人は入退院が続いて、パートで働いています", "パート"),
        ("母が転んで歩けなくて、仕事を辞めました", "無職"),
        ("息子が不登校で、パートを辞めました", "無職"),
        ("夫が亡くなって、パートで働いています", "パート"),
        ("仕事がないから、家賃が払えません", "無職"),
    ],
)
def test_own_work_is_told_after_kin_was_named(said: str, job: str) -> None:
    assert f"employment={job}" in facts_in(said)


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        # after its word
        ("", "工場で働いていて、辞めたのが、6月の10日です", ["employment=無職", "job_lost=6月の10日"]),
        ("", "契約が切れたのが、9月末です。派遣の仕事でした", ["employment=無職", "job_lost=9月末"]),
        ("", "会社がつぶれました、7月の3日。", ["employment=無職", "job_lost=7月の3日"]),
        ("", "辞めたのが5月で、今はパートで働いています", ["job_lost=5月", "employment=パート"]),
        # by the calendar
        ("", "倉庫の仕事を、お盆明けに辞めました", ["job_lost=お盆明け", "employment=無職"]),
        ("", "先々週、会社を辞めさされて", ["job_lost=先々週", "employment=無職"]),
        ("お仕事はいつ辞められたんですか。", "年末です", ["job_lost=年末"]),
        ("離職された日は。", "年度末です", ["job_lost=年度末"]),
        ("いつまで在籍でしたか。", "5月いっぱいです", ["job_lost=5月いっぱい"]),
        # until when one worked
        ("", "先月まで工場で働いてました", ["job_lost=先月", "employment=無職"]),
        # as a whole date
        ("", "6月30日で解雇です、令和8年の。", ["job_lost=2026-06-30", "employment=無職"]),
        ("お仕事はいつ辞められたんですか。", "6月30日です、2026年の6月30日。", ["job_lost=2026-06-30"]),
        # as what is over
        ("", "試用期間だったんです、7月で切られました", ["job_lost=7月", "employment=無職"]),
        ("", "内定の会社が、4月で倒産", ["job_lost=4月", "employment=無職"]),
        ("", "4月に辞めて、それからは何も", ["job_lost=4月", "employment=無職"]),
    ],
)
def test_when_work_was_lost_is_told_in_many_ways(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    "said",
    [
        "携帯の契約が切れたのが、9月末です。仕事の相談も",
        "部屋の契約が、9月で終わりました。工場の寮です",
        "ピアノ教室が終わったのが、9月末です",
    ],
)
def test_what_else_ends_is_no_work(said: str) -> None:
    assert not [fact for fact in facts_in(said) if fact.startswith(("job_lost", "employment"))]


def test_a_day_to_come_is_not_when_work_was_lost() -> None:
    assert facts_in("会社がつぶれました。10月の5日に、面接があります") == ["employment=無職"]
