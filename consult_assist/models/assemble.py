"""Joining the halves of Whisper base that came with the program's dependencies."""

import shutil
from importlib import metadata
from pathlib import Path

from consult_assist.errors import ModelError
from consult_assist.models.catalogue import WEIGHTS_FILE, PinnedModel
from consult_assist.models.files import ProgressListener, ignore_progress
from consult_assist.models.install import install_model


def halves_folders(model: PinnedModel) -> list[Path]:
    """Return the data folders of the installed packages that carry a model; empty when any is not installed.

    Only package metadata is read: nothing of those packages is executed.
    """
    folders = []
    for package in model.halves:
        try:
            located = metadata.distribution(package).locate_file(f"{package.replace('-', '_')}/data")
        except metadata.PackageNotFoundError:
            return []
        folders.append(Path(str(located)))
    return folders


def join_halves(
    model: PinnedModel, folders: list[Path], target: Path, on_progress: ProgressListener = ignore_progress
) -> Path:
    """Join `model.bin.part1`, `.part2` … from `folders`, take the other files from the first of them.

    Raises:
        ModelError: the bytes are not the official ones, or `target` cannot be written.
    """
    others = [folders[0] / name for name in model.files if name != WEIGHTS_FILE]
    parts = [folder / f"{WEIGHTS_FILE}.part{number}" for number, folder in enumerate(folders, start=1)]
    if missing := [file for file in (*parts, *others) if not file.is_file()]:
        raise ModelError(
            f"標準の音声認識モデルの部品（{missing[0].name}）が欠けていますので、プログラムを入れ直してください。"
        )

    def fill(partial: Path) -> None:
        with (partial / WEIGHTS_FILE).open("wb") as whole:
            for part in parts:
                with part.open("rb") as stream:
                    shutil.copyfileobj(stream, whole)
        for file in others:
            shutil.copyfile(file, partial / file.name)

    return install_model(model, target, fill, on_progress)
