"""Pauses inside speech, and the voices on both sides of them."""

import numpy as np
from numpy.typing import NDArray

from consult_assist.diarization.speaker_change import cuts_between_known, cuts_between_strangers, find_spoken
from consult_assist.diarization.two_speakers import Piece

RATE_HZ = 16_000


def sound(*stretches_s: float) -> NDArray[np.float32]:
    """Return noise and near silence in turn, beginning with noise."""
    random = np.random.default_rng(1)
    parts = [
        random.normal(0.0, 0.1 if index % 2 == 0 else 0.001, round(length * RATE_HZ))
        for index, length in enumerate(stretches_s)
    ]
    return np.concatenate(parts).astype(np.float32)


def piece(start_s: float, end_s: float, *voice: float) -> Piece:
    unit = np.array(voice, dtype=np.float32) / np.float32(np.linalg.norm(voice))
    return Piece(round(start_s * RATE_HZ), round(end_s * RATE_HZ), unit)


def first_voice(piece: Piece) -> float:
    return 10.0 * float(piece.voice[0] - piece.voice[1])


def test_speech_is_parted_at_pauses() -> None:
    spoken = find_spoken(sound(1.0, 0.3, 1.5, 0.2, 0.9))
    assert [(round(a / RATE_HZ, 1), round(b / RATE_HZ, 1)) for a, b in spoken] == [
        (0.0, 1.0), (1.3, 2.8), (3.0, 3.9)
    ]  # fmt: skip


def test_a_short_stop_is_no_pause() -> None:
    assert len(find_spoken(sound(1.0, 0.08, 1.0))) == 1


def test_a_scrap_goes_with_its_nearer_neighbour() -> None:
    spoken = find_spoken(sound(1.0, 0.4, 0.3, 0.2, 1.0))
    assert [round(a / RATE_HZ, 1) for a, _ in spoken] == [0.0, 1.4]


def test_steady_noise_hides_no_pause() -> None:
    random = np.random.default_rng(2)
    noisy = sound(1.0, 0.3, 1.0) + random.normal(0.0, 0.018, round(2.3 * RATE_HZ)).astype(np.float32)
    assert len(find_spoken(noisy)) == 2


def test_a_cut_lies_in_the_pause_between_two_known_voices() -> None:
    pieces = [piece(0, 1, 1, 0), piece(1.2, 2, 1, 0), piece(2.4, 4, 0, 1)]
    assert cuts_between_known(pieces, first_voice) == (round(2.2 * RATE_HZ),)


def test_one_doubtful_piece_is_no_change_of_turn() -> None:
    pieces = [piece(0, 1, 1, 0), piece(1.2, 2, 0.45, 0.55), piece(2.4, 4, 1, 0)]
    assert cuts_between_known(pieces, first_voice) == ()


def test_strangers_are_parted_only_where_the_voice_changes_beyond_doubt() -> None:
    assert cuts_between_strangers([piece(0, 2, 1, 0), piece(2.4, 4, 0, 1)]) == (round(2.2 * RATE_HZ),)
    assert cuts_between_strangers([piece(0, 2, 1, 0), piece(2.4, 4, 1, 0.8)]) == ()
    assert cuts_between_strangers([piece(0, 2, 1, 0), piece(2.4, 3, 0, 1)]) == ()
