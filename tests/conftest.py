"""What tests of several packages share."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from consult_assist.app.settings import Settings
from consult_assist.app.wiring.recognition import load_on_device
from consult_assist.asr.base import Recognizer
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.models.get import get_model
from consult_assist.resources import shipped_folder

if TYPE_CHECKING:
    from consult_assist.nlp.ginza import GinzaModel

# No test measures time, and a busy machine must not fail one that draws its input.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays to the end: all tests and what they import."""
    gc.collect()
    gc.freeze()


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
def shipped_knowledge() -> KnowledgeBase:
    """The knowledge without anything of an office's own: read once, for nothing changes it."""
    return load_knowledge(shipped_folder("knowledge"))


@pytest.fixture(scope="session")
def ginza() -> "GinzaModel":
    """The language model, loaded once: it keeps nothing of what it reads."""
    from consult_assist.nlp.ginza import GinzaModel  # noqa: PLC0415 - unit tests need not wait for spaCy

    return GinzaModel()


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
