"""Files written at the user's wish: whole, or the one that was there stays."""

import os
import stat
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

import consult_assist
from consult_assist.disk import write_whole
from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.office_changes import Change, apply_changes

LIMITED = (
    "import resource, signal, sys; from pathlib import Path\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
    "from consult_assist.errors import ConsultAssistError\n"
    "target = Path(sys.argv[1])\n"
    "try:\n{act}"
    "except ConsultAssistError as error:\n"
    "    print(error)\n"
)
COMMAND = """\
    from consult_assist.cli.output_files import write_file
    write_file(target, b"x" * 9000)
"""
KNOWLEDGE = """\
    from consult_assist.knowledge.entries import read_entries
    from consult_assist.knowledge.workbook import write_workbook
    from consult_assist.resources import shipped_folder
    write_workbook(read_entries(shipped_folder("knowledge")), target)
"""
SCREEN = """\
    from consult_assist.tui.files import write_export
    write_export(b"x" * 9000, stem="half", suffix="txt", folder=target.parent)
"""


def said_without_room(act: str, target: Path) -> str:
    """Return what the user reads where no file may be larger than 5,000 bytes."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(act=act), str(target)],
        env=os.environ | {"PYTHONPATH": str(Path(consult_assist.__file__).parents[1]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
@pytest.mark.parametrize("act", [COMMAND, KNOWLEDGE, SCREEN])
def test_a_file_that_finds_no_room_leaves_the_former_one(tmp_path: Path, act: str) -> None:
    target = tmp_path / "former.xlsx"
    target.write_bytes(b"former")
    answer = said_without_room(act, target)
    assert "空き" in answer
    assert "\n" not in answer
    assert target.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [target]


OFFICE = """\
    from datetime import datetime
    from consult_assist.knowledge.office_changes import Change, apply_changes
    change = Change(action="changed", title="a", file="programmes/a.toml", text="x = 1\\n" * 2000)
    apply_changes([change], target, datetime(2026, 11, 22), keep=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_knowledge_that_finds_no_room_leaves_the_offices_own(tmp_path: Path) -> None:
    file = tmp_path / "programmes" / "a.toml"
    file.parent.mkdir()
    file.write_bytes(b"y = 2\n" * 2000)
    assert "何も変えていません" in said_without_room(OFFICE, tmp_path)
    assert file.read_bytes() == b"y = 2\n" * 2000
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
@pytest.mark.parametrize("fails", [False, True])
def test_who_may_read_a_file_of_the_office_stays_so(tmp_path: Path, fails: bool) -> None:
    file = tmp_path / "programmes" / "a.toml"
    file.parent.mkdir()
    file.write_text("y = 2", encoding="utf-8")
    file.chmod(0o640)
    changes = [Change(action="changed", title="a", file="programmes/a.toml", text="x = 1")]
    if fails:
        (tmp_path / "programmes" / "b.toml" / "in the way").mkdir(parents=True)
        changes.append(Change(action="changed", title="b", file="programmes/b.toml", text="x = 1"))
    with pytest.raises(KnowledgeError) if fails else nullcontext():
        apply_changes(changes, tmp_path, datetime(2026, 11, 22, tzinfo=UTC), keep=False)
    assert file.read_text(encoding="utf-8") == ("y = 2" if fails else "x = 1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_knowledge_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut an empty file would stand there instead of the office's own."""
    sure, force = set[int](), os.fsync

    def noted(descriptor: int) -> None:
        force(descriptor)
        sure.add(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    change = Change(action="new", title="a", file="programmes/a.toml", text="x = 1")
    apply_changes([change], tmp_path, datetime(2026, 11, 22, tzinfo=UTC), keep=False)
    assert (tmp_path / change.file).stat().st_ino in sure


CONTACTS = """\
    from consult_assist.knowledge.loader import load_knowledge
    from consult_assist.knowledge.office import complete_contacts_file
    from consult_assist.resources import shipped_folder
    knowledge = load_knowledge(shipped_folder("knowledge"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 5000))
    complete_contacts_file(target, knowledge)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_local_numbers_that_find_no_room_leave_no_half_of_a_file(tmp_path: Path) -> None:
    assert "空きと権限を確かめて" in said_without_room(CONTACTS, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_local_numbers_that_find_no_room_are_not_blamed_on_the_way_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "contacts.toml"
    file.write_text('[local-dv]\nnumber = "000-000-0000"\n', encoding="utf-8")
    answer = said_without_room(CONTACTS, tmp_path)
    assert "空きと権限を確かめて" in answer
    assert "書き方" not in answer
    assert "000-000-0000" in file.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="the folder says who may read")
def test_a_file_that_only_its_owner_may_read_stays_so(tmp_path: Path) -> None:
    file = tmp_path / "record.txt"
    file.write_bytes(b"former")
    file.chmod(0o600)
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"former")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system lets nobody make links")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that few have")
def test_a_link_that_leads_to_itself_is_replaced(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    write_whole(loop, b"x")
    assert loop.read_bytes() == b"x"
