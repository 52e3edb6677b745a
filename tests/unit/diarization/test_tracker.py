"""The tracker from first word to last."""

import numpy as np
from numpy.typing import NDArray

from consult_assist.diarization.scripted import ScriptedVoiceEncoder
from consult_assist.diarization.tracker import MAX_UTTERANCES, SpeakerTracker
from consult_assist.domain.speech import Speaker, SpeakerAssigned

CLERK_VOICE = (1.0, 0.1, 0.3)
RESIDENT_VOICE = (0.1, 1.0, 0.3)
CLERK_WORDS = "お子さんはおいくつですか。"
RESIDENT_WORDS = "夫が家を出てしまって、困っているんです。"


def speech(number: int, seconds: float = 3.0) -> NDArray[np.float32]:
    """Return a sound that is its own."""
    return np.random.default_rng(number).normal(0.0, 0.1, round(seconds * 16_000)).astype(np.float32)


def tracker_of(turns: int) -> SpeakerTracker:
    voices = [CLERK_VOICE if turn % 2 == 0 else RESIDENT_VOICE for turn in range(turns)]
    return SpeakerTracker(ScriptedVoiceEncoder(voices))


def hold(tracker: SpeakerTracker, words: list[str]) -> list[tuple[SpeakerAssigned, ...]]:
    return [tracker.hear(f"u{turn}", speech(turn), text) for turn, text in enumerate(words)]


def test_an_early_line_is_named_once_the_roles_are_clear() -> None:
    tracker = tracker_of(4)
    news = hold(tracker, ["はい。", "はい。", CLERK_WORDS, RESIDENT_WORDS])
    assert news[0] == news[1] == ()
    assert {event.utterance_id: event.speaker for event in news[3]} == {
        "u0": Speaker.CLERK, "u1": Speaker.RESIDENT, "u2": Speaker.CLERK, "u3": Speaker.RESIDENT
    }  # fmt: skip
    assert all(event.by == "program" for event in news[3])


def test_nothing_is_said_twice() -> None:
    tracker = tracker_of(6)
    news = hold(tracker, [CLERK_WORDS, RESIDENT_WORDS] * 3)
    told = [event.utterance_id for events in news for event in events]
    assert len(told) == len(set(told)) == 6


def test_a_correction_wins_and_teaches() -> None:
    tracker = tracker_of(4)
    hold(tracker, ["はい。", "はい。", "ええ。", "ええ。"])
    correction = SpeakerAssigned(utterance_id="u1", speaker=Speaker.CLERK, by="clerk")
    news = tracker.note(correction)
    assert {event.utterance_id: event.speaker for event in news} == {
        "u0": Speaker.RESIDENT, "u2": Speaker.RESIDENT, "u3": Speaker.CLERK
    }  # fmt: skip
    assert tracker.speaker_of("u1") is Speaker.CLERK


def test_a_corrected_line_is_never_assigned_again() -> None:
    tracker = tracker_of(6)
    hold(tracker, [CLERK_WORDS, RESIDENT_WORDS])
    tracker.note(SpeakerAssigned(utterance_id="u0", speaker=None, by="clerk"))
    news = [tracker.hear(f"v{turn}", speech(turn + 10), CLERK_WORDS) for turn in range(2)]
    assert all(event.utterance_id != "u0" for events in news for event in events)
    assert tracker.speaker_of("u0") is None


def test_a_resumed_consultation_keeps_its_speakers() -> None:
    tracker = tracker_of(2)
    tracker.restore([SpeakerAssigned(utterance_id="u0001", speaker=Speaker.CLERK, by="clerk")])
    tracker.hear("u0002", speech(1), RESIDENT_WORDS)
    assert tracker.speaker_of("u0001") is Speaker.CLERK


def test_too_short_a_sound_is_left_open() -> None:
    tracker = tracker_of(1)
    assert tracker.hear("u0", speech(0, 0.2), CLERK_WORDS) == ()
    assert tracker.speaker_of("u0") is None


def test_a_long_consultation_forgets_voices_and_not_speakers() -> None:
    tracker = tracker_of(MAX_UTTERANCES + 20)
    for turn in range(MAX_UTTERANCES + 20):
        tracker.hear(f"u{turn}", speech(turn, 0.9), CLERK_WORDS if turn % 2 == 0 else RESIDENT_WORDS)
    assert tracker.speaker_of("u0") is Speaker.CLERK
    correction = SpeakerAssigned(utterance_id="u0", speaker=Speaker.RESIDENT, by="clerk")
    assert tracker.note(correction) == ()
    assert tracker.speaker_of("u0") is Speaker.RESIDENT


def test_speech_of_two_is_cut_between_them_before_anything_is_known() -> None:
    tracker = SpeakerTracker(ScriptedVoiceEncoder([CLERK_VOICE, RESIDENT_VOICE]))
    pause = speech(3, 0.3) * np.float32(0.001)
    (cut,) = tracker.turns(np.concatenate([speech(1, 2.0), pause, speech(2, 2.0)]))
    assert abs(cut / 16_000 - 2.15) < 0.05


def test_speech_of_one_is_not_cut() -> None:
    tracker = SpeakerTracker(ScriptedVoiceEncoder([CLERK_VOICE]))
    pause = speech(3, 0.3) * np.float32(0.001)
    assert tracker.turns(np.concatenate([speech(1, 2.0), pause, speech(2, 2.0)])) == ()


def test_a_correction_is_remembered_longer_than_what_was_heard() -> None:
    tracker = tracker_of(MAX_UTTERANCES + 20)
    hold(tracker, ["ええ。", "ええ。"])
    tracker.note(SpeakerAssigned(utterance_id="u1", speaker=Speaker.RESIDENT, by="clerk"))
    for turn in range(2, MAX_UTTERANCES + 18):
        tracker.hear(f"u{turn}", speech(turn, 1.0), "ええ。")
    tracker.hear("last", speech(9999), "ええ。")
    assert tracker.speaker_of("last") is Speaker.CLERK
