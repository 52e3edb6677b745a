"""Attention and pauses → times of pieces."""

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.asr.word_times import piece_bounds_s, timed_pieces
from consult_assist.domain.audio import SAMPLE_RATE_HZ

RNG = np.random.default_rng(2)


def sound(*stretches: tuple[float, float]) -> NDArray[np.float32]:
    """Return noise of the given seconds and loudness, one stretch after the other."""
    parts = [RNG.normal(0, loudness, round(s * SAMPLE_RATE_HZ)) for s, loudness in stretches]
    return np.concatenate(parts).astype(np.float32)


def test_a_piece_begins_where_attention_first_reaches_it() -> None:
    attention = [(0, 0), (0, 5), (1, 6), (1, 9), (2, 10), (3, 20), (3, 30)]
    assert piece_bounds_s(attention, [1, 2]) == pytest.approx([0.0, 0.12, 0.4])


@pytest.mark.parametrize("loudness_of_noise", [0.0001, 0.005])
def test_a_pause_belongs_to_neither_sentence(loudness_of_noise: float) -> None:
    heard = sound((1.0, 0.1), (0.5, loudness_of_noise), (1.0, 0.1))
    first, mark, second = timed_pieces(["はい", "。", "次"], [0.0, 1.1, 1.3, 2.5], heard, 10.0)
    assert (first.start_s, first.end_s) == pytest.approx((10.0, 11.0), abs=0.03)
    assert mark.start_s <= mark.end_s
    assert (second.start_s, second.end_s) == pytest.approx((11.5, 12.5), abs=0.03)


@pytest.mark.parametrize("bounds_s", [[0.0, 0.8, 0.95, 1.3, 2.5], [0.0, 0.8, 1.1, 1.2, 2.5]])
def test_a_short_last_syllable_stays_before_the_pause(bounds_s: list[float]) -> None:
    heard = sound((1.0, 0.1), (0.5, 0.0001), (1.0, 0.1))
    _, last, _, second = timed_pieces(["です", "か", "。", "次"], bounds_s, heard, 0.0)
    assert last.start_s == pytest.approx(0.8)
    assert last.end_s == pytest.approx(1.0, abs=0.06)
    assert second.start_s == pytest.approx(1.5, abs=0.03)


def test_the_closure_of_a_consonant_and_a_far_pause_move_nothing() -> None:
    heard = sound((1.0, 0.1), (0.06, 0.0001), (1.0, 0.1), (0.4, 0.0001), (0.5, 0.1))
    first, second = timed_pieces(["い", "った"], [0.0, 1.04, 1.7], heard, 0.0)
    assert first.end_s == second.start_s == pytest.approx(1.04)
