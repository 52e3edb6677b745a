"""The sheet to take home says what stands in the record, and no word of danger."""

from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import (
    ConsultationRecord,
    LedgerLine,
    LineKind,
    ReadbackItem,
    ReadbackState,
    RecordField,
    RecordLine,
)
from consult_assist.export import sheet
from tests.summaries import summary


def line(text: str, utterance_id: str, kind: LineKind = LineKind.CONDENSED) -> RecordLine:
    return RecordLine(text=text, kind=kind, utterance_ids=(utterance_id,))


def date_item(value: str, utterance_id: str, state: ReadbackState = ReadbackState.OPEN) -> ReadbackItem:
    return ReadbackItem(kind="date", value=value, text="その日", utterance_id=utterance_id, state=state)


DOCUMENT = RecordDocument(
    summary=summary(started_at=datetime(2026, 11, 21, 20, tzinfo=UTC)),
    record=ConsultationRecord(
        template="t",
        fields=(
            RecordField(
                name="main",
                label="主訴",
                lines=(
                    line("「お金がありません」", "u1", LineKind.QUOTED),
                    line("「夫に殴られます」", "u2", LineKind.QUOTED),
                ),
            ),
            RecordField(
                name="next",
                label="次回",
                lines=(line("12月1日に通帳を持参", "u3"), line("未聴取", "u4", LineKind.NOT_ASKED)),
            ),
        ),
        readback=(
            date_item("2026-12-01", "u3"),
            date_item("12月2日", "u3", ReadbackState.DROPPED),
            date_item("2020-01-01", "u1"),
        ),
        ledger=tuple(
            LedgerLine(programme=state.value, state=state, utterance_ids=()) for state in LedgerState
        ),
    ),
    transcript=(),
    programme_names={
        "told": "児童手当",
        "check": "就学援助",
        "untold": "別の制度",
        "not_applicable": "対象外の制度",
    },
    chain_head="3f",
    fills={"main": "chief_complaint", "next": "next"},
    alerted=frozenset({"u2"}),
)


def test_parts_hold_lines_of_the_record_and_nothing_else() -> None:
    parts = {sheet.without_readings(part.title): part.lines for part in sheet.sheet_parts(DOCUMENT)}

    assert parts == {
        "あなたが 話（はな）したこと": ("「お金がありません」",),
        "説明（せつめい）した 制度（せいど）": ("児童手当",),
        "これから 調（しら）べる 制度（せいど）": ("就学援助",),
        "次（つぎ）に すること": ("12月1日に通帳を持参",),
        "持（も）ってくるもの・書類（しょるい）": ("12月1日に通帳を持参",),
        "いつ・いつまで": ("2026年12月1日（火）（「その日」）",),
    }


def test_nothing_on_it_leads_to_the_record() -> None:
    shown = dict(sheet.sheet_head(DOCUMENT, UTC)).values()

    assert "2026年11月21日（土）" in shown
    assert not {"c1", "007", "3f"} & set(shown)


def test_readings_stand_over_their_kanji() -> None:
    assert list(sheet.with_readings("次《つぎ》に する")) == [("次", "つぎ"), ("に する", "")]


def test_a_day_that_is_not_in_the_calendar_stands_as_it_was_said() -> None:
    field = RecordField(name="next", label="次回", lines=(line("2月31日に来る", "u1"),))
    record = ConsultationRecord(
        template="t", fields=(field,), readback=(date_item("2026-02-31", "u1"), date_item("2026-03-01", "u1"))
    )
    days = list(sheet.sheet_parts(replace(DOCUMENT, record=record)))[-1]
    assert days.lines == ("2026-02-31（「その日」）", "2026年3月1日（日）（「その日」）")
