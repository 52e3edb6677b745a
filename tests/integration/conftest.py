"""What reads Japanese with the shipped knowledge, loaded once, and an office of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.knowledge import loader
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.array_cache import ArrayCache
from consult_assist.nlp.base import Analyzer
from consult_assist.resources import shipped_folder

SHIPPED = shipped_folder("knowledge")


@pytest.fixture(scope="package", autouse=True)
def _shipped_knowledge_is_read_once(shipped_knowledge: KnowledgeBase) -> Iterator[None]:
    """Spare each workplace the third of a second that reading it takes; what an office adds is read."""

    def load(shipped: Path, office: Path | None = None) -> KnowledgeBase:
        own = office is not None and office.exists()
        return load_knowledge(shipped, office) if own or shipped != SHIPPED else shipped_knowledge

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "load_knowledge", load)
        yield


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """An office with the shipped knowledge and no record yet."""
    place = build_workplace(Settings(data_folder=tmp_path))
    yield place
    place.store.close()


@pytest.fixture(scope="session")
def kept(shipped_knowledge: KnowledgeBase) -> ArrayCache:
    """What was worked out from the shipped knowledge before, also by programs that tests start."""
    return ArrayCache(Settings().cache_folder, shipped_knowledge.digest)


@pytest.fixture(scope="session")
def shipped_analyzer(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    """The analyzer that the program uses; the first after a change of knowledge or code takes long."""
    desk = build_workplace(Settings(data_folder=tmp_path_factory.mktemp("nlp")))
    desk.store.close()
    return desk.load_analyzer()
