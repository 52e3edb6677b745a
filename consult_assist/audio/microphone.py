"""Microphone → AudioFrame, through PortAudio."""

import logging
import queue
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import blocks_from
from consult_assist.audio.streams import OPEN_STREAMS, load_portaudio
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import MicrophoneError

_log = logging.getLogger(__name__)

_LATENCY_S = 0.2
"""Room for that much while the interpreter is busy elsewhere; more makes sound arrive in bursts."""
_CALLBACKS_PER_S = 20
_FIRST_SOUND_WITHIN_S = 5.0
"""Wireless microphones wake up slowly."""
_DEVICE_UNAVAILABLE = -9985
"""PortAudio's code for "in use by another program"."""
_HOST_API_ORDER = ("Windows WASAPI", "ALSA", "Core Audio", "Windows DirectSound", "MME")
"""On Windows a microphone appears under several; MME cuts names at 31 characters, WDM-KS keeps others out."""
_UNUSABLE = "パソコンの音の機能を使えません。パソコンを再起動しても直らないときは、管理者に知らせてください。"

Device = dict[str, Any]


class MicrophoneSource:
    """A microphone, opened at its own rate and resampled to 16 kHz.

    Each call of `blocks` looks for devices anew, so a microphone that was unplugged is found when it is back.
    """

    def __init__(self, device: str | None, channels: int = 1, *, gone_after_s: float = 1.5) -> None:
        """Choose a microphone; nothing is opened yet.

        Args:
            device: its name or a part of it; None = the system's default.
            channels: 1, or 2 for two microphones on one device.
            gone_after_s: how long a silent line (no samples, not quiet ones) counts as a pause for breath.
        """
        self._device = device
        self._channels = channels
        self._gone_after_s = gone_after_s
        self._opened_device: str | None = None
        """Its full name; the system's default may change while unplugged."""
        self._n_dropped = 0

    @property
    def name(self) -> str:
        """`microphone:DEVICE`, with the name as it was asked for."""
        return f"microphone:{self._device or '既定のマイク'}"

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._channels

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        """Capture until closed; samples are numbered from `start_sample`.

        Raises:
            MicrophoneError: there is no such device, it is in use, or it went away while capturing. What it
                delivered until then has been yielded.
        """
        portaudio = _portaudio()
        with self._capturing(portaudio) as line:
            yield from blocks_from(_resampled(self._delivered(line), line.rate_hz), start_sample)
        raise MicrophoneError(
            f"マイク「{self._opened_device}」から音が来なくなりました。"
            "抜けていないか確かめてください。つながると自動で再開します。"
        )

    @contextmanager
    def _capturing(self, portaudio: ModuleType) -> Iterator["_Line"]:
        with OPEN_STREAMS.exclusive():
            _renew_devices(portaudio)
            line = self._open_first(portaudio, _candidates(portaudio, self._device, self._channels))
        try:
            yield line
        finally:
            OPEN_STREAMS.close(line.stream)

    def _open_first(self, portaudio: ModuleType, devices: list[Device]) -> "_Line":
        """Open the first device that can be opened, at its own rate."""
        failures: list[Exception] = []
        for device in devices:
            line = _Line(rate_hz=int(device["default_samplerate"]), n_channels=self._channels)
            try:
                line.stream = OPEN_STREAMS.open(lambda: _input_stream(portaudio, device, line))  # noqa: B023
            except portaudio.PortAudioError as error:
                failures.append(error)
            else:
                self._opened_device = str(device["name"])
                return line
        raise _open_error(str(devices[0]["name"]), failures) from failures[-1]

    def _delivered(self, line: "_Line") -> Iterator[NDArray[np.float32]]:
        """Yield what the callback brings until the line goes dead."""
        deadline = time.monotonic() + max(_FIRST_SOUND_WITHIN_S, self._gone_after_s)
        while True:
            try:
                samples, overflowed = line.arrived.get(timeout=0.1)
            except queue.Empty:
                if not line.stream.active or time.monotonic() > deadline:
                    return
                continue
            deadline = time.monotonic() + self._gone_after_s
            if overflowed:
                self._n_dropped += 1
                _log.warning(
                    "The system dropped sound before the program could take it (%d)", self._n_dropped
                )
            yield samples


@dataclass(slots=True)
class _Line:
    """An open stream and what it has brought that nobody has taken yet."""

    rate_hz: int
    n_channels: int
    stream: Any = None
    arrived: queue.SimpleQueue[tuple[NDArray[np.float32], bool]] = field(default_factory=queue.SimpleQueue)

    def take(self, indata: NDArray[np.float32], _n: int, _time: object, status: Any) -> None:
        """Called by PortAudio's own thread: copy and go."""
        self.arrived.put((indata.copy(), bool(status.input_overflow)))


def list_microphones() -> list[str]:
    """Return the names of the microphones there now, each once.

    Raises:
        MicrophoneError: PortAudio is not installed or does not start.
    """
    portaudio = _portaudio()
    with OPEN_STREAMS.exclusive():
        _renew_devices(portaudio)
        devices = _inputs(portaudio)
    if not devices:
        return []
    # Every microphone is there under the best interface; the others repeat it with other spellings.
    best = devices[0]["hostapi"]
    return list(dict.fromkeys(str(device["name"]) for device in devices if device["hostapi"] == best))


def _portaudio() -> ModuleType:
    return load_portaudio(MicrophoneError, "マイクを使う", _UNUSABLE)


def _renew_devices(portaudio: ModuleType) -> None:
    try:
        OPEN_STREAMS.renew_devices(portaudio)
    except portaudio.PortAudioError as error:
        raise MicrophoneError(_UNUSABLE) from error


def _inputs(portaudio: ModuleType) -> list[Device]:
    """Return the input devices, those of the best interface first."""
    interfaces = [str(interface["name"]) for interface in portaudio.query_hostapis()]

    def rank(device: Device) -> int:
        name = interfaces[device["hostapi"]]
        return _HOST_API_ORDER.index(name) if name in _HOST_API_ORDER else len(_HOST_API_ORDER)

    return sorted((device for device in portaudio.query_devices() if device["max_input_channels"]), key=rank)


def _candidates(portaudio: ModuleType, wanted: str | None, channels: int) -> list[Device]:
    """Return the devices to try, best first.

    Raises:
        MicrophoneError: none is there, none has that name, or none has enough channels.
    """
    devices = _inputs(portaudio)
    if not devices:
        raise MicrophoneError("マイクが見つかりません。マイクをつないで、もう一度お試しください。")
    if wanted is None:
        default = portaudio.default.device[0]
        found = [device for device in devices if device["index"] == default] or devices
    else:
        found = _named(devices, wanted)
    if not found:
        names = "、".join(dict.fromkeys(f"「{device['name']}」" for device in devices))
        raise MicrophoneError(
            f"マイク「{wanted}」が見つかりません。"
            f"つなぐか、設定 microphone を次のどれかに変えてください: {names}"
        )
    enough = [device for device in found if device["max_input_channels"] >= channels]
    if not enough:
        raise MicrophoneError(
            f"マイク「{found[0]['name']}」は 1 本分の音しか取り込めません。"
            "設定 microphone_channels を 1 に変えてください。"
        )
    return enough


def _named(devices: list[Device], wanted: str) -> list[Device]:
    key = wanted.casefold()
    exact = [device for device in devices if device["name"].casefold() == key]
    return exact or [device for device in devices if key in device["name"].casefold()]


def _input_stream(portaudio: ModuleType, device: Device, line: _Line) -> Any:
    return portaudio.InputStream(
        device=device["index"],
        samplerate=line.rate_hz,
        channels=line.n_channels,
        dtype="float32",
        latency=_LATENCY_S,
        blocksize=line.rate_hz // _CALLBACKS_PER_S,
        callback=line.take,
    )


def _open_error(device_name: str, failures: list[Exception]) -> MicrophoneError:
    if any(_DEVICE_UNAVAILABLE in failure.args[1:2] for failure in failures):
        return MicrophoneError(
            f"マイク「{device_name}」はほかのソフトが使っています。そのソフトを終了して、もう一度お試しください。"
        )
    return MicrophoneError(
        f"マイク「{device_name}」を開けません。"
        "差し直し、パソコンの設定でマイクの使用が許可されているか確かめてください。"
    )


def _resampled(chunks: Iterator[NDArray[np.float32]], rate_hz: int) -> Iterator[NDArray[np.float32]]:
    """Bring chunks `(n_samples, n_channels)` of any rate to 16 kHz, without a seam between them."""
    if rate_hz == SAMPLE_RATE_HZ:
        yield from chunks
        return
    resampler: soxr.ResampleStream | None = None
    for chunk in chunks:
        n_channels = chunk.shape[1]
        resampler = resampler or soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, n_channels, dtype="float32")
        yield np.asarray(resampler.resample_chunk(chunk), dtype=np.float32).reshape(-1, n_channels)
    if resampler is not None:
        rest = resampler.resample_chunk(np.zeros((0, n_channels), dtype=np.float32), last=True)
        yield np.asarray(rest, dtype=np.float32).reshape(-1, n_channels)
