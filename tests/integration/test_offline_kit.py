"""The installer of the offline kit refuses a kit that was damaged on its way, and a folder that is in use."""

import hashlib
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

INSTALLER = Path(__file__).parents[2] / "scripts" / "kit" / "install.py"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    (folder / "wheels").mkdir(parents=True)
    shutil.copy(INSTALLER, folder)
    (folder / "wheels" / "part.whl").write_bytes(b"part")
    digest = hashlib.sha256(b"part").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  wheels/part.whl\n", encoding="utf-8")
    return folder


def install(kit: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", str(kit / "install.py"), "--folder", str(kit / "program")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_damaged_kit_is_refused_before_anything_is_installed(kit: Path, damage: str) -> None:
    if damage == "changed":
        (kit / "wheels" / "part.whl").write_bytes(b"pXrt")
    else:
        (kit / "wheels" / "part.whl").unlink()
    done = install(kit)
    assert done.returncode == 1
    assert "wheels/part.whl" in done.stderr
    assert "写してください" in done.stderr
    assert not (kit / "program").exists()


def test_a_folder_with_other_files_is_not_emptied(kit: Path) -> None:
    (kit / "program").mkdir()
    (kit / "program" / "letter.txt").touch()
    done = install(kit)
    assert done.returncode == 1
    assert "空のフォルダー" in done.stderr
    assert (kit / "program" / "letter.txt").exists()


def test_whole_kit_passes_the_check(kit: Path) -> None:
    namespace = runpy.run_path(str(kit / "install.py"))
    namespace["check_sums"]()
