"""Reading model files: digests, the shape of a weights file, and which files a folder must hold."""

import hashlib
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from consult_assist.models.catalogue import WEIGHTS_FILE, KnownFile

ProgressListener = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_CHUNK_BYTES = 4 * 1024 * 1024
_WEIGHTS_VERSIONS = range(4, 7)
_WEIGHTS_KIND = b"WhisperSpec"


class UnfitFilesError(Exception):
    """A model folder does not hold what it should; the text names the file, for developers."""


def ignore_progress(done_bytes: int, total_bytes: int) -> None:
    """Listen to nothing."""


def _digest_files(files: Sequence[Path], on_progress: ProgressListener) -> dict[str, str]:
    """Return file name → SHA-256."""
    total = sum(file.stat().st_size for file in files)
    done = 0
    digests = {}
    for file in files:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
                done += len(chunk)
                on_progress(done, total)
        digests[file.name] = digest.hexdigest()
    return digests


def required_files(folder: Path, known: Mapping[str, KnownFile] | None) -> list[Path]:
    """Return the files the recogniser will open, after checking presence and size.

    Args:
        folder: a CTranslate2 Whisper folder.
        known: what the catalogue says, or None for a folder that is not in it.

    Raises:
        UnfitFilesError: a file is missing, empty or of another size.
    """
    if known is None:
        vocabulary = next((file.name for file in sorted(folder.glob("vocabulary.*"))), "vocabulary.json")
        # Without tokenizer.json the recognition library would go and fetch one.
        known = dict.fromkeys((WEIGHTS_FILE, "config.json", "tokenizer.json", vocabulary), KnownFile())
        if (folder / "preprocessor_config.json").exists():
            known["preprocessor_config.json"] = KnownFile()
    for name, expected in known.items():
        size = (folder / name).stat().st_size if (folder / name).is_file() else 0
        if size == 0 or (expected.size_bytes is not None and size != expected.size_bytes):
            raise UnfitFilesError(f"{name}: {size} bytes")
    return [folder / name for name in known]


def check_contents(
    files: Sequence[Path], known: Mapping[str, KnownFile] | None, on_progress: ProgressListener
) -> dict[str, str]:
    """Read every file whole and return name → SHA-256.

    Raises:
        UnfitFilesError: a digest differs, or a file of an unlisted model is cut off or is something else.
    """
    for file in files:
        if file.name == WEIGHTS_FILE and (known is None or known[WEIGHTS_FILE].sha256 is None):
            _check_weights(file)
        elif file.suffix == ".json":
            _check_json(file)
    digests = _digest_files(files, on_progress)
    for name, expected in (known or {}).items():
        if expected.sha256 is not None and digests[name] != expected.sha256:
            raise UnfitFilesError(f"{name}: SHA-256 {digests[name]}")
    return digests


def _check_json(file: Path) -> None:
    try:
        json.loads(file.read_bytes())
    except ValueError as error:
        raise UnfitFilesError(f"{file.name}: not JSON") from error


def _check_weights(file: Path) -> None:
    """Walk through a CTranslate2 file from variable to variable: a file that was cut off ends too early.

    Source: CTranslate2 4, binary versions 4 to 6 (little endian; `python/ctranslate2/specs/model_spec.py`).
    """
    with file.open("rb") as stream:
        try:
            if _number(stream, "<I") not in _WEIGHTS_VERSIONS or _text(stream) != _WEIGHTS_KIND:
                raise UnfitFilesError(f"{file.name}: not a CTranslate2 Whisper file")
            _number(stream, "<I")  # revision of the specification
            for _ in range(_number(stream, "<I")):
                _text(stream)
                stream.seek(4 * _number(stream, "<B") + 1, 1)  # dimensions, kind of number
                stream.seek(_number(stream, "<I"), 1)
            for _ in range(_number(stream, "<I")):
                _text(stream)
                _text(stream)
        except struct.error as error:
            raise UnfitFilesError(f"{file.name}: cut off") from error


def _number(stream: BinaryIO, layout: str) -> int:
    value: int = struct.unpack(layout, stream.read(struct.calcsize(layout)))[0]
    return value


def _text(stream: BinaryIO) -> bytes:
    length = _number(stream, "<H")
    return stream.read(length)[:-1]
