"""Install consult-assist from this folder, without a network. Needs nothing but Python."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

KIT = Path(__file__).resolve().parent
LOWEST, HIGHEST = (3, 11), (3, 13)
ASK_FOR_MODELS_FOLDER = (
    "from consult_assist.app.settings import read_settings; print(read_settings().models_home)"
)


def default_folder() -> Path:
    """Return where programs of one user belong."""
    if os.name == "nt":
        return Path(os.environ["LOCALAPPDATA"]) / "Programs" / "consult-assist"
    return Path.home() / ".local" / "lib" / "consult-assist"


def check_python() -> None:
    """Stop on a Python for which the folder has no parts."""
    if not LOWEST <= sys.version_info[:2] <= HIGHEST or sys.maxsize < 2**32:
        sys.exit("Python 3.11、3.12、3.13 のどれか（64 ビット版）を入れてから、もう一度実行してください。")


def check_folder(folder: Path) -> None:
    """Stop before a folder is emptied that holds anything but an earlier installation."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        sys.exit(f"{folder} にはほかのファイルがあるので、空のフォルダーを指定してください。")


def check_sums() -> None:
    """Stop when a file was damaged or changed on its way."""
    for line in (KIT / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        file = KIT / name
        if not file.is_file():
            sys.exit(f"{name} がありません。フォルダーをもう一度まるごと写してください。")
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                sys.exit(f"{name} が元のファイルと違います。フォルダーをもう一度まるごと写してください。")


def install(folder: Path) -> Path:
    """Install into `folder` and return the folder with the commands."""
    venv.create(folder, with_pip=True, clear=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [
            *(str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-index", "--find-links", str(KIT / "wheels")),
            *("--constraint", str(KIT / "constraints.txt"), "consult-assist"),
        ],
        check=True,
    )
    return commands


def bring_models(commands: Path) -> None:
    """Join Whisper base from its halves, and put the larger models that came along beside it."""
    answer = subprocess.run(
        [str(commands / "python"), "-c", ASK_FOR_MODELS_FOLDER], check=True, capture_output=True, text=True
    )
    models = Path(answer.stdout.strip())
    brought = sorted((KIT / "models").glob("*"))
    for source in brought:
        shutil.copytree(source, models / source.name, dirs_exist_ok=True)
    wanted = [["get", "base"], *(["verify", source.name] for source in brought)]
    for arguments in wanted:
        subprocess.run([str(commands / "consult-assist"), "models", *arguments], check=True)


def main() -> None:
    """Check, install, and say how to start."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=None, help="where to install")
    folder = parser.parse_args().folder or default_folder()
    check_python()
    check_folder(folder)
    print("ファイルを確かめています…", flush=True)
    check_sums()
    print(f"{folder} に入れています…", flush=True)
    try:
        commands = install(folder)
        bring_models(commands)
    except (subprocess.CalledProcessError, OSError):
        sys.exit("入れられませんでした。上に出た文を情報システムの担当者に見せてください。")
    print("入りました。次のコマンドで始まります。")
    print(f"  {commands / 'consult-assist'}")


if __name__ == "__main__":
    main()
