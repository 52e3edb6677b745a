"""The zip file of a backup: what it holds, and the proof that it is whole."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import TypeAdapter

from consult_assist.disk import files_below
from consult_assist.errors import StoreError, StoreTooNewError
from consult_assist.storage.failures import explained, file_error
from consult_assist.storage.migrations import SCHEMA_VERSION

DATABASE_NAME = "records.sqlite3"
RECORDINGS_NAME = "recordings"
FOLDERS = (RECORDINGS_NAME, "knowledge", "exercises")

_MANIFEST_NAME = "manifest.json"
_FORMAT = 1
_BLOCK_BYTES = 1 << 20
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No zip file knows a time before; the clock of a PC with an empty battery does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """One file of a backup; `name` is relative to the data folder, with `/`."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds; `schema` is the version of its database."""

    format: int
    schema: int
    made_at: datetime
    files: tuple[ManifestEntry, ...]


def files_under(folder: Path) -> dict[str, Path]:
    """Return the files of a folder, which may be absent, by their names in a backup.

    Raises:
        StoreError: a folder that cannot be read, or a name that no backup can hold.
    """
    try:
        files = sorted(path for path in files_below(folder) if path.is_file())
    except OSError as error:
        raise file_error(error, Path(error.filename), "を読むことが") from error
    named = {path.relative_to(folder.parent).as_posix(): path for path in files}
    try:
        "".join(named).encode()
    except UnicodeEncodeError:  # from a system that writes names in other characters
        raise StoreError(
            f"{folder} に名前の文字化けしたファイルがあり、バックアップできません。名前を直してください。"
        ) from None
    if not all(map(_belongs, named)):  # a restore would take it for an attempt to leave the folder
        raise StoreError(
            f"{folder} に名前に : か \\ を含むファイルがあり、バックアップできません。名前を直してください。"
        )
    return named


def write_zip(target: Path, sources: Mapping[str, Path]) -> None:
    """Write files into a zip file, by the names they have there, and force it to the disk."""
    entries = []
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, path in sources.items():
                try:
                    opened = path.open("rb")
                except FileNotFoundError:
                    continue  # erased lawfully since the list was made
                except OSError as error:
                    raise file_error(error, path, "を読むことが") from error
                with opened:
                    entries.append(_add(archive, name, opened))
            manifest = Manifest(
                format=_FORMAT, schema=SCHEMA_VERSION, made_at=datetime.now(UTC), files=tuple(entries)
            )
            archive.writestr(_MANIFEST_NAME, json.dumps(_plain(manifest), ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def unpack(source: Path, scratch: Path) -> None:
    """Write what a backup holds into a folder, every file proved.

    Raises:
        StoreError: it is broken.
        StoreTooNewError: a newer version of the program made it.
        OSError: the folder cannot be written.
    """
    with explained(source, "を読むことが"):
        opened = source.open("rb")
    with opened:
        with _reading():
            archive = zipfile.ZipFile(opened)
            manifest = _read_manifest(archive)
        for entry in manifest.files:
            _extract(archive, entry, scratch / entry.name)


def _add(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> ManifestEntry:
    """Copy as much as the file holds now; a recording may grow meanwhile."""
    now = max(datetime.now(UTC), _EARLIEST)
    entry = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
    sound = name.startswith(RECORDINGS_NAME)  # FLAC does not shrink any further
    entry.compress_type = zipfile.ZIP_STORED if sound else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as packed:
        size_bytes, sha256 = _copy(_blocks(source), packed)
    return ManifestEntry(name=name, size_bytes=size_bytes, sha256=sha256)


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK_BYTES):
        yield block


def _copy(blocks: Iterable[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Write blocks, and return how many bytes they are and their SHA-256."""
    digest = hashlib.sha256()
    size_bytes = 0
    for block in blocks:
        target.write(block)
        digest.update(block)
        size_bytes += len(block)
    return size_bytes, digest.hexdigest()


def _plain(manifest: Manifest) -> dict[str, object]:
    return asdict(manifest) | {"made_at": manifest.made_at.isoformat()}


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    manifest = TypeAdapter(Manifest).validate_json(archive.read(_MANIFEST_NAME))
    if manifest.format > _FORMAT or manifest.schema > SCHEMA_VERSION:
        raise StoreTooNewError(
            "このバックアップは新しい版のプログラムで作られています。プログラムを新しくしてから戻してください。"
        )
    names = [entry.name for entry in manifest.files]
    if DATABASE_NAME not in names or len(set(names)) < len(names) or not all(map(_belongs, names)):
        raise _broken()
    return manifest


def _belongs(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] in FOLDERS
    climbs = ".." in parts or "\\" in name or ":" in name
    return (inside and not climbs) or name == DATABASE_NAME


def _extract(archive: zipfile.ZipFile, entry: ManifestEntry, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        copied = _copy(_unpacked(archive, entry.name), file)
        file.flush()
        os.fsync(file.fileno())
    if copied != (entry.size_bytes, entry.sha256):
        raise _broken()


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with _reading(), archive.open(name) as packed:
        yield from _blocks(packed)


@contextmanager
def _reading() -> Iterator[None]:
    """Call a backup broken, whatever `zipfile` stumbles over in it."""
    try:
        yield
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError) as error:
        raise _broken() from error


def _broken() -> StoreError:
    return StoreError("バックアップのファイルが壊れています。別のバックアップを使ってください。")
