"""The read-back list: what hurts when it was heard wrongly, once each."""

from dataclasses import replace

import pytest

from consult_assist.domain.events import Event
from consult_assist.domain.speech import Speaker
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.readback import list_readback
from tests.unit.record.talk import fact, said


def listed(*events: Event) -> list[tuple[str, int | str]]:
    return [(item.kind, item.value) for item in list_readback(gather_evidence(events))]


def test_facts_come_with_kind_value_and_the_clause_they_stand_in() -> None:
    spoken = said(1, "山田です。家賃は6万円で、電話は090の1234の5678です。")
    facts = [
        fact(spoken, "name", "山田", "山田"),
        fact(spoken, "rent_monthly", 60_000, "6万円"),
        fact(spoken, "phone", "09012345678", "090の1234の5678"),
    ]

    items = list(list_readback(gather_evidence([spoken, *facts])))

    assert [(item.kind, item.value, item.text, item.utterance_id) for item in items] == [
        ("name", "山田", "山田です", "u1"),
        ("money", 60_000, "家賃は6万円で", "u1"),
        ("phone", "09012345678", "電話は090の1234の5678です", "u1"),
    ]


def test_a_value_that_a_later_line_takes_back_is_neither_told_nor_read_back() -> None:
    told, again = said(1, "家賃は5万円です。"), said(3, "あ、すみません、6万円でした。")
    wrong = fact(told, "rent_monthly", 50_000, "5万円")
    right = replace(fact(again, "rent_monthly", 60_000, "6万円"), corrects=True)
    asked = said(0, "家賃はおいくらですか。", Speaker.CLERK)
    events: list[Event] = [asked, told, wrong, said(2, "5万円ですね。", Speaker.CLERK), again, right]
    assert listed(*events) == [("money", 60_000)]
    evidence = gather_evidence(events)
    assert (evidence.facts["u1"], evidence.facts["u3"]) == ((), (right,))
    assert listed(*events[:-1]) == [("money", 50_000), ("money", 60_000)]


def test_facts_that_do_not_hurt_are_left_out_and_none_is_a_negation() -> None:
    spoken = said(1, "夫とは離婚して、養育費はなしです。")
    unpaid = said(1, "養育費をもらっていなくて、会社の保険も切れて、病院に行けていません。")

    assert listed(
        spoken, fact(spoken, "marital", "離婚", "離婚"), fact(spoken, "support_payment", "なし", "なし")
    ) == [("negation", "なし")]
    assert listed(
        unpaid,
        fact(unpaid, "support_payment", "なし", "養育費をもらっていなくて"),
        fact(unpaid, "insurance", "なし", "保険も切れて"),
    ) == [("negation", "もらっていない"), ("negation", "なし"), ("negation", "行けていません")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("借金が三十万円あります", [("money", 300_000)]),
        ("１２，０００円です", [("money", 12_000)]),
        ("上が8歳で下は3歳", [("age", 8), ("age", 3)]),
        ("子どもが2人います", [("count", "2人")]),
        ("一人で育てています、二人目です", []),
        ("3か月分たまっています", [("duration", "3か月")]),
        ("2年くらい前から", [("duration", "2年")]),
        ("令和元年6月3日生まれ", [("date", "2019-06-03")]),
        ("令和8年2月31日に出します", [("date", "令和8年2月31日")]),
        ("令和0年4月1日に出しました", [("date", "令和0年4月1日")]),
        ("018年10月15日に出しました", [("date", "018年10月15日")]),
        ("12月10日に退院です", [("date", "12月10日")]),
        ("8月の末に辞めました", [("date", "8月末")]),
        ("辞めたのは去年の二三月です", [("date", "去年の二三月")]),
        ("辞めたのは去年の十二月です", [("date", "去年の12月")]),
        ("03-1234-5678 です", [("phone", "0312345678")]),
        ("12-34 です", []),
    ],
)
def test_figures_without_a_name_are_listed_too(text: str, expected: list[tuple[str, int | str]]) -> None:
    assert listed(said(1, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("養育費はもらっていないんです", "もらっていない"),
        ("貯金はありません", "ありません"),
        ("仕事がないので", "ない"),
        ("病院に行けていません", "行けていません"),
        ("家には帰れません", "帰れません"),
        ("家に電話しないでください", "電話しないでください"),
        ("親戚に知られたくないんです", "知られたくない"),
    ],
)
def test_negations_that_change_the_facts_are_listed(text: str, expected: str) -> None:
    assert listed(said(1, text)) == [("negation", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "どうしたらいいかわからないです",
        "仕方がないです",
        "貸付ではありません",
        "心配することはありません",
        "申請していませんか",
        "何かありませんか",
        "払わないといけない",
        "そろっていなくても大丈夫",
    ],
)
def test_negations_of_politeness_and_questions_are_not(text: str) -> None:
    assert listed(said(1, text)) == []


def test_a_value_is_confirmed_once() -> None:
    assert listed(said(1, "家賃は6万円です"), said(2, "はい、6万円です")) == [("money", 60_000)]


def test_a_clerk_s_figures_count_only_where_the_next_time_is_arranged() -> None:
    explained = said(1, "10万円まで借りられます。3か月かかります。", Speaker.CLERK)
    arranged = said(2, "12月3日の10時にお越しください。", Speaker.CLERK)
    weekday = said(3, "来週の火曜日に、また来てください。", Speaker.CLERK)

    assert listed(explained, arranged, weekday) == [("date", "12月3日"), ("date", "来週火曜日")]


def test_without_speakers_explanations_are_told_by_their_words() -> None:
    assert listed(
        said(1, "原則として、10万円以内の貸付があります", None), said(2, "10万円借りています", None)
    ) == [("money", 100_000)]
