"""Recording → loudspeaker."""

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from consult_assist.audio.recording import read_recording
from consult_assist.audio.streams import OPEN_STREAMS, load_portaudio
from consult_assist.audio.tempo import read_at_speed
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import SoundError

_NO_LOUDSPEAKER = "音を出せる機器が見つかりません。スピーカーかイヤホンをつないで、もう一度お試しください。"

_NOTHING_THERE = "ここの音は録音に残っていません。文字で確かめてください。"
"""A power cut takes the last second of sound, and not the words that were heard in it."""


class SoundPlayer:
    """Plays one stretch at a time in the background."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._whole: tuple[Path, float, NDArray[np.float32]] | None = None
        """The file last played from somewhere, at its speed: going back in it must not wait."""

    def play(self, recording: Path, start_s: float, end_s: float) -> None:
        """Start playing a stretch of a recording; an earlier sound stops.

        Args:
            recording: where it lies.
            start_s: seconds from the start of the recording.
            end_s: seconds from the start of the recording.

        Raises:
            SoundError: no loudspeaker, or the recording cannot be read.
        """
        self.stop()
        samples = read_recording(recording, start_s, end_s)
        if not len(samples):
            raise SoundError(_NOTHING_THERE)
        self._start(samples)

    def play_from(
        self, sound: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0
    ) -> None:
        """Start playing a sound file of any kind, with its pitch kept; an earlier sound stops.

        Args:
            sound: where the file lies.
            start_s: seconds of the file, as it is at its own speed.
            end_s: as `start_s`; None plays on to its end.
            speed: 1 = as it is.

        Raises:
            SoundError: no loudspeaker, or the file cannot be read.
        """
        self.stop()
        _portaudio()  # without it nothing need be decoded
        if self._whole is None or self._whole[:2] != (sound, speed):
            self._whole = None
            self._whole = (sound, speed, read_at_speed(sound, speed))
        samples = self._whole[2]
        start, end = (
            None if at_s is None else round(at_s / speed * SAMPLE_RATE_HZ) for at_s in (start_s, end_s)
        )
        if len(wanted := samples[start:end]):
            self._start(wanted)

    def _start(self, samples: NDArray[np.float32]) -> None:
        portaudio = _portaudio()
        with OPEN_STREAMS.exclusive():
            self.stop()  # another thread may have begun to play meanwhile
            try:
                OPEN_STREAMS.renew_devices(portaudio)
                self._stream = OPEN_STREAMS.open(lambda: _output_stream(portaudio, samples))
            except portaudio.PortAudioError as error:
                raise SoundError(_NO_LOUDSPEAKER) from error

    def stop(self) -> None:
        """Stop at once; nothing happens when nothing plays."""
        with OPEN_STREAMS.exclusive():
            stream, self._stream = self._stream, None
            if stream is not None:
                OPEN_STREAMS.close(stream)


def _portaudio() -> ModuleType:
    return load_portaudio(SoundError, "音を出す", _NO_LOUDSPEAKER)


def _output_stream(portaudio: ModuleType, samples: NDArray[np.float32]) -> Any:
    device = portaudio.query_devices(kind="output")
    rate_hz = int(device["default_samplerate"])
    waiting = _for_device(samples, rate_hz, min(2, int(device["max_output_channels"])))
    position = 0

    def give(outdata: NDArray[np.float32], n_samples: int, _time: object, _status: object) -> None:
        nonlocal position
        piece = waiting[position : position + n_samples]
        outdata[: len(piece)] = piece
        outdata[len(piece) :] = 0
        position += len(piece)
        if len(piece) < n_samples:
            raise portaudio.CallbackStop

    return portaudio.OutputStream(
        device=device["index"],
        samplerate=rate_hz,
        channels=waiting.shape[1],
        dtype="float32",
        callback=give,
    )


def _for_device(samples: NDArray[np.float32], rate_hz: int, channels: int) -> NDArray[np.float32]:
    """Return `(n_samples, channels)` at the loudspeaker's rate: mono on both sides, stereo as it is."""
    columns = samples.reshape(len(samples), -1)
    if columns.shape[1] != channels:
        columns = np.repeat(columns.mean(axis=1, keepdims=True, dtype=np.float32), channels, axis=1)
    return np.asarray(soxr.resample(columns, SAMPLE_RATE_HZ, rate_hz), dtype=np.float32)
