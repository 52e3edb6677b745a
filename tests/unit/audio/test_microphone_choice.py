"""Which device is opened, how its sound is brought to 16 kHz, and what the clerk reads when it fails."""

import sys
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.microphone import MicrophoneSource, list_microphones
from consult_assist.errors import MicrophoneError
from tests.unit.audio.scripted_portaudio import (
    DEVICE_UNAVAILABLE,
    INTERNAL_ERROR,
    ScriptedDevice,
    ScriptedPortAudio,
)

Plug = Callable[..., ScriptedPortAudio]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    def plug_in(*devices: ScriptedDevice, interfaces: tuple[str, ...] = ("ALSA",)) -> ScriptedPortAudio:
        portaudio = ScriptedPortAudio(devices, interfaces)
        monkeypatch.setitem(sys.modules, "sounddevice", portaudio)
        return portaudio

    return plug_in


def sweep(rate_hz: int, duration_s: float = 1.0) -> NDArray[np.float32]:
    """A sine that rises from 200 to 3000 Hz, `(n_samples, 1)`."""
    t = np.arange(round(rate_hz * duration_s)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * (200 * t + 1400 * t**2 / duration_s)))[:, None].astype(np.float32)


def heard_until_gone(source: MicrophoneSource, channel: int = 0) -> NDArray[np.float32]:
    blocks: list[AudioBlock] = []
    with pytest.raises(MicrophoneError, match="来なくなりました"):
        blocks.extend(source.blocks())
    return np.concatenate([block[channel].samples for block in blocks])


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
def test_any_native_rate_becomes_16_khz_without_seams(plug: Plug, rate_hz: int) -> None:
    plug(ScriptedDevice(name="USB", rate_hz=rate_hz, heard=sweep(rate_hz)))
    heard = heard_until_gone(MicrophoneSource("usb"))
    expected = sweep(16_000)[:, 0]
    assert len(heard) == pytest.approx(16_000, abs=2)
    middle = slice(1_000, 15_000)
    assert np.max(np.abs(heard[middle] - expected[middle])) < 0.01


def test_left_is_channel_0_and_right_is_channel_1(plug: Plug) -> None:
    left = sweep(48_000)
    plug(ScriptedDevice(name="USB", n_channels=2, heard=np.concatenate([left, np.zeros_like(left)], axis=1)))
    source = MicrophoneSource(None, 2)
    assert np.std(heard_until_gone(source, 0)) > 0.3
    assert np.max(np.abs(heard_until_gone(source, 1))) == 0


def test_the_exact_name_wins_over_a_part_and_the_default_is_the_systems(plug: Plug) -> None:
    portaudio = plug(
        ScriptedDevice(name="Jabra 510 mono", heard=sweep(48_000)),
        ScriptedDevice(name="Jabra 510", heard=sweep(48_000)),
        ScriptedDevice(name="Webcam", heard=sweep(48_000)),
    )
    for wanted, opened in [("jabra", "Jabra 510 mono"), ("jabra 510", "Jabra 510"), (None, "Webcam")]:
        with pytest.raises(MicrophoneError, match=f"「{opened}」から音が来なくなりました"):
            list(MicrophoneSource(wanted).blocks())
    assert all(stream.closed for stream in portaudio.streams)


def test_on_windows_the_next_interface_is_tried_and_names_are_listed_once(plug: Plug) -> None:
    heard = sweep(48_000)
    plug(
        ScriptedDevice(name="マイク (USB Audio Device with a lon", hostapi=0, heard=heard),
        ScriptedDevice(name="マイク (USB Audio Device with a long name)", hostapi=1, heard=heard),
        ScriptedDevice(name="マイク (USB Audio Device with a long name)", hostapi=2, refuses=INTERNAL_ERROR),
        interfaces=("MME", "Windows DirectSound", "Windows WASAPI"),
    )
    assert list_microphones() == ["マイク (USB Audio Device with a long name)"]
    assert len(heard_until_gone(MicrophoneSource("usb audio"))) == pytest.approx(16_000, abs=2)


def test_a_microphone_plugged_in_later_is_found(plug: Plug) -> None:
    portaudio = plug()
    with pytest.raises(MicrophoneError, match="マイクが見つかりません"):
        next(MicrophoneSource(None).blocks())
    portaudio.plugged.append(ScriptedDevice(name="USB", heard=sweep(48_000)))
    assert len(heard_until_gone(MicrophoneSource(None))) == pytest.approx(16_000, abs=2)


@pytest.mark.parametrize(
    ("device", "channels", "sentence"),
    [
        (ScriptedDevice(name="USB", refuses=DEVICE_UNAVAILABLE), 1, "「USB」はほかのソフトが使っています"),
        (ScriptedDevice(name="USB", refuses=INTERNAL_ERROR), 1, "「USB」を開けません.*許可"),
        (ScriptedDevice(name="USB", n_channels=1), 2, "1 本分の音しか"),
        (ScriptedDevice(name="卓上"), 1, "「usb」が見つかりません.*「卓上」"),
        (ScriptedDevice(name="スピーカー", n_channels=0), 1, "^マイクが見つかりません"),
    ],
)
def test_failures_are_one_sentence(plug: Plug, device: ScriptedDevice, channels: int, sentence: str) -> None:
    plug(device)
    with pytest.raises(MicrophoneError, match=sentence):
        next(MicrophoneSource("usb", channels).blocks())


def test_sound_that_the_system_dropped_is_logged(plug: Plug, caplog: pytest.LogCaptureFixture) -> None:
    plug(ScriptedDevice(name="USB", heard=sweep(48_000), overflow_at=3))
    heard_until_gone(MicrophoneSource(None))
    assert [record.message for record in caplog.records if "dropped sound" in record.message] == [
        "The system dropped sound before the program could take it (1)"
    ]


def test_a_line_that_stays_open_but_silent_counts_as_gone(
    plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    portaudio = plug(ScriptedDevice(name="USB", heard=sweep(48_000)))
    source = MicrophoneSource(None, gone_after_s=0.05)
    blocks = source.blocks()
    next(blocks)
    portaudio.streams[0].active = True
    with pytest.raises(MicrophoneError, match="来なくなりました"):
        list(blocks)
    assert portaudio.streams[0].closed


def test_nothing_is_closed_behind_the_back_of_an_open_stream(plug: Plug) -> None:
    portaudio = plug(ScriptedDevice(name="USB", heard=sweep(48_000)))
    blocks = MicrophoneSource(None).blocks()
    next(blocks)
    portaudio.streams[0].active = True
    portaudio.plugged.clear()
    assert list_microphones() == ["USB"]  # the old list: PortAudio was not started again
    blocks.close()
    assert list_microphones() == []
