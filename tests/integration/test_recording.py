"""Recordings on a real disk: what survives a kill, a full disk, an erasure."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.audio.erasing import (
    mark_for_silence,
    mend_recording,
    recordings_to_mend,
    remove_recording,
    silence_marked,
    silence_recording,
)
from consult_assist.audio.folder import RecordingsFolder
from consult_assist.audio.playback import SoundPlayer
from consult_assist.audio.recording import (
    FlacRecordingWriter,
    mark_of,
    read_recording,
    recording_duration_s,
)
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.errors import RecordingError, SoundError, SoundFileError

CHECKOUT = Path(__file__).parents[2]
ONE_STEP = 1.5 / 32_768

WRITE_FOREVER = """
import sys, time
from pathlib import Path
import numpy as np
from consult_assist.audio.recording import FlacRecordingWriter
from consult_assist.domain.audio import AudioFrame
from consult_assist.errors import RecordingError

channels, largest_bytes = int(sys.argv[2]), int(sys.argv[3])
if largest_bytes:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_bytes, largest_bytes))
sound = np.random.default_rng(7).uniform(-0.5, 0.5, (1_000_000, channels)).astype(np.float32)
try:
    writer = FlacRecordingWriter(Path(sys.argv[1]), channels)
    for number in range(600):
        at = number * 1600
        writer.write(tuple(AudioFrame(c, at, sound[at : at + 1600, c]) for c in range(channels)))
        print(number + 1, flush=True)
        time.sleep(0.002)
    writer.close()
except RecordingError as error:
    print(error)
    writer.close()
    print("closed quietly")
"""


def written_sound(channels: int) -> NDArray[np.float32]:
    """What the script above writes."""
    return np.random.default_rng(7).uniform(-0.5, 0.5, (1_000_000, channels)).astype(np.float32)


def start_writing(path: Path, channels: int, largest_bytes: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_FOREVER, str(path), str(channels), str(largest_bytes)],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def record(path: Path, sound: NDArray[np.float32], *, divide_at: int | None = None) -> FlacRecordingWriter:
    """Write `(n_samples, channels)` in blocks, in two parts if wanted, and leave the file open."""
    channels = sound.shape[1]
    writer = FlacRecordingWriter(path, channels)
    for at in range(0, len(sound), 1_600):
        if at == divide_at:
            writer.divide()
        writer.write(tuple(AudioFrame(c, at, sound[at : at + 1_600, c]) for c in range(channels)))
    return writer


@pytest.fixture
def sound() -> NDArray[np.float32]:
    """Five seconds of stereo, `(n_samples, 2)`."""
    return np.random.default_rng(3).uniform(-1, 1, (5 * SAMPLE_RATE_HZ, 2)).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 2])
def test_kill_9_costs_less_than_a_second(tmp_path: Path, channels: int) -> None:
    expected = written_sound(channels)
    for attempt in range(3):
        path = tmp_path / f"{attempt}.flac"
        with start_writing(path, channels) as writing:
            assert writing.stdout is not None
            for _ in range(random.randint(15, 120)):
                acknowledged = int(writing.stdout.readline())
            writing.kill()
            acknowledged += len(writing.stdout.readlines())

        kept_s = recording_duration_s(path)
        assert acknowledged / 10 - kept_s < 1.0
        samples = read_recording(path, 0.0, kept_s).reshape(-1, channels)
        assert len(samples) == round(kept_s * SAMPLE_RATE_HZ)
        assert np.max(np.abs(samples - expected[: len(samples)])) < ONE_STEP
        last = read_recording(path, kept_s - 0.5, kept_s + 9).reshape(-1, channels)
        assert np.array_equal(last, samples[-8_000:])


def test_any_stretch_reads_back_while_still_being_written(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "live.flac"
    writer = record(path, sound)
    for start_s, end_s in [(0.0, 0.5), (1.2345, 3.2), (4.0, 4.5)]:
        expected = sound[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
        samples = read_recording(path, start_s, end_s)
        assert samples.shape == expected.shape
        assert np.max(np.abs(samples - expected)) < ONE_STEP
    writer.close()
    writer.close()
    assert recording_duration_s(path) == 5.0
    assert np.max(np.abs(read_recording(path, 0.0, 99.0) - sound)) < ONE_STEP
    assert read_recording(path, 6.0, 7.0).shape == (0, 2)


@pytest.mark.parametrize("n_samples", [3_200, 4_800, 12_800])
def test_a_recording_of_less_than_a_second_reads_back_from_anywhere(
    tmp_path: Path, sound: NDArray[np.float32], n_samples: int
) -> None:
    path = tmp_path / "short.flac"
    writer = record(path, sound[:n_samples])
    for closed in (False, True):  # as a kill leaves it, and finished
        if closed:
            writer.close()
        kept = read_recording(path, 0.0, 1.0)
        for start in (1, 4_000, n_samples, SAMPLE_RATE_HZ * 9):
            samples = read_recording(path, start / SAMPLE_RATE_HZ, 99.0)
            assert np.array_equal(samples, kept[start:])


@pytest.mark.parametrize("n_bytes", [0, 3, 42, 60, 86, 500])
def test_a_recording_cut_off_before_its_first_block_holds_nothing(
    tmp_path: Path, sound: NDArray[np.float32], n_bytes: int
) -> None:
    path = tmp_path / "begun.flac"
    writer = record(tmp_path / "whole.flac", sound[:8_000])
    path.write_bytes((tmp_path / "whole.flac").read_bytes()[:n_bytes])
    writer.close()
    assert recording_duration_s(path) == 0.0
    assert len(read_recording(path, 0.0, 1.0)) == 0


def test_a_damaged_block_is_silence_and_moves_nothing(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "damaged.flac"
    record(path, sound).close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 300] = bytes(300)
    path.write_bytes(data)
    read = read_recording(path, 0.0, 9.0)
    assert len(read) == len(sound)
    assert np.max(np.abs(read[-8_000:] - sound[-8_000:])) < ONE_STEP
    silence_recording(path, [(4.5, 4.75)])
    read = read_recording(path, 0.0, 9.0)
    assert not read[72_000:76_000].any()
    assert np.max(np.abs(read[76_000:] - sound[76_000:])) < ONE_STEP


def test_words_whose_sound_was_lost_cannot_be_played(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "short.flac"
    record(path, sound).close()
    with pytest.raises(SoundError, match="残っていません"):
        SoundPlayer().play(path, 60.0, 61.0)


def test_parts_that_were_only_begun_are_no_fault(tmp_path: Path) -> None:
    for name in ("talk.flac", "talk.flac.2"):
        (tmp_path / name).write_bytes(b"fLaC")
    mend_recording(tmp_path / "talk.flac")
    assert recordings_to_mend(tmp_path) == []


def test_mono_reads_as_one_row(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "mono.flac"
    record(path, sound[:, :1]).close()
    samples = read_recording(path, 1.0, 2.0)
    assert samples.shape == (SAMPLE_RATE_HZ,)
    assert samples.dtype == np.float32
    assert np.max(np.abs(samples - sound[SAMPLE_RATE_HZ : 2 * SAMPLE_RATE_HZ, 0])) < ONE_STEP


def test_a_recording_is_never_written_over(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "once.flac"
    record(path, sound).close()
    with pytest.raises(RecordingError, match="同じ名前"):
        FlacRecordingWriter(path, 2)
    assert recording_duration_s(path) == 5.0


@pytest.fixture
def _without_privileges() -> Iterator[None]:
    """Files are opened as nobody while a test runs as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
@pytest.mark.usefixtures("_without_privileges")
def test_a_read_only_folder_is_told_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(RecordingError, match="書き込めません"):
        FlacRecordingWriter(Path("/") / "recording.flac", 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file size to play a full disk with")
def test_a_full_disk_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "full.flac"
    with start_writing(path, 1, largest_bytes=200_000) as writing:
        *acknowledged, sentence, after = writing.communicate()[0].splitlines()
    assert sentence.startswith("ディスクがいっぱい")
    assert after == "closed quietly"
    kept_s = recording_duration_s(path)
    assert len(acknowledged) / 10 - kept_s < 1.0
    samples = read_recording(path, 0.0, kept_s)
    assert np.max(np.abs(samples - written_sound(1)[: len(samples), 0])) < ONE_STEP


def test_a_silenced_stretch_is_gone_and_the_rest_untouched(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    path = tmp_path / "talk.flac"
    record(path, sound).close()
    before = read_recording(path, 0.0, 5.0)
    silence_recording(path, [(1.25, 3.5)])
    after = read_recording(path, 0.0, 5.0)
    assert len(after) == len(before)
    assert not after[20_000:56_000].any()
    assert np.array_equal(after[:20_000], before[:20_000])
    assert np.array_equal(after[56_000:], before[56_000:])
    assert [entry.name for entry in tmp_path.iterdir()] == ["talk.flac"]


def test_what_a_crash_left_can_be_silenced_too(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "cut.flac"
    record(path, sound).close()
    path.write_bytes(path.read_bytes()[:200_000])
    before = read_recording(path, 0.0, 5.0)
    silence_recording(path, [(0.0, 1.0)])
    after = read_recording(path, 0.0, 5.0)
    assert not after[:16_000].any()
    assert np.array_equal(after[16_000:], before[16_000:])


def test_a_failed_erasure_leaves_the_recording_as_it_was(tmp_path: Path, sound: NDArray[np.float32]) -> None:
    path = tmp_path / "talk.flac"
    record(path, sound).close()
    before = path.read_bytes()
    (tmp_path / f"talk.flac.{os.getpid()}.new").mkdir()  # the place of the new file is taken
    with pytest.raises(RecordingError):
        silence_recording(path, [(0.0, 1.0)])
    assert path.read_bytes() == before


def test_a_mark_that_is_in_use_is_told_and_goes_later(
    tmp_path: Path, sound: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.flac"
    record(path, sound).close()
    mark_for_silence(path, [(0.0, 1.0)])
    unlink = Path.unlink

    def in_use(file: Path, missing_ok: bool = False) -> None:
        if file == mark_of(path):
            raise PermissionError(13, "in use")  # as on Windows while somebody listens
        unlink(file, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", in_use)
        with pytest.raises(RecordingError, match="録音を消せません"):
            silence_marked(path)
    silence_marked(path)
    assert not mark_of(path).exists()


def test_removing_takes_leftovers_along_and_can_be_repeated(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    path = tmp_path / "talk.flac"
    record(path, sound).close()
    (tmp_path / "talk.flac.77.new").write_bytes(b"half of an erasure")
    (tmp_path / "talk.flac.2").write_bytes(b"a part")
    mark_for_silence(path, [(0.0, 1.0)])
    remove_recording(path)
    remove_recording(path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SoundFileError, match="見つかりません"):
        read_recording(path, 0.0, 1.0)


def test_nothing_is_heard_while_nobody_can_tell_what_is_erased(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    path = tmp_path / "a.flac"
    record(path, sound).close()
    mark_of(path).mkdir()  # there, and not to be opened
    with pytest.raises(SoundFileError, match="覚え書きを開けません"):
        read_recording(path, 0.0, 1.0)
    with pytest.raises(RecordingError, match="書き留められません"):
        mark_for_silence(path, [(0.0, 1.0)])


def test_sound_is_silenced_while_more_of_it_is_being_written(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    path = tmp_path / "live.flac"
    writer = record(path, sound, divide_at=48_000)
    assert np.max(np.abs(read_recording(path, 2.5, 3.5) - sound[40_000:56_000])) < ONE_STEP
    mark_for_silence(path, [(0.5, 1.0), (2.0, 3.0)])
    marked = read_recording(path, 0.0, 5.0)
    silence_marked(path)
    writer.write(tuple(AudioFrame(c, 80_000, sound[:1_600, c]) for c in (0, 1)))
    writer.close()
    assert recordings_to_mend(tmp_path) == ["live.flac"]
    mend_recording(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["live.flac"]
    after = read_recording(path, 0.0, 9.0)
    assert len(after) == len(sound) + 1_600
    expected = np.concatenate([sound, sound[:1_600]])
    for start, end in [(8_000, 16_000), (32_000, 48_000)]:
        assert not marked[start:end].any()
        assert not after[start:end].any()
        expected[start:end] = 0
    assert np.max(np.abs(after - expected)) < ONE_STEP


def test_blocks_go_on_through_all_parts_and_hold_nothing_that_is_marked(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    record(tmp_path / "live.flac", sound, divide_at=48_000).close()
    mark_for_silence(tmp_path / "live.flac", [(2.5, 3.5)])
    blocks = list(RecordingsFolder(tmp_path).read_blocks("live.flac", 36_000))
    assert blocks[0][0].start_sample == 36_000
    heard = np.stack([np.concatenate([block[c].samples for block in blocks]) for c in (0, 1)], axis=1)
    expected = sound[36_000:].copy()
    expected[4_000:20_000] = 0
    assert len(heard) == len(expected)
    assert np.max(np.abs(heard - expected)) < ONE_STEP


def test_the_lost_end_of_a_part_is_silence_and_moves_nothing(
    tmp_path: Path, sound: NDArray[np.float32]
) -> None:
    path = tmp_path / "live.flac"
    record(path, sound, divide_at=48_000).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert len(read_recording(path, 0.0, 99.0)) == len(sound)
    assert len(read_recording(path, 2.75, 99.0)) == len(sound) - 44_000
    mend_recording(path)
    read = read_recording(path, 0.0, 99.0)
    assert len(read) == len(sound)
    assert not read[40_000:48_000].any()
    assert np.max(np.abs(read[48_000:] - sound[48_000:])) < ONE_STEP


@pytest.mark.parametrize("killed", ["before silencing", "half of a new file", "before the parts went"])
def test_what_a_kill_left_of_an_erasure_is_made_good(
    tmp_path: Path, sound: NDArray[np.float32], killed: str
) -> None:
    path = tmp_path / "talk.flac"
    record(path, sound, divide_at=48_000).close()
    before = read_recording(path, 0.0, 5.0)
    mark_for_silence(path, [(1.0, 2.0)])
    match killed:
        case "half of a new file":
            (tmp_path / "talk.flac.77.new").write_bytes(path.read_bytes()[:5_000])
        case "before the parts went":
            silence_marked(path)
            record(tmp_path / "whole", read_recording(path, 0.0, 5.0)).close()
            (tmp_path / "whole").rename(tmp_path / "talk.flac.whole")
    for _ in range(2):
        mend_recording(path)
        after = read_recording(path, 0.0, 9.0)
        assert len(after) == len(before)
        assert not after[16_000:32_000].any()
        assert np.array_equal(after[:16_000], before[:16_000])
        assert np.max(np.abs(after[32_000:] - before[32_000:])) < 2 * ONE_STEP
        assert [entry.name for entry in tmp_path.iterdir()] == ["talk.flac"]
    assert recordings_to_mend(tmp_path) == []
