"""What takes the place of events in which a number, or a line off the record, stood."""

from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    Fact,
    LedgerEntry,
    LedgerState,
    Match,
    Question,
    QuestionsChanged,
    Reason,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.record import (
    ConsultationRecord,
    FieldEdited,
    LedgerLine,
    LineKind,
    ReadbackDecided,
    ReadbackItem,
    ReadbackState,
    RecordField,
    RecordLine,
)
from consult_assist.domain.review import Commented
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.record.edits import edit_from_text
from consult_assist.record.redaction import Covered, cover_line, cover_number

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SAID = "家賃は5万円、番号は8392 0571です"
COVERED = "家賃は5万円、番号は〓〓〓〓 〓〓〓〓です"


def said(name: str, text: str) -> Utterance:
    return Utterance(
        id=name, channel=0, speaker=Speaker.RESIDENT, start_s=1.0, end_s=2.0, heard=text, text=text
    )


def fact(name: str, value: str, start: int) -> Fact:
    return Fact(
        name=name, value=value, utterance_id="u1", revision=0, start_char=start, end_char=start + len(value)
    )


def line(text: str, *ids: str, kind: LineKind = LineKind.QUOTED) -> RecordLine:
    return RecordLine(text=text, kind=kind, utterance_ids=ids)


def record(*lines: RecordLine, quote: str = "") -> ConsultationRecord:
    item = ReadbackItem(kind="phone", value="83920571", text="8392 0571", utterance_id="u1")
    return ConsultationRecord(
        template="t",
        fields=(RecordField(name="hearing", label="聴取内容", lines=lines),),
        readback=(item,),
        ledger=(
            LedgerLine(
                programme="p", state=LedgerState.TOLD, utterance_ids=("u1", "u2"), quote=quote, at_s=1.0
            ),
        ),
    )


def after(events: list[Event], covered: Covered) -> list[Event | None]:
    """Return the events as they are read afterwards."""
    return [covered.get(position, event) for position, event in enumerate(events, start=1)]


def stamped(events: list[Event]) -> list[StampedEvent]:
    return [
        StampedEvent(event=event, at=NOON, at_s=0.0, sound_s=0.0, position=position)
        for position, event in enumerate(events, start=1)
    ]


def test_a_number_is_covered_in_everything_that_rests_on_the_line() -> None:
    typed = line("番号 83920571 を確認", "u1", kind=LineKind.CLERK)
    other = line("郵便番号 0571", "u2")
    decided = ReadbackDecided(
        utterance_id="u1",
        kind="phone",
        value="83920571",
        text="8392 0571",
        state=ReadbackState.CONFIRMED,
        revision=0,
        start_char=SAID.index("8392"),
        end_char=SAID.index("です"),
    )
    events: list[Event] = [
        said("u1", "家賃は5万円、番号は8392 0571で"),
        fact("phone", "8392 0571", SAID.index("8392")),
        fact("rent_monthly", "5万円", 3),
        Revision(utterance_id="u1", revision=1, text=SAID, by="terms"),
        said("u2", "郵便番号 0571"),
        FieldEdited(field="hearing", before=(line(SAID, "u1"),), after=(typed, other), by="山田"),
        decided,
        SuggestionsChanged(shown=("p",), why=(Reason(programme="p", utterance_ids=("u1",), reason=SAID),)),
        record(line(f"「{SAID}」", "u1"), other, quote=SAID),
        Commented(by="係長", text="確認", line=f"「{SAID}」"),
    ]
    now = after(events, cover_number(stamped(events), {"u1": (SAID, COVERED)}))
    assert now[0] == said("u1", "家賃は5万円、番号は〓〓〓〓 〓〓〓〓で")
    assert (now[1], now[2], now[4], now[6]) == (None, events[2], events[4], None)
    assert now[3] == Revision(utterance_id="u1", revision=1, text=COVERED, by="terms")
    edit = now[5]
    assert isinstance(edit, FieldEdited)
    assert [item.text for item in (*edit.before, *edit.after)] == [
        *(COVERED, "番号 〓〓〓〓〓〓〓〓 を確認", "郵便番号 0571")
    ]
    kept = now[8]
    assert isinstance(kept, ConsultationRecord)
    assert [item.text for item in kept.fields[0].lines] == [f"「{COVERED}」", "郵便番号 0571"]
    assert (kept.readback, kept.ledger[0].quote) == ((), COVERED)
    comment = now[9]
    assert isinstance(comment, Commented)
    assert comment.line == f"「{COVERED}」"
    assert "8392" not in "".join(map(str, (getattr(now[7], "why", ""), kept, edit)))


def test_a_line_off_the_record_takes_along_what_was_concluded_from_it_but_not_what_was_typed() -> None:
    quoted, both = line("「なぐられた」", "u1"), line("暴力：夫", "u2", "u1", kind=LineKind.CONDENSED)
    typed = line("職員の行", "u1", "u2", kind=LineKind.CLERK)
    term = Term(utterance_id="u1", revision=0, start_char=0, end_char=2, name="暴力", how=Match.CUE)
    events: list[Event] = [
        said("u1", "なぐられた"),
        term,
        Alert(protocol="dv", utterance_id="u1"),
        LedgerEntry(programme="p", state=LedgerState.UNTOLD, utterance_id="u1", by="program"),
        LedgerEntry(programme="q", state=LedgerState.TOLD, utterance_id="u1", by="clerk"),
        Revision(utterance_id="u1", revision=1, text="殴られた", by="terms"),
        said("u2", "家賃の話"),
        FieldEdited(field="hearing", before=(quoted, both), after=(quoted, typed), by="山田"),
        record(quoted, typed, quote="なぐられた"),
        Commented(by="係長", text="確認", line="「なぐられた」"),
    ]
    now = after(events, cover_line(stamped(events), "u1"))
    line_now = now[0]
    assert isinstance(line_now, Utterance)
    assert (line_now.heard, line_now.text) == (OFF_RECORD, OFF_RECORD)
    assert now[1:4] == [None, None, None]
    assert (now[4], now[5], now[6]) == (events[4], None, events[6])
    edit, kept, comment = now[7:]
    assert isinstance(edit, FieldEdited)
    assert (edit.before, edit.after) == ((), (line("職員の行", "u2", kind=LineKind.CLERK),))
    assert isinstance(kept, ConsultationRecord)
    assert kept.fields[0].lines == edit.after
    assert kept.readback == ()
    assert (kept.ledger[0].quote, kept.ledger[0].utterance_ids) == (None, ("u2",))
    assert isinstance(comment, Commented)
    assert comment.line == OFF_RECORD
    assert cover_line(stamped(events), "u9") == {}


def test_nothing_tells_of_a_danger_or_a_need_that_only_the_line_told() -> None:
    need = LedgerLine(programme="shelter", state=LedgerState.UNTOLD, utterance_ids=("u1",))
    asked = Question(programme="rent", text="家賃はいくらですか")
    why = (
        Reason(programme="shelter", utterance_ids=("u1",), reason="逃げたい"),
        Reason(programme="rent", utterance_ids=("u2",), reason="家賃"),
    )
    events: list[Event] = [
        said("u1", "なぐられた。逃げたい"),
        Alert(protocol="dv", utterance_id="u1"),
        Alert(protocol="debt", utterance_id="u1"),
        Alert(protocol="debt", utterance_id="u2"),
        SuggestionsChanged(shown=("shelter", "rent"), why=why),
        QuestionsChanged(
            shown=(
                Question(programme="", text="今は安全ですか", protocol="dv"),
                Question(programme="shelter", text="行く所はありますか"),
                asked,
            )
        ),
        AlertDismissed(protocol="dv"),
        AlertDismissed(protocol="debt"),
        replace(record(), ledger=(need, replace(need, programme="typed", by="clerk"))),
    ]
    now = after(events, cover_line(stamped(events), "u1"))
    assert (now[1], now[2], now[3]) == (None, None, events[3])
    assert now[4] == SuggestionsChanged(shown=("rent",), why=why[1:])
    assert now[5] == QuestionsChanged(shown=(asked,))
    assert (now[6], now[7]) == (None, events[7])
    kept = now[8]
    assert isinstance(kept, ConsultationRecord)
    assert [item.programme for item in kept.ledger] == ["typed"]


def test_a_number_that_is_typed_never_enters_the_record() -> None:
    field = RecordField(name="hearing", label="聴取内容", lines=())
    edit = edit_from_text(field, "番号 1234 5678 9018\n受付 123456789012", by="山田")
    assert edit is not None
    assert [item.text for item in edit.after] == ["番号 〓〓〓〓 〓〓〓〓 〓〓〓〓", "受付 123456789012"]
