"""Files that are written whole or not at all, and folders that are listed whole or not at all."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def is_full(error: OSError) -> bool:
    """Return whether there was no room left, on the disk or in the user's share of it."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def files_below(folder: Path) -> Iterator[Path]:
    """Yield all files below a folder, also by links, none where there is no such folder; leave none out.

    Raises:
        OSError: it, or a folder in it, cannot be read, is no folder, or is a link that leads nowhere.
    """

    def refuse(error: OSError) -> None:
        raise error

    if folder.is_symlink() or folder.exists():
        for place, _, names in os.walk(folder, onerror=refuse, followlinks=True):
            for name in names:
                path = Path(place, name)
                if path.is_symlink():
                    path.stat()  # one to a folder that is away looks like a file
                yield path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there in one step; what is no plain file is written to.

    Who may read and write a file that was there stays so.

    Raises:
        OSError: it cannot be written; a file that was there is as it was.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    place = Path(os.path.realpath(path))  # a link stays one
    fresh = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            if place.exists() and sys.platform != "win32":  # there the folder says who may read
                shutil.copymode(place, fresh)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make a new name last; Windows does so by itself and cannot open folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
