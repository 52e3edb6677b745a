"""What every source of sound promises: files, the paced and the scripted one, and the microphone."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock, SoundSource
from consult_assist.audio.blocks import BLOCK_SAMPLES
from consult_assist.audio.file import FileSource
from consult_assist.audio.microphone import MicrophoneSource
from consult_assist.audio.pacing import PacedSource
from consult_assist.audio.scripted import ScriptedSource
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import MicrophoneError
from tests.unit.audio.scripted_portaudio import ScriptedDevice, ScriptedPortAudio

DURATION_S = 1.25
Make = Callable[[int], SoundSource]


def sound(channels: int, rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.float32]:
    """A different sine in each channel, `(n_samples, channels)`."""
    times_s = np.arange(round(DURATION_S * rate_hz)) / rate_hz
    tones = [0.5 * np.sin(2 * np.pi * 300 * (channel + 1) * times_s) for channel in range(channels)]
    return np.stack(tones, axis=1).astype(np.float32)


def heard(source: SoundSource, start_sample: int = 0) -> list[AudioBlock]:
    """All blocks; a microphone ends only by going away."""
    blocks: list[AudioBlock] = []
    with suppress(MicrophoneError):
        blocks.extend(source.blocks(start_sample))
    return blocks


@pytest.fixture(params=["file", "scripted", "paced", "microphone"])
def make(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    def file(channels: int) -> SoundSource:
        path = tmp_path / "talk.flac"
        soundfile.write(path, sound(channels, 44_100), 44_100)
        return FileSource(path)

    def scripted(channels: int) -> SoundSource:
        return ScriptedSource(list(sound(channels).T))

    def paced(channels: int) -> SoundSource:
        return PacedSource(scripted(channels), 2.0, clock=lambda: 0.0, sleep=lambda _: None)

    def microphone(channels: int) -> SoundSource:
        device = ScriptedDevice(name="USB", n_channels=channels, heard=sound(channels, 48_000))
        monkeypatch.setitem(sys.modules, "sounddevice", ScriptedPortAudio([device]))
        return MicrophoneSource("usb", channels)

    makers: dict[str, Make] = {"file": file, "scripted": scripted, "paced": paced, "microphone": microphone}
    return makers[request.param]


@pytest.mark.parametrize("channels", [1, 2])
def test_gives_blocks_of_one_length_without_gaps(make: Make, channels: int) -> None:
    source = make(channels)
    assert source.channels == channels
    blocks = heard(source, 4_800)
    position = 4_800
    for block in blocks:
        assert [frame.channel for frame in block] == list(range(channels))
        assert {(frame.start_sample, len(frame.samples)) for frame in block} == {
            (position, len(block[0].samples))
        }
        assert all(frame.samples.dtype == np.float32 and frame.samples.ndim == 1 for frame in block)
        position = block[0].end_sample
    assert all(len(block[0].samples) == BLOCK_SAMPLES for block in blocks[:-1])


@pytest.mark.parametrize("channels", [1, 2])
def test_gives_the_whole_sound_in_the_right_channel(make: Make, channels: int) -> None:
    blocks = heard(make(channels))
    assert blocks[-1][0].end_sample == pytest.approx(DURATION_S * SAMPLE_RATE_HZ, abs=2)
    for channel in range(channels):
        samples = np.concatenate([block[channel].samples for block in blocks])
        spectrum = np.abs(np.fft.rfft(samples[:SAMPLE_RATE_HZ]))
        assert int(np.argmax(spectrum)) == 300 * (channel + 1)


def test_can_be_opened_again_from_a_later_sample(make: Make) -> None:
    source = make(1)
    whole = np.concatenate([block[0].samples for block in heard(source)])
    later = heard(source, 8_000)
    assert later[0][0].start_sample == 8_000
    if not isinstance(source, MicrophoneSource):  # a microphone only numbers its samples
        assert np.array_equal(np.concatenate([block[0].samples for block in later]), whole[8_000:])


def test_closing_the_iterator_closes_the_source(make: Make) -> None:
    source = make(1)
    blocks = source.blocks()
    next(blocks)
    blocks.close()
    assert heard(source)


def test_the_name_tells_the_kind_and_no_folder(make: Make) -> None:
    kind, name = make(1).name.split(":")
    assert kind in {"file", "microphone"}
    assert name
    assert "/" not in name
