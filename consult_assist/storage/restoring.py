"""What a restore puts in place of the data folder's own, by renaming; cut off anywhere, it is taken back."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from consult_assist.disk import files_below, write_whole
from consult_assist.errors import StoreBusyError
from consult_assist.storage.backup_file import DATABASE_NAME, FOLDERS
from consult_assist.storage.failures import explained
from consult_assist.storage.lock import FileCaptureLock
from consult_assist.storage.sqlite import holds_events, index_path

RESTORING = ".restore-"
"""Begins the name of a folder that is there only while a restore goes on, or after it was killed."""
NEW = "new"
"""In that folder: what comes."""
_OLD, _COMING, _GONE = "old", "coming", "gone"
"""In that folder: what was there, names of what comes, what was there and goes."""
_INDEX_NAME = index_path(Path(DATABASE_NAME)).name
_OURS = (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm", _INDEX_NAME, *FOLDERS)
"""What a restore puts in place, and what it moves aside; models and lock files stay."""


def holds_records(data_folder: Path) -> bool:
    """Return whether a data folder holds anything worth keeping."""
    return any(_precious(data_folder / name) for name in _OURS)


def undo_cut_restore(data_folder: Path) -> None:
    """Put back what a restore had moved aside when it was killed; nothing happens in a sound folder.

    Raises:
        StoreError: it cannot be put back now.
    """
    with explained(data_folder, "を使うことが"):
        if any(data_folder.glob(f"{RESTORING}*")):
            with suppress(StoreBusyError), FileCaptureLock(data_folder):
                undo_restores(data_folder)


def undo_restores(data_folder: Path) -> None:
    """Take back every restore that was cut off; the capture lock is held."""
    for left in data_folder.glob(f"{RESTORING}*"):
        undo_restore(left)


def undo_restore(scratch: Path) -> None:
    """Take back a restore that was cut off, and remove what it leaves; one that came to its end stays."""
    data_folder, aside = scratch.parent, sorted((scratch / _OLD).glob("*"))
    other_database = (data_folder / DATABASE_NAME).exists()  # else a log there belongs to what was there
    if (scratch / _OLD).is_dir() and (scratch / _COMING).is_file():
        for name in (scratch / _COMING).read_text(encoding="utf-8").split():
            if not (scratch / NEW / name).exists() and (data_folder / name).exists():
                (data_folder / name).rename(scratch / NEW / name)
    names = {path.name for path in aside}
    if DATABASE_NAME in names and other_database:
        names.update(name for name in _OURS if name.startswith(DATABASE_NAME))  # with its log
    _clear(data_folder, names)
    for path in aside:
        path.rename(data_folder / path.name)
    shutil.rmtree(scratch, ignore_errors=True)  # what is in use just now goes the next time


def put_in_place(scratch: Path, data_folder: Path, kept: Path | None) -> None:
    """Move the old aside and the new into place by renaming; cut off anywhere, `undo_restore` takes it back.

    Until the folder of what was there gets another name, as the last step, nothing is settled.

    Args:
        scratch: folder that holds what comes.
        data_folder: where it comes to.
        kept: the name of the folder for what was there; None where it is not kept.
    """
    coming = sorted((scratch / NEW).iterdir())
    write_whole(scratch / _COMING, "\n".join(path.name for path in coming).encode())
    (scratch / _OLD).mkdir()
    moves = [(data_folder / name, scratch / _OLD / name) for name in _OURS if (data_folder / name).exists()]
    moves += [(path, data_folder / path.name) for path in coming]
    moves.append((scratch / _OLD, kept or scratch / _GONE))
    for start, end in moves:
        start.rename(end)


def _clear(data_folder: Path, names: Iterable[str]) -> None:
    """Make room; what came there since and is worth keeping goes into a folder of its own."""
    there = [path for path in (data_folder / name for name in names) if path.exists()]
    if any(map(_precious, there)):
        kept = data_folder / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        kept.mkdir()
        for path in there:
            path.rename(kept / path.name)
        return
    for path in there:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _precious(path: Path) -> bool:
    if path.name == DATABASE_NAME:
        return path.exists() and holds_events(path)
    return path.name in FOLDERS and any(item.is_file() for item in files_below(path))
