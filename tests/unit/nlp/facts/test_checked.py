"""What the clerk says and the resident assents to."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


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
