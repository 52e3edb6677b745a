"""Blocks of one length from samples as they come."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.audio.blocks import BLOCK_SAMPLES, blocks_from


@given(
    lengths=st.lists(st.integers(0, 5_000), max_size=8),
    channels=st.integers(1, 2),
    start=st.integers(0, 10**9),
)
def test_no_sample_is_lost_doubled_or_moved(lengths: list[int], channels: int, start: int) -> None:
    n_samples = sum(lengths)
    sound = np.linspace(-1, 1, max(n_samples * channels, 1), dtype=np.float32)[: n_samples * channels]
    sound = sound.reshape(n_samples, channels)
    chunks = np.split(sound, np.cumsum(lengths)[:-1]) if lengths else []

    blocks = list(blocks_from(chunks, start))

    position = start
    for block in blocks:
        assert [frame.channel for frame in block] == list(range(channels))
        assert {frame.start_sample for frame in block} == {position}
        position += len(block[0].samples)
    assert all(len(block[0].samples) == BLOCK_SAMPLES for block in blocks[:-1])
    for channel in range(channels):
        heard = [block[channel].samples for block in blocks]
        assert np.array_equal(np.concatenate(heard) if heard else [], sound[:, channel])


def test_too_loud_is_clipped() -> None:
    (block,) = blocks_from([np.array([[1.5], [-2.0], [0.5]], dtype=np.float32)])
    assert block[0].samples.tolist() == [1.0, -1.0, 0.5]


def test_what_is_no_number_is_silence() -> None:
    (block,) = blocks_from([np.array([[np.nan], [np.inf], [-np.inf], [0.5]], dtype=np.float32)])
    assert block[0].samples.tolist() == [0.0, 1.0, -1.0, 0.5]
