"""AudioFrame → FLAC on disk that survives a crash, and back.

FLAC is a chain of self-contained blocks, here of 0.26 s, so an unfinished file reads back to its last
whole block. libsndfile refuses to read a file whose header has no length yet, FFmpeg does not: hence
soundfile writes and PyAV reads.

A recording is one file, or for a while several parts: what has been written cannot be changed while the
encoder goes on behind it, so the writer goes on in another part (`audio/erasing.py`).
"""

import errno
import json
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame as DecodedFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import blocks_from
from consult_assist.audio.decoding import decoded_frames, open_sound, readable_s
from consult_assist.disk import sync_folder
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SILENCE_SUFFIX
from consult_assist.errors import RecordingError, SoundFileError

_SYNC_EVERY_S = 0.5
_INT16_SCALE = 32_768
_HEADER_BYTES = 86
"""What the encoder writes before the first block; a shorter file was cut off before anything was said.

Source: our measurement, libsndfile 1.2.2.
"""
_TAIL_S = 5.0
"""Only the end of a finished recording is read to see whether it is there: 1 ms for 250 ms with half an hour.

Source: our measurement, PyAV 18.1.
"""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


class FlacRecordingWriter:
    """Keeps sound as 16-bit FLAC at 16 kHz, one or two channels; safe from any thread.

    A killed process loses what the encoder holds, less than 0.3 s; a power cut loses what came after the last
    sync as well, less than 0.8 s in all.
    """

    def __init__(self, path: Path, channels: int) -> None:
        """Create the file; an existing one is never written over.

        Raises:
            RecordingError: the disk is full, the folder is read-only, or there already is such a file.
        """
        self._file = FlacFile(path, "xb", channels)
        self._path = path
        self._n_parts = 1
        self._channels = channels
        self._synced_at = time.monotonic()
        self._closed = False
        self._writing = threading.Lock()
        sync_folder(path.parent)

    def write(self, block: AudioBlock) -> None:
        """Append one block; every half second all so far is forced to the disk.

        Raises:
            RecordingError: the disk is full or has gone; what was written before stays readable.
        """
        if len(block) != self._channels:
            raise ValueError(f"{len(block)} channels do not fit a recording of {self._channels}")
        with self._writing:
            self._file.write(np.stack([frame.samples for frame in block], axis=1))
            if (now := time.monotonic()) - self._synced_at >= _SYNC_EVERY_S:
                self._synced_at = now
                self._file.sync()

    def divide(self) -> None:
        """Go on in another part, so that what was written so far can be changed.

        Raises:
            RecordingError: the disk is full or has gone; what was written before stays readable.
        """
        with self._writing:
            if self._closed:
                return
            self._file.close()
            self._file = FlacFile(_part_of(self._path, self._n_parts + 1), "xb", self._channels)
            self._n_parts += 1
            sync_folder(self._path.parent)

    def close(self) -> None:
        """Write what the encoder holds and the final header; a second call does nothing.

        Raises:
            RecordingError: the last part could not be written; not after `write` has already said so.
        """
        with self._writing:
            self._closed = True
            self._file.close()


def read_recording(path: Path, start_s: float, end_s: float) -> NDArray[np.float32]:
    """Return a stretch of a recording, finished or still being written, as far as it goes.

    What is marked for silence is silent already.

    Returns:
        `(n_samples,) float32` of a mono recording, `(n_samples, 2)` of a stereo one; −1…1, 16 kHz.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
    """
    start, end = round(max(start_s, 0.0) * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)
    pieces: list[NDArray[np.float32]] = []
    channels = 1
    for position, samples in _audible(path, start):
        channels = samples.shape[1]
        if position >= end:
            break
        pieces.append(samples[: end - position])
    joined = np.concatenate(pieces) if pieces else np.zeros((0, channels), dtype=np.float32)
    return joined[:, 0] if channels == 1 else joined


def recording_blocks(path: Path, start_sample: int) -> Generator[AudioBlock]:
    """Yield a recording from a sample on, in blocks; what is marked for silence is silent already.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
    """
    return blocks_from((samples for _, samples in _audible(path, start_sample)), start_sample)


def _audible(path: Path, start: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield `(position, (n_samples, channels) float32)` from `start` on, as it may be heard."""
    marks = [tuple(round(at_s * SAMPLE_RATE_HZ) for at_s in stretch) for stretch in marked_stretches(path)]
    for stored_at, stored in stored_sound(path, start):
        position = max(start, stored_at)
        samples = np.multiply(stored[position - stored_at :], 1 / _INT16_SCALE, dtype=np.float32)
        for from_sample, to_sample in marks:
            samples[max(from_sample - position, 0) : max(to_sample - position, 0)] = 0
        yield position, samples


def recording_channels(path: Path) -> int:
    """Return how many channels a recording has, 0 where nothing was written, 1 where it does not say."""
    try:
        return _channels(path) if path.stat().st_size > _HEADER_BYTES else 0
    except OSError:
        return 0
    except SoundFileError:
        return 1


def recording_duration_s(path: Path) -> float:
    """Return how much sound a recording holds; one that was cut off is decoded to find out.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
    """
    *whole, last = parts_of(path)
    return sum(map(part_duration_s, whole)) + _held_s(last)


def _held_s(part: Path) -> float:
    """Return how much sound of one file is there, whatever it says of itself."""
    said_s = part_duration_s(part)
    if not said_s:
        return said_s
    with open_sound(part) as (container, stream):
        if readable_s(container, stream, from_s=said_s - _TAIL_S) >= said_s:
            return said_s
    with open_sound(part) as (container, stream):
        return _decoded_s(container, stream)


def _decoded_s(container: InputContainer, stream: AudioStream) -> float:
    return sum(frame.samples for frame in decoded_frames(container, stream)) / SAMPLE_RATE_HZ


def mark_of(path: Path) -> Path:
    """Return where it is noted what of a recording is to be silenced."""
    return path.with_name(path.name + SILENCE_SUFFIX)


def marked_stretches(path: Path) -> list[tuple[float, float]]:
    """Return what is still to be silenced.

    Raises:
        SoundFileError: that cannot be read now, so that nothing of the recording may be heard.
    """
    try:
        return [(start_s, end_s) for start_s, end_s in json.loads(mark_of(path).read_text(encoding="utf-8"))]
    except (FileNotFoundError, ValueError):
        return []
    except OSError as error:
        raise SoundFileError(
            "録音の消す所の覚え書きを開けません。少し待つか、フォルダーの権限を確かめて、もう一度お試しください。"
        ) from error


def _part_of(path: Path, number: int) -> Path:
    """Return where a part of a recording lies; the first has the recording's own name."""
    return path if number == 1 else path.with_name(f"{path.name}.{number}")


def parts_of(path: Path) -> list[Path]:
    """Return the parts of a recording, in order; the first even if it is missing."""
    parts = [path]
    while (following := _part_of(path, len(parts) + 1)).is_file():
        parts.append(following)
    return parts


def part_duration_s(part: Path) -> float:
    """Return how much sound one file holds, as it says; one that does not say is decoded to find out."""
    if _is_only_begun(part):
        return 0.0
    with open_sound(part) as (container, stream):
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return _decoded_s(container, stream)


def stored_sound(path: Path, start: int = 0) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """Yield `(position, (n_samples, channels) int16)` from at latest `start` on.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
    """
    begin = 0
    *whole, last = parts_of(path)
    for part in whole:
        end = begin + round(part_duration_s(part) * SAMPLE_RATE_HZ)
        if start < end:
            reached = max(begin, start)
            for at, samples in part_sound(part, reached - begin):
                yield begin + at, samples
                reached = begin + at + len(samples)
            if reached < end:  # its end was lost; what follows keeps its time
                yield reached, np.zeros((end - reached, _channels(part)), dtype=np.int16)
        begin = end
    yield from ((begin + at, samples) for at, samples in part_sound(last, max(0, start - begin)))


def _channels(part: Path) -> int:
    with open_sound(part) as (_, stream):
        return stream.channels


def part_sound(part: Path, start: int = 0) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """Yield what one file holds, as `stored_sound` does; a damaged block is silence: all keeps its time."""
    if _is_only_begun(part):
        return
    with open_sound(part) as (container, stream):
        try:
            if start:
                container.seek(start, stream=stream)
        except av.FFmpegError:  # in a second of sound FFmpeg finds nothing to seek by, and loses its place
            yield from part_sound(part)
            return
        end = start
        for frame in decoded_frames(container, stream, to_the_end=True):
            samples = _pcm(frame)
            position = end if frame.pts is None else frame.pts  # unknown just behind what was left out
            if position > end:
                yield end, np.zeros((position - end, samples.shape[1]), dtype=np.int16)
            yield position, samples
            end = position + len(samples)


class FlacFile:
    """A FLAC file being written, every failure of which is a `RecordingError`."""

    def __init__(self, path: Path, mode: Literal["xb", "wb"], channels: int) -> None:
        try:
            self._disk = _Disk(path, mode)
        except OSError as error:
            raise RecordingError(_sentence(error)) from error
        self._encoder = soundfile.SoundFile(
            self._disk, "w", SAMPLE_RATE_HZ, channels, subtype="PCM_16", format="FLAC"
        )
        self._closed = False
        self._failed = False

    def write(self, samples: NDArray[Any]) -> None:
        """Append `(n_samples, channels)` float32 −1…1, or int16 as it is."""
        self._do(lambda: self._encoder.write(samples))

    def sync(self) -> None:
        """Force what the encoder has given away to the disk."""
        self._do(self._disk.sync)

    def close(self) -> None:
        """Write what the encoder holds and the final header; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        told = self._failed
        try:
            self._do(self._encoder.close)
            self._do(self._disk.sync)
        except RecordingError:
            if not told:
                raise
        finally:
            self._disk.close()

    def _do(self, act: Callable[[], None]) -> None:
        failure: Exception | None = None
        try:
            act()
        except (OSError, soundfile.SoundFileError, AssertionError) as error:
            failure = error  # soundfile asserts that all was written; why it was not, only the disk knows
        if (cause := self._disk.failure or failure) is not None:
            self._failed = True
            raise RecordingError(_sentence(cause)) from cause


class _Disk:
    """The unbuffered file under the encoder; keeps the error that cannot travel through a C callback."""

    def __init__(self, path: Path, mode: Literal["xb", "wb"]) -> None:
        self._file = path.open(mode, buffering=0)
        self.failure: OSError | None = None
        self.seek = self._file.seek
        self.tell = self._file.tell
        self.close = self._file.close

    def write(self, data: bytes) -> int:
        written = 0
        try:
            while written < len(data):
                written += self._file.write(data[written:])
        except OSError as error:
            self.failure = error
        return written

    def sync(self) -> None:
        os.fsync(self._file.fileno())


def _is_only_begun(path: Path) -> bool:
    return path.is_file() and path.stat().st_size < _HEADER_BYTES


def _pcm(frame: DecodedFrame) -> NDArray[np.int16]:
    values = np.asarray(frame.to_ndarray(), dtype=np.int16)
    return values.T if frame.format.is_planar else values.reshape(-1, frame.layout.nb_channels)


def _sentence(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return "ディスクがいっぱいで録音を保存できません。空きを増やしてください。文字の入力は続けられます。"
    if number in _FORBIDDEN:
        return "録音のフォルダーに書き込めません。管理者に権限を確かめてください。"
    if number == errno.EEXIST:
        return "同じ名前の録音がすでにあるため、録音を始められません。"
    return "録音を保存できません。ディスクがつながっているか確かめてください。文字の入力は続けられます。"
