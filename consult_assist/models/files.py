"""Reading model files: digests, the shape of a weights file, and which files a folder must hold."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from consult_assist.models.catalogue import WEIGHTS_FILE, KnownFile
from consult_assist.models.weights import UnfitFilesError, read_variables

ProgressListener = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_CHUNK_BYTES = 4 * 1024 * 1024


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
            with file.open("rb") as stream:
                read_variables(stream)  # a file that was cut off ends too early
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
