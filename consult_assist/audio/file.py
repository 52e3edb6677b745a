"""Sound file → AudioFrame: everything PyAV decodes, at any rate."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame as DecodedFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import blocks_from
from consult_assist.audio.decoding import decoded_frames, open_sound
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import SoundFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundInfo:
    """What a file says about itself.

    Attributes:
        duration_s: None where the file does not say; approximate for a cut or headerless file.
        channels: how many the source gives: 1, or 2 for a stereo file.
    """

    duration_s: float | None
    channels: int


def read_sound_info(path: Path) -> SoundInfo:
    """Read length and channels; decodes no more than the first frame.

    Raises:
        SoundFileError: the file is missing, empty or gives no sound.
    """
    with open_sound(path) as (container, stream):
        first = next(decoded_frames(container, stream), None)
        if first is None:
            raise no_sound(path)
        duration_s = container.duration / av.time_base if container.duration else None
        return SoundInfo(duration_s=duration_s, channels=_delivered_channels(first.layout.nb_channels))


def no_sound(path: Path) -> SoundFileError:
    """Return the error for a file from which nothing can be decoded."""
    return SoundFileError(
        f"音声ファイル {path.name} から音を取り出せません。"
        "途中で切れていないか確かめ、別のファイルを選んでください。"
    )


class FileSource:
    """A sound file as a source.

    One channel gives one frame a block and two give two. More than two are averaged into one: in a recording
    of many microphones nobody knows whose channel is whose.
    """

    def __init__(self, path: Path) -> None:
        """Look at the file.

        Raises:
            SoundFileError: the file is missing, empty or gives no sound.
        """
        self._path = path
        self._channels = read_sound_info(path).channels

    @property
    def name(self) -> str:
        """`file:NAME`, without the folder."""
        return f"file:{self._path.name}"

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._channels

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Decode, resample and yield blocks; a cut file ends where it was cut.

        What lies before `start_sample` is decoded and dropped: seeking is inexact in some formats, and
        evidence needs the same clock on every run.

        Raises:
            SoundFileError: the file can no longer be opened.
        """
        yield from blocks_from(_without_first(self._chunks(), start_sample), start_sample)

    def _chunks(self) -> Iterator[NDArray[np.float32]]:
        """Yield `(n_samples, channels) float32` at 16 kHz."""
        with open_sound(self._path) as (container, stream):
            resampler: AudioResampler | None = None
            shape: tuple[str, int, int] | None = None
            for frame in chain(decoded_frames(container, stream), (None,)):
                if frame is not None and (seen := _shape(frame)) != shape:
                    # The first frame; or the format changes inside the file (joined radio streams do that).
                    if resampler is not None:
                        yield from self._resampled(resampler, None)
                    resampler = AudioResampler(format="flt", layout=frame.layout, rate=SAMPLE_RATE_HZ)
                    shape = seen
                if resampler is not None:
                    yield from self._resampled(resampler, frame)

    def _resampled(
        self, resampler: AudioResampler, frame: DecodedFrame | None
    ) -> Iterator[NDArray[np.float32]]:
        if frame is not None:
            frame.pts = None  # gaps in the time stamps would be filled with invented silence
        try:
            resampled = resampler.resample(frame)
        except (av.FFmpegError, MemoryError):
            return  # a damaged header: more channels or samples a second than there can be
        for interleaved in resampled:  # planar, PyAV crashes from eight channels on
            samples = interleaved.to_ndarray().reshape(-1, interleaved.layout.nb_channels)
            yield _fit_channels(np.asarray(samples, dtype=np.float32), self.channels)


def _delivered_channels(in_file: int) -> int:
    return 2 if in_file == 2 else 1


def _fit_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Average to one channel, or double one, where the file has other channels than the source gives."""
    if samples.shape[1] == channels:
        return samples
    mixed = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    return np.repeat(mixed, channels, axis=1)


def _shape(frame: DecodedFrame) -> tuple[str, int, int]:
    return frame.format.name, frame.layout.nb_channels, frame.sample_rate


def _without_first(chunks: Iterator[NDArray[np.float32]], n_samples: int) -> Iterator[NDArray[np.float32]]:
    for chunk in chunks:
        if n_samples >= len(chunk):
            n_samples -= len(chunk)
            continue
        yield chunk[n_samples:]
        n_samples = 0
