"""A whole session with scripted engines: what the clerk does, and what is left afterwards."""

import gc
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from consult_assist.app.live.session import Session
from consult_assist.app.live.status import Phase
from consult_assist.app.live.withdrawal import unfinished_withdrawal
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.audio import SpeechSegment
from consult_assist.domain.codec import fields_from_event
from consult_assist.domain.consultation import Finished, Redacted
from consult_assist.domain.guidance import (
    AlertDismissed,
    DetailsOpened,
    Fact,
    LedgerEntry,
    LedgerState,
    Term,
)
from consult_assist.domain.record import ConsultationRecord, LineKind, TemplateChosen
from consult_assist.domain.speech import Revision, Speaker, SpeakerAssigned
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import RecognitionError, RecordingError, StoreError
from consult_assist.nlp.base import Analyzer
from consult_assist.record.builder import build_record
from consult_assist.text_cache import text_cache
from tests.unit.app.live.desk import KNOWLEDGE, TEMPLATE, Desk, RentAnalyzer, empty_writer, until, utterance
from tests.unit.app.troubled_stores import CopyLeft, FullDisk, KilledAfterErasing, Stubborn


def lines(record: ConsultationRecord, field: str) -> list[tuple[str, LineKind]]:
    (found,) = (item for item in record.fields if item.name == field)
    return [(line.text, line.kind) for line in found.lines]


def test_everything_waiting_is_heard_before_the_record_is_closed() -> None:
    desk = Desk("家賃は六万円です", "離婚しました")
    desk.session.start()
    desk.session.wait()
    desk.session.finish()
    types = desk.types()
    assert types[-2:] == ["record", "finished"]
    assert types.count("utterance") == 2
    assert types.count("fact") == 2
    assert desk.session.status().phase is Phase.FINISHED
    assert desk.session.status().trouble is None
    assert desk.ended == 1


def test_what_the_clerk_typed_stands_beside_what_is_found_later() -> None:
    desk = Desk("家賃は六万円です", "離婚しました")
    desk.run()
    desk.session.edit_field("memo", "落ち着いて話された")
    record = desk.session.finish()
    assert lines(record, "memo") == [("落ち着いて話された", LineKind.CLERK)]
    assert any(kind is not LineKind.CLERK for _, kind in lines(record, "hearing"))


def test_no_personal_number_is_kept_that_the_reason_for_a_programme_holds() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.session.set_ledger("x", LedgerState.UNTOLD, "番号123456789018の方は対象外")
    (entry,) = [event for event in desk.session.events() if isinstance(event, LedgerEntry)]
    assert entry.reason == f"番号{'〓' * 12}の方は対象外"


def test_what_the_clerk_does_about_the_guidance_is_kept() -> None:
    desk = Desk()
    desk.session.note_details_opened("x")
    desk.session.dismiss_alert("dv")
    desk.session.choose_template("t")
    kept = [stamped.event for stamped in desk.store.events("c1")]
    assert [
        event for event in kept if isinstance(event, DetailsOpened | AlertDismissed | TemplateChosen)
    ] == [
        DetailsOpened(programme="x"),
        AlertDismissed(protocol="dv"),
        TemplateChosen(template="t", by="clerk"),
    ]


def test_a_pause_is_kept_with_its_end() -> None:
    desk = Desk("家賃は六万円です")
    desk.session.pause()
    assert desk.session.status().phase is Phase.PAUSED
    desk.session.resume()
    assert desk.session.status().phase is Phase.RUNNING
    assert desk.types() == ["started", "paused", "unpaused"]


def test_what_is_said_before_everything_is_loaded_is_recognised_at_once_and_understood_later() -> None:
    loaded = threading.Event()

    def load() -> Analyzer:
        assert loaded.wait(60)
        return RentAnalyzer()

    desk = Desk("家賃は六万円です", "離婚しました", load_analyzer=load)
    desk.session.start()
    desk.session.wait()
    until(lambda: len(Transcript(desk.session.events())) == 2)
    assert desk.session.status().preparing
    assert "fact" not in desk.types()
    loaded.set()
    desk.session.finish()
    assert desk.types().count("fact") == 2
    assert not desk.session.status().preparing


def test_a_consultation_goes_on_when_what_understands_it_cannot_be_loaded() -> None:
    def load() -> Analyzer:
        raise RuntimeError("no dictionary")

    desk = Desk("家賃は六万円です", load_analyzer=load)
    desk.session.start()
    desk.session.wait()
    desk.session.finish()
    assert [line.text for line in Transcript(desk.session.events())] == ["家賃は六万円です"]
    assert "手書きで続けられます" in str(desk.session.status().trouble)
    assert not desk.session.status().preparing


def test_a_speaker_flips_from_unknown_to_resident_to_clerk() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    seen = []
    for _ in range(3):
        desk.session.flip_speaker("u0001")
        seen.append(next(iter(Transcript(desk.session.events()))).speaker)
    assert seen == [Speaker.RESIDENT, Speaker.CLERK, Speaker.RESIDENT]


def test_a_failed_line_is_replaced_when_it_is_tried_again() -> None:
    failure = RecognitionError("認識できませんでした。")
    desk = Desk(failure, failure, "二つ目", "一つ目")
    desk.run()
    desk.session.retry_segment("u0001")
    assert [(line.id, line.text, line.failure) for line in Transcript(desk.session.events())] == [
        ("u0001", "一つ目", None),
        ("u0002", "二つ目", None),
    ]


def test_a_failed_line_in_which_nobody_speaks_is_told() -> None:
    failure = RecognitionError("認識できませんでした。")
    desk = Desk(failure, failure, "二つ目", "")
    desk.run()
    with pytest.raises(RecognitionError, match="話し声は見つかりません"):
        desk.session.retry_segment("u0001")


def test_a_failed_line_keeps_the_speaker_it_was_given() -> None:
    failure = RecognitionError("認識できませんでした。")
    desk = Desk(failure, failure, "二つ目", failure, "一つ目")
    desk.run()
    desk.session.flip_speaker("u0001")
    for _ in range(2):  # fails again, then succeeds
        desk.session.retry_segment("u0001")
    first = Transcript(desk.session.events()).get("u0001")
    assert first is not None
    assert (first.text, first.speaker) == ("一つ目", Speaker.RESIDENT)


def test_a_personal_number_is_covered_around_a_line_that_is_tried_again() -> None:
    failure = RecognitionError("認識できませんでした。")
    desk = Desk(failure, failure, "9012です", "1234 5678")
    desk.run()
    desk.session.retry_segment("u0001")
    assert [line.text for line in Transcript(desk.session.events())] == ["〓〓〓〓 〓〓〓〓", "〓〓〓〓です"]


def test_what_was_found_in_a_text_that_is_covered_meanwhile_is_looked_for_again() -> None:
    writer = empty_writer()
    read: list[tuple[int, str]] = []
    remembered = text_cache(2)(len)

    class SlowAnalyzer(RentAnalyzer):
        def analyze(
            self,
            utterance_id: str,
            revision: int,
            text: str,
            *,
            before: str = "",
            asked: str = "",
            by_clerk: bool = False,
            held_on: date | None = None,
        ) -> Sequence[Revision | Term | Fact]:
            read.append((revision, text))
            if revision == 0 and "5678" in text:  # the rest of the number comes while this is read
                writer.take(replace(first, id="u0002", start_s=2.0, end_s=3.0, heard="9012", text="9012"))
                remembered(text)
                repaired = Revision(utterance_id=utterance_id, revision=1, text=f"{text}。", by="terms")
                return [repaired, *super().analyze(utterance_id, 1, text, before=before)]
            return super().analyze(utterance_id, revision, text, before=before)

    first = utterance("u0001", "1234 5678")
    writer.take(first)
    writer.understand(first.id, SlowAnalyzer())
    assert read == [(0, "1234 5678"), (0, "〓〓〓〓 〓〓〓〓")]
    assert [line.text for line in writer.transcript] == ["〓〓〓〓 〓〓〓〓", "〓〓〓〓"]
    assert remembered.cache_info().currsize == 0


def test_a_finished_session_lets_go_of_sound_and_voices() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.session.finish()
    gc.collect()
    assert desk.pipeline() is None
    desk.session.retry_segment("u0001")
    assert desk.session.status().sound_s > 0


def test_a_personal_number_is_never_kept_or_shown() -> None:
    desk = Desk("個人番号は1234 5678 9012です")
    shown: list[str] = []
    desk.session.subscribe(lambda stamped: shown.append(str(fields_from_event(stamped.event))))
    desk.run()
    desk.session.finish()
    assert "〓" in "".join(shown)
    assert not any("5678" in text for text in shown)


@pytest.mark.parametrize("erase_text", [True, False])
def test_withdrawn_consent_erases_the_sound_and_if_wanted_the_text(erase_text: bool) -> None:
    desk = Desk("家賃は六万円です", "離婚しました")
    desk.run()
    desk.session.edit_field("memo", "手書きのメモ")
    desk.session.withdraw_consent(erase_text=erase_text)
    assert desk.sound.removed == ["c1-01.flac"]
    assert desk.session.status().phase is Phase.HANDWRITTEN
    said = [line.text for line in Transcript(desk.session.events())]
    assert said == ([] if erase_text else ["家賃は六万円です", "離婚しました"])
    assert ("手書きのメモ", LineKind.CLERK) in lines(desk.session.record(), "memo")
    assert desk.store.verify() == []
    desk.session.edit_field("memo", "手書きのメモ\n続きを手で書く")
    record = desk.session.finish()
    assert [text for text, _ in lines(record, "memo")] == ["手書きのメモ", "続きを手で書く"]
    assert desk.session.events()[-1] == Finished(duration_s=4.9)
    assert desk.store.verify() == []


def test_a_personal_number_read_out_in_groups_is_covered_in_every_line() -> None:
    desk = Desk("1234 5678", "9012です")
    desk.run()
    desk.session.finish()
    said = "".join(line.text for line in Transcript(desk.session.events()))
    assert not any(char.isdigit() for char in said)


def test_a_line_put_right_after_finishing_failed_is_analysed_and_kept() -> None:
    store = FullDisk()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    store.full = True
    with pytest.raises(StoreError):
        desk.session.finish()
    store.full = False
    desk.session.correct_line("u0001", 0, "家賃は七万円です")
    desk.session.finish()
    facts = [event.revision for event in desk.session.events() if isinstance(event, Fact)]
    assert facts == [0, 1]
    assert desk.types()[-2:] == ["record", "finished"]
    assert desk.types().count("finished") == 1
    assert desk.ended == 1


def test_typed_notes_stay_when_a_copy_of_the_erased_words_could_not_be_removed() -> None:
    store = CopyLeft()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    desk.session.edit_field("memo", "手書きのメモ")
    store.read_elsewhere = True
    with pytest.raises(StoreError):
        desk.session.withdraw_consent(erase_text=True)
    store.read_elsewhere = False
    desk.session.withdraw_consent(erase_text=True)
    assert [text for text, _ in lines(desk.session.finish(), "memo")] == ["手書きのメモ"]


def test_what_was_typed_is_kept_in_one_step_with_the_erasure_of_the_words() -> None:
    store = KilledAfterErasing()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    desk.session.edit_field("memo", "手書きのメモ")
    desk.session.withdraw_consent(erase_text=True)
    kept = [stamped.event for stamped in store.events("c1")]
    record = build_record(kept, template=TEMPLATE, knowledge=KNOWLEDGE)
    assert [text for text, _ in lines(record, "memo")] == ["手書きのメモ"]


def test_the_sound_of_a_line_off_the_record_goes_although_a_copy_of_its_words_is_left() -> None:
    store = CopyLeft()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    store.read_elsewhere = True
    with pytest.raises(StoreError):
        desk.session.take_off_record("u0001")
    desk.session.finish()
    assert ("silence", "c1-01.flac") in desk.sound.asked
    assert [line.text for line in Transcript(desk.session.events())] == [OFF_RECORD]


def test_sound_goes_and_a_withdrawal_is_remembered_although_the_store_cannot_write() -> None:
    store = FullDisk()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    store.full = True
    with pytest.raises(StoreError):
        desk.session.withdraw_consent(erase_text=True)
    assert desk.sound.removed == ["c1-01.flac"]
    store.full = False
    desk.session.edit_field("memo", "手で書く")
    assert "consent_withdrawn" in desk.types()


def test_a_number_that_could_not_be_erased_goes_when_the_talk_ends() -> None:
    desk = Desk("1234 5678", "9012です")
    desk.sound.unmarkable = True
    desk.run()
    assert "1234" in "".join(str(sealed.payload) for sealed in desk.store.sealed)
    desk.sound.unmarkable = False
    desk.session.finish()
    assert "1234" not in "".join(str(sealed.payload) for sealed in desk.store.sealed)
    assert ("silence", "c1-01.flac") in desk.sound.asked


@pytest.mark.parametrize(("erase_text", "erasures"), [(False, [False, True]), (True, [False])])
def test_a_number_that_could_not_be_erased_goes_in_the_end_also_after_a_withdrawal(
    erase_text: bool, erasures: list[bool]
) -> None:
    store = Stubborn()
    desk = Desk("1234 5678", "9012です", store=store)
    desk.run()
    assert "1234" in "".join(str(sealed.payload) for sealed in store.sealed)
    desk.session.withdraw_consent(erase_text=erase_text)
    n_asked = len(desk.sound.asked)
    store.stubborn = False
    desk.session.finish()
    assert "1234" not in "".join(str(sealed.payload) for sealed in store.sealed)
    assert [event.in_part for event in desk.session.events() if isinstance(event, Redacted)] == erasures
    assert {what for what, *_ in desk.sound.asked[n_asked:]} <= {"mend"}, "nothing is silenced that is gone"


@pytest.mark.parametrize("repeat", [lambda live: live.withdraw_consent(erase_text=True), Session.finish])
def test_a_withdrawal_that_fails_halfway_can_be_repeated(repeat: Callable[[Session], object]) -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.sound.in_use = True
    with pytest.raises(RecordingError):
        desk.session.withdraw_consent(erase_text=True)
    assert desk.session.status().withdrawal_pending
    assert not list(Transcript(desk.session.events()))
    with pytest.raises(RecordingError):
        desk.session.finish()
    assert "finished" not in desk.types(), "nobody could erase the sound of a closed record"
    desk.sound.in_use = False
    repeat(desk.session)
    assert desk.sound.removed == ["c1-01.flac"]
    assert not desk.session.status().withdrawal_pending
    assert unfinished_withdrawal(desk.session.events()) is None
    desk.session.finish()
    assert desk.store.verify() == []


def test_what_the_clerk_does_after_a_withdrawal_that_failed_halfway_stays_when_it_is_repeated() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.sound.in_use = True
    with pytest.raises(RecordingError):
        desk.session.withdraw_consent(erase_text=True)
    desk.session.set_ledger("kinkyuu-koguchi", LedgerState.TOLD)
    desk.session.edit_field("memo", "手で書く")
    desk.sound.in_use = False
    record = desk.session.finish()
    assert lines(record, "memo") == [("手で書く", LineKind.CLERK)]
    (entry,) = (event for event in desk.session.events() if isinstance(event, LedgerEntry))
    assert entry.state is LedgerState.TOLD
    assert not list(Transcript(desk.session.events()))


def test_a_text_that_was_to_be_erased_is_erased_whatever_is_chosen_at_the_second_try() -> None:
    store = FullDisk()
    desk = Desk("家賃は六万円です", store=store)
    desk.run()
    store.full = True
    with pytest.raises(StoreError):
        desk.session.withdraw_consent(erase_text=True)
    store.full = False
    desk.session.withdraw_consent(erase_text=False)
    assert "家賃" not in "".join(str(sealed.payload) for sealed in store.sealed)


def test_an_engine_with_a_bug_never_takes_the_consultation_with_it() -> None:
    class Broken(ScriptedRecognizer):
        def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
            raise RuntimeError("bug")

    desk = Desk(recognizer=Broken([]))
    desk.session.start()
    desk.session.wait()
    desk.session.edit_field("memo", "手で書く")
    record = desk.session.finish()
    assert desk.session.status().trouble is not None
    assert lines(record, "memo") == [("手で書く", LineKind.CLERK)]


def test_a_line_that_cannot_be_understood_does_not_end_guidance() -> None:
    class Stumbling(RentAnalyzer):
        def begin(self, utterance_id: str) -> None:
            if utterance_id == "u0001":
                raise ZeroDivisionError

    desk = Desk("家賃は六万円です", "家賃は七万円です", load_analyzer=Stumbling)
    desk.session.start()
    desk.session.wait()
    desk.session.finish()
    assert {event.utterance_id for event in desk.session.events() if isinstance(event, Fact)} == {"u0002"}
    assert "案内に入っていない発言" in str(desk.session.status().trouble)


def test_the_clerks_word_on_a_speaker_stands() -> None:
    writer = empty_writer()
    for utterance_id in ("u0001", "u0002"):
        writer.take(utterance(utterance_id, "家賃が払えません。"))
    writer.flip_speaker("u0001")
    for utterance_id in ("u0001", "u0002"):
        writer.take(SpeakerAssigned(utterance_id=utterance_id, speaker=Speaker.CLERK, by="program"))
    speakers = {line.id: line.speaker for line in writer.transcript}
    assert speakers == {"u0001": Speaker.RESIDENT, "u0002": Speaker.CLERK}
