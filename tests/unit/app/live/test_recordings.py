"""Sound that interrupted runs left, read back from disk."""

from collections.abc import Generator
from itertools import count

import numpy as np

from consult_assist.app.live.recordings import LeftSound
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import AudioFrame
from consult_assist.domain.consultation import RecordingOpened
from tests.unit.app.no_sound import NoSound

N = 512


class LongTalk(NoSound):
    """A sound file that never ends."""

    def __init__(self) -> None:
        super().__init__()
        self.n_read = self.n_open = 0

    def read_blocks(self, name: str, start_sample: int) -> Generator[AudioBlock]:
        self.n_open += 1
        try:
            for at in count(start_sample, N):
                self.n_read += 1
                yield (AudioFrame(0, at, np.zeros(N, dtype=np.float32)),)
        finally:
            self.n_open -= 1


def test_the_rest_of_a_long_talk_is_read_piece_by_piece_and_its_file_can_be_erased_in_between() -> None:
    talk = LongTalk()
    recording = RecordingOpened(name="1.flac", start_s=60.0, channels=1)
    pieces = LeftSound(talk, recording, [61.0]).batches()
    first, second = next(pieces), next(pieces)
    assert first[0][0].start_sample == 61 * 16_000
    assert second[0][0].start_sample == first[-1][0].end_sample
    assert talk.n_read < 3_000
    assert talk.n_open == 0
