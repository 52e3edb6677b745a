"""A 個人番号 said at the counter, with scripted engines on a real store and real sound files."""

import zipfile
from argparse import Namespace
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.app.live import starting
from consult_assist.app.live.session import Session
from consult_assist.app.records import documents
from consult_assist.app.records.archive import list_records
from consult_assist.app.records.off_record import redact_line
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.wiring.stores import backup_data
from consult_assist.app.workplace import Workplace
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.audio.folder import RecordingsFolder
from consult_assist.audio.recording import read_recording
from consult_assist.cli import off_record as command
from consult_assist.counter.masking import MASK, OFF_RECORD
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import Consent, Redacted
from consult_assist.domain.guidance import Alert, Fact
from consult_assist.domain.speech import Utterance
from consult_assist.errors import ConsultAssistError, RecordingError, RecordNotFoundError, StoreError
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.storage.sql import SqlStore
from consult_assist.vad.scripted import ScriptedDetector

N = 1600
HALVES = ("839205", "716498")
SENTENCE = [0.0] * 5 + [0.1] * 15 + [0.0] * 10
SAID = ["家賃が払えません", f"番号は{HALVES[0]}", f"{HALVES[1]}です", "お願いします"]


class Microphone:
    """A microphone that remembers what it gave."""

    name = "microphone:test"
    channels = 1

    def __init__(self) -> None:
        self.given: list[NDArray[np.float32]] = []

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        rng, self.given = np.random.default_rng(5), []
        for number, level in enumerate(SENTENCE * 4):
            samples = rng.normal(0, level, N).astype(np.float32)
            self.given.append(samples)
            yield (AudioFrame(0, start_sample + number * N, samples),)


class InUse(RecordingsFolder):
    """Recordings that cannot be changed, as while they are played on Windows, or as after a kill."""

    def silence(self, name: str) -> None:
        raise RecordingError(f"{name} は使われています。")

    mend = silence


def workplace(folder: Path, microphone: Microphone, *, texts: Sequence[str] = SAID) -> Workplace:
    recognizer = ScriptedRecognizer(texts)
    return replace(
        build_workplace(Settings(data_folder=folder)),
        load_recognizer=lambda: recognizer,
        load_analyzer=lambda: ScriptedAnalyzer({}),
        new_detector=ScriptedDetector,
        model_digest=lambda: "scripted",
        open_microphone=lambda: microphone,
    )


def listen(desk: Workplace) -> Session:
    """Hear everything; the session goes on."""
    session = starting.start_consultation(desk, consent=Consent.RECORDED, operator="職員")
    session.start()
    session.wait()
    for thread in (session._capture_thread, session._recognition_thread):
        assert thread is not None
        thread.join()
    return session


def bytes_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def halves_in(content: bytes) -> list[str]:
    return [half for half in HALVES if half.encode() in content]


def check_sound(folder: Path, said: Sequence[Utterance], given: NDArray[np.float32]) -> None:
    """See that the sound is gone just where the number was said."""
    (path,) = (folder / "recordings").iterdir()
    kept = read_recording(path, 0.0, 99.0)
    expected = given.copy()
    start, end = (round(at_s * SAMPLE_RATE_HZ) for at_s in (said[1].start_s, said[2].end_s))
    expected[start:end] = 0.0
    assert len(kept) == len(expected)
    assert np.max(np.abs(kept - expected)) < 1.5 / 32_768
    assert kept[: start - 1].any()
    assert kept[end + 1 :].any()


def test_a_number_in_two_utterances_leaves_no_trace(tmp_path: Path) -> None:
    microphone = Microphone()
    desk = workplace(tmp_path / "data", microphone)
    copy = tmp_path / "data" / "records-v1-20261001-090000.before-migration.sqlite3"
    copy.write_bytes(HALVES[0].encode())
    session = listen(desk)
    assert halves_in(bytes_under(tmp_path)) == []  # also while the consultation goes on
    record = session.finish()
    said = [event for event in session.events() if isinstance(event, Utterance)]
    assert [line.text for line in said] == [SAID[0], f"番号は{MASK * 6}", f"{MASK * 6}です", SAID[3]]
    check_sound(tmp_path / "data", said, np.concatenate(microphone.given))
    (redacted,) = (event for event in session.events() if isinstance(event, Redacted))
    assert (redacted.reason, redacted.silenced) == ("personal_number", ((said[1].start_s, said[2].end_s),))
    assert HALVES[0] not in repr(record)
    backup_data(desk.settings, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    exported = b"".join(
        documents.export_record(desk, session.id, name) for name in ("txt", "json", "csv", "md")
    )
    assert halves_in(bytes_under(tmp_path) + inside + exported) == []
    assert list_records(desk, HALVES[0]) == []
    assert [item.id for item in list_records(desk, "家賃")] == [session.id]
    assert verify_records(desk) == []


@pytest.mark.parametrize("killed", ["before the words went", "before the sound went"])
def test_what_a_kill_left_is_made_good_at_the_next_start(
    tmp_path: Path, killed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    microphone = Microphone()
    desk = workplace(tmp_path, microphone)
    desk = replace(desk, sound_files=InUse(tmp_path / "recordings"))
    if killed == "before the words went":

        def fail(*_: object, **__: object) -> None:
            raise StoreError("空きがありません。")

        monkeypatch.setattr(desk.store, "redact_events", fail)
    session = listen(desk)
    session._stop()
    desk.capture_lock.release()
    desk.store.close()
    said = [event for event in session.events() if isinstance(event, Utterance)]
    assert not any(half in line.text for line in said for half in HALVES[1:])

    again = workplace(tmp_path, microphone)
    with pytest.raises(StoreError, match="消しきれていない"):
        backup_data(again.settings, tmp_path / "copy.zip")
    assert [item.id for item in starting.interrupted_consultations(again)] == [session.id]
    check_sound(tmp_path, said, np.concatenate(microphone.given))
    document = documents.close_record(again, session.id)
    assert not any(half in line.text for line in document.transcript for half in HALVES)
    assert verify_records(again) == []


def test_a_line_is_taken_off_the_record_by_hand(tmp_path: Path) -> None:
    microphone = Microphone()
    secret = "夫に殴られた"
    texts = ["家賃が払えません", secret, "お願いします", "では"]
    desk = workplace(tmp_path, microphone, texts=texts)
    session = listen(desk)
    session.finish()
    documents.edit_record_field(desk, session.id, "hearing", f"「{secret}」\n職員の行", by="職員")
    documents.close_record(desk, session.id)
    (line,) = (line for line in documents.open_record(desk, session.id).transcript if line.text == secret)
    document = redact_line(desk, session.id, line.id, by="係長")
    assert [item.text for item in document.transcript] == [texts[0], OFF_RECORD, *texts[2:]]
    assert not any(OFF_RECORD in item.text for field in document.record.fields for item in field.lines)
    assert {type(item.event) for item in desk.store.events(session.id)}.isdisjoint({Fact, Alert})
    assert isinstance(desk.store, SqlStore)
    (path,) = (tmp_path / "recordings").iterdir()
    kept = read_recording(path, line.start_s, line.end_s)
    assert not kept.any()
    assert list_records(desk, secret[:3]) == list_records(desk, secret)
    assert verify_records(desk) == []
    with pytest.raises(RecordNotFoundError, match="u0099"):
        redact_line(desk, session.id, "u0099", by="係長")


def test_the_command_lists_lines_asks_and_erases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = workplace(tmp_path, Microphone(), texts=["家賃が払えません", "夫に殴られた", "お願い", "では"])
    session = listen(desk)
    session.finish()
    options = Namespace(id=session.id, line=None, yes=False)
    assert command.redact_line(desk.settings, options) == 0
    assert "u0002" in capsys.readouterr().out
    options.line = ["u0002", "u0002"]
    monkeypatch.setattr("builtins.input", lambda _prompt: "いいえ")
    assert command.redact_line(desk.settings, options) == 1
    assert "元には戻せません" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _prompt: "はい")
    assert command.redact_line(desk.settings, options) == 0
    assert "\n1 件の発言を記録から外しました。" in capsys.readouterr().out
    assert "夫に殴られた".encode() not in bytes_under(tmp_path)
    for name in ("u0099", ""):
        with pytest.raises(ConsultAssistError, match=f"発言 {name} は、この相談にありません"):
            command.redact_line(desk.settings, Namespace(id=session.id, line=[name], yes=True))


def test_a_line_is_taken_off_the_record_while_the_talk_goes_on(tmp_path: Path) -> None:
    desk = workplace(tmp_path, Microphone(), texts=["家賃が払えません", "夫に殴られた", "お願い", "では"])
    session = listen(desk)
    session.take_off_record("u0002")
    session.finish()
    assert "夫に殴られた".encode() not in bytes_under(tmp_path)
    (path,) = (tmp_path / "recordings").iterdir()
    (line,) = (e for e in session.events() if isinstance(e, Utterance) and e.id == "u0002")
    assert line.text == OFF_RECORD
    assert not read_recording(path, line.start_s, line.end_s).any()
    assert verify_records(desk) == []
