"""Where somebody lives."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("ご住所は。", "緑町2丁目、65歳です", ["address=緑町2丁目", "resident_age=65"]),
        ("ご住所は。", "緑町2丁目3番、2階です", ["address=緑町2丁目3番"]),
        ("ご住所は。", "緑町2丁目、12月に引っ越してきました", ["address=緑町2丁目"]),
        ("ご住所は。", "緑町2丁目14番地、あ、203号室です", ["address=緑町2丁目14番地203号室"]),
        ("ご住所は。", "緑町2丁目14番地、あ、15番地です", ["address=緑町2丁目15番地"]),
        ("ご住所は。", "緑町2丁目3の4、いや、3の5です", []),
        (
            "ご住所は。",
            "緑町2丁目3番、電話は090-1234-5678です",
            ["address=緑町2丁目3番", "phone=09012345678"],
        ),
        ("ご住所は。", "桜町の3丁目、5番の12号です", ["address=桜町3丁目5番12号"]),
        ("ご住所は。", "緑町2丁目の、14番地、いや、14番6号です。", ["address=緑町2丁目14番6号"]),
    ],
)
def test_an_address_ends_where_another_number_begins(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
