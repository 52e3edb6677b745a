"""A consultation into a (virtual) microphone: heard to the end, and surviving `kill -9`."""

import signal
from pathlib import Path

import pytest

from consult_assist.audio.recording import recording_duration_s
from tests.integration.virtual_microphone import VirtualMicrophone, missing_parts
from tests.integration.whole_program import (
    SAMPLES,
    Program,
    events_in,
    heard_share,
    of_type,
    programmes_named,
    wait_for,
)

pytestmark = [
    pytest.mark.skipif(bool(missing_parts()), reason=f"needs {missing_parts()}"),
    pytest.mark.usefixtures("models_folder"),
]
SAMPLE = "01-hitorioya"
CONSULT = ("consult", "--no-ui", "--consent", "recorded", "--operator", "試験")


def test_a_sample_played_into_the_microphone_is_heard_and_understood(tmp_path: Path) -> None:
    stream = tmp_path / "events.jsonl"
    with VirtualMicrophone() as microphone:
        program = Program(tmp_path / "data", microphone.environment)
        running = program.begin(*CONSULT, "--events", stream)
        wait_for(stream, "recording")
        microphone.play(SAMPLES / f"{SAMPLE}.flac").wait()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    events = events_in(stream)
    assert (running.returncode, errors) == (0, "")
    assert events[-1]["type"] == "finished"
    delay_s = of_type(events, "utterance")[0]["start_s"]
    assert heard_share(events, SAMPLE, delay_s) >= 0.9
    found = {e["programme"] for e in of_type(events, "term") if e["how"] != "cue"}
    missed = programmes_named(SAMPLE) - found
    assert len(missed) <= 1, missed


def test_a_killed_consultation_keeps_all_that_was_shown_and_goes_on(tmp_path: Path) -> None:
    stream, later = tmp_path / "events.jsonl", tmp_path / "later.jsonl"
    with VirtualMicrophone() as microphone:
        program = Program(tmp_path / "data", microphone.environment)
        running = program.begin(*CONSULT, "--events", stream)
        wait_for(stream, "recording")
        microphone.play(SAMPLES / f"{SAMPLE}.flac")
        wait_for(stream, "utterance", 3)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        shown = events_in(stream)
        consultation = shown[0]["id"]
        saved = program("records", "show", consultation).stdout
        assert all(final["text"] in saved for final in of_type(shown, "utterance")[:1])
        (recording,) = of_type(shown, "recording")
        on_disk_s = recording_duration_s(program.data_folder / "recordings" / recording["name"])
        assert on_disk_s >= max(event["sound_s"] for event in shown) - 1.0
        assert "ありません" in program("records", "verify").stdout
        assert "途中" in program("records", "list").stdout

        resumed = program.begin("consult", "--no-ui", "--resume", consultation, "--events", later)
        wait_for(later, "utterance", 5)
        resumed.send_signal(signal.SIGINT)
        resumed.communicate(timeout=60)
    events = events_in(later)
    finals = of_type(events, "utterance")
    assert [e["id"] for e in finals] == sorted({e["id"] for e in finals})
    assert {e["id"] for e in of_type(shown, "utterance")} < {e["id"] for e in finals}
    assert "途中" not in program("records", "list").stdout
    assert "ありません" in program("records", "verify").stdout
