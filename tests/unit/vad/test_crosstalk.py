"""Whose voice is in the microphone."""

import numpy as np

from consult_assist.vad.crosstalk import CrosstalkGate

RNG = np.random.default_rng(1)
VOICE = RNG.normal(0, 0.1, (4, 512)).astype(np.float32)
HISS = RNG.normal(0, 0.001, (4, 512)).astype(np.float32)


def test_the_others_voice_in_my_microphone_is_not_mine() -> None:
    own = CrosstalkGate(2).own_voice([VOICE, VOICE * 0.1])
    assert own.tolist() == [[True] * 4, [False] * 4]


def test_a_gap_between_the_others_syllables_is_not_mine_either() -> None:
    gate = CrosstalkGate(2)
    gate.own_voice([VOICE, VOICE * 0.1])
    assert not gate.own_voice([HISS, VOICE[:2].repeat(2, axis=0) * 0.1])[1].any()


def test_i_am_heard_as_soon_as_the_other_stops() -> None:
    gate = CrosstalkGate(2)
    gate.own_voice([VOICE, VOICE * 0.1])
    assert gate.own_voice([VOICE * 0.1, VOICE])[1].all()


def test_two_who_speak_at_once_both_count() -> None:
    assert CrosstalkGate(2).own_voice([VOICE, VOICE * 0.6]).all()


def test_one_microphone_always_counts() -> None:
    gate = CrosstalkGate(1)
    assert gate.own_voice([VOICE]).all()
    assert gate.own_voice([HISS]).all()
