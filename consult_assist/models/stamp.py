"""A note beside a model that its files were read whole once, so that starting the program is quick."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from consult_assist.disk import write_whole

STAMP_NAME = "verified.json"


def write_stamp(files: Sequence[Path], digests: Mapping[str, str]) -> None:
    """Note size, time and digest of files that lie in one folder; a read-only folder simply goes without."""
    noted = {file.name: {**_state(file), "sha256": digests[file.name]} for file in files}
    with suppress(OSError):
        write_whole(files[0].parent / STAMP_NAME, json.dumps({"files": noted}, indent=1).encode())


def read_stamp(files: Sequence[Path]) -> dict[str, str] | None:
    """Return file name → SHA-256 as noted, or None when any of these files is not as it was then."""
    try:
        noted = json.loads((files[0].parent / STAMP_NAME).read_text(encoding="utf-8"))["files"]
        if any(not _state(file).items() <= noted[file.name].items() for file in files):
            return None
        return {file.name: str(noted[file.name]["sha256"]) for file in files}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # the note is not ours
        return None


def _state(file: Path) -> dict[str, int]:
    state = file.stat()
    return {"size": state.st_size, "mtime_ns": state.st_mtime_ns}
