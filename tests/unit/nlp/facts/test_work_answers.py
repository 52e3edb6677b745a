"""Answers to what somebody does."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("お仕事は、今どうされていますか。", "休んでます。", ["employment=休職中"]),
        ("お仕事は、今どうされていますか。", "土日は休んでます。", []),
        ("お仕事は、されていますか。", "いえ、今は何も。", ["employment=無職"]),
        ("今は、お仕事は。", "辞めました。介護で、どうしても。", ["employment=無職"]),
        ("お仕事は。", "バイトっす。居酒屋の。", ["employment=アルバイト"]),
        ("お仕事は。", "はい、パートで", ["employment=パート"]),
    ],
)
def test_an_answer_without_a_word_for_work_is_of_work_where_work_is_asked(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


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
    assert facts_in(said, asked) == facts


def test_no_work_for_years_is_none() -> None:
    assert facts_in("もう二年ほど、してないです", "お仕事は。") == ["employment=無職"]
