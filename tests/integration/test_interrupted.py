"""A consultation that was cut off, with scripted engines on a real store and real sound files."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.live import starting
from consult_assist.app.projections import events_of, read_sound, recording_at
from consult_assist.app.records import documents
from consult_assist.app.records.cases import set_case_number
from consult_assist.app.records.playing import missing_sound
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.base import AudioBlock, SoundFiles
from consult_assist.audio.recording import FlacRecordingWriter, recording_blocks
from consult_assist.cli import run_command
from consult_assist.cli.event_file import EventFile
from consult_assist.cli.parser import UsageError, build_parser
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import Consent, ConsentWithdrawn, RecordingOpened, Resumed
from consult_assist.domain.speech import Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import ModelError, StoreBusyError, StoreError
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.vad.scripted import ScriptedDetector
from tests.unit.app.troubled_stores import FullDisk

N = 1600
RNG = np.random.default_rng(5)


class Microphone:
    """A microphone that hears one loud stretch after the other, then nothing more."""

    name = "microphone:test"

    def __init__(self, levels: list[float], channels: int = 1, voice_on: int = 0) -> None:
        self.levels = levels
        self.channels = channels
        self.voice_on = voice_on

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        silence = np.zeros(N, dtype=np.float32)
        for number, level in enumerate(self.levels):
            samples = RNG.normal(0, level, N).astype(np.float32)
            yield tuple(
                AudioFrame(
                    channel, start_sample + number * N, samples if channel == self.voice_on else silence
                )
                for channel in range(self.channels)
            )


SENTENCE = [0.0] * 5 + [0.1] * 15 + [0.0] * 10
CUT_OFF = [0.1] * 15


def workplace(
    folder: Path, texts: list[str], levels: list[float], channels: int = 1, voice_on: int = 0
) -> Workplace:
    recognizer = ScriptedRecognizer(texts)
    return replace(
        build_workplace(Settings(data_folder=folder)),
        load_recognizer=lambda: recognizer,
        load_analyzer=lambda: ScriptedAnalyzer({}),
        new_detector=ScriptedDetector,
        model_digest=lambda: "scripted",
        open_microphone=lambda: Microphone(levels, channels, voice_on),
    )


def interrupt(folder: Path, consent: Consent = Consent.RECORDED, channels: int = 1, voice_on: int = 0) -> str:
    """Hold a consultation that ends in the middle of its second sentence, as a crash would."""
    desk = workplace(folder, ["一つ目"], SENTENCE + CUT_OFF, channels, voice_on)
    session = starting.start_consultation(desk, consent=consent, operator="職員")
    assert session._pipeline is not None
    flush = session._pipeline.listen
    session._pipeline.listen = lambda *sound: (  # type: ignore[method-assign]
        event for event in flush(*sound) if isinstance(event, Utterance) and event.id == "u0001"
    )
    session.start()
    session.wait()
    session._stop()
    desk.capture_lock.release()
    desk.store.close()
    return session.id


def test_it_goes_on_where_the_sound_on_disk_ends_and_hears_what_was_not_recognised(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    desk = workplace(tmp_path, ["二つ目", "三つ目"], SENTENCE)
    assert [summary.id for summary in starting.interrupted_consultations(desk)] == [consultation]
    session = starting.resume_consultation(desk, consultation)
    session.start()
    session.wait()
    session.finish()
    events = session.events()
    said = [event for event in events if isinstance(event, Utterance)]
    (resumed,) = (event for event in events if isinstance(event, Resumed))
    recorded_s = (len(SENTENCE) + len(CUT_OFF)) * 0.1
    assert resumed.sound_s == pytest.approx(recorded_s, abs=0.05)
    assert [(u.id, u.text) for u in said] == [("u0001", "一つ目"), ("u0002", "二つ目"), ("u0003", "三つ目")]
    assert said[0].end_s <= said[1].start_s < recorded_s <= said[2].start_s
    assert verify_records(desk) == []
    assert starting.interrupted_consultations(desk) == []


@pytest.mark.parametrize(("channels", "voice_on"), [((1, 2), 0), ((2, 1), 0), ((2, 1), 1)])
def test_it_goes_on_with_another_number_of_microphones(
    tmp_path: Path, channels: tuple[int, int], voice_on: int
) -> None:
    consultation = interrupt(tmp_path, channels=channels[0], voice_on=voice_on)
    desk = workplace(tmp_path, ["二つ目", "三つ目"], SENTENCE, channels[1])
    session = starting.resume_consultation(desk, consultation)
    session.start()
    session.wait()
    session.finish()
    assert session.status().trouble is None
    said = [event for event in session.events() if isinstance(event, Utterance)]
    assert [event.text for event in said] == ["一つ目", "二つ目", "三つ目"]
    whose = [None, None, "clerk"] if channels[0] == 1 else [["clerk", "resident"][voice_on]] * 2 + [None]
    assert [event.speaker for event in said] == whose
    heard = [read_sound(desk, session.events(), line) for line in Transcript(session.events())]
    assert min(np.abs(segment.samples).max() for segment in heard) > 0.1


def test_what_a_withdrawal_left_is_erased_before_the_record_is_closed(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    desk = workplace(tmp_path, [], [])
    Journal(consultation, desk.store).keep(ConsentWithdrawn(erase_text=True))  # and the power fails
    document = documents.close_record(desk, consultation)
    assert document.transcript == ()
    assert list((tmp_path / "recordings").iterdir()) == []
    assert desk.store.verify() == []


def test_its_clock_goes_on_although_something_was_written_into_it_meanwhile(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path, Consent.TEXT_ONLY)
    desk = workplace(tmp_path, ["二つ目"], SENTENCE)
    set_case_number(desk, consultation, "A-1", by="職員")
    session = starting.resume_consultation(desk, consultation)
    session.start()
    session.wait()
    session.finish()
    first, second = (event for event in session.events() if isinstance(event, Utterance))
    assert (first.text, second.text) == ("一つ目", "二つ目")
    assert first.end_s < second.start_s


def test_sound_that_is_gone_is_missed_although_something_was_written_meanwhile(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    desk = workplace(tmp_path, [], [])
    documents.edit_record_field(desk, consultation, "hearing", "書き足した行", by="職員")
    (sound,) = (tmp_path / "recordings").glob("*.flac")
    sound.unlink()
    assert "欠けている" in (missing_sound(desk, consultation) or "")


@pytest.mark.parametrize("left", [b"", b"fLaC"])
def test_a_sound_file_cut_off_before_its_first_sound_does_not_stand_in_the_way(
    tmp_path: Path, left: bytes
) -> None:
    consultation = interrupt(tmp_path)
    (sound,) = (tmp_path / "recordings").glob("*.flac")
    sound.write_bytes(left)
    desk = workplace(tmp_path, ["二つ目"], SENTENCE)
    session = starting.resume_consultation(desk, consultation)
    session.start()
    session.wait()
    session.finish()
    assert [e.text for e in session.events() if isinstance(e, Utterance)] == ["一つ目", "二つ目"]


def cut_off_again(folder: Path, consultation: str) -> None:
    """Resume, and be cut off before anything more is recognised."""
    desk = workplace(folder, [], CUT_OFF)
    session = starting.resume_consultation(desk, consultation)
    assert session._capture is not None
    session._capture.run()
    desk.capture_lock.release()
    desk.store.close()


def resumed(desk: Workplace, consultation: str) -> list[str]:
    """Return what is said in a consultation that is resumed and brought to its end."""
    session = starting.resume_consultation(desk, consultation)
    session.start()
    session.wait()
    session.finish()
    assert session.status().trouble is None
    return [event.text for event in session.events() if isinstance(event, Utterance)]


def test_what_two_runs_did_not_recognise_is_heard_by_the_third(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    cut_off_again(tmp_path, consultation)
    desk = workplace(tmp_path, ["二つ目", "三つ目", "四つ目"], SENTENCE)
    assert resumed(desk, consultation) == ["一つ目", "二つ目", "三つ目", "四つ目"]


def test_a_sound_file_that_nothing_tells_of_does_not_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    untold = tmp_path / "recordings" / f"{consultation}-02.flac"
    untold.write_bytes(b"")
    desk = workplace(tmp_path, ["二つ目", "三つ目"], SENTENCE)
    assert resumed(desk, consultation) == ["一つ目", "二つ目", "三つ目"]
    assert untold.read_bytes() == b""


def leave_untold(folder: Path, consultation: str) -> None:
    """Leave sound behind as a run does that was cut off while the store could not write."""
    (told,) = (folder / "recordings").iterdir()
    (folder / "recordings" / f"{consultation}-02.flac").write_bytes(told.read_bytes())


def test_sound_that_could_not_be_noted_is_heard_when_the_talk_is_resumed(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    leave_untold(tmp_path, consultation)
    desk = workplace(tmp_path, ["二つ目", "三つ目", "四つ目", "五つ目"], SENTENCE)
    assert resumed(desk, consultation) == ["一つ目", "二つ目", "三つ目", "四つ目", "五つ目"]
    events = [stamped.event for stamped in desk.store.events(consultation)]
    opened = [event for event in events if isinstance(event, RecordingOpened)]
    assert [event.name for event in opened] == [f"{consultation}-0{n}.flac" for n in (1, 2, 3)]
    both_s = 2 * (len(SENTENCE) + len(CUT_OFF)) * 0.1
    assert [event.start_s for event in opened] == pytest.approx([0.0, both_s / 2, both_s], abs=0.05)
    assert verify_records(desk) == []


def test_sound_that_could_not_be_noted_goes_with_the_consent(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    leave_untold(tmp_path, consultation)
    desk = workplace(tmp_path, [], [])
    Journal(consultation, desk.store).keep(ConsentWithdrawn(erase_text=False))  # and the power fails
    documents.close_record(desk, consultation)
    assert list((tmp_path / "recordings").iterdir()) == []
    assert verify_records(desk) == []


def test_sound_behind_names_that_were_never_used_goes_with_the_consent(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    (told,) = (tmp_path / "recordings").iterdir()
    (tmp_path / "recordings" / f"{consultation}-04.flac").write_bytes(told.read_bytes())
    desk = workplace(tmp_path, [], [])
    Journal(consultation, desk.store).keep(ConsentWithdrawn(erase_text=False))  # and the power fails
    documents.close_record(desk, consultation)
    assert list((tmp_path / "recordings").iterdir()) == []


@pytest.mark.parametrize("broken_from", [0, 95, 2000])
def test_sound_that_could_not_be_noted_and_cannot_be_read_stands_in_nobodys_way(
    tmp_path: Path, broken_from: int
) -> None:
    consultation = interrupt(tmp_path)
    untold = tmp_path / "recordings" / f"{consultation}-02.flac"
    writer = FlacRecordingWriter(untold, 1)
    writer.write((AudioFrame(0, 0, RNG.normal(0, 0.1, 3000).astype(np.float32)),))
    writer.close()
    content = untold.read_bytes()
    untold.write_bytes(content[:broken_from] + b"\xff" * (len(content) - broken_from))
    desk = workplace(tmp_path, ["二つ目", "三つ目"], SENTENCE)
    assert resumed(desk, consultation)[:2] == ["一つ目", "二つ目"]
    opened = [event for event in events_of(desk, consultation) if isinstance(event, RecordingOpened)]
    assert [event.name for event in opened] == [f"{consultation}-0{n}.flac" for n in (1, 2, 3)]


def test_a_closed_record_that_was_corrected_is_never_recorded_into(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    desk = workplace(tmp_path, [], [])
    documents.close_record(desk, consultation)
    documents.edit_record_field(desk, consultation, "hearing", "書き足した行", by="職員")
    assert starting.interrupted_consultations(desk) == []
    with pytest.raises(StoreError, match="中断した相談ではありません"):
        starting.resume_consultation(desk, consultation)


def test_a_live_record_cannot_be_closed_or_edited_from_another_window(tmp_path: Path) -> None:
    here, there = workplace(tmp_path, [], []), workplace(tmp_path, [], [])
    session = starting.start_consultation(here, consent=Consent.HANDWRITTEN, operator="職員")
    with pytest.raises(StoreBusyError):
        documents.close_record(there, session.id)
    with pytest.raises(StoreBusyError):
        documents.edit_record_field(there, session.id, "hearing", "よそから", by="職員")
    assert starting.interrupted_consultations(there) == []
    session.start()
    session.finish()
    assert documents.close_record(there, session.id).summary.id == session.id


class Unreadable:
    """Recordings in a folder that cannot be read any more."""

    def to_mend(self) -> list[str]:
        raise OSError("no medium")


def test_a_fault_while_sound_is_mended_lets_consultations_begin_all_the_same(tmp_path: Path) -> None:
    here, there = workplace(tmp_path, [], []), workplace(tmp_path, [], [])
    with pytest.raises(OSError, match="no medium"):
        starting.interrupted_consultations(replace(here, sound_files=cast("SoundFiles", Unreadable())))
    there.capture_lock.acquire()
    there.capture_lock.release()


def test_a_consultation_that_cannot_be_kept_does_not_begin(tmp_path: Path) -> None:
    store = FullDisk()
    store.full = True
    desk = replace(workplace(tmp_path, [], SENTENCE), store=store)
    with pytest.raises(StoreError):
        starting.start_consultation(desk, consent=Consent.RECORDED, operator="職員")
    store.full = False
    starting.start_consultation(desk, consent=Consent.RECORDED, operator="職員").finish()


def test_a_consultation_by_hand_is_not_taken_up_where_nobody_can_write(tmp_path: Path) -> None:
    desk = workplace(tmp_path, [], [])
    begun = starting.start_consultation(desk, consent=Consent.HANDWRITTEN, operator="職員")
    desk.capture_lock.release()  # as when the window is killed
    options = build_parser().parse_args(["consult", "--no-ui", "--resume", begun.id])
    with pytest.raises(UsageError, match="画面で記録します"):
        run_command(Settings(data_folder=tmp_path), options)
    assert [summary.id for summary in starting.interrupted_consultations(desk)] == [begun.id]


def test_an_event_file_keeps_what_it_holds_where_a_talk_cannot_be_taken_up(tmp_path: Path) -> None:
    consultation = interrupt(tmp_path)
    path = tmp_path / "events.jsonl"
    path.write_text("an earlier talk\n", encoding="utf-8")

    def missing() -> Recognizer:
        raise ModelError("no model")

    with EventFile(path) as events:
        desk = replace(workplace(tmp_path, [], SENTENCE), load_recognizer=missing, listeners=[events.write])
        with pytest.raises(ModelError):
            starting.resume_consultation(desk, consultation)
    assert path.read_text(encoding="utf-8") == "an earlier talk\n"


def test_a_recording_that_is_shorter_than_its_talk_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = workplace(tmp_path, ["一つ目", "二つ目"], SENTENCE + [0.1] * 50)
    session = starting.start_consultation(desk, consent=Consent.RECORDED, operator="職員")
    session.start()
    session.wait()
    session.finish()
    assert missing_sound(desk, session.id) is None
    assert verify_records(desk) == []
    (path,) = desk.settings.recordings_folder.glob("*.flac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    there_s = sum(len(block[0].samples) for block in recording_blocks(path, 0)) / SAMPLE_RATE_HZ
    sentence = missing_sound(desk, session.id)
    assert sentence is not None
    assert f"録音は 0:0{there_s:.0f} から 0:08 までが欠けている" in sentence
    (cut,) = verify_records(desk)
    assert cut.message.startswith(f"相談 {session.id} の録音は、0:0{there_s:.0f} から 0:08 までが欠けて")
    path.unlink()
    lost = missing_sound(desk, session.id)
    assert lost is not None
    assert "録音は 0:00 から 0:08 までが欠けている" in lost
    desk.store.close()
    shown = build_parser().parse_args(["records", "show", session.id])
    assert run_command(Settings(data_folder=tmp_path), shown) == 0
    assert lost in capsys.readouterr().err
    assert run_command(Settings(data_folder=tmp_path), build_parser().parse_args(["records", "verify"])) == 1
    assert f"相談 {session.id} の録音は、0:00 から 0:08 まで" in capsys.readouterr().out


@pytest.mark.parametrize("consent", [Consent.RECORDED, Consent.TEXT_ONLY])
def test_sound_that_was_given_up_on_purpose_is_no_fault(tmp_path: Path, consent: Consent) -> None:
    desk = workplace(tmp_path, ["一つ目", "二つ目"], SENTENCE + [0.1] * 50)
    session = starting.start_consultation(desk, consent=consent, operator="職員")
    session.start()
    session.wait()
    if consent is Consent.RECORDED:
        session.withdraw_consent(erase_text=False)
    session.finish()
    assert not list(desk.settings.recordings_folder.glob("*.flac"))
    assert verify_records(desk) == []


def test_a_line_at_the_very_start_of_a_later_recording_is_heard_in_it() -> None:
    start_s = 197527 / 16_000  # 12.3454375: a line is timed to a thousandth
    parts = [
        RecordingOpened(name="01.flac", start_s=0.0, channels=1),
        RecordingOpened(name="02.flac", start_s=start_s, channels=1),
    ]
    assert recording_at(parts, round(start_s, 3)) is parts[1]
