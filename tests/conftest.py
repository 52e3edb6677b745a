"""What tests of several packages share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_assist.app.settings import Settings
from consult_assist.app.wiring.recognition import load_on_device
from consult_assist.asr.base import Recognizer
from consult_assist.models.get import get_model


@pytest.fixture(scope="session", autouse=True)
def _settings_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the settings and records of whoever runs the tests, also from programs that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CONSULT_ASSIST_")]:
            if name != "CONSULT_ASSIST_MODELS_FOLDER":
                patch.delenv(name)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """A folder with Whisper base in it, joined from the installed halves the first time."""
    checkout = Path(__file__).parents[1]
    folder = Path(os.environ.get("CONSULT_ASSIST_MODELS_FOLDER", checkout / "models"))
    get_model("base", folder)
    return folder


@pytest.fixture(scope="session")
def whisper(models_folder: Path) -> Recognizer:
    """The recogniser that the program uses, on the processor."""
    return load_on_device(Settings(models_folder=models_folder, device="cpu", compute_type="int8"))[0]
