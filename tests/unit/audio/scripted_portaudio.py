"""A stand-in for the module `sounddevice`: devices and what happens on opening them are written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEVICE_UNAVAILABLE = -9985
INTERNAL_ERROR = -9986


class PortAudioError(Exception):
    """As in sounddevice: message, then PortAudio's code."""


@dataclass(kw_only=True)
class ScriptedDevice:
    """An input device: what it says about itself, what it hears, and why it cannot be opened."""

    name: str
    rate_hz: int = 48_000
    n_channels: int = 1
    hostapi: int = 0
    heard: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 1), dtype=np.float32))
    overflow_at: int | None = None
    refuses: int | None = None


class ScriptedStream:
    """Delivers everything the device hears as soon as it is started, then goes dead."""

    def __init__(self, device: ScriptedDevice, blocksize: int, callback: Callable[..., None]) -> None:
        self.device = device
        self.blocksize = blocksize
        self.callback = callback
        self.active = False
        self.closed = False

    def start(self) -> None:
        for number, begin in enumerate(range(0, len(self.device.heard), self.blocksize)):
            status = SimpleNamespace(input_overflow=number == self.device.overflow_at)
            piece = self.device.heard[begin : begin + self.blocksize].copy()
            self.callback(piece, len(piece), None, status)
            piece.fill(9.0)  # PortAudio uses its buffer again

    def abort(self, *, ignore_errors: bool = True) -> None:
        self.active = False

    def close(self, *, ignore_errors: bool = True) -> None:
        self.closed = True


class ScriptedPortAudio:
    """Devices appear and vanish only when PortAudio is started again, as in life."""

    PortAudioError = PortAudioError

    def __init__(self, devices: Sequence[ScriptedDevice], interfaces: Sequence[str] = ("ALSA",)) -> None:
        self.plugged = list(devices)
        self.interfaces = interfaces
        self.streams: list[ScriptedStream] = []
        self.default = SimpleNamespace(device=(-1, -1))
        self._seen: list[ScriptedDevice] = []
        self._initialized = 0

    def _initialize(self) -> None:
        self._initialized += 1
        self._seen = list(self.plugged)
        self.default.device = (len(self._seen) - 1, -1)

    def _terminate(self) -> None:
        self._initialized -= 1
        assert not any(stream.active for stream in self.streams)

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": name} for name in self.interfaces]

    def query_devices(self) -> list[dict[str, Any]]:
        return [
            {
                "index": index,
                "name": device.name,
                "hostapi": device.hostapi,
                "max_input_channels": device.n_channels,
                "default_samplerate": float(device.rate_hz),
            }
            for index, device in enumerate(self._seen)
        ]

    def InputStream(  # noqa: N802 - sounddevice's name
        self,
        *,
        device: int,
        samplerate: int,
        channels: int,
        dtype: str,
        latency: float,
        blocksize: int,
        callback: Callable[..., None],
    ) -> ScriptedStream:
        chosen = self._seen[device]
        if chosen.refuses is not None:
            raise PortAudioError("Error opening InputStream", chosen.refuses)
        assert (samplerate, channels, dtype) == (chosen.rate_hz, chosen.heard.shape[1], "float32")
        self.streams.append(ScriptedStream(chosen, blocksize, callback))
        return self.streams[-1]
