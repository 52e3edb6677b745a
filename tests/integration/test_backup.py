"""Backup and restore of a whole data folder."""

import errno
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import consult_assist
from consult_assist.app.settings import Settings
from consult_assist.app.wiring.stores import restore_data
from consult_assist.domain.consultation import CapturePaused, Consent, Started
from consult_assist.errors import StoreBusyError, StoreError, StoreTooNewError
from consult_assist.storage.backup import backup, refuse_lost_records, restore
from consult_assist.storage.backup_file import files_under
from consult_assist.storage.lock import LOCK_NAME, FileCaptureLock
from consult_assist.storage.restoring import NEW, RESTORING, put_in_place, undo_cut_restore
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import sqlite_url

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def fill(folder: Path, consultation_id: str) -> SqlStore:
    store = SqlStore(sqlite_url(folder / "records.sqlite3"))
    started = Started(
        id=consultation_id, started_at=NOON, operator="山田", source="none", consent=Consent.RECORDED
    )
    store.append(consultation_id, started, at=NOON, at_s=0.0, sound_s=0.0)
    recording = folder / "recordings" / consultation_id / "1.flac"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(b"fLaC" + consultation_id.encode() * 1000)
    knowledge = folder / "knowledge" / "contacts" / "窓口.toml"
    knowledge.parent.mkdir(parents=True)
    knowledge.write_text(f'name = "{consultation_id}"', encoding="utf-8")
    exercise = folder / "exercises" / "one.exercise.toml"
    exercise.parent.mkdir(parents=True)
    exercise.write_text('title = "練習"', encoding="utf-8")
    return store


def back_up(folder: Path, target: Path) -> Path:
    backup(sqlite_url(folder / "records.sqlite3"), folder, target)
    return target


def ids_in(folder: Path) -> list[str]:
    with closing(SqlStore(sqlite_url(folder / "records.sqlite3"))) as store:
        assert store.verify() == []
        return [summary.id for summary in store.summaries()]


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A backup of a folder with one consultation."""
    with closing(fill(tmp_path / "old", "a")):
        return back_up(tmp_path / "old", tmp_path / "backup.zip")


def test_a_backup_restores_everything_on_a_new_machine(tmp_path: Path, whole: Path) -> None:
    new = tmp_path / "new"
    assert restore(whole, new) is None
    assert ids_in(new) == ["a"]
    assert (new / "recordings/a/1.flac").read_bytes() == (tmp_path / "old/recordings/a/1.flac").read_bytes()
    assert (new / "knowledge/contacts/窓口.toml").read_text(encoding="utf-8") == 'name = "a"'
    assert names_in(new) - {"capture.lock"} == {
        "records.sqlite3",
        "recordings/a/1.flac",
        "knowledge/contacts/窓口.toml",
        "exercises/one.exercise.toml",
    }
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_backup_is_taken_while_a_consultation_goes_on(tmp_path: Path) -> None:
    with closing(fill(tmp_path / "old", "a")) as store:
        store.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)
        target = back_up(tmp_path / "old", tmp_path / "b.zip")
        store.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)
    restore(target, tmp_path / "new")
    with closing(SqlStore(sqlite_url(tmp_path / "new" / "records.sqlite3"))) as store:
        assert len(store.events("a")) == 2
        assert store.verify() == []


def test_a_second_backup_takes_the_place_of_the_first(tmp_path: Path, whole: Path) -> None:
    with closing(fill(tmp_path / "other", "b")):
        back_up(tmp_path / "other", whole)
    restore(whole, tmp_path / "new")
    assert ids_in(tmp_path / "new") == ["b"]


def test_the_records_are_not_overwritten_with_their_backup(tmp_path: Path, whole: Path) -> None:
    with pytest.raises(StoreError, match="相談記録そのもの"):
        back_up(tmp_path / "old", tmp_path / "old" / "records.sqlite3")
    assert ids_in(tmp_path / "old") == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that few have")
def test_a_link_to_the_backup_stays_one(tmp_path: Path, whole: Path) -> None:
    link = tmp_path / "latest.zip"
    (tmp_path / "disk").mkdir()
    link.symlink_to(tmp_path / "disk" / "b.zip")
    back_up(tmp_path / "old", link)
    assert link.is_symlink()
    assert zipfile.is_zipfile(tmp_path / "disk" / "b.zip")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes among the files")
def test_a_backup_takes_the_place_of_nothing_but_a_file(tmp_path: Path, whole: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with pytest.raises(StoreError, match="普通のファイルではありません"):
            back_up(tmp_path / "old", target)
    assert pipe.is_fifo()


@pytest.mark.parametrize("recorded", [False, True])
def test_a_backup_without_the_records_does_not_replace_one_with_them(
    tmp_path: Path, whole: Path, recorded: bool
) -> None:
    former = whole.read_bytes()
    if recorded:
        (tmp_path / "old" / "recordings" / "a-01.flac").write_bytes(b"fLaC")
    (tmp_path / "old" / "records.sqlite3").write_bytes(b"")
    with pytest.raises(StoreError, match="restore --replace" if recorded else "まだありません"):
        back_up(tmp_path / "old", whole)
    assert whole.read_bytes() == former


def test_folders_that_do_not_exist_are_left_out(tmp_path: Path, whole: Path) -> None:
    backup(sqlite_url(tmp_path / "old" / "records.sqlite3"), tmp_path / "nowhere", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.namelist() == ["records.sqlite3", "manifest.json"]


def test_what_is_no_record_is_not_called_one(tmp_path: Path, whole: Path) -> None:
    """On a new computer `doctor` has made the file for the telephone numbers before anything is restored."""
    contacts = tmp_path / "new" / "knowledge" / "contacts.toml"
    contacts.parent.mkdir(parents=True)
    contacts.touch()
    with pytest.raises(StoreError, match="事務所の知識"):
        restore(whole, tmp_path / "new")


def test_records_are_never_overwritten_unasked(tmp_path: Path, whole: Path) -> None:
    used = tmp_path / "used"
    fill(used, "b").close()
    (used / "models").mkdir()
    before = names_in(used)
    with pytest.raises(StoreError, match="--replace"):
        restore(whole, used)
    assert names_in(used) - {"capture.lock"} == before - {"capture.lock"}
    assert ids_in(used) == ["b"]

    moved_aside = restore(whole, used, replace=True)
    assert ids_in(used) == ["a"]
    assert (used / "models").is_dir()
    assert not (used / "recordings" / "b").exists()
    assert moved_aside is not None
    assert moved_aside.parent == used
    assert ids_in(moved_aside) == ["b"]
    assert (moved_aside / "recordings/b/1.flac").exists()


@pytest.mark.parametrize("filled", [False, True])
def test_records_that_are_open_are_not_replaced(tmp_path: Path, whole: Path, filled: bool) -> None:
    used = tmp_path / "used"
    with closing(fill(used, "b") if filled else SqlStore(sqlite_url(used / "records.sqlite3"))) as opened:
        with pytest.raises(StoreBusyError, match="すべて閉じてから"):
            restore(whole, used, replace=True)
        assert [summary.id for summary in opened.summaries()] == (["b"] if filled else [])
    assert not list(used.glob(".restore-*"))
    restore(whole, used, replace=True)
    assert ids_in(used) == ["a"]


@pytest.mark.parametrize("empty", [False, True])
def test_lost_records_beside_recordings_are_not_begun_anew(tmp_path: Path, whole: Path, empty: bool) -> None:
    file, recordings = tmp_path / "data" / "records.sqlite3", tmp_path / "data" / "recordings"
    refuse_lost_records(sqlite_url(file), recordings)
    fill(tmp_path / "data", "b").close()
    (recordings / "b-01.flac").write_bytes(b"fLaC")
    refuse_lost_records(sqlite_url(file), recordings)
    file.unlink()
    if empty:
        file.touch()
    with pytest.raises(StoreError, match="restore --replace でバックアップから戻すか"):
        refuse_lost_records(sqlite_url(file), recordings)
    refuse_lost_records("postgresql://localhost/records", recordings)
    kept = restore(whole, tmp_path / "data", replace=True)
    assert kept is not None
    assert (kept / "recordings" / "b-01.flac").exists()
    refuse_lost_records(sqlite_url(file), recordings)


def test_a_folder_without_any_consultation_counts_as_empty(tmp_path: Path, whole: Path) -> None:
    new = tmp_path / "new"
    SqlStore(sqlite_url(new / "records.sqlite3")).close()
    (new / "recordings").mkdir()
    assert restore(whole, new) is None
    assert ids_in(new) == ["a"]
    assert not list(new.glob("replaced-*"))


def rewritten(source: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(source) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in content.items():
            if (changed := change(name, data)) is not None:
                archive.writestr(name, changed)


def manifest_with(**changes: object) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        return json.dumps(json.loads(data) | changes).encode() if name == "manifest.json" else data

    return change


def put_behind(path: Path, mark: bytes, offset: int, value: bytes) -> None:
    """Overwrite some bytes of a zip file, so many behind the first place of a mark."""
    content = bytearray(path.read_bytes())
    place = content.index(mark) + offset
    content[place : place + len(value)] = value
    path.write_bytes(content)


def climbing(name: str, data: bytes) -> bytes:
    return data.replace(b"recordings/a/1.flac", b"../../../outside.flac")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-300]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PK" + os.urandom(3000)),
        lambda path: path.write_bytes(path.read_bytes().replace(b"fLaCaaaa", b"fLaCaaab", 1)),
        lambda path: rewritten(path, lambda name, data: None if name == "manifest.json" else data),
        lambda path: rewritten(path, lambda name, data: b"{" if name == "manifest.json" else data),
        lambda path: rewritten(path, lambda name, data: None if name.endswith(".flac") else data),
        lambda path: rewritten(path, lambda name, data: data + b"x" if name.endswith(".flac") else data),
        lambda path: rewritten(path, manifest_with(files=[])),
        lambda path: rewritten(path, climbing),
        lambda path: put_behind(path, b"PK\1\2", 10, b"\x0c"),  # packed by bzip2, it says
        lambda path: put_behind(path, b"PK\5\6", 19, b"\x7f"),  # its contents stand behind its end
        lambda path: path.write_bytes(
            path.read_bytes().replace("窓口".encode(), b"\xe7\xaa\x93\xff\xff\xff")
        ),
    ],
)
def test_a_broken_backup_changes_nothing(
    tmp_path: Path, whole: Path, spoil: Callable[[Path], object]
) -> None:
    used = tmp_path / "used"
    fill(used, "b").close()
    before = names_in(used)
    spoil(whole)
    with pytest.raises(StoreError, match="壊れています"):
        restore(whole, used, replace=True)
    assert names_in(used) - {"capture.lock"} == before - {"capture.lock"}
    assert ids_in(used) == ["b"]
    assert not list(tmp_path.rglob("outside.flac"))


@pytest.mark.parametrize("changes", [{"schema": 99}, {"format": 99}])
def test_a_backup_of_a_newer_program_is_refused(
    tmp_path: Path, whole: Path, changes: dict[str, object]
) -> None:
    rewritten(whole, manifest_with(**changes))
    with pytest.raises(StoreTooNewError, match="新しい版"):
        restore(whole, tmp_path / "new")


def test_records_of_a_newer_program_are_not_backed_up_as_ours(tmp_path: Path) -> None:
    with closing(fill(tmp_path / "old", "a")):
        pass
    with closing(sqlite3.connect(tmp_path / "old" / "records.sqlite3")) as connection, connection:
        connection.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreTooNewError, match="プログラムを新しくしてから"):
        back_up(tmp_path / "old", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_slip_in_the_name_of_the_backup_is_told_before_anything_else(tmp_path: Path, whole: Path) -> None:
    restore(whole, tmp_path / "new")
    with pytest.raises(StoreError, match=r"nosuch\.zip を読むことができません"):
        restore(tmp_path / "nosuch.zip", tmp_path / "new")
    with pytest.raises(StoreError, match="--replace を付けて"):
        restore(whole, tmp_path / "new")


def test_records_are_not_restored_where_the_program_would_not_look_for_them(
    tmp_path: Path, whole: Path
) -> None:
    elsewhere = Settings(data_folder=tmp_path / "new", database_url=sqlite_url(tmp_path / "other.sqlite3"))
    with pytest.raises(StoreError, match="database_url を空にしてから"):
        restore_data(elsewhere, whole, replace=False)
    assert not (tmp_path / "new").exists()


def test_what_cannot_be_restored_or_backed_up_is_told(tmp_path: Path, whole: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(StoreError, match=r"missing\.zip を読むことができません"):
        restore(tmp_path / "missing.zip", tmp_path / "new")
    with pytest.raises(StoreError, match="まだありません"):
        backup(sqlite_url(nowhere / "records.sqlite3"), nowhere, tmp_path / "b.zip")
    with pytest.raises(StoreError, match="付属のバックアップの道具"):
        backup("postgresql://localhost/records", nowhere, tmp_path / "b.zip")
    with pytest.raises(StoreError, match="database_url の書き方"):
        backup("postgresql://localhost:port/records", nowhere, tmp_path / "b.zip")
    whole.with_name("not.sqlite3").write_bytes(os.urandom(9000))
    with pytest.raises(StoreError, match="壊れているか"):
        backup(sqlite_url(whole.with_name("not.sqlite3")), nowhere, tmp_path / "b.zip")
    with pytest.raises(StoreError, match=r"フォルダー .*backup\.zip がありません"):
        back_up(tmp_path / "old", whole / "inside-a-file.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_makes_no_folder_of_a_mistyped_name_or_of_a_missing_disk(
    tmp_path: Path, whole: Path
) -> None:
    with pytest.raises(StoreError, match=r"フォルダー .*usb がありません"):
        back_up(tmp_path / "old", tmp_path / "usb" / "b.zip")
    assert not (tmp_path / "usb").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there it takes a right to make a link")
def test_a_folder_that_cannot_be_read_is_not_left_out(tmp_path: Path, whole: Path) -> None:
    recordings, former = tmp_path / "old" / "recordings", whole.read_bytes()
    shutil.rmtree(recordings)
    recordings.symlink_to(tmp_path / "disk that is not connected")
    with pytest.raises(StoreError, match="recordings を読むことができません"):
        back_up(tmp_path / "old", whole)
    recordings.unlink()
    recordings.mkdir()
    (recordings / "a").symlink_to(tmp_path / "disk that is not connected")
    with pytest.raises(StoreError, match="a を読むことができません"):
        back_up(tmp_path / "old", whole)
    shutil.rmtree(recordings)
    recordings.write_bytes(b"no folder")
    with pytest.raises(StoreError, match="recordings を読むことができません"):
        back_up(tmp_path / "old", whole)
    assert whole.read_bytes() == former


@pytest.mark.skipif(sys.platform == "win32", reason="there it takes a right to make a link")
def test_what_lies_elsewhere_and_is_read_by_a_link_is_backed_up(tmp_path: Path, whole: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "contacts.toml").write_text("", encoding="utf-8")
    (tmp_path / "old" / "knowledge" / "contacts.toml").symlink_to(shared / "contacts.toml")
    (tmp_path / "old" / "knowledge" / "programmes").symlink_to(shared)
    with zipfile.ZipFile(back_up(tmp_path / "old", whole)) as archive:
        assert {"knowledge/contacts.toml", "knowledge/programmes/contacts.toml"} <= set(archive.namelist())


def test_records_on_a_disk_that_cannot_be_written_are_backed_up(tmp_path: Path, whole: Path) -> None:
    database = tmp_path / "old" / "records.sqlite3"
    database.with_name(f"{database.name}-wal").mkdir()  # as on such a disk, SQLite cannot make its log
    restore(back_up(tmp_path / "old", tmp_path / "b.zip"), tmp_path / "new")
    assert ids_in(tmp_path / "new") == ["a"]


def test_what_cannot_be_looked_into_is_not_replaced_unasked(
    tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "new" / "recordings" / "b"
    kept.mkdir(parents=True)
    scanned = os.scandir

    def refusing(path: Any = ".") -> Any:
        if str(path) == str(kept):
            raise PermissionError(errno.EACCES, "denied", str(path))
        return scanned(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(StoreError, match="使うことができません"):
        restore(whole, tmp_path / "new")
    with pytest.raises(StoreError, match="b を読むことができません"):
        files_under(kept.parent)
    assert kept.is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name can be any bytes")
def test_a_name_that_no_zip_can_hold_is_told_by_its_folder(tmp_path: Path) -> None:
    with closing(fill(tmp_path / "old", "a")):
        pass
    (tmp_path / "old" / "knowledge" / os.fsdecode("窓口.toml".encode("shift_jis"))).write_bytes(b"")
    with pytest.raises(StoreError, match="knowledge に名前の文字化けした"):
        back_up(tmp_path / "old", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there no file has such a name")
@pytest.mark.parametrize("name", ["10:30 の話.toml", "C\\窓口.toml"])
def test_a_name_that_could_not_be_restored_is_not_backed_up(tmp_path: Path, name: str) -> None:
    with closing(fill(tmp_path / "old", "a")):
        pass
    (tmp_path / "old" / "knowledge" / name).write_bytes(b"")
    with pytest.raises(StoreError, match="knowledge に名前に : か"):
        back_up(tmp_path / "old", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_clock_that_has_lost_its_battery_hinders_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Lost":
            return cls(1970, 1, 1, tzinfo=tz)

    monkeypatch.setattr("consult_assist.storage.backup_file.datetime", Lost)
    with closing(fill(tmp_path / "old", "a")):
        saved = back_up(tmp_path / "old", tmp_path / "backup.zip")
    restore(saved, tmp_path / "new")
    assert ids_in(tmp_path / "new") == ["a"]


def restore_killed(whole: Path, folder: Path, renames: int) -> None:
    """Leave a folder as a restore that is killed after so many renames does: without any tidying up."""
    as_killed, rename, done = folder.with_name("as-killed"), Path.rename, itertools.count()

    def killing(self: Path, target: Path) -> Path:
        if next(done) == renames:
            shutil.copytree(folder, as_killed, ignore=shutil.ignore_patterns(LOCK_NAME))
            raise KeyboardInterrupt
        return rename(self, target)

    with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(Path, "rename", killing)
        restore(whole, folder, replace=True)
    if as_killed.exists():
        shutil.rmtree(folder)
        as_killed.rename(folder)


@pytest.mark.parametrize("renames", range(10))
@pytest.mark.parametrize("opened_between", [False, True])
def test_a_restore_that_is_killed_loses_nothing(
    tmp_path: Path, whole: Path, renames: int, opened_between: bool
) -> None:
    folder = tmp_path / "now"
    with closing(fill(folder, "b")):
        pass
    restore_killed(whole, folder, renames)
    if opened_between and not (folder / "records.sqlite3").exists():  # by an older version of the program
        with closing(fill(folder / "other", "c")) as store:
            store.close()
        (folder / "other" / "records.sqlite3").rename(folder / "records.sqlite3")
        shutil.rmtree(folder / "other")
    undo_cut_restore(folder)
    done = renames == 9
    assert ids_in(folder) == (["a"] if done else ["b"])
    assert (folder / "recordings" / ("a" if done else "b") / "1.flac").is_file()
    assert not list(folder.glob(".restore-*"))
    kept = [
        name
        for path in folder.glob("replaced-*")
        if (path / "records.sqlite3").is_file()
        for name in ids_in(path)
    ]
    assert set(kept) <= {"a", "b", "c"}
    if done:
        assert kept == ["b"]


def test_what_a_killed_backup_left_goes_with_the_next(tmp_path: Path, whole: Path) -> None:
    left = tmp_path / ".backup-killed"
    left.mkdir()
    (left / "records.sqlite3").write_bytes(b"words")
    busy = tmp_path / ".backup-busy"
    busy.mkdir()
    with FileLock(busy / "lock"):
        back_up(tmp_path / "old", whole)
    assert not left.exists()
    assert busy.exists()


def test_nothing_is_restored_under_a_running_capture(tmp_path: Path, whole: Path) -> None:
    with FileCaptureLock(tmp_path / "new"), pytest.raises(StoreBusyError):
        restore(whole, tmp_path / "new")


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_a_target_that_cannot_take_the_file_keeps_the_former_backup(tmp_path: Path, whole: Path) -> None:
    former = whole.read_bytes()
    big = tmp_path / "old" / "recordings" / "a" / "2.flac"
    big.write_bytes(os.urandom(3_000_000))
    script = (
        "import sys, resource; from pathlib import Path\n"
        "from consult_assist.errors import StoreError; from consult_assist.storage.backup import backup\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "folder = Path(sys.argv[1])\n"
        "try:\n"
        "    backup(f'sqlite:///{folder}/records.sqlite3', folder, Path(sys.argv[2]))\n"
        "except StoreError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "old"), str(whole)],
        env=os.environ | {"PYTHONPATH": str(Path(consult_assist.__file__).parents[1]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "exFAT" in done.stdout
    assert whole.read_bytes() == former
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("renames", range(6))
def test_a_restore_into_an_empty_folder_that_is_killed_leaves_it_empty_or_whole(
    tmp_path: Path, whole: Path, renames: int
) -> None:
    folder = tmp_path / "now"
    restore_killed(whole, folder, renames)
    undo_cut_restore(folder)
    assert not list(folder.glob(".restore-*"))
    if renames < 5:
        assert names_in(folder) <= {"capture.lock"}
        restore(whole, folder)  # without being asked to replace anything
    assert ids_in(folder) == ["a"]
    assert (folder / "recordings" / "a" / "1.flac").is_file()
    assert not list(folder.glob("replaced-*"))


def test_a_restore_that_is_stopped_by_ctrl_c_loses_nothing(
    tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "now"
    with closing(fill(folder, "b")):
        pass
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "records.sqlite3" and self.parent.name == "new":
            monkeypatch.setattr(Path, "rename", rename)
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        restore(whole, folder, replace=True)
    assert ids_in(folder) == ["b"]
    assert not list(folder.glob(".restore-*"))


def test_a_restore_that_is_stopped_between_the_records_and_their_log_keeps_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "now"
    scratch = folder / f"{RESTORING}1"
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "records.sqlite3-wal":
            monkeypatch.setattr(Path, "rename", rename)
            raise KeyboardInterrupt
        return rename(self, target)

    with closing(fill(folder, "b")):  # somebody reads, so that the log still holds what was written
        (scratch / NEW).mkdir(parents=True)
        (scratch / NEW / "records.sqlite3").touch()
        monkeypatch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put_in_place(scratch, folder, folder / "replaced-1")
        assert not (folder / "records.sqlite3").exists()
        undo_cut_restore(folder)
        assert (folder / "records.sqlite3").stat().st_size
        assert (folder / "records.sqlite3-wal").is_file()


def test_a_file_that_cannot_be_read_is_named_not_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(fill(tmp_path / "old", "a")):
        pass
    opened = Path.open

    def refusing(self: Path, *args: Any, **named: Any) -> Any:
        if self.name == "1.flac":
            raise PermissionError(errno.EACCES, "denied", str(self))
        return opened(self, *args, **named)

    monkeypatch.setattr(Path, "open", refusing)
    with pytest.raises(StoreError, match=r"1\.flac を読むことができません"):
        back_up(tmp_path / "old", tmp_path / "b.zip")
