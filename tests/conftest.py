"""What tests of several packages share."""

import os
from pathlib import Path

import pytest

from consult_assist.models.get import get_model


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """A folder with Whisper base in it, joined from the installed halves the first time."""
    checkout = Path(__file__).parents[1]
    folder = Path(os.environ.get("CONSULT_ASSIST_MODELS_FOLDER", checkout / "models"))
    get_model("base", folder)
    return folder
