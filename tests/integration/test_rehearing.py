"""A saved consultation is heard again: what follows, what stays, what is said about it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.records import documents, off_record
from consult_assist.app.records.rehearing import Kept, hear_again, keep_rehearing
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.recording import read_recording
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.codec import fields_from_event
from consult_assist.domain.consultation import (
    Consent,
    ConsentWithdrawn,
    ConsultationState,
    Finished,
    RecordingOpened,
    Reopened,
    Started,
)
from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import LineKind
from consult_assist.domain.speech import Revision, SegmentFailed, Speaker, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import ConsultAssistError, RecognitionError, SoundError, StoreError
from consult_assist.nlp.base import Analyzer
from tests.integration.whole_program import SAMPLES, Program

CHILDREN = (29.78, 33.61)  # 長女が8歳で小学2年生、長男が3歳です。
MONEY = (38.739, 47.309)  # …手取りで月12万円くらいです。家賃が5万2千円で…
ALLOWANCE = (47.838, 56.288)  # …児童扶養手当の対象になるかもしれません。…
ID = "20261122-010203-abcd"


@pytest.fixture
def desk(tmp_path: Path, models_folder: Path, shipped_analyzer: Analyzer) -> Workplace:
    settings = Settings(data_folder=tmp_path, models_folder=models_folder, threads=1)
    return replace(build_workplace(settings), load_analyzer=lambda: shipped_analyzer)


def hearing(desk: Workplace, texts: Sequence[str | RecognitionError]) -> Workplace:
    recognizer = ScriptedRecognizer(texts)
    return replace(desk, load_recognizer=lambda: recognizer, model_digest=lambda: "better")


def hold(
    desk: Workplace,
    lines: Sequence[tuple[tuple[float, float], str]],
    *,
    consent: Consent = Consent.RECORDED,
    finished: bool = True,
    started_at: datetime | None = None,
) -> Journal:
    """Keep a consultation whose lines were recognised as given, with the sound of a sample."""
    journal = Journal(ID, desk.store)
    started = Started(
        id=ID,
        started_at=started_at or datetime.now(UTC),
        operator="職員",
        source="microphone:test",
        consent=consent,
    )
    journal.keep(started)
    if consent is Consent.RECORDED:
        write_sound(desk, journal)
    transcript = Transcript()
    for number, ((start_s, end_s), text) in enumerate(lines, start=1):
        said = Utterance(
            id=f"u{number:04d}",
            channel=0,
            speaker=Speaker.RESIDENT,
            start_s=start_s,
            end_s=end_s,
            heard=text,
            text=text,
        )
        transcript.apply(said)
        journal.keep(said)
        for event in desk.load_analyzer().analyze(said.id, 0, text, before=transcript.before(said.id)):
            journal.keep(event)
    if finished:
        journal.keep(Finished(duration_s=60.0))
    return journal


def write_sound(desk: Workplace, journal: Journal) -> None:
    name = f"{ID}-01.flac"
    writer = desk.sound_files.open_writer(name, 1)
    for block in desk.open_file(SAMPLES / "01-hitorioya.flac", None).blocks():
        if block[0].start_sample < 60 * SAMPLE_RATE_HZ:
            writer.write((AudioFrame(0, block[0].start_sample, block[0].samples.astype(np.float32)),))
    writer.close()
    journal.keep(RecordingOpened(name=name, start_s=0.0, channels=1))


def field(desk: Workplace, name: str) -> list[tuple[str, LineKind]]:
    record = documents.open_record(desk, ID).record
    return [(line.text, line.kind) for item in record.fields if item.name == name for line in item.lines]


def texts(desk: Workplace) -> list[str]:
    return [line.text for line in documents.open_record(desk, ID).transcript]


def test_the_real_model_mends_lines_facts_and_record_and_the_chain_holds(desk: Workplace) -> None:
    hold(desk, [(CHILDREN, "長女が五歳です。"), (MONEY, "家賃が九万円で困っています。")])
    assert ("家賃：月9万円", LineKind.CONDENSED) in field(desk, "hearing")
    progress: list[float] = []

    rehearing = hear_again(desk, ID, lambda done, _: progress.append(done))
    assert len(rehearing.changed) == 2
    assert texts(desk) == ["長女が五歳です。", "家賃が九万円で困っています。"]  # nothing is kept yet
    assert progress == sorted(progress)
    assert progress[-1] == pytest.approx(1)

    keep_rehearing(desk, rehearing, by="係長")
    children, money = texts(desk)
    assert "長男" in children
    assert "12万円" in money
    assert all("九万円" not in text and "9万円" not in text for text, _ in field(desk, "hearing"))
    assert any(text.startswith("収入：") and "12万円" in text for text, _ in field(desk, "hearing"))
    document = documents.open_record(desk, ID)
    assert document.summary.state is ConsultationState.CLOSED
    assert document.summary.duration_s == 60.0
    assert verify_records(desk) == []
    assert [summary.id for summary in desk.store.summaries(RecordQuery(words=("長男",)))] == [ID]
    reopened = next(e.event for e in desk.store.events(ID) if isinstance(e.event, Reopened))
    assert reopened.by == "係長"
    assert reopened.versions["model"] == desk.model_digest()

    again = hear_again(desk, ID)
    assert (again.changed, again.events, again.n_same) == ((), (), 2)


def test_the_command_shows_what_changes_and_keeps_it_only_when_told_to(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃が九万円で困っています。")])
    program = Program(desk.settings.data_folder)

    shown = program("transcribe", "--again", ID, "--dry-run")
    assert shown.stderr == ""
    assert "0:38 相談者\n  前: " in shown.stdout
    assert "－ 家賃：月9万円" in shown.stdout
    assert "変わる行 1、同じ行 0。" in shown.stdout
    unanswered = program("transcribe", "--again", ID, check=False)
    assert unanswered.returncode == 1
    assert "残していません" in unanswered.stdout
    assert texts(desk) == ["家賃が九万円で困っています。"]

    assert "残しました" in program("transcribe", "--again", ID, "--yes").stdout
    assert "12万円" in texts(desk)[0]
    assert "ありません" in program("records", "verify").stdout


def test_what_people_wrote_stays(desk: Workplace) -> None:
    journal = hold(
        desk,
        [(CHILDREN, "長女が五歳です。"), (MONEY, "家賃が九万円です。"), (ALLOWANCE, "対象です。")],
        finished=False,
    )
    journal.keep(Revision(utterance_id="u0001", revision=1, text="長女が8歳です。", by="clerk"))
    journal.keep(Finished(duration_s=60.0))
    rows = [text for text, _ in field(desk, "hearing")]
    typed = ["家賃は9万円とのこと" if row.startswith("家賃") else row for row in rows]
    documents.edit_record_field(desk, ID, "hearing", "\n".join(typed), by="職員")
    documents.close_record(desk, ID)

    better = hearing(desk, ["家賃が5万円です。", "児童扶養手当の対象です。"])
    rehearing = hear_again(better, ID)
    keep_rehearing(better, rehearing, by="職員")

    assert [(item.line.id, item.why) for item in rehearing.kept] == [("u0001", Kept.BY_CLERK)]
    assert texts(desk) == ["長女が8歳です。", "家賃が5万円です。", "児童扶養手当の対象です。"]
    assert [line.text for line in rehearing.typed] == ["家賃は9万円とのこと"]
    assert ("家賃は9万円とのこと", LineKind.CLERK) in field(desk, "hearing")
    assert all("5万円" not in text for text, _ in field(desk, "hearing"))  # the clerk has settled that line
    ledger = documents.open_record(desk, ID).record.ledger
    assert "jidou-fuyou-teate" in [line.programme for line in ledger]
    assert verify_records(desk) == []


def test_a_settled_line_whose_evidence_is_gone_is_marked_and_named(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃が九万円です。")])
    rows = [text for text, _ in field(desk, "hearing")]
    documents.edit_record_field(desk, ID, "hearing", "\n".join([*rows, "窓口で確認"]), by="職員")
    documents.close_record(desk, ID)

    better = hearing(desk, ["スーパーで働いています。"])
    rehearing = hear_again(better, ID)
    keep_rehearing(better, rehearing, by="職員")

    (lost,) = rehearing.unsupported
    assert lost.text.startswith("家賃：月9万円")
    assert (lost.text, LineKind.UNSUPPORTED) in field(desk, "hearing")
    assert ("窓口で確認", LineKind.CLERK) in field(desk, "hearing")


def test_an_answer_is_read_again_when_its_question_was_misheard(desk: Workplace) -> None:
    hold(desk, [((38.0, 40.0), "矢沢はおいくらですか。"), ((40.2, 42.0), "五万円です。")])
    assert all("家賃" not in text for text, _ in field(desk, "hearing"))
    better = hearing(desk, ["家賃はおいくらですか。", "五万円です。"])
    rehearing = hear_again(better, ID)
    assert [item.before.id for item in rehearing.changed] == ["u0001"]
    keep_rehearing(better, rehearing, by="職員")
    assert ("家賃：月5万円", LineKind.CONDENSED) in field(desk, "hearing")


def test_last_year_is_counted_from_the_day_of_the_talk(desk: Workplace) -> None:
    hold(
        desk,
        [((38.0, 42.0), "去年の三月四日に機関しました。")],
        started_at=datetime(2021, 6, 1, 12, tzinfo=UTC),
    )
    rehearing = hear_again(hearing(desk, ["去年の三月四日に離婚しました。"]), ID)
    dates = [item.value for item in rehearing.events if isinstance(item, Fact) and item.name == "event_date"]
    assert dates == ["2020-03-04"]


def test_a_personal_number_is_covered_whichever_hearing_catches_it(desk: Workplace) -> None:
    spans = [(10.0 + 3 * n, 12.0 + 3 * n) for n in range(4)]
    hold(
        desk,
        [
            (spans[0], "番号は"),
            (spans[1], "一に三市です"),
            (spans[2], "ごろく七八です"),
            (spans[3], "9012です"),
        ],
    )
    better = hearing(desk, ["番号は", "1234です", "5678です", "9012です"])
    rehearing = hear_again(better, ID)
    keep_rehearing(better, rehearing, by="職員")
    assert texts(desk) == ["番号は", "〓〓〓〓です", "〓〓〓〓です", "〓〓〓〓です"]
    assert all(
        digits not in str(fields_from_event(stamped.event))
        for stamped in desk.store.events(ID)
        for digits in ["1234", "5678", "9012"]
    )
    sound = read_recording(desk.sound_files.path(f"{ID}-01.flac"), 0.0, 60.0)
    assert not any(sound[round(s * SAMPLE_RATE_HZ) : round(e * SAMPLE_RATE_HZ)].any() for s, e in spans[1:])
    assert sound[: round(spans[1][0] * SAMPLE_RATE_HZ)].any()
    assert verify_records(desk) == []

    third = hearing(desk, ["番号は", "1234です", "5678です", "9012です"])
    rehearing = hear_again(third, ID)
    assert {item.why for item in rehearing.kept} == {Kept.MASKED}
    assert rehearing.events == ()


def test_a_line_that_stays_is_covered_where_a_personal_number_comes_to_light(
    desk: Workplace,
) -> None:
    spans = [(10.0 + 3 * n, 12.0 + 3 * n) for n in range(3)]
    hold(desk, [(spans[0], "1234です"), (spans[1], "5678です"), (spans[2], "急に十に")])
    better = hearing(desk, ["", "5678です", "9012です"])  # nothing is heard in the first one this time
    rehearing = hear_again(better, ID)
    assert rehearing.kept == ()
    keep_rehearing(better, rehearing, by="職員")
    assert texts(desk) == ["〓〓〓〓です", "〓〓〓〓です", "〓〓〓〓です"]


def test_a_failed_line_keeps_the_speaker_the_clerk_gave_it(desk: Workplace) -> None:
    journal = hold(desk, [(MONEY, "家賃が九万円です。")], finished=False)
    start_s, end_s = ALLOWANCE
    journal.keep(SegmentFailed(id="u0002", channel=0, start_s=start_s, end_s=end_s, reason="失敗"))
    journal.keep(SpeakerAssigned(utterance_id="u0002", speaker=Speaker.CLERK, by="clerk"))
    journal.keep(Finished(duration_s=60.0))
    better = hearing(desk, ["家賃が九万円です。", "児童扶養手当の対象です。"])
    keep_rehearing(better, hear_again(better, ID), by="職員")
    said = documents.open_record(desk, ID).transcript[1]
    assert (said.text, said.speaker) == ("児童扶養手当の対象です。", Speaker.CLERK)


def test_a_failed_line_of_one_microphone_for_all_is_nobodys_although_there_were_two_later(
    desk: Workplace,
) -> None:
    journal = hold(desk, [], finished=False)
    start_s, end_s = CHILDREN
    journal.keep(SegmentFailed(id="u0001", channel=0, start_s=start_s, end_s=end_s, reason="だめ"))
    journal.keep(RecordingOpened(name=f"{ID}-02.flac", start_s=60.0, channels=2))
    clerk: dict[str, Any] = {"channel": 0, "speaker": Speaker.CLERK, "heard": "はい", "text": "はい"}
    journal.keep(Utterance(id="u0002", start_s=61.0, end_s=62.0, **clerk))
    journal.keep(Finished(duration_s=63.0))
    rehearing = hear_again(hearing(desk, ["長女が8歳です。"]), ID)
    (said,) = (event for event in rehearing.events if isinstance(event, Utterance))
    assert (said.id, said.speaker) == ("u0001", None)


def test_a_line_is_never_emptied_and_a_failed_one_is_filled(desk: Workplace) -> None:
    journal = hold(desk, [(CHILDREN, "長女が五歳です。"), (MONEY, "家賃が九万円です。")], finished=False)
    start_s, end_s = ALLOWANCE
    journal.keep(SegmentFailed(id="u0003", channel=0, start_s=start_s, end_s=end_s, reason="失敗"))
    journal.keep(Finished(duration_s=60.0))
    better = hearing(desk, ["", RecognitionError("失敗"), "児童扶養手当の対象です。"])
    rehearing = hear_again(better, ID)
    keep_rehearing(better, rehearing, by="職員")
    assert [item.why for item in rehearing.kept] == [Kept.NOTHING_HEARD, Kept.NOTHING_HEARD]
    lines = documents.open_record(desk, ID).transcript
    assert [line.text for line in lines] == [
        "長女が五歳です。",
        "家賃が九万円です。",
        "児童扶養手当の対象です。",
    ]
    assert lines[2].failure is None
    assert lines[2].speaker is Speaker.RESIDENT


def test_a_record_that_changed_meanwhile_is_not_written(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃が九万円です。")])
    better = hearing(desk, ["家賃が5万円です。"])
    rehearing = hear_again(better, ID)
    documents.edit_record_field(desk, ID, "hearing", "書き足し", by="職員")
    with pytest.raises(StoreError, match="もう一度"):
        keep_rehearing(better, rehearing, by="職員")
    assert texts(desk) == ["家賃が九万円です。"]


def test_a_run_that_was_cut_off_is_read_to_the_end_the_next_time(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃が九万円です。")])
    better = hearing(desk, ["家賃が5万円です。"])
    rehearing = hear_again(better, ID)
    journal = Journal(ID, desk.store, desk.store.events(ID))
    journal.keep(Reopened(by="職員"))
    journal.keep(rehearing.events[0])  # the revision, not what was found in it
    assert all("家賃：" not in text for text, _ in field(desk, "hearing"))

    rehearing = hear_again(hearing(desk, ["家賃が5万円です。"]), ID)
    keep_rehearing(better, rehearing, by="職員")
    assert ("家賃：月5万円", LineKind.CONDENSED) in field(desk, "hearing")


def test_a_line_off_the_record_is_not_heard_again(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃が九万円です。")])
    off_record.redact_line(desk, ID, "u0001", by="職員")
    rehearing = hear_again(hearing(desk, ["家賃が5万円です。"]), ID)
    assert [item.why for item in rehearing.kept] == [Kept.OFF_RECORD]
    assert not rehearing.events


def withdraw(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃です。")], finished=False)
    journal = Journal(ID, desk.store, desk.store.events(ID))
    journal.keep(ConsentWithdrawn(erase_text=False))
    journal.keep(Finished(duration_s=60.0))


def lose_the_sound(desk: Workplace) -> None:
    hold(desk, [(MONEY, "家賃です。")])
    desk.sound_files.remove(f"{ID}-01.flac")


@pytest.mark.parametrize(
    ("prepare", "kind", "words"),
    [
        (withdraw, SoundError, "同意が取り消され"),
        (lose_the_sound, SoundError, "録音は消されたか"),
        (lambda desk: hold(desk, [], consent=Consent.HANDWRITTEN), SoundError, "手書き"),
        (lambda desk: hold(desk, [(MONEY, "家賃です。")], consent=Consent.TEXT_ONLY), SoundError, "文字のみ"),
        (
            lambda desk: hold(desk, [(MONEY, "家賃です。")], finished=False),
            StoreError,
            "まだ終わっていません",
        ),
    ],
)
def test_what_cannot_be_heard_again_is_said_in_one_sentence(
    desk: Workplace, prepare: Callable[[Workplace], object], kind: type[ConsultAssistError], words: str
) -> None:
    prepare(desk)
    with pytest.raises(kind, match=words) as caught:
        hear_again(hearing(desk, ["x"]), ID)
    assert str(caught.value).count("。") == 1 or "まだ終わって" in str(caught.value)
