"""A consultation into a (virtual) microphone: heard to the end, and surviving `kill -9`."""

import signal
from pathlib import Path

import pytest
import soundfile

from consult_assist.audio.recording import recording_duration_s
from tests.integration.virtual_microphone import VirtualMicrophone, missing_parts
from tests.integration.whole_program import (
    SAMPLES,
    Program,
    events_in,
    gold,
    heard_share,
    of_type,
    programmes_named,
    wait_for,
)

pytestmark = [
    pytest.mark.skipif(bool(missing_parts()), reason=f"needs {missing_parts()}"),
    # Whoever talks to a program that has to read all of the knowledge first is done before it is.
    pytest.mark.usefixtures("models_folder", "shipped_analyzer"),
    pytest.mark.timeout(900),
]
SAMPLE = "01-hitorioya"
CONSULT = ("consult", "--no-ui", "--consent", "recorded", "--operator", "試験")
ENDS_WITHIN_S = 240.0


def piece(folder: Path, start_s: float, end_s: float) -> Path:
    """Write seconds of the sample to a file: a microphone hears at the speed of talk."""
    sound = SAMPLES / f"{SAMPLE}.flac"
    rate_hz = soundfile.info(sound).samplerate
    samples, _ = soundfile.read(sound, start=round(start_s * rate_hz), stop=round(end_s * rate_hz))
    file = folder / "piece.flac"
    soundfile.write(file, samples, rate_hz)
    return file


def test_what_is_said_into_the_microphone_is_heard_and_understood(tmp_path: Path) -> None:
    start_s, end_s = 97.0, 131.3
    said = [u for u in gold(SAMPLE)["utterances"] if start_s <= u["start_s"] and u["end_s"] <= end_s]
    stream = tmp_path / "events.jsonl"
    with VirtualMicrophone() as microphone:
        program = Program(tmp_path / "data", microphone.environment)
        with program.running(*CONSULT, "--events", stream) as running:
            wait_for(stream, "recording")
            microphone.play(piece(tmp_path, start_s, end_s)).wait()
            wait_for(stream, "suggestion")
            running.send_signal(signal.SIGINT)
            _, errors = running.communicate(timeout=ENDS_WITHIN_S)
    events = events_in(stream)
    assert (running.returncode, errors) == (0, "")
    assert events[-1]["type"] == "finished"
    delay_s = of_type(events, "utterance")[0]["start_s"] - said[0]["start_s"]
    assert heard_share(events, said, delay_s) >= 0.9
    found = {e["programme"] for e in of_type(events, "term") if e["how"] != "cue"}
    named = programmes_named(said)
    assert len(named) == 3
    assert len(named - found) <= 1, named - found


def test_a_killed_consultation_keeps_all_that_was_shown_and_goes_on(tmp_path: Path) -> None:
    stream, later = tmp_path / "events.jsonl", tmp_path / "later.jsonl"
    with VirtualMicrophone() as microphone:
        program = Program(tmp_path / "data", microphone.environment)
        with program.running(*CONSULT, "--events", stream) as running:
            wait_for(stream, "recording")
            sound = piece(tmp_path, 26.0, 57.0)
            playing = microphone.play(sound)
            wait_for(stream, "utterance", 3)
            running.send_signal(signal.SIGKILL)
            running.communicate()
            playing.kill()
        shown = events_in(stream)
        consultation = shown[0]["id"]
        saved = program("records", "show", consultation).stdout
        assert all(final["text"] in saved for final in of_type(shown, "utterance")[:1])
        (recording,) = of_type(shown, "recording")
        on_disk_s = recording_duration_s(program.data_folder / "recordings" / recording["name"])
        assert on_disk_s >= max(event["sound_s"] for event in shown) - 1.0
        assert "ありません" in program("records", "verify").stdout
        assert "途中" in program("records", "list").stdout

        with program.running("consult", "--no-ui", "--resume", consultation, "--events", later) as resumed:
            wait_for(later, "recording", 2)
            microphone.play(sound)
            wait_for(later, "utterance", 5)
            resumed.send_signal(signal.SIGINT)
            resumed.communicate(timeout=ENDS_WITHIN_S)
    events = events_in(later)
    finals = of_type(events, "utterance")
    assert [e["id"] for e in finals] == sorted({e["id"] for e in finals})
    assert {e["id"] for e in of_type(shown, "utterance")} < {e["id"] for e in finals}
    assert "途中" not in program("records", "list").stdout
    assert "ありません" in program("records", "verify").stdout
