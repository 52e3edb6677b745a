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


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("梅町3丁目5の2、ひばり荘の201です", "梅町3丁目5の2 ひばり荘の201"),
        ("梅町3丁目5番地、メゾン梅の3号室です", "梅町3丁目5番地 メゾン梅の3号室"),
        ("梅町3丁目5の2、石田方です", "梅町3丁目5の2 石田方"),
        ("梅町3丁目5の2の市営住宅、4棟です", "梅町3丁目5の2 市営住宅4棟"),
        ("梅町3丁目5の2のアパートです", "梅町3丁目5の2"),
    ],
)
def test_house_and_room_belong_to_an_address(said: str, address: str) -> None:
    assert facts_in(said, "ご住所は。") == [f"address={address}"]


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("父は梅町3丁目5の2に、一人でおります", ["family_member=父", "address=梅町3丁目5の2"]),
        ("今いるのは静岡市清水区梅町3丁目5の2です", ["address=静岡市清水区梅町3丁目5の2"]),
    ],
)
def test_an_address_begins_behind_the_words_that_lead_to_it(said: str, facts: list[str]) -> None:
    assert facts_in(said, "お住まいは。") == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("ご住所は。", "電話なら、0266の58の0714", ["phone=0266580714"]),
        (
            "ここは遠いですか。",
            "いえ、浜松市中区梅町3丁目5の2、坂の下です",
            ["address=浜松市中区梅町3丁目5の2"],
        ),
        ("", "職場は浜松市中区梅町3丁目5の2にあります", []),
        ("番地までお願いします。", "梅町5の2の301", ["address=梅町5の2の301"]),
        ("書類の送り先を教えてください。", "梅町3丁目5番地、坂の下", ["address=梅町3丁目5番地"]),
    ],
)
def test_an_address_told_in_full_needs_no_question(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
