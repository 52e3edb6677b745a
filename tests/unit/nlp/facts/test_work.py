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
