"""A saved record put right: read-back list, a line of the transcript, an edit taken back; all of it kept."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.records import documents
from consult_assist.app.records.archive import list_records
from consult_assist.app.records.correcting import correct_line, decide_readback, step_edit
from consult_assist.app.records.histories import record_history
from consult_assist.app.records.off_record import redact_line
from consult_assist.app.records.reviewing import submit_record
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Consent, ConsultationState, Finished, Started
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.domain.speech import Speaker, Utterance
from consult_assist.errors import RecordChangedError, SignOffError, TranscriptChangedError
from consult_assist.nlp.scripted import ScriptedAnalyzer

SAID = "家賃は六万円です"


def fact(words: str, value: int) -> Fact:
    """Return the rent that 「家賃は…です」 states."""
    return Fact(
        name="rent_monthly", value=value, utterance_id="u1", revision=0, start_char=3, end_char=3 + len(words)
    )


RENTS = ScriptedAnalyzer(
    {
        f"家賃は{words}です": [fact(words, value)]
        for words, value in (("六万円", 60_000), ("七万円", 70_000), ("八万円", 80_000))
    }
)


@pytest.fixture
def workplace(workplace: Workplace) -> Workplace:
    """An office with one finished consultation."""
    place = replace(workplace, load_analyzer=lambda: RENTS)
    journal = Journal("a", place.store)
    journal.keep(
        Started(
            id="a",
            started_at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
            operator="佐藤",
            source="none",
            consent=Consent.RECORDED,
        )
    )
    journal.keep(
        Utterance(id="u1", channel=0, speaker=Speaker.RESIDENT, start_s=0.0, end_s=2.0, heard=SAID, text=SAID)
    )
    journal.keep(fact("六万円", 60_000))
    journal.keep(Finished(duration_s=2.0))
    return place


def rent(document: RecordDocument) -> ReadbackItem:
    return next(item for item in document.record.readback if item.kind == "money")


def hearing(document: RecordDocument) -> list[str]:
    return [line.text for item in document.record.fields if item.name == "hearing" for line in item.lines]


def test_a_correction_of_the_list_changes_transcript_and_record_and_reopens(workplace: Workplace) -> None:
    before = documents.open_record(workplace, "a")
    assert "家賃：月6万円" in hearing(before)

    after = decide_readback(workplace, "a", rent(before), ReadbackState.CORRECTED, "七万円", by="鈴木")

    assert after.transcript[0].text == "家賃は七万円です"
    assert "家賃：月7万円" in hearing(after)
    assert (rent(after).state, rent(after).value) == (ReadbackState.CORRECTED, 70_000)
    assert after.summary.state is ConsultationState.OPEN
    told = [(change.by, change.what) for change in record_history(workplace, "a").changes]
    assert told[-2:] == [("鈴木", "記録"), ("鈴木", "復唱リスト")]
    documents.edit_record_field(workplace, "a", "hearing", "窓口で確認", by="鈴木")
    assert record_history(workplace, "a").changes[-1].what == "聴取内容"
    assert workplace.store.verify() == []


def test_a_confirmation_is_kept_and_changes_no_word(workplace: Workplace) -> None:
    document = documents.open_record(workplace, "a")
    after = decide_readback(workplace, "a", rent(document), ReadbackState.CONFIRMED, None, by="鈴木")
    assert rent(documents.open_record(workplace, "a")).state is ReadbackState.CONFIRMED
    assert after.transcript == document.transcript


def test_a_line_is_corrected_and_what_rests_on_it_follows(workplace: Workplace) -> None:
    after = correct_line(workplace, "a", "u1", 0, "家賃は八万円です", by="鈴木")
    assert "家賃：月8万円" in hearing(after)
    assert after.transcript[0].heard == SAID


def test_what_is_erased_elsewhere_while_the_analyzer_loads_does_not_come_back(
    workplace: Workplace, tmp_path: Path
) -> None:
    said = "居酒屋の手伝い"
    journal = Journal("a", workplace.store)
    journal.keep(
        Utterance(id="u2", channel=0, speaker=Speaker.RESIDENT, start_s=2.0, end_s=3.0, heard=said, text=said)
    )
    journal.keep(
        Fact(name="occupation", value=said, utterance_id="u2", revision=0, start_char=0, end_char=len(said))
    )

    def load() -> ScriptedAnalyzer:
        redact_line(workplace, "a", "u2", by="佐藤")
        return RENTS

    after = correct_line(replace(workplace, load_analyzer=load), "a", "u1", 0, "家賃は八万円です", by="鈴木")
    assert "家賃：月8万円" in hearing(after)
    workplace.store.close()
    assert said.encode() not in (tmp_path / "records.sqlite3").read_bytes()


def test_the_list_and_the_search_show_the_corrected_record(workplace: Workplace) -> None:
    documents.close_record(workplace, "a")
    correct_line(workplace, "a", "u1", 0, "家賃は八万円です", by="鈴木")
    (listed,) = list_records(workplace, "聴取内容:月8万円")
    assert listed == workplace.store.summary("a")
    assert list_records(workplace, "聴取内容:月6万円") == []
    assert workplace.store.verify() == []


def test_nothing_is_touched_where_the_line_is_no_longer_what_was_seen(workplace: Workplace) -> None:
    correct_line(workplace, "a", "u1", 0, "家賃は八万円です", by="鈴木")
    head = workplace.store.head("a")
    with pytest.raises(TranscriptChangedError):
        correct_line(workplace, "a", "u1", 0, "家賃は七万円です", by="鈴木")
    assert workplace.store.head("a") == head


def test_undo_goes_on_after_a_restart(workplace: Workplace, tmp_path: Path) -> None:
    documents.edit_record_field(workplace, "a", "opinion", "落ち着いている", by="佐藤")
    documents.edit_record_field(workplace, "a", "opinion", "困っている", by="鈴木")
    there = build_workplace(Settings(data_folder=tmp_path))

    def opinion(document: RecordDocument | None) -> list[str]:
        assert document is not None
        return [line.text for item in document.record.fields if item.name == "opinion" for line in item.lines]

    assert opinion(step_edit(there, "a", "opinion", forward=False, by="鈴木")) == ["落ち着いている"]
    assert opinion(step_edit(there, "a", "opinion", forward=False, by="鈴木")) == []
    assert step_edit(there, "a", "opinion", forward=False, by="鈴木") is None
    assert opinion(step_edit(there, "a", "opinion", forward=True, by="鈴木")) == ["落ち着いている"]


def test_no_field_is_written_over_that_was_changed_in_another_window(workplace: Workplace) -> None:
    seen = documents.open_record(workplace, "a").chain_head
    theirs = documents.edit_record_field(workplace, "a", "opinion", "落ち着いている", by="佐藤")
    with pytest.raises(RecordChangedError):
        documents.edit_record_field(workplace, "a", "opinion", "困っている", by="鈴木", seen=seen)
    with pytest.raises(RecordChangedError):
        step_edit(workplace, "a", "opinion", forward=False, by="鈴木", seen=seen)
    with pytest.raises(RecordChangedError):
        submit_record(workplace, "a", by="鈴木", seen=seen)
    with pytest.raises(RecordChangedError):
        documents.close_record(workplace, "a", seen=seen)
    assert workplace.store.head("a") == theirs.chain_head
    after = documents.edit_record_field(
        workplace, "a", "opinion", "落ち着いている\n困っている", by="鈴木", seen=theirs.chain_head
    )
    assert after.chain_head == workplace.store.head("a") != theirs.chain_head
    closed = documents.close_record(workplace, "a", seen=after.chain_head)
    assert closed.summary.state is ConsultationState.CLOSED


def test_a_record_that_waits_for_its_decision_is_not_corrected(workplace: Workplace) -> None:
    document = submit_record(workplace, "a", by="佐藤")
    head = workplace.store.head("a")
    with pytest.raises(SignOffError):
        correct_line(workplace, "a", "u1", 0, "家賃は八万円です", by="鈴木")
    with pytest.raises(SignOffError):
        decide_readback(workplace, "a", rent(document), ReadbackState.CONFIRMED, None, by="鈴木")
    assert workplace.store.head("a") == head
