"""Blocks at the pace of the clock, also after a late one."""

import numpy as np
import pytest

from consult_assist.audio.blocks import BLOCK_SAMPLES
from consult_assist.audio.pacing import PacedSource
from consult_assist.audio.scripted import ScriptedSource
from consult_assist.domain.audio import SAMPLE_RATE_HZ

BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ


class ScriptedClock:
    """Time that passes only when someone sleeps or works."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, duration_s: float) -> None:
        assert duration_s > 0
        self.sleeps.append(duration_s)
        self.now += duration_s + 0.004  # a sleep always takes a little longer


def paced(speed: float, clock: ScriptedClock, duration_s: float = 10.0) -> PacedSource:
    sound = np.zeros(round(duration_s * 16_000), dtype=np.float32)
    return PacedSource(ScriptedSource([sound]), speed, clock=clock, sleep=clock.sleep)


@pytest.mark.parametrize(("speed", "expected_s"), [(1.0, 10.0), (2.0, 5.0)])
def test_late_sleeps_do_not_add_up(speed: float, expected_s: float) -> None:
    clock = ScriptedClock()
    arrivals = [clock.now for _ in paced(speed, clock).blocks()]
    assert arrivals[-1] - 1000 == pytest.approx(expected_s, abs=0.01)
    due = [1000 + (number + 1) * BLOCK_S / speed for number in range(len(arrivals) - 1)]
    assert all(arrived >= moment - 1e-9 for arrived, moment in zip(arrivals, due, strict=False))


def test_who_is_behind_gets_blocks_at_once_until_he_has_caught_up() -> None:
    clock = ScriptedClock()
    blocks = paced(1.0, clock).blocks()
    next(blocks)
    clock.now += 10 * BLOCK_S
    clock.sleeps.clear()
    for _ in range(10):
        next(blocks)
    assert clock.sleeps == []
    next(blocks)
    assert clock.sleeps == [pytest.approx(BLOCK_S - 0.004)]


def test_pace_is_counted_from_where_it_starts() -> None:
    clock = ScriptedClock()
    first = next(paced(1.0, clock).blocks(start_sample=80_000))
    assert first[0].start_sample == 80_000
    assert clock.sleeps == [pytest.approx(BLOCK_S)]
