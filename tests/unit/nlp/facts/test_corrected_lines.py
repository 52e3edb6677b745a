"""A value that another line takes back: which one stands, and what is no correction."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import found_in


def _facts(said: str, asked: str) -> list[tuple[str, int | str, bool]]:
    return [(fact.name, fact.value, fact.corrects) for fact in found_in(said, asked)]


@pytest.mark.parametrize(
    ("asked", "said", "name", "value"),
    [
        ("家賃は5万円です。5万円ですね。", "あ、すみません、6万円でした", "rent_monthly", 60_000),
        (
            "家賃は5万円です。去年の3月に離婚しました。5万円ですね。",
            "いえ、6万円でした",
            "rent_monthly",
            60_000,
        ),
        ("家賃は5万円です。", "あ、間違えました。6万円です", "rent_monthly", 60_000),
        ("長女が8歳です。8歳ですね。", "あ、違います、9歳になりました", "child_age", 9),
        (
            "家賃を3か月分払えてないんです。3か月分ですね。",
            "ごめんなさい、4か月分でした",
            "arrears_months",
            4,
        ),
        ("離婚は令和8年9月10日です。9月10日ですね。", "いえ、9月20日でした", "event_date", "2026-09-20"),
        ("子どもは二人です。お二人ですね。", "あ、すみません、三人です", "children", 3),
        (
            "手取りは12万円で、家賃が5万円です。はい。",
            "12万じゃなくて13万円でした",
            "income_monthly",
            130_000,
        ),
        ("電話は090-0000-0000です。", "あ、違う、080-0000-0000です", "phone", "08000000000"),
        (
            "月々の収入はいくらですか。年金が14万円。",
            "えー、いや、引かれて、13万円だわ",
            "income_monthly",
            130_000,
        ),
        ("国保です。国保ですね。", "すみません、社保でした", "insurance", "社保"),
    ],
)
def test_the_next_line_takes_a_value_back(asked: str, said: str, name: str, value: int | str) -> None:
    assert (name, value, True) in _facts(said, asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("家賃は5万円です。お仕事はされていますか。", "いえ、していません"),
        ("家賃は5万円です。駐車場はありますか。", "すみません、駐車場代が6千円です"),
        ("家賃は5万円です。収入はおいくらですか。", "すみません、6万円です"),
        ("離婚は令和8年9月10日です。9月10日ですね。", "いえ、11111111111月3日でした"),
        ("長女が8歳です。下のお子さんは。", "すみません、3歳です"),
        ("長女が8歳です。8歳ですね。", "いえ、あの、6歳の弟もいて"),
        ("長女が8歳です。はい。", "すみません、3歳です"),
        ("貯金は10万円です。10万円ですね。", "すみません、3万円は昨日使いました"),
        ("家賃は5万円です。5万円ですね。", "はい、6万円まで出せます"),
        ("家賃は5万円です。5万円ですね。", "いえ、6万円だとどうですか"),
        ("家賃は5万円です。5万円ですね。", "はい、そうです"),
        ("借金は50万円です。50万円ですね。", "すみません、カードが別に30万円です"),
        ("国保です。国保ですね。", "いえ、去年までは社保でした"),
        ("長女が8歳で、長男が5歳です。8歳と5歳ですね。", "すみません、6歳でした"),
    ],
)
def test_another_value_is_no_correction(asked: str, said: str) -> None:
    assert not [fact for fact in _facts(said, asked) if fact[2]]


def test_a_second_thought_in_the_next_line_corrects_the_first() -> None:
    assert _facts("あ、今月から9万円ですけど", "私もパートで。月に8万、") == [
        ("income_monthly", 90_000, True)
    ]
