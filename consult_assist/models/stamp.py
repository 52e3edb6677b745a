"""A note beside a model that its files were read whole once, so that starting the program is quick."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from consult_assist.disk import write_whole

STAMP_NAME = "verified.json"


def write_stamp(files: Iterable[Path], digests: Mapping[str, str]) -> None:
    """Note size, time and digest of files that lie in one folder; a read-only folder simply goes without."""
    noted = {}
    folder = None
    for file in files:
        folder = file.parent
        state = file.stat()
        noted[file.name] = {
            "size": state.st_size,
            "mtime_ns": state.st_mtime_ns,
            "sha256": digests[file.name],
        }
    if folder is None:
        return
    with contextlib.suppress(OSError):
        write_whole(folder / STAMP_NAME, json.dumps({"files": noted}, indent=1).encode())


def read_stamp(files: Iterable[Path]) -> dict[str, str] | None:
    """Return file name → SHA-256 as noted, or None when any of these files is not as it was then."""
    chosen = list(files)
    try:
        noted = json.loads((chosen[0].parent / STAMP_NAME).read_text(encoding="utf-8"))["files"]
        for file in chosen:
            state = file.stat()
            if (state.st_size, state.st_mtime_ns) != (
                noted[file.name]["size"],
                noted[file.name]["mtime_ns"],
            ):
                return None
        return {file.name: str(noted[file.name]["sha256"]) for file in chosen}
    except (OSError, ValueError, KeyError, TypeError):
        return None
