"""Birthdays that are told in pieces."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("生年月日をお願いします。", "昭和の初めのほう、12年の7月3日です", ["birth_date=1937-07-03"]),
        ("生年月日をお願いします。", "昭和50年の、えっと、7月3日です", ["birth_date=1975-07-03"]),
        ("生年月日をお願いします。", "平成2年7月、ええと3日", ["birth_date=1990-07-03"]),
        ("お誕生日は。", "7月3日で、生まれた年は平成2年です", ["birth_date=1990-07-03"]),
        ("お生まれは昭和50年でしたか。", "はい、50年の7月3日です", ["birth_date=1975-07-03"]),
        ("申請には生年月日が要ります。", "1975年、7月、3日です", ["birth_date=1975-07-03"]),
        ("生年月日は", "昭和50年です。7月3日です。平成2年に家を建てました", ["birth_date=1975-07-03"]),
        ("生年月日をお願いします。", "昭和50年です。7月3日に越してきました", []),
        ("生年月日をお願いします。", "平成2年の、えっと7月、3日か、7月、13日です", []),
        ("いつ越してこられましたか。", "平成2年の、えっと、7月、3日です", []),
    ],
)
def test_a_birthday_is_put_together_where_it_was_asked_for(asked: str, said: str, facts: list[str]) -> None:
    found = [fact for fact in facts_in(said, asked) if not fact.startswith("event_date")]
    assert found == facts
