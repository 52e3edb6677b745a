"""What a case keeps open, and what changed in it."""

from datetime import UTC, datetime

import pytest

from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord, LedgerLine, LineKind, RecordField, RecordLine
from consult_assist.errors import CaseError
from consult_assist.record.case import PromiseKind, Talk, check_case_number, read_case, same_case


def line(text: str, kind: LineKind = LineKind.CONDENSED, *ids: str) -> RecordLine:
    return RecordLine(text=text, kind=kind, utterance_ids=ids or ("u1",))


def talk(day: int, *heard: RecordLine, arranged: tuple[RecordLine, ...] = (), **ledger: LedgerState) -> Talk:
    summary = ConsultationSummary(
        id=f"c{day}",
        started_at=datetime(2026, 10, day, tzinfo=UTC),
        operator="山田",
        case_number="R8-1",
        purpose="consultation",
        consent=Consent.RECORDED,
        state=ConsultationState.CLOSED,
        duration_s=9.0,
        headline="",
    )
    fields = (
        RecordField(name="hearing", label="聴取内容", lines=heard),
        RecordField(name="next", label="次回", lines=arranged),
    )
    lines = tuple(
        LedgerLine(programme=name, state=state, utterance_ids=("u2",), quote="家賃が")
        for name, state in ledger.items()
    )
    return Talk(summary=summary, record=ConsultationRecord(template="t", fields=fields, ledger=lines))


def test_programmes_stay_open_until_a_later_talk_settles_them() -> None:
    untold, told, check = LedgerState.UNTOLD, LedgerState.TOLD, LedgerState.CHECK
    case = read_case(
        "R8-1", [talk(1, a=untold, b=untold, c=told), talk(9, b=told, d=check), talk(5, a=check, c=untold)]
    )
    assert [item.id for item in case.talks] == ["c9", "c5", "c1"]
    assert [(item.kind, item.programme, item.talk.id) for item in case.promises] == [
        (PromiseKind.CHECK, "d", "c9"),
        (PromiseKind.CHECK, "a", "c5"),
        (PromiseKind.UNTOLD, "c", "c5"),
    ]


def test_what_the_last_talk_arranged_comes_first_and_nothing_is_made_up() -> None:
    nothing = line("未聴取", LineKind.NOT_ASKED)
    papers = line("住民票を持って来る", LineKind.CLERK, "u7")
    earlier = talk(1, arranged=(line("10月9日に電話する"),))
    case = read_case("R8-1", [earlier, talk(9, arranged=(papers, nothing), a=LedgerState.UNTOLD)])
    assert [(item.kind, item.text, item.utterance_ids) for item in case.promises] == [
        (PromiseKind.NEXT, "住民票を持って来る", ("u7",)),
        (PromiseKind.UNTOLD, "家賃が", ("u2",)),
    ]


def test_changed_and_new_facts_are_told_with_what_was_known_before() -> None:
    case = read_case(
        "R8-1",
        [
            talk(1, line("家賃：5万円"), line("子の年齢：5歳、3歳"), line("メモ：家賃")),
            talk(5, line("家賃：5万8千円")),
            talk(
                9,
                line("家賃：6万円", LineKind.CLERK, "u4"),
                line("子の年齢：3歳、5歳"),
                line("仕事：失業"),
                line("メモ：別のこと"),
            ),
        ],
    )
    found = {change.label: change for change in case.changes}
    assert set(found) <= {"家賃", "仕事"}
    rent = found["家賃"]
    assert (rent.before, rent.now, rent.since and rent.since.id) == ("5万8千円", "6万円", "c5")
    assert rent.utterance_ids == ("u4",)
    assert read_case("R8-1", [talk(1, line("家賃：5万円"))]).changes == ()


def test_case_numbers_are_typed_and_never_a_personal_number() -> None:
    assert check_case_number(" R8-12 ") == "R8-12"
    assert check_case_number("　") is None
    assert check_case_number("123456789012") == "123456789012"
    for number in ("123456789018", "１２３４-５６７８-９０１８"):
        with pytest.raises(CaseError, match="個人番号"):
            check_case_number(number)
    assert same_case("r8-12", "Ｒ８-12 ")
    assert not same_case("R8-1", "R8-12")
    assert not same_case("R8-1", None)
