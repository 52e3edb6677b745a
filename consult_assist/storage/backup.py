"""Everything an office would miss ↔ one zip file that proves itself."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from consult_assist.domain.audio import SILENCE_SUFFIX
from consult_assist.errors import StoreBusyError, StoreError, StoreTooNewError
from consult_assist.storage.failures import file_error
from consult_assist.storage.lock import FileCaptureLock
from consult_assist.storage.migrations import SCHEMA_VERSION, too_new
from consult_assist.storage.sqlite import (
    database_path,
    holds_events,
    index_path,
    schema_number,
    snapshot,
)

DATABASE_NAME = "records.sqlite3"
RECORDINGS_NAME = "recordings"
KNOWLEDGE_NAME = "knowledge"
EXERCISES_NAME = "exercises"

_MANIFEST_NAME = "manifest.json"
_FORMAT = 1
_BLOCK_BYTES = 1 << 20
_BACKING_UP, _RESTORING = ".backup-", ".restore-"
"""Begin the names of folders that are there only while it goes on, or after it was killed."""
_NEW, _OLD, _COMING, _GONE = "new", "old", "coming", "gone"
"""In the folder of a restore: what comes, what was there, names of what comes, what was there and goes."""
_LOCK_NAME = "lock"
_FOLDERS = (RECORDINGS_NAME, KNOWLEDGE_NAME, EXERCISES_NAME)
_INDEX_NAME = index_path(Path(DATABASE_NAME)).name
_OURS = (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm", _INDEX_NAME, *_FOLDERS)
"""What a restore puts in place, and what it moves aside; models and lock files stay."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did; `moved_aside` is the folder that holds what was there before, or None."""

    manifest: Manifest
    moved_aside: Path | None


def backup(
    store: str, recordings_folder: Path, office_knowledge_folder: Path, target: Path, exercises_folder: Path
) -> Manifest:
    """Write database, recordings, the office's knowledge and exercises into one zip file, while in use.

    The file takes its name only when it is whole; one that had the name before is replaced then.

    Args:
        store: SQLAlchemy URL of the database.
        recordings_folder: may be absent.
        office_knowledge_folder: may be absent.
        target: the zip file.
        exercises_folder: may be absent.

    Raises:
        StoreError: not SQLite, nothing to back up yet, a damaged database, no space, no right to write, sound
            that is still to be silenced.
        StoreTooNewError: a newer version of the program wrote the database.
    """
    database = _file_of(store)
    if not database.is_file():
        raise StoreError("バックアップする相談記録がまだありません。相談を一度記録してから行ってください。")
    if any(recordings_folder.glob(f"*{SILENCE_SUFFIX}")):
        raise StoreError(
            "録音の中に、まだ消しきれていない所があります。"
            "進行中の相談を終えるか、画面を開き直してから、もう一度バックアップしてください。"
        )
    with _explained(target, "に書き込むことが"):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scratch_folder(target.parent) as scratch:
            copy = scratch / DATABASE_NAME
            snapshot(database, copy)  # first: every recording it names then exists
            if schema_number(copy) > SCHEMA_VERSION:
                raise too_new()
            sources = {DATABASE_NAME: copy}
            sources.update(_files_under(recordings_folder, RECORDINGS_NAME))
            sources.update(_files_under(office_knowledge_folder, KNOWLEDGE_NAME))
            sources.update(_files_under(exercises_folder, EXERCISES_NAME))
            whole = scratch / "whole.zip"
            manifest = _write_zip(whole, sources)
            whole.replace(target)
    return manifest


def restore(source: Path, data_folder: Path, *, replace: bool = False) -> Restored:
    """Put a backup in place of an empty data folder, or with `replace` of what is there.

    Nothing in the data folder is touched before every file of the backup has been read and found whole.

    Raises:
        StoreError: a broken backup, records that would be overwritten, no space, no right to write.
        StoreTooNewError: a newer version of the program made it.
        StoreBusyError: a consultation is being captured on the data folder.
    """
    with _explained(source, "を読むことが"), source.open("rb"):
        pass  # a slip in its name is told before anything else
    with FileCaptureLock(data_folder), _explained(data_folder, "を使うことが"):
        _undo_restores(data_folder)
        precious = any(_precious(data_folder / name) for name in _OURS)
        if precious and not replace:
            raise StoreError(
                f"{data_folder} にはすでに相談記録があります。置き換えてよければ、"
                "--replace を付けてもう一度行ってください（今の記録は別のフォルダーに残します）。"
            )
        scratch = Path(tempfile.mkdtemp(dir=data_folder, prefix=_RESTORING))
        try:
            (scratch / _NEW).mkdir()
            manifest = _unpack(source, scratch / _NEW)
            kept = data_folder / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}" if precious else None
            _swap(scratch, data_folder, kept)
        finally:
            _undo_restore(scratch)
    return Restored(manifest=manifest, moved_aside=kept)


def undo_cut_restore(data_folder: Path) -> None:
    """Put back what a restore had moved aside when it was killed; nothing happens in a sound folder.

    Raises:
        StoreError: it cannot be put back now.
    """
    with _explained(data_folder, "を使うことが"):
        if any(data_folder.glob(f"{_RESTORING}*")):
            with suppress(StoreBusyError), FileCaptureLock(data_folder):
                _undo_restores(data_folder)


def refuse_lost_records(store: str, recordings_folder: Path) -> None:
    """Refuse to begin anew where recordings are there and the database they belong to is not, or is empty.

    Raises:
        StoreError: it is so, or it cannot be seen.
    """
    database = database_path(store)
    with _explained(recordings_folder, "を使うことが"):
        if database is None or (database.is_file() and database.stat().st_size):
            return
        if any(recordings_folder.glob("*.flac")):
            raise StoreError(
                f"録音はあるのに、その相談記録（{database}）がありません。"
                "consult-assist restore --replace でバックアップから戻すか、"
                f"新しく始めてよければ {recordings_folder} を別の場所に移してください。"
            )


def _undo_restores(data_folder: Path) -> None:
    for left in data_folder.glob(f"{_RESTORING}*"):
        _undo_restore(left)


def _undo_restore(scratch: Path) -> None:
    """Take back a restore that was cut off, and remove what it leaves; one that came to its end stays."""
    data_folder, aside = scratch.parent, sorted((scratch / _OLD).glob("*"))
    other_database = (data_folder / DATABASE_NAME).exists()  # else a log there belongs to what was there
    if (scratch / _OLD).is_dir() and (scratch / _COMING).is_file():
        for name in (scratch / _COMING).read_text(encoding="utf-8").split():
            if not (scratch / _NEW / name).exists() and (data_folder / name).exists():
                (data_folder / name).rename(scratch / _NEW / name)
    names = {path.name for path in aside}
    if DATABASE_NAME in names and other_database:
        names.update(name for name in _OURS if name.startswith(DATABASE_NAME))  # with its log
    _clear(data_folder, names)
    for path in aside:
        path.rename(data_folder / path.name)
    shutil.rmtree(scratch, ignore_errors=True)  # what is in use just now goes the next time


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


@contextmanager
def _scratch_folder(beside: Path) -> Iterator[Path]:
    """Give an empty folder, and remove those that killed backups left: they hold what people said."""
    for left in beside.glob(f"{_BACKING_UP}*"):
        with suppress(Timeout, OSError):
            with FileLock(left / _LOCK_NAME, timeout=0):
                pass
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=beside, prefix=_BACKING_UP) as name:
        scratch = Path(name)
        with FileLock(scratch / _LOCK_NAME, timeout=0):
            yield scratch


def _file_of(url: str) -> Path:
    path = database_path(url)
    if path is None:
        raise StoreError(
            "データベースが SQLite ではないため、そのデータベースに付属のバックアップの道具を使ってください。"
        )
    return path


def _files_under(folder: Path, name: str) -> dict[str, Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    named = {str(PurePosixPath(name, *path.relative_to(folder).parts)): path for path in files}
    try:
        "".join(named).encode()
    except UnicodeEncodeError:  # from a system that writes names in other characters
        raise StoreError(
            f"{folder} に名前の文字化けしたファイルがあり、バックアップできません。名前を直してください。"
        ) from None
    return named


def _write_zip(target: Path, sources: dict[str, Path]) -> Manifest:
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
    return manifest


def _add(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> ManifestEntry:
    """Copy as much as the file holds now; a recording may grow meanwhile."""
    entry = zipfile.ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
    sound = name.startswith(RECORDINGS_NAME)  # FLAC does not shrink any further
    entry.compress_type = zipfile.ZIP_STORED if sound else zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    size_bytes = 0
    with archive.open(entry, "w", force_zip64=True) as packed:
        while block := source.read(_BLOCK_BYTES):
            packed.write(block)
            digest.update(block)
            size_bytes += len(block)
    return ManifestEntry(name=name, size_bytes=size_bytes, sha256=digest.hexdigest())


def _plain(manifest: Manifest) -> dict[str, object]:
    return asdict(manifest) | {"made_at": manifest.made_at.isoformat()}


def _unpack(source: Path, scratch: Path) -> Manifest:
    with _explained(source, "を読むことが"):
        opened = source.open("rb")
    try:
        with opened, zipfile.ZipFile(opened) as archive:
            manifest = _read_manifest(archive)
            for entry in manifest.files:
                _extract(archive, entry, scratch / entry.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError) as error:
        raise _broken() from error
    return manifest


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
    inside = len(parts) > 1 and parts[0] in _FOLDERS
    climbs = ".." in parts or "\\" in name or ":" in name
    return (inside and not climbs) or name == DATABASE_NAME


def _extract(archive: zipfile.ZipFile, entry: ManifestEntry, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(entry.name) as packed, target.open("wb") as file:
        while block := packed.read(_BLOCK_BYTES):
            file.write(block)
            digest.update(block)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != entry.sha256:
        raise _broken()


def _swap(scratch: Path, data_folder: Path, kept: Path | None) -> None:
    """Move the old aside and the new into place by renaming; cut off anywhere, `_undo_restore` takes it back.

    Until the folder of what was there gets another name, as the last step, nothing is settled.

    Args:
        scratch: folder that holds what comes.
        data_folder: where it comes to.
        kept: the name of the folder for what was there; None where it is not kept.
    """
    coming = sorted((scratch / _NEW).iterdir())
    _write_durably(scratch / _COMING, "\n".join(path.name for path in coming))
    (scratch / _OLD).mkdir()
    moves = [(data_folder / name, scratch / _OLD / name) for name in _OURS if (data_folder / name).exists()]
    moves += [(path, data_folder / path.name) for path in coming]
    moves.append((scratch / _OLD, kept or scratch / _GONE))
    for start, end in moves:
        start.rename(end)


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _precious(path: Path) -> bool:
    if path.name == DATABASE_NAME:
        return path.exists() and holds_events(path)
    return path.is_dir() and any(item.is_file() for item in path.rglob("*"))


def _broken() -> StoreError:
    return StoreError("バックアップのファイルが壊れています。別のバックアップを使ってください。")


@contextmanager
def _explained(path: Path, doing: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise file_error(error, path, doing) from error
