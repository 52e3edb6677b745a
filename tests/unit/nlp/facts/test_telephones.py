"""Telephone numbers."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "電話は〇九〇の1234の5678です", ["phone=09012345678"]),
        ("", "電話は060の1234の5678です", ["phone=06012345678"]),
        ("", "電話は090の123の4567です", []),
        ("", "電話は060の123の4567です", []),
        (
            "連絡先を教えてください。",
            "ゼロきゅうゼロ、いちにさんよん、ごろくななはちです",
            ["phone=09012345678"],
        ),
        ("", "番号は090の000000の000000です", []),
        ("", "昨日、090-1234-5678から電話がありました", []),
        ("", "いま090-1234-5678からかけています", ["phone=09012345678"]),
        ("", "携帯は、090の、1234の、えーと、5678です", ["phone=09012345678"]),
        ("", "携帯は090、1243の、あ、違う、1234の5678です", ["phone=09012345678"]),
    ],
)
def test_a_number_is_of_a_telephone_only_with_all_its_digits(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
