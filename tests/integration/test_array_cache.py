"""What is worked out from the knowledge is worked out once, and never taken from a file that is not whole."""

import os
from pathlib import Path

import numpy as np
import pytest

from consult_assist.nlp import array_cache
from consult_assist.nlp.array_cache import ArrayCache, Arrays, packed, packed_rows, unpacked, unpacked_row


class Maker:
    """Makes the same arrays each time, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Arrays:
        self.times += 1
        return {"numbers": np.arange(1000, dtype=np.float32), "words": packed(["家賃", "給食費"])}


def _whole(arrays: Arrays) -> bool:
    return bool((arrays["numbers"] == np.arange(1000)).all()) and unpacked(arrays["words"]) == [
        "家賃",
        "給食費",
    ]


def test_what_was_made_once_is_read_the_next_time(tmp_path: Path) -> None:
    make = Maker()
    assert all(_whole(ArrayCache(tmp_path / "cache", "knowledge").get("set", make)) for _ in range(3))
    assert make.times == 1


def test_other_knowledge_has_a_set_of_its_own(tmp_path: Path) -> None:
    make = Maker()
    for origin in ("shipped", "office", "shipped", "office"):
        assert _whole(ArrayCache(tmp_path, origin).get("set", make))
    assert make.times == 2


@pytest.mark.parametrize("broken", ["numbers.npy", "words.npy", "sums.json"])
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_what_is_broken_is_made_anew(tmp_path: Path, broken: str, how: str) -> None:
    make = Maker()
    ArrayCache(tmp_path).get("set", make)
    (file,) = tmp_path.rglob(broken)
    content = file.read_bytes()
    file.unlink()
    if how != "gone":
        file.write_bytes(content[:-7] if how == "cut" else content[:-7] + b"?" + content[-6:])
    assert _whole(ArrayCache(tmp_path).get("set", make))
    assert _whole(ArrayCache(tmp_path).get("set", make))
    assert make.times == 2


def test_only_the_newest_few_stay(tmp_path: Path) -> None:
    for origin in range(6):
        ArrayCache(tmp_path, str(origin)).get("set", Maker())
    ArrayCache(tmp_path).get("another", Maker())
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("folder", ["nlp", "nlp/nested", "counter", "japanese", "knowledge", "domain"])
def test_what_was_made_by_other_code_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    make, code = Maker(), tmp_path / "program" / folder / "reading.py"
    code.parent.mkdir(parents=True)
    monkeypatch.setattr(array_cache, "__file__", str(tmp_path / "program" / "nlp" / "array_cache.py"))
    for text in ("one", "other"):
        code.write_text(text)
        array_cache._program.cache_clear()
        ArrayCache(tmp_path / "cache").get("set", make)
    monkeypatch.undo()
    array_cache._program.cache_clear()
    assert make.times == 2


def test_what_a_program_left_that_was_ended_while_it_wrote_does_not_stay(tmp_path: Path) -> None:
    left, being_written = tmp_path / ".part-left", tmp_path / ".part-now"
    for part in (left, being_written):
        part.mkdir()
        (part / "numbers.npy").write_bytes(b"half")
    os.utime(left, (0, 0))
    ArrayCache(tmp_path).get("set", Maker())
    assert not left.exists()
    assert being_written.exists()


def test_a_set_that_another_process_wrote_meanwhile_is_left_alone(tmp_path: Path) -> None:
    def slowly() -> Arrays:
        ArrayCache(tmp_path).get("set", Maker())
        (written,) = tmp_path.rglob("sums.json")
        written.with_name("of-the-other").touch()
        return Maker()()

    assert _whole(ArrayCache(tmp_path).get("set", slowly))
    assert len(list(tmp_path.rglob("of-the-other"))) == 1


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path: Path) -> None:
    make = Maker()
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file"):
        assert _whole(ArrayCache(folder).get("set", make))
    assert make.times == 2


def test_rows_are_unpacked_one_by_one() -> None:
    values = [["家賃"], [], ["母", "介護"]]
    rows, ends = packed_rows(values)
    assert [unpacked_row(rows, ends, row) for row in range(3)] == values
    assert packed_rows([])[0].size == 0
