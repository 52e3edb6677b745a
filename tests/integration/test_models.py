"""Models on disk: made-up small ones for every way to go wrong, and the real base once."""

import errno
import hashlib
import os
import shutil
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.errors import ModelError
from consult_assist.models.assemble import join_halves
from consult_assist.models.catalogue import CATALOGUE, WEIGHTS_FILE, FineTuning, KnownFile, PinnedModel
from consult_assist.models.download import download_model
from consult_assist.models.find import ModelState, find_model, list_models, model_digest, verify_model
from consult_assist.models.get import get_model


def weights(payload: bytes = bytes(1000)) -> bytes:
    """A CTranslate2 file with one matrix of five rows in 16 bits and one alias."""

    def text(value: bytes) -> bytes:
        return struct.pack("<H", len(value) + 1) + value + b"\0"

    variable = text(b"w") + struct.pack("<BIIBI", 2, 5, len(payload) // 10, 4, len(payload)) + payload
    head = struct.pack("<I", 6) + text(b"WhisperSpec") + struct.pack("<II", 3, 1)
    return head + variable + struct.pack("<I", 1) + text(b"alias") + text(b"w")


CONTENTS = {
    WEIGHTS_FILE: weights(),
    "config.json": b"{}",
    "tokenizer.json": b'{"a": 1}',
    "vocabulary.txt": b"a\nb\n",
}
SMALL = PinnedModel(
    name="petit",
    repository="nobody/petit",
    revision="0" * 40,
    files={
        name: KnownFile(size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        for name, data in CONTENTS.items()
    },
)


def put(folder: Path, contents: dict[str, bytes] = CONTENTS) -> Path:
    folder.mkdir(parents=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return folder


class Halves(NamedTuple):
    folders: list[Path]

    @property
    def second(self) -> Path:
        return self.folders[1] / "model.bin.part2"


@pytest.fixture
def halves(tmp_path: Path) -> Halves:
    cut = 500
    first = put(
        tmp_path / "one",
        {"model.bin.part1": CONTENTS[WEIGHTS_FILE][:cut]}
        | {name: data for name, data in CONTENTS.items() if name != WEIGHTS_FILE},
    )
    second = put(tmp_path / "two", {"model.bin.part2": CONTENTS[WEIGHTS_FILE][cut:]})
    return Halves([first, second])


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CATALOGUE, SMALL.name, SMALL)


def one_sentence(error: ModelError) -> str:
    text = str(error)
    assert text.count("。") == 1
    assert text.endswith("。")
    return text


def test_halves_become_the_model_and_nothing_else_is_left(tmp_path: Path, halves: Halves) -> None:
    done: list[tuple[int, int]] = []
    target = tmp_path / "models" / "petit"

    join_halves(SMALL, halves.folders, target, lambda *progress: done.append(progress))

    assert {file.name: file.read_bytes() for file in target.iterdir() if file.name in CONTENTS} == CONTENTS
    assert [folder.name for folder in target.parent.iterdir() if folder.is_dir()] == ["petit"]
    assert done[-1][0] == done[-1][1] > 0
    assert find_model("petit", target.parent) == target


def test_altered_half_is_refused_and_the_good_model_stays(tmp_path: Path, halves: Halves) -> None:
    target = put(tmp_path / "models" / "petit")
    changed = bytearray(halves.second.read_bytes())
    changed[3] ^= 1
    halves.second.write_bytes(changed)

    with pytest.raises(ModelError) as caught:
        join_halves(SMALL, halves.folders, target)

    assert "models get petit" in one_sentence(caught.value)
    assert find_model("petit", target.parent) == target
    assert not target.with_name("petit.partial").exists()


def test_full_disk_is_one_sentence_with_the_room_needed(
    tmp_path: Path, halves: Halves, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ModelError) as caught:
        join_halves(SMALL, halves.folders, tmp_path / "models" / "petit")

    assert "MB 以上空けて" in one_sentence(caught.value)
    assert not list((tmp_path / "models").rglob(WEIGHTS_FILE))


def test_missing_model_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        find_model("base", tmp_path / "nothing-here")
    assert "consult-assist models get base" in one_sentence(caught.value)


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("damage", ["missing", "half", "altered"])
def test_damaged_model_is_refused_with_the_command(tmp_path: Path, name: str, damage: str) -> None:
    folder = put(tmp_path / "petit")
    find_model("petit", tmp_path)  # noted as whole; the damage comes later
    data = CONTENTS[name]
    if damage == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data[: len(data) // 2] if damage == "half" else b"x" + data[1:])

    with pytest.raises(ModelError) as caught:
        find_model("petit", tmp_path)
    assert "consult-assist models get petit" in one_sentence(caught.value)


def test_verify_reads_everything_again_even_when_the_times_are_forged(tmp_path: Path) -> None:
    folder = put(tmp_path / "petit")
    find_model("petit", tmp_path)
    file = folder / WEIGHTS_FILE
    before = file.stat()
    file.write_bytes(b"x" + CONTENTS[WEIGHTS_FILE][1:])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(ModelError):
        verify_model("petit", tmp_path)


def test_states_in_the_list(tmp_path: Path) -> None:
    put(tmp_path / "petit")
    put(tmp_path / "tiny")  # a folder with the right name and other weights
    put(tmp_path / "our-own")
    put(tmp_path / "small.partial")

    before = {status.name: status.state for status in list_models(tmp_path)}
    find_model("petit", tmp_path)
    after = {status.name: status.state for status in list_models(tmp_path)}

    assert before["petit"] is ModelState.UNCHECKED
    assert after["petit"] is ModelState.READY
    assert after["tiny"] is ModelState.BROKEN
    assert after["base"] is ModelState.MISSING
    assert after["our-own"] is ModelState.UNCHECKED
    assert "small.partial" not in after


@pytest.mark.parametrize("note", ["", "[]", '{"files": {}}', '{"files": {"model.bin": []}}'])
def test_a_note_that_somebody_else_wrote_counts_for_nothing(tmp_path: Path, note: str) -> None:
    (put(tmp_path / "petit") / "verified.json").write_text(note, encoding="utf-8")
    (status,) = [status for status in list_models(tmp_path) if status.name == "petit"]
    assert status.state is ModelState.UNCHECKED
    find_model("petit", tmp_path)


def test_own_folder_works_by_path_and_by_name(tmp_path: Path) -> None:
    folder = put(tmp_path / "our-own")
    assert find_model(str(folder), tmp_path / "models") == folder
    assert find_model("our-own", tmp_path) == folder
    assert model_digest(str(folder), tmp_path) == hashlib.sha256(CONTENTS[WEIGHTS_FILE]).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {WEIGHTS_FILE: weights()[:-3]},
        {WEIGHTS_FILE: weights()[:200]},
        {WEIGHTS_FILE: b"PK\3\4 something else entirely"},
        {WEIGHTS_FILE: weights().replace(b"\x02\0w\0", b"\x02\0\xff\0", 1)},
        {"config.json": b"{"},
        {"tokenizer.json": b""},
    ],
)
def test_own_folder_that_is_cut_off_or_something_else_is_refused(
    tmp_path: Path, change: dict[str, bytes]
) -> None:
    folder = put(tmp_path / "our-own", CONTENTS | change)
    with pytest.raises(ModelError) as caught:
        find_model(str(folder), tmp_path)
    assert "consult-assist models get base" in one_sentence(caught.value)


def test_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        find_model("largest", tmp_path)
    assert "consult-assist models list" in one_sentence(caught.value)
    with pytest.raises(ModelError):
        get_model("largest", tmp_path)


def test_download_brings_only_the_pinned_bytes(tmp_path: Path) -> None:
    def fetch(model: PinnedModel, folder: Path) -> None:
        for name, data in CONTENTS.items():
            (folder / name).write_bytes(data)
        put(folder / ".cache", {"left.lock": b"x"})

    target = download_model(SMALL, tmp_path / "petit", fetch=fetch)

    assert {file.name for file in target.iterdir()} == {*CONTENTS, "verified.json"}


def test_download_of_other_bytes_is_refused(tmp_path: Path) -> None:
    def fetch(model: PinnedModel, folder: Path) -> None:
        for name, data in CONTENTS.items():
            (folder / name).write_bytes(b"x" + data[1:])

    with pytest.raises(ModelError) as caught:
        download_model(SMALL, tmp_path / "petit", fetch=fetch)
    one_sentence(caught.value)
    assert not (tmp_path / "petit").exists()


def test_broken_connection_keeps_what_arrived(tmp_path: Path) -> None:
    def fetch(model: PinnedModel, folder: Path) -> None:
        (folder / "config.json").write_bytes(CONTENTS["config.json"])
        raise ConnectionResetError

    with pytest.raises(ModelError) as caught:
        download_model(SMALL, tmp_path / "petit", fetch=fetch)
    assert "consult-assist models get petit" in one_sentence(caught.value)
    assert (tmp_path / "petit.partial" / "config.json").is_file()


def test_without_a_network_the_real_library_ends_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        get_model("tiny", tmp_path)
    assert "インターネット" in one_sentence(caught.value)


def test_whole_model_is_not_fetched_again(tmp_path: Path) -> None:
    def fetch(model: PinnedModel, folder: Path) -> None:
        raise AssertionError

    folder = put(tmp_path / "petit")
    assert get_model("petit", tmp_path, fetch=fetch) == folder


def test_two_windows_do_not_write_the_same_model(tmp_path: Path, halves: Halves) -> None:
    def fetch(model: PinnedModel, folder: Path) -> None:
        with pytest.raises(ModelError) as caught:
            join_halves(SMALL, halves.folders, tmp_path / "petit")
        assert "お待ちください" in one_sentence(caught.value)
        for name, data in CONTENTS.items():
            (folder / name).write_bytes(data)

    download_model(SMALL, tmp_path / "petit", fetch=fetch)


def test_base_is_joined_from_the_installed_halves_and_mended(tmp_path: Path) -> None:
    target = get_model("base", tmp_path)
    assert verify_model("base", tmp_path) == target
    with (target / WEIGHTS_FILE).open("r+b") as stream:
        stream.seek(70_000_000)
        stream.write(b"wrong")
    with pytest.raises(ModelError):
        find_model("base", tmp_path)

    def fetch(model: PinnedModel, folder: Path) -> None:
        raise AssertionError

    get_model("base", tmp_path, fetch=fetch)
    assert find_model("base", tmp_path) == target
    shutil.rmtree(target)


def save(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez(file, allow_pickle=False, **arrays)


def finetuned(tmp_path: Path, row: int = 0) -> PinnedModel:
    """A model to whose weights, all 0, 0.5 is added in one row; listed in place of the other."""
    up, down = np.zeros((5, 2), dtype=np.int8), np.ones((2, 100), dtype=np.int8)
    up[row] = 3, -1
    changes = tmp_path / f"changes-{row}.npz"
    save(changes, {"w.up": up, "w.down": down, "w.scale": np.full((5, 1), 0.25, dtype=np.float32)})
    matrix = np.zeros((5, 100), dtype="<f2")
    matrix[row] = 0.5
    digest = hashlib.sha256(weights(matrix.tobytes())).hexdigest()
    return replace(SMALL, finetuning=FineTuning(changes=changes, sha256=digest))


def test_what_was_learned_is_added_to_the_official_weights(tmp_path: Path, halves: Halves) -> None:
    model = finetuned(tmp_path)

    target = join_halves(model, halves.folders, tmp_path / "models" / "petit")

    assert model.finetuning is not None
    assert hashlib.sha256((target / WEIGHTS_FILE).read_bytes()).hexdigest() == model.finetuning.sha256


def test_other_weights_than_the_official_ones_are_not_finetuned(tmp_path: Path, halves: Halves) -> None:
    halves.second.write_bytes(halves.second.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError):
        join_halves(finetuned(tmp_path), halves.folders, tmp_path / "models" / "petit")


def test_a_model_from_before_it_was_finetuned_is_made_anew(
    tmp_path: Path, halves: Halves, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = join_halves(SMALL, halves.folders, tmp_path / "models" / "petit")
    model = finetuned(tmp_path)
    monkeypatch.setitem(CATALOGUE, "petit", model)

    (before,) = [status for status in list_models(target.parent) if status.name == "petit"]
    with pytest.raises(ModelError) as caught:
        find_model("petit", target.parent)
    join_halves(model, halves.folders, target)

    assert before.state is ModelState.OUTDATED
    assert "前の版" in one_sentence(caught.value)
    assert find_model("petit", target.parent) == target


def test_changes_for_another_model_are_refused(tmp_path: Path, halves: Halves) -> None:
    model = finetuned(tmp_path)
    assert model.finetuning is not None
    save(model.finetuning.changes, {f"v.{part}": np.ones((1, 1)) for part in ("up", "down", "scale")})
    with pytest.raises(ModelError) as caught:
        join_halves(model, halves.folders, tmp_path / "models" / "petit")
    one_sentence(caught.value)


@pytest.mark.parametrize("damage", ["missing", "empty", "cut off", "something else", "one number"])
def test_changes_that_are_missing_or_damaged_ask_to_install_the_program_anew(
    tmp_path: Path, halves: Halves, damage: str
) -> None:
    model = finetuned(tmp_path)
    assert model.finetuning is not None
    changes, whole = model.finetuning.changes, model.finetuning.changes.read_bytes()
    broken = {
        "empty": b"",
        "cut off": whole[:-40],
        "something else": b"something else entirely",
        "one number": whole.replace(b"\x03\xff", b"\x03\xfe", 1),
    }
    if damage == "missing":
        changes.unlink()
    else:
        changes.write_bytes(broken[damage])

    with pytest.raises(ModelError) as caught:
        join_halves(model, halves.folders, tmp_path / "models" / "petit")

    assert "プログラムを入れ直して" in one_sentence(caught.value)
    assert not (tmp_path / "models" / "petit.partial").exists()
