"""What was asked and not understood is put on the read-back list as it was heard."""

import pytest

from consult_assist.domain.speech import Speaker, Utterance
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.readback import list_readback


def listed(*lines: tuple[Speaker, str]) -> list[tuple[str, int | str]]:
    said = [
        Utterance(
            id=f"u{place}",
            channel=0,
            speaker=speaker,
            start_s=float(place),
            end_s=place + 0.5,
            heard=text,
            text=text,
        )
        for place, (speaker, text) in enumerate(lines)
    ]
    return [(item.kind, item.value) for item in list_readback(gather_evidence(said))]


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        ("お名前を教えてください", "続き花子です", [("name", "続き花子")]),
        (
            "お名前とご年齢を教えてください",
            "サトタロ502年です",
            [("name", "サトタロ"), ("age", "サトタロ502年です")],
        ),
        ("お子さんはおいくつですか", "今年の娘が一人います", [("age", "今年の娘が一人います")]),
        ("お電話番号をお願いします", "ゼロゼロのゼロゼロのゼロゼロゼロです", [("phone", "0000000")]),
        ("家賃はおいくらですか", "予慢発生年です", [("money", "予慢発生年です")]),
        ("お仕事はいつ辞められたんですか", "8つきの添えです", [("date", "8つきの添えです")]),
    ],
)
def test_an_answer_that_was_not_understood_is_listed(
    asked: str, answer: str, expected: list[tuple[str, int | str]]
) -> None:
    found = listed((Speaker.CLERK, asked), (Speaker.RESIDENT, answer))
    assert [item for item in found if item[0] != "count"] == expected


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("お名前を教えてください", "はい"),
        ("お名前を教えてください", "それは言いたくないです"),
        ("貯金はどのくらいありますか", "わからないです"),
        ("お電話番号をお願いします", "電話はちょっと"),
        ("今日はどうされましたか", "続き花子です"),
    ],
)
def test_what_is_no_answer_is_not(asked: str, answer: str) -> None:
    assert listed((Speaker.CLERK, asked), (Speaker.RESIDENT, answer)) == []


def test_an_answer_that_was_understood_is_listed_once() -> None:
    assert listed((Speaker.CLERK, "家賃はおいくらですか"), (Speaker.RESIDENT, "5万円です")) == [
        ("money", 50_000)
    ]
