"""Whose voice is in the microphone."""

import numpy as np

from consult_assist.vad.crosstalk import own_voice

RNG = np.random.default_rng(1)
VOICE = RNG.normal(0, 0.1, (4, 512)).astype(np.float32)


def test_the_others_voice_in_my_microphone_is_not_mine() -> None:
    own = own_voice([VOICE, VOICE * 0.1])
    assert own.tolist() == [[True] * 4, [False] * 4]


def test_two_who_speak_at_once_both_count() -> None:
    assert own_voice([VOICE, VOICE * 0.6]).all()


def test_one_microphone_always_counts() -> None:
    assert own_voice([VOICE * 0]).all()
