"""Sound files of every kind a clerk may own, and files that are no sound."""

import os
import tracemalloc
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from consult_assist.audio.file import FileSource, read_sound_info
from consult_assist.audio.tempo import read_at_speed
from consult_assist.audio.truncation import missing_sound
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import SoundFileError


def sweep(rate_hz: int, duration_s: float = 2.0, channels: int = 1) -> NDArray[np.float32]:
    """A sine that rises from 200 to 3000 Hz, the same in every channel, `(n_samples, channels)`."""
    t = np.arange(round(rate_hz * duration_s)) / rate_hz
    tone = 0.5 * np.sin(2 * np.pi * (200 * t + 1400 * t**2 / duration_s))
    return np.repeat(tone[:, None], channels, axis=1).astype(np.float32)


def heard(source: FileSource, channel: int = 0) -> NDArray[np.float32]:
    return np.concatenate([block[channel].samples for block in source.blocks()])


def write_m4a(path: Path, sound: NDArray[np.float32], rate_hz: int) -> None:
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("aac", rate=rate_hz, layout="mono")
        stream.bit_rate = 128_000
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.T), format="fltp", layout="mono")
        frame.sample_rate = rate_hz
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def write(path: Path, sound: NDArray[np.float32], rate_hz: int, subtype: str | None = None) -> Path:
    if path.suffix == ".m4a":
        write_m4a(path, sound, rate_hz)
    else:
        soundfile.write(path, sound, rate_hz, subtype=subtype)
    return path


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels", "subtype"),
    [
        ("telephone.wav", 8_000, 1, "ULAW"),
        ("cd.wav", 44_100, 2, "PCM_16"),
        ("studio.wav", 96_000, 1, "FLOAT"),
        ("six.wav", 48_000, 6, "PCM_24"),
        ("talk.flac", 22_050, 1, None),
        ("talk.mp3", 44_100, 2, None),
        ("talk.ogg", 48_000, 1, None),
        ("talk.m4a", 44_100, 1, None),
        ("a:b 相談.wav", 16_000, 1, None),
    ],
)
def test_every_kind_of_file_sounds_as_it_should(
    tmp_path: Path, name: str, rate_hz: int, channels: int, subtype: str | None
) -> None:
    path = write(tmp_path / name, sweep(rate_hz, channels=channels), rate_hz, subtype)
    source = FileSource(path)
    assert source.name == f"file:{name}"
    assert source.channels == (2 if channels == 2 else 1)
    assert read_sound_info(path).duration_s == pytest.approx(2.0, abs=0.1)
    expected = sweep(SAMPLE_RATE_HZ)[:, 0]
    for channel in range(source.channels):
        samples = heard(source, channel)
        assert len(samples) == pytest.approx(len(expected), abs=0.1 * SAMPLE_RATE_HZ)
        # Lossy encoders shift a little, even by half a sample; look for the place where it fits.
        piece = samples[8_000:16_000]
        fit = np.correlate(expected, piece, "valid")
        best = fit.max() / np.linalg.norm(piece) / np.linalg.norm(expected[fit.argmax() :][:8_000])
        assert best > 0.95
        assert int(fit.argmax()) == pytest.approx(8_000, abs=0.1 * SAMPLE_RATE_HZ)
        assert np.std(piece) == pytest.approx(0.35, abs=0.03)


def test_a_voice_on_one_of_six_channels_is_not_lost(tmp_path: Path) -> None:
    sound = np.zeros((48_000, 6), dtype=np.float32)
    sound[:, 3] = sweep(48_000, 1.0)[:, 0]  # the place of the bass loudspeaker, which film mixes leave out
    source = FileSource(write(tmp_path / "six.wav", sound, 48_000))
    assert np.std(heard(source)[4_000:12_000]) == pytest.approx(0.35 / 6, abs=0.01)


@pytest.mark.parametrize("channels", [7, 8, 25])
def test_more_channels_than_a_microphone_array_has_are_averaged(tmp_path: Path, channels: int) -> None:
    sound = np.repeat(sweep(SAMPLE_RATE_HZ), channels, axis=1)
    path = write(tmp_path / "array.wav", sound, SAMPLE_RATE_HZ)
    assert heard(FileSource(path)) == pytest.approx(sound[:, 0], abs=0.001)


@pytest.mark.parametrize(("place", "value"), [(22, b"\x41\x00"), (24, b"\xff\xff\xff\x7f")])
def test_a_header_that_cannot_be_true_gives_no_sound_and_no_fault(
    tmp_path: Path, place: int, value: bytes
) -> None:
    path = write(tmp_path / "a.wav", sweep(SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)
    content = bytearray(path.read_bytes())
    content[place : place + len(value)] = value
    if place == 22:
        content[32:34] = (2 * 0x41).to_bytes(2, "little")
    path.write_bytes(content)
    assert list(FileSource(path).blocks()) == []
    with pytest.raises(SoundFileError, match="から音を取り出せません"):
        read_at_speed(path, 1.5)


@pytest.mark.parametrize("name", ["cut.wav", "cut.flac", "cut.mp3", "cut.ogg"])
def test_a_truncated_file_plays_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    noise = 0.3 * np.random.default_rng(1).standard_normal((80_000, 1)).astype(np.float32)
    path = write(tmp_path / name, noise, 16_000)
    whole = heard(FileSource(path))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    cut = heard(FileSource(path))
    assert 0.3 < len(cut) / len(whole) < 0.6
    assert np.max(np.abs(cut[:20_000] - whole[:20_000])) < 0.01


@pytest.mark.parametrize("name", ["cut.wav", "cut.flac", "cut.mp3", "cut.m4a", "cut.aiff"])
def test_of_a_truncated_file_it_is_told_how_much_is_there(tmp_path: Path, name: str) -> None:
    sound = 0.3 * np.random.default_rng(1).standard_normal((240_000, 1)).astype(np.float32)
    path = write(tmp_path / name, sound, 16_000)
    assert missing_sound(path) is None
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    there_s = len(heard(FileSource(path))) / SAMPLE_RATE_HZ
    sentence = missing_sound(path)
    assert sentence is not None
    assert f"全体 0:15 のうち初めの 0:{there_s:02.0f} まで" in sentence
    assert sentence.count("。") == 1


def test_a_file_whose_length_was_never_known_lacks_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "piped.wav", sweep(16_000), 16_000, "PCM_16")
    content = bytearray(path.read_bytes())
    for unknown in (b"\0" * 4, b"\xff" * 4):
        content[40:44] = unknown
        path.write_bytes(content)
        assert missing_sound(path) is None


def test_a_damaged_stretch_does_not_end_the_sound(tmp_path: Path) -> None:
    noise = 0.3 * np.random.default_rng(1).standard_normal((80_000, 1)).astype(np.float32)
    path = write(tmp_path / "damaged.mp3", noise, 16_000)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = os.urandom(200)
    path.write_bytes(data)
    assert len(heard(FileSource(path))) > 70_000


def _folder(path: Path) -> None:
    path.mkdir()


def _silent_header(path: Path) -> None:
    soundfile.write(path, np.zeros((0, 1)), 16_000, format="WAV")


def _picture(path: Path) -> None:
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width = stream.height = 16
        stream.pix_fmt = "rgb24"
        black = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), dtype=np.uint8), format="rgb24")
        for packet in [*stream.encode(black), *stream.encode(None)]:
            container.mux(packet)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "見つかりません"),
        (_folder, "フォルダーです"),
        (lambda path: path.write_bytes(b""), "空です"),
        (lambda path: path.write_text("生活に困っています。\n" * 500, encoding="utf-8"), "読めません"),
        (lambda path: path.write_bytes(np.random.default_rng(0).bytes(100_000)), "読めません|入っていません"),
        (lambda path: path.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt "), "読めません"),
        (_silent_header, "音を取り出せません"),
        (_picture, "入っていません"),
        (lambda path: path.write_text("#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n"), "読めません"),
    ],
    ids=["missing", "folder", "empty", "text", "noise", "cut header", "no samples", "picture", "playlist"],
)
def test_what_is_not_sound_is_refused_in_one_sentence(tmp_path: Path, make: object, sentence: str) -> None:
    path = tmp_path / "talk.wav"
    assert callable(make)
    make(path)
    with pytest.raises(SoundFileError, match=sentence) as caught:
        FileSource(path)
    assert str(caught.value).startswith(("talk.wav", "音声ファイル talk.wav"))
    assert str(tmp_path) not in str(caught.value)


def test_memory_stays_flat_however_long_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    minute = sweep(16_000, 60.0)
    with soundfile.SoundFile(path, "w", 16_000, 1) as file:
        for _ in range(20):
            file.write(minute)
    blocks = FileSource(path).blocks()
    (first,) = next(blocks)
    tracemalloc.start()
    try:
        n_samples = sum(len(block[0].samples) for block in blocks)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert n_samples == 20 * 60 * 16_000 - len(first.samples)
    assert peak_bytes < 2_000_000
