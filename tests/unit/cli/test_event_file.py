"""The file of `--events`: what it held before, and a disk that is full."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_assist.cli.event_file import EventFile
from consult_assist.domain.consultation import CapturePaused
from consult_assist.domain.events import StampedEvent

FULL = Path("/dev/full")
PAUSED = StampedEvent(
    event=CapturePaused(), at=datetime(2026, 11, 21, tzinfo=UTC), at_s=1.0, sound_s=1.0, position=2
)


def test_an_earlier_talk_stays_until_there_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("earlier\n", encoding="utf-8")
    with EventFile(path):
        pass
    assert path.read_text(encoding="utf-8") == "earlier\n"
    with EventFile(path) as file:
        file.write(PAUSED)
        file.write(PAUSED)
        lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["paused", "paused"]


def test_without_an_event_no_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with EventFile(path):
        assert path.is_file()  # so that it is known to be writable before anything begins
    assert not path.exists()


def test_what_is_no_file_holds_nothing_that_would_have_to_go() -> None:
    with EventFile(Path(os.devnull)) as file:
        file.write(PAUSED)
    assert file.trouble is None


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_told_and_hinders_nobody() -> None:
    with EventFile(FULL) as file:
        file.write(PAUSED)
        file.write(PAUSED)
    assert file.trouble is not None
    assert "書けなくなりました" in file.trouble
