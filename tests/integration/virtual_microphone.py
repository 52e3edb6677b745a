"""A microphone without hardware, for Linux: what is played into it is what it hears.

PulseAudio's null sink is the loudspeaker, its monitor the microphone, ALSA's pulse plug-in the way PortAudio
gets there. Everything lives in a folder of its own, so the sound settings of whoever runs the tests stay as
they are.

    with VirtualMicrophone() as microphone:
        subprocess.Popen([...], env={**os.environ, **microphone.environment})
        microphone.play(Path("sample.flac")).wait()
        microphone.unplug()
        microphone.replug()
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from ctypes.util import find_library
from pathlib import Path
from types import TracebackType
from typing import Self

DEVICE = "counter_microphone"
"""The name under which PortAudio lists it; it is the default device too."""

_SINK = "counter"
_READY_WITHIN_S = 15.0
_ALSA = f"""
pcm.{DEVICE} {{ type pulse device "{_SINK}.monitor" }}
pcm.!default {{ type pulse }}
ctl.!default {{ type pulse }}
"""


def missing_parts() -> str:
    """Name the system packages that are not installed; empty when the virtual microphone can be made."""
    missing = [
        package
        for package, there in {
            "pulseaudio": shutil.which("pulseaudio"),
            "pulseaudio-utils": shutil.which("pactl") and shutil.which("paplay"),
            "libportaudio2": find_library("portaudio"),
        }.items()
        if not there
    ]
    return " ".join(missing)


class VirtualMicrophone:
    """A PulseAudio daemon of its own with one microphone, plugged in from the start."""

    def __init__(self, rate_hz: int = 48_000) -> None:
        self._rate_hz = rate_hz
        self._folder = Path(tempfile.mkdtemp(prefix="mic-"))  # short: a socket's path has room for 107 bytes
        self._daemon: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []
        alsa = self._folder / "asound.conf"
        alsa.write_text(_ALSA, encoding="utf-8")
        self._socket = self._folder / "native"
        self.environment: Mapping[str, str] = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(self._folder),
            "ALSA_CONFIG_PATH": str(alsa),
        }
        """What a process needs in its environment to hear this microphone and no other."""

    def __enter__(self) -> Self:
        try:
            self.replug()
        except BaseException:
            self._clean_up()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clean_up()

    @property
    def plugged(self) -> bool:
        """Whether the microphone is there."""
        return self._daemon is not None

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Start to speak a sound file (wav, flac, ogg) into the microphone; `wait()` for its end."""
        player = subprocess.Popen(
            ["paplay", f"--device={_SINK}", path], env=self._everything(), stderr=subprocess.DEVNULL
        )
        self._players.append(player)
        return player

    def unplug(self) -> None:
        """Take the microphone away at once."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None
        self._socket.unlink(missing_ok=True)

    def replug(self) -> None:
        """Bring the microphone back; returns when it can be used."""
        self.unplug()
        sink = f"module-null-sink sink_name={_SINK} rate={self._rate_hz}"
        self._daemon = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
                *("--disable-shm=yes", "--log-target=null"),
                *("-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"),
                *("-L", sink),
            ],
            env=self._everything(),
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _READY_WITHIN_S
        while not self._ready():
            if self._daemon.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("PulseAudio does not start")
            time.sleep(0.05)

    def _ready(self) -> bool:
        asked = subprocess.run(
            ["pactl", "get-default-source"],
            env=self._everything(),
            capture_output=True,
            text=True,
            check=False,
        )
        return asked.stdout.strip() == f"{_SINK}.monitor"

    def _everything(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "HOME": str(self._folder)}

    def _clean_up(self) -> None:
        for player in self._players:
            player.kill()
            player.wait()
        self.unplug()
        shutil.rmtree(self._folder, ignore_errors=True)
