"""What is kept of a clerk's voice, and that it can be forgotten."""

import json
from pathlib import Path

import numpy as np

from consult_assist.voices.base import Voice
from consult_assist.voices.enrolment import (
    MOST_CLERKS,
    ClerkVoices,
    forget_clerk_voices,
    load_clerk_voices,
    save_clerk_voices,
)


def unit(*values: float) -> Voice:
    return np.asarray(np.array(values) / np.linalg.norm(values), dtype=np.float32)


def test_a_saved_voice_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "voices" / "clerks.json"
    save_clerk_voices(path, ClerkVoices("e").taught(unit(1, 2, 2), 30.0))
    (clerk,) = load_clerk_voices(path, "e").clerks
    assert clerk.voice @ unit(1, 2, 2) > 0.9999
    assert clerk.seconds == 30.0
    assert path.stat().st_mode & 0o077 == 0


def test_voices_of_another_encoder_or_a_broken_file_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "clerks.json"
    assert load_clerk_voices(path, "e").clerks == ()
    save_clerk_voices(path, ClerkVoices("old").taught(unit(1, 0), 30.0))
    assert load_clerk_voices(path, "e").clerks == ()
    for broken in ("{", "[]", '{"version": 1, "encoder": "e", "clerks": [{"seconds": 1, "voice": [0, 0]}]}'):
        path.write_text(broken, encoding="utf-8")
        assert load_clerk_voices(path, "e").clerks == ()


def test_the_same_clerk_is_refined_and_another_one_added() -> None:
    voices = ClerkVoices("e").taught(unit(1, 0, 0), 30.0).taught(unit(0, 1, 0), 30.0)
    refined = voices.taught(unit(1, 0.3, 0), 30.0)
    assert len(refined.clerks) == 2
    assert unit(1, 0, 0) @ refined.clerks[-1].voice > unit(1, 0, 0) @ unit(1, 0.3, 0)


def test_the_clerk_heard_longest_ago_makes_room() -> None:
    voices = ClerkVoices("e")
    for number in range(MOST_CLERKS + 1):
        voices = voices.taught(np.eye(MOST_CLERKS + 1, dtype=np.float32)[number], 30.0)
    assert len(voices.clerks) == MOST_CLERKS
    assert voices.clerks[0].voice[1] == 1.0


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "clerks.json"
    save_clerk_voices(path, ClerkVoices("e").taught(unit(1, 0), 30.0))
    assert forget_clerk_voices(path)
    assert list(tmp_path.iterdir()) == []
    assert not forget_clerk_voices(path)


def test_the_file_holds_numbers_only(tmp_path: Path) -> None:
    path = tmp_path / "clerks.json"
    save_clerk_voices(path, ClerkVoices("e").taught(unit(1, 0), 30.0))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"version", "encoder", "clerks"}
    assert set(content["clerks"][0]) == {"seconds", "voice"}
