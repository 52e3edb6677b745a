"""Finding a model on this machine; nothing here writes weights or opens a connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from consult_assist.errors import ModelError
from consult_assist.models.catalogue import CATALOGUE, WEIGHTS_FILE, KnownFile, PinnedModel
from consult_assist.models.files import (
    ProgressListener,
    check_contents,
    ignore_progress,
    required_files,
)
from consult_assist.models.stamp import read_stamp, write_stamp
from consult_assist.models.weights import UnfitFilesError

UNFINISHED_SUFFIXES = (".partial", ".old")
"""Endings of folders that an interrupted `models get` leaves behind."""


class ModelState(StrEnum):
    """How a model stands on this machine."""

    READY = "ready"
    """Present, and its files were read whole and found right."""
    UNCHECKED = "unchecked"
    """Present with the right sizes; its digests are checked at first use."""
    OUTDATED = "outdated"
    """Whole, but not what today's catalogue says: an earlier version of the program put it there."""
    BROKEN = "broken"
    """Something is missing or has another size."""
    MISSING = "missing"
    """Not on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStatus:
    """One line of `models list`; `size_bytes` is that of the weights."""

    name: str
    state: ModelState
    size_bytes: int


def find_model(name_or_folder: str, models_folder: Path) -> Path:
    """Return the folder of a model that is whole.

    The first time, and after any change to the files, every byte is read and compared; afterwards a note
    beside the weights makes this instant.

    Args:
        name_or_folder: a name in the catalogue, the name of a folder inside `models_folder`, or any folder.
        models_folder: where models are kept.

    Raises:
        ModelError: nothing is there, or it is not whole.
    """
    folder, model = _locate(name_or_folder, models_folder)
    _digests(folder, model, name_or_folder)
    return folder


def is_finetuned(name_or_folder: str, models_folder: Path) -> bool:
    """Return whether a model is one of the catalogue's that have learned the talk at the counter.

    Raises:
        ModelError: nothing is there.
    """
    _, model = _locate(name_or_folder, models_folder)
    return model is not None and model.finetuning is not None


def verify_model(
    name_or_folder: str, models_folder: Path, on_progress: ProgressListener = ignore_progress
) -> Path:
    """Read every byte of a model again, whatever was noted before, and return its folder.

    Raises:
        ModelError: nothing is there, or it is not whole.
    """
    folder, model = _locate(name_or_folder, models_folder)
    _digests(folder, model, name_or_folder, trust_note=False, on_progress=on_progress)
    return folder


def model_digest(name_or_folder: str, models_folder: Path) -> str:
    """Return the SHA-256 of the weights, which a consultation keeps to say what it was heard with.

    Raises:
        ModelError: nothing is there, or it is not whole.
    """
    folder, model = _locate(name_or_folder, models_folder)
    return _digests(folder, model, name_or_folder)[WEIGHTS_FILE]


def list_models(models_folder: Path) -> Sequence[ModelStatus]:
    """Return every model of the catalogue, then the office's own folders, without reading weights."""
    names = list(CATALOGUE)
    if models_folder.is_dir():
        names += sorted(
            folder.name
            for folder in models_folder.iterdir()
            if folder.name not in CATALOGUE
            and folder.suffix not in UNFINISHED_SUFFIXES
            and (folder / WEIGHTS_FILE).is_file()
        )
    return [_status(name, models_folder / name) for name in names]


def own_folder_status(name_or_folder: str, models_folder: Path) -> Sequence[ModelStatus]:
    """Return the status of a model folder that lies elsewhere; nothing where the name is no such folder."""
    places = (models_folder / name_or_folder, Path(name_or_folder).expanduser())
    folder = next((place for place in places if place.is_dir()), None)
    if name_or_folder in CATALOGUE or folder is None or folder.parent == models_folder:
        return []
    return [_status(name_or_folder, folder)]


def _status(name: str, folder: Path) -> ModelStatus:
    model = CATALOGUE.get(name)
    state = _state(folder, model.installed_files if model else None)
    weights = folder / WEIGHTS_FILE
    on_disk = weights.stat().st_size if weights.is_file() else 0
    size = model.weights_bytes if model else on_disk
    return ModelStatus(name=name, state=state, size_bytes=size)


def _locate(name: str, models_folder: Path) -> tuple[Path, PinnedModel | None]:
    model = CATALOGUE.get(name)
    for folder in (models_folder / name, Path(name).expanduser()):
        if folder.is_dir() and (model is None or folder == models_folder / name):
            return folder, model
    if model is not None:
        raise ModelError(
            f"音声認識モデル {name} がありませんので、"
            f"「consult-assist models get {name}」を実行してください。"
        )
    raise ModelError(
        f"音声認識モデル「{name}」がありませんので、"
        "「consult-assist models list」で名前を確かめるか、フォルダーの場所を確かめてください。"
    )


def _digests(
    folder: Path,
    model: PinnedModel | None,
    name: str,
    *,
    trust_note: bool = True,
    on_progress: ProgressListener = ignore_progress,
) -> dict[str, str]:
    known = model.installed_files if model else None
    try:
        files = required_files(folder, known)
        if trust_note and (noted := read_stamp(files)) and _is_todays(noted, known):
            return noted
        digests = check_contents(files, known, on_progress)
    except UnfitFilesError as error:
        if model is not None:
            raise ModelError(
                f"音声認識モデル {name} が欠けているか、壊れているか、前の版のものですので、"
                f"「consult-assist models get {name}」を実行してください。"
            ) from error
        raise ModelError(
            f"フォルダー「{folder.name}」の音声認識モデルが欠けているか壊れていますので、"
            "コピーし直すか、「consult-assist models get base」で標準のモデルを用意してください。"
        ) from error
    except OSError as error:
        raise ModelError(
            f"音声認識モデル {name} のファイルを読めませんので、"
            "フォルダーを開く権限があるか、ディスクがつながっているかを確かめてください。"
        ) from error
    write_stamp(files, digests)
    return digests


def _state(folder: Path, known: Mapping[str, KnownFile] | None) -> ModelState:
    try:
        noted = read_stamp(required_files(folder, known))
    except UnfitFilesError:
        return ModelState.BROKEN if folder.is_dir() else ModelState.MISSING
    if noted is None:
        return ModelState.UNCHECKED
    return ModelState.READY if _is_todays(noted, known) else ModelState.OUTDATED


def _is_todays(noted: Mapping[str, str], known: Mapping[str, KnownFile] | None) -> bool:
    """Return whether the digests noted beside a model are still those of the catalogue."""
    return all(file.sha256 in {None, noted[name]} for name, file in (known or {}).items())
