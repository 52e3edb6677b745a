"""Fetching a model because the user asked for it: the one module that may open a connection."""

import os
from collections.abc import Callable
from pathlib import Path

from consult_assist.disk import is_full
from consult_assist.errors import ModelError
from consult_assist.models.catalogue import PinnedModel
from consult_assist.models.files import ProgressListener, ignore_progress
from consult_assist.models.install import install_model

Fetcher = Callable[[PinnedModel, Path], None]
"""Brings the files of a model into a folder."""


def fetch_from_hub(model: PinnedModel, folder: Path) -> None:
    """Fetch the pinned revision of the files that are needed, and nothing else."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only here, only now

    snapshot_download(
        model.repository,
        revision=model.revision,
        allow_patterns=list(model.files),
        local_dir=folder,
        token=False,
    )


def download_model(
    model: PinnedModel,
    target: Path,
    on_progress: ProgressListener = ignore_progress,
    fetch: Fetcher = fetch_from_hub,
) -> Path:
    """Fetch a model into `target`, check every byte against the pinned digests and return the folder.

    A broken connection leaves what has arrived, so that the next try goes on from there.

    Raises:
        ModelError: no connection, no room on the disk, or other bytes than the pinned ones.
    """

    def fill(partial: Path) -> None:
        try:
            fetch(model, partial)
        except Exception as error:
            # The network libraries below raise many kinds; whichever it is, the user needs the same sentence.
            if isinstance(error, OSError) and is_full(error):
                raise
            raise _no_connection(model) from error
        if any(not (partial / name).is_file() for name in model.files):
            # Without a network the library is content with what is already in the folder.
            raise _no_connection(model)

    return install_model(model, target, fill, on_progress)


def _no_connection(model: PinnedModel) -> ModelError:
    return ModelError(
        f"音声認識モデル {model.name} を取り寄せられませんでしたので、"
        f"インターネットにつながるパソコンで「consult-assist models get {model.name}」を実行し、"
        "できたフォルダーを models フォルダーへ写してください。"
    )
