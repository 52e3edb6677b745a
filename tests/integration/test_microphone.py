"""The microphone stage against real PortAudio, ALSA and PulseAudio."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from consult_assist.audio.base import AudioBlock
from consult_assist.audio.blocks import BLOCK_SAMPLES
from consult_assist.audio.microphone import MicrophoneSource, list_microphones
from consult_assist.audio.playback import SoundPlayer
from consult_assist.audio.recording import FlacRecordingWriter
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.errors import MicrophoneError, SoundError
from tests.integration.virtual_microphone import DEVICE, VirtualMicrophone, missing_parts

BLOCKS = round(1.7 * SAMPLE_RATE_HZ) // BLOCK_SAMPLES
"""Enough to hear a second of sound that is about to begin."""

pytestmark = pytest.mark.skipif(bool(missing_parts()), reason=f"not installed: {missing_parts()}")


@pytest.fixture(scope="module")
def plugged() -> Iterator[VirtualMicrophone]:
    with VirtualMicrophone() as microphone:
        yield microphone


@pytest.fixture
def microphone(plugged: VirtualMicrophone, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualMicrophone]:
    for name, value in plugged.environment.items():
        monkeypatch.setenv(name, value)
    yield plugged
    if not plugged.plugged:
        plugged.replug()


def sine(frequency_hz: float, duration_s: float = 1.0, rate_hz: int = 48_000) -> NDArray[np.float32]:
    times_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.4 * np.sin(2 * np.pi * frequency_hz * times_s)).astype(np.float32)


def written(path: Path, *channels: NDArray[np.float32], rate_hz: int = 48_000) -> Path:
    soundfile.write(path, np.stack(channels, axis=1), rate_hz)
    return path


def joined(blocks: list[AudioBlock], channel: int = 0) -> NDArray[np.float32]:
    return np.concatenate([block[channel].samples for block in blocks])


def pitch_hz(samples: NDArray[np.float32]) -> float:
    """The strongest frequency in the loudest half second."""
    window = SAMPLE_RATE_HZ // 2
    loudest = max(
        range(0, len(samples) - window, 800), key=lambda at: float(np.std(samples[at : at + window]))
    )
    spectrum = np.abs(np.fft.rfft(samples[loudest : loudest + window] * np.hanning(window)))
    return float(np.argmax(spectrum)) * SAMPLE_RATE_HZ / window


def heard_while_playing(
    source: MicrophoneSource, microphone: VirtualMicrophone, sound: Path, start_sample: int = 0
) -> list[AudioBlock]:
    with closing(source.blocks(start_sample)) as blocks:
        before = [next(blocks)]
        microphone.play(sound)
        return before + list(itertools.islice(blocks, BLOCKS))


@pytest.mark.parametrize("device", [None, DEVICE, "Counter_Micro"])
def test_hears_what_is_said_at_its_own_rate(
    microphone: VirtualMicrophone, tmp_path: Path, device: str | None
) -> None:
    sound = written(tmp_path / "tone.wav", sine(440))
    blocks = heard_while_playing(MicrophoneSource(device), microphone, sound, start_sample=8000)
    assert pitch_hz(joined(blocks)) == pytest.approx(440, abs=3)
    assert np.max(np.abs(joined(blocks))) == pytest.approx(0.4, abs=0.05)
    assert [block[0].start_sample for block in blocks] == [
        8000 + BLOCK_SAMPLES * n for n in range(len(blocks))
    ]


def test_two_microphones_stay_apart(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    sound = written(tmp_path / "two.wav", sine(300), sine(700))
    blocks = heard_while_playing(MicrophoneSource(DEVICE, 2), microphone, sound)
    assert pitch_hz(joined(blocks, 0)) == pytest.approx(300, abs=3)
    assert pitch_hz(joined(blocks, 1)) == pytest.approx(700, abs=3)


def test_unplugged_says_so_and_comes_back_in_the_same_process(
    microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    source = MicrophoneSource(DEVICE)
    blocks = source.blocks()
    heard = [next(blocks), next(blocks)]
    microphone.unplug()
    with pytest.raises(MicrophoneError, match="音が来なくなりました"):
        heard.extend(blocks)
    with pytest.raises(MicrophoneError, match="見つかりません"):
        next(source.blocks())

    microphone.replug()
    sound = written(tmp_path / "tone.wav", sine(440))
    after = heard_while_playing(source, microphone, sound, start_sample=heard[-1][0].end_sample)
    assert after[0][0].start_sample == heard[-1][0].end_sample
    assert pitch_hz(joined(after)) == pytest.approx(440, abs=3)


def test_lists_microphones_as_they_come_and_go(microphone: VirtualMicrophone) -> None:
    assert DEVICE in list_microphones()
    microphone.unplug()
    assert list_microphones() == []


def test_a_missing_name_is_answered_with_those_there(microphone: VirtualMicrophone) -> None:
    with pytest.raises(MicrophoneError, match=f"「卓上マイク」が見つかりません.*「{DEVICE}」"):
        next(MicrophoneSource("卓上マイク").blocks())


def test_a_recording_is_played_through_the_loudspeaker(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recording = tmp_path / "recording.flac"
    writer = FlacRecordingWriter(recording, 1)
    writer.write((AudioFrame(0, 0, sine(250, 1.0, SAMPLE_RATE_HZ)),))
    writer.write((AudioFrame(0, 16_000, sine(500, 1.0, SAMPLE_RATE_HZ)),))
    writer.close()
    player = SoundPlayer()
    with closing(MicrophoneSource(DEVICE).blocks()) as blocks:
        next(blocks)
        player.play(recording, 0.0, 1.0)
        player.play(recording, 1.0, 2.0)  # takes the place of the first
        heard = joined(list(itertools.islice(blocks, BLOCKS)))
    player.stop()
    assert pitch_hz(heard) == pytest.approx(500, abs=3)


def test_a_file_is_played_from_a_second_on_at_another_speed_in_its_pitch(
    microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    tones = np.concatenate([sine(250, 4.0, SAMPLE_RATE_HZ), sine(500, 6.0, SAMPLE_RATE_HZ)])
    sound = written(tmp_path / "tones.wav", tones, rate_hz=SAMPLE_RATE_HZ)
    player = SoundPlayer()
    with closing(MicrophoneSource(DEVICE).blocks()) as blocks:
        next(blocks)
        player.play_from(sound, 0.0, speed=1.5)
        player.play_from(sound, 4.5, speed=1.5)  # goes on from elsewhere
        heard = joined(list(itertools.islice(blocks, BLOCKS)))
    player.stop()
    assert pitch_hz(heard) == pytest.approx(500, abs=3)


def test_no_loudspeaker_is_one_sentence(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recording = tmp_path / "recording.flac"
    writer = FlacRecordingWriter(recording, 1)
    writer.write((AudioFrame(0, 0, sine(250, 1.0, SAMPLE_RATE_HZ)),))
    writer.close()
    microphone.unplug()
    with pytest.raises(SoundError, match="音を出せる機器が見つかりません"):
        SoundPlayer().play(recording, 0.0, 1.0)


def test_without_portaudio_there_is_one_sentence_and_files_still_work(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text('raise OSError("PortAudio library not found")')
    sound = written(tmp_path / "tone.wav", sine(440))
    script = (
        "import sys; from pathlib import Path\n"
        "from consult_assist.audio.file import FileSource\n"
        "from consult_assist.audio.microphone import MicrophoneSource\n"
        "from consult_assist.errors import MicrophoneError\n"
        "print(sum(len(block[0].samples) for block in FileSource(Path(sys.argv[1])).blocks()))\n"
        "try: next(MicrophoneSource(None).blocks())\n"
        "except MicrophoneError as error: print('libportaudio2' in str(error))\n"
    )
    checkout = Path(__file__).parents[2]
    path = os.pathsep.join([str(tmp_path), str(checkout)])
    done = subprocess.run(
        [sys.executable, "-c", script, sound],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["16000", "True"]
