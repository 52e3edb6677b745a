"""What kind of work somebody has: by its name, by the answer to a question, sought, or on leave."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


def _work_in(said: str, asked: str = "") -> list[str]:
    return [fact for fact in facts_in(said, asked) if fact.startswith("employment")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("パートで週3日、総菜を作っています", "パート"),
        ("わたしのバイトの6万しかないんです", "アルバイト"),
        ("アルバイトが月に5万です", "アルバイト"),
        ("夜9時まではアルバイトなので、出られません", "アルバイト"),
        ("正社員なもんですから、休めません", "正社員"),
        ("日雇いやけん、雨なら休みです", "日雇い"),
        ("日払いです", "日雇い"),
        ("工場を辞めずに、パートにしてもらいました", "パート"),
        ("職業は派遣社員、手取りは14万です", "派遣"),
        ("家族で小さな定食屋をやっとります", "自営"),
        ("フリーで翻訳をしてて、波があるんです", "自営"),
        ("左官を、もう長いこと一人でやってます", "自営"),
    ],
)
def test_work_is_told_by_what_it_brings_or_how_it_is_done(said: str, kind: str) -> None:
    assert _work_in(said) == [f"employment={kind}"]


@pytest.mark.parametrize(
    "said",
    [
        "正社員で9年いたんです",
        "派遣で2年働きました",
        "先月まではパートなので、失業手当は出ないかも",
        "去年まで豆腐屋をやってました",
        "アルバイトの募集を見ました",
    ],
)
def test_work_that_is_over_or_only_offered_is_none(said: str) -> None:
    assert not _work_in(said)


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("契約社員ですか。", "はい、そうです。", ["employment=契約社員"]),
        ("今は無職ということですね。", "ええ、まあ。", ["employment=無職"]),
        ("お勤めはパートですか。", "はい、でも先月クビになりました。", ["employment=無職"]),
        ("派遣ですか、正社員ですか。", "はい。", []),
        ("お仕事は。", "派遣の仕分けです。", ["employment=派遣"]),
        ("お仕事は。", "派遣の面接です。", []),
        ("お仕事は、されていますか。", "しておらず、年金だけです。", ["employment=無職"]),
        ("ご家族で働いているのは、どなたですか。", "妻だけです、パートで7万円です。", ["employment=パート"]),
    ],
)
def test_the_question_tells_what_an_answer_states_of_work(asked: str, said: str, facts: list[str]) -> None:
    assert _work_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "いまは求職中です", ["employment=無職"]),
        ("", "求職中の人が多いですね", []),
        ("お仕事は、されていますか。", "ハローワークに通っています。", ["employment=無職"]),
        ("", "6月に会社をクビになって、仕事を探してます", ["employment=無職"]),
        ("", "パートですが、ほかの仕事も探しています", ["employment=パート"]),
        ("", "保育園を探してます", []),
    ],
)
def test_who_is_out_of_work_and_looks_for_some_is_seeking(asked: str, said: str, facts: list[str]) -> None:
    assert _work_in(said, asked) == facts
