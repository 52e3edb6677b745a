"""Sound file → samples at another speed, with the pitch kept: FFmpeg's `atempo`."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame as DecodedFrame
from av.filter import Graph
from numpy.typing import NDArray

from consult_assist.audio.file import FileSource, no_sound
from consult_assist.domain.audio import SAMPLE_RATE_HZ

_PIECE_SAMPLES = 4096
_LAYOUTS = {1: "mono", 2: "stereo"}


def read_at_speed(path: Path, speed: float) -> NDArray[np.float32]:
    """Return a whole sound file as it sounds at a speed.

    Returns:
        `(n_samples, channels) float32`, −1…1, 16 kHz, one channel or two.

    Raises:
        SoundFileError: the file gives no sound.
    """
    blocks = [np.stack([frame.samples for frame in block], axis=1) for block in FileSource(path).blocks()]
    if not blocks:  # its header cannot be true
        raise no_sound(path)
    return change_speed(np.concatenate(blocks), speed)


def change_speed(samples: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
    """Return sound faster or slower, in the same pitch.

    Args:
        samples: `(n_samples, channels) float32`, −1…1, 16 kHz, one channel or two.
        speed: 0.5 … 2; 1 gives the very same samples.
    """
    if speed == 1.0:
        return samples
    pieces = [np.zeros((0, samples.shape[1]), dtype=np.float32), *_stretched(samples, speed)]
    return np.concatenate(pieces)


def _stretched(samples: NDArray[np.float32], speed: float) -> Iterator[NDArray[np.float32]]:
    channels = samples.shape[1]
    layout = _LAYOUTS[channels]
    graph = Graph()
    time_base = Fraction(1, SAMPLE_RATE_HZ)
    source = graph.add_abuffer(
        sample_rate=SAMPLE_RATE_HZ, format="flt", layout=layout, channels=channels, time_base=time_base
    )
    graph.link_nodes(source, graph.add("atempo", str(speed)), graph.add("abuffersink")).configure()
    for start in range(0, len(samples), _PIECE_SAMPLES):
        piece = np.ascontiguousarray(samples[start : start + _PIECE_SAMPLES]).reshape(1, -1)
        frame = DecodedFrame.from_ndarray(piece, format="flt", layout=layout)
        frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE_HZ, time_base, start
        graph.push(frame)
        yield from _ready(graph, channels)
    graph.push(None)
    yield from _ready(graph, channels)


def _ready(graph: Graph, channels: int) -> Iterator[NDArray[np.float32]]:
    with suppress(av.BlockingIOError, av.EOFError):  # more input is wanted; all has been given
        while True:
            frame = graph.pull()
            assert isinstance(frame, DecodedFrame)
            yield np.asarray(frame.to_ndarray(), dtype=np.float32).reshape(-1, channels)
