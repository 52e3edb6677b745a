"""Putting a model in its place: beside it first, whole and checked, then one rename."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from consult_assist.disk import is_full, sync_folder
from consult_assist.errors import ModelError
from consult_assist.models.catalogue import WEIGHTS_FILE, PinnedModel
from consult_assist.models.files import (
    ProgressListener,
    check_contents,
    ignore_progress,
    required_files,
)
from consult_assist.models.find import UNFINISHED_SUFFIXES
from consult_assist.models.lora import apply_lora
from consult_assist.models.stamp import STAMP_NAME, write_stamp
from consult_assist.models.weights import UnfitFilesError

_PARTIAL, _OLD = UNFINISHED_SUFFIXES
_SPARE_BYTES = 50_000_000


def install_model(
    model: PinnedModel,
    target: Path,
    fill: Callable[[Path], None],
    on_progress: ProgressListener,
) -> Path:
    """Let `fill` write the files into a folder beside `target`, check every byte, and rename it to `target`.

    A model that is to be fine-tuned to the counter is so before that rename, and its bytes are checked again.
    Whatever was at `target` stays until the new files are known to be right.

    Raises:
        ModelError: the disk is full or read-only, the files do not match, or another window does the same.
    """
    with _user_sentences(model, target), _only_one(target):
        partial = target.with_name(f"{target.name}{_PARTIAL}")
        partial.mkdir(parents=True, exist_ok=True)
        _check_free_space(model, partial)
        try:
            fill(partial)
            files = required_files(partial, model.files)
            if model.finetuning is not None:
                check_contents(files, model.files, ignore_progress)
                apply_lora(partial / WEIGHTS_FILE, model.finetuning.changes)
            write_stamp(files, check_contents(files, model.installed_files, on_progress))
            _keep_only(partial, files)
        except (UnfitFilesError, OSError):
            # Nothing of it can be trusted, and on a full disk the room is needed.
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _swap(partial, target)
    return target


@contextmanager
def _only_one(target: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - start-up time

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(target.with_name(f"{target.name}.lock"), timeout=0):
            yield
    except Timeout as error:
        raise ModelError("ほかの画面で同じモデルを準備していますので、終わるまでお待ちください。") from error


@contextmanager
def _user_sentences(model: PinnedModel, target: Path) -> Iterator[None]:
    try:
        yield
    except UnfitFilesError as error:
        raise ModelError(
            f"音声認識モデル {model.name} の中身が公式のものと違いますので、"
            f"プログラムを入れ直してから「consult-assist models get {model.name}」を実行してください。"
        ) from error
    except OSError as error:
        if is_full(error):
            raise _disk_full(model) from error
        raise ModelError(
            f"モデルのフォルダー「{target.parent.name}」に書き込めませんので、"
            "書き込みの権限があるか、プログラムがほかに開いていないかを確かめてください。"
        ) from error


def _disk_full(model: PinnedModel) -> ModelError:
    needed_mb = (model.weights_bytes + _SPARE_BYTES) // 1_000_000
    return ModelError(
        f"ディスクの空きが足りませんので、{needed_mb} MB 以上空けてから"
        f"「consult-assist models get {model.name}」を実行してください。"
    )


def _check_free_space(model: PinnedModel, partial: Path) -> None:
    already = sum(file.stat().st_size for file in partial.rglob("*") if file.is_file())
    if shutil.disk_usage(partial).free + already < model.weights_bytes + _SPARE_BYTES:
        shutil.rmtree(partial, ignore_errors=True)
        raise _disk_full(model)


def _keep_only(partial: Path, files: list[Path]) -> None:
    """Drop what the download library left behind, and make the rest durable."""
    wanted = {file.name for file in files} | {STAMP_NAME}
    for item in partial.iterdir():
        if item.is_dir():
            shutil.rmtree(item)
        elif item.name not in wanted:
            item.unlink()
    for name in wanted:
        with (partial / name).open("r+b") as file:  # Windows flushes only what was opened for writing
            os.fsync(file.fileno())
    sync_folder(partial)


def _swap(partial: Path, target: Path) -> None:
    if target.exists():
        old = target.with_name(f"{target.name}{_OLD}")
        shutil.rmtree(old, ignore_errors=True)
        target.replace(old)
        try:
            partial.replace(target)
        except OSError:
            old.replace(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        partial.replace(target)
    sync_folder(target.parent)
