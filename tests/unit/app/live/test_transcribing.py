"""Who waits for the text of a long file is told how far it was heard."""

import numpy as np

from consult_assist.app.live.transcribing import told_by_second
from consult_assist.domain.audio import AudioFrame


def test_each_second_is_told_once_and_no_block_is_lost() -> None:
    blocks = [
        (AudioFrame(channel=0, start_sample=start, samples=np.zeros(8_000, np.float32)),)
        for start in range(0, 40_000, 8_000)
    ]
    told: list[float] = []
    passed = [block for part in told_by_second(iter(blocks), told.append) for block in part]
    assert told == [1.0, 2.0]
    assert passed == blocks
