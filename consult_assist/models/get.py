"""What `models get NAME` does."""

from pathlib import Path

from consult_assist.errors import ModelError
from consult_assist.models.assemble import halves_folders, join_halves
from consult_assist.models.catalogue import CATALOGUE
from consult_assist.models.download import Fetcher, download_model, fetch_from_hub
from consult_assist.models.files import ProgressListener, ignore_progress
from consult_assist.models.find import find_model


def get_model(
    name: str,
    models_folder: Path,
    on_progress: ProgressListener = ignore_progress,
    fetch: Fetcher = fetch_from_hub,
) -> Path:
    """Make a model of the catalogue usable and return its folder; a whole one is left as it is.

    What came with the program is joined; only what did not is fetched.

    Raises:
        ModelError: the name is unknown, or the model could not be made ready.
    """
    model = CATALOGUE.get(name)
    if model is None:
        raise ModelError(
            f"音声認識モデル「{name}」は知りませんので、{'、'.join(CATALOGUE)} から選んでください。"
        )
    try:
        return find_model(name, models_folder)
    except ModelError:
        target = models_folder / name
        if folders := halves_folders(model):
            return join_halves(model, folders, target, on_progress)
        return download_model(model, target, on_progress, fetch)
