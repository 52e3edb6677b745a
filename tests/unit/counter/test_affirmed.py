"""What an answer says of what was asked."""

import pytest

from consult_assist.counter.affirmed import affirmed


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        ("奥さんに蹴られたりは？", "…ときどき", "奥さんに蹴られた"),
        ("こんにちは。ご主人に蹴られることはありますか。", "はい、あります", "主人に蹴られることがあります"),
        ("誰かに見張られていませんか。", "されてます", "誰かに見張られています"),
        ("お米は残っていますか。", "いいえ", "お米は残っていません"),
    ],
)
def test_a_short_answer_says_what_was_asked(asked: str, answer: str, said: str) -> None:
    assert affirmed(asked, answer) == said


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("ご主人に蹴られることはありますか。", "いいえ"),
        ("ご主人に蹴られることはありますか。", "はい、いや、ないです"),
        ("お米は残っていますか。", "はい、あります"),
        ("お米は残っていますか。", "いえ、でも実家から届きます"),
        ("そうですね。", "はい"),
        ("", "はい"),
    ],
)
def test_a_denial_and_a_need_that_is_met_say_nothing(asked: str, answer: str) -> None:
    assert affirmed(asked, answer) == ""
