"""The shipped knowledge and what reads Japanese with it: loaded once, for nothing changes them."""

import pytest

from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.array_cache import ArrayCache
from consult_assist.nlp.base import Analyzer
from consult_assist.resources import shipped_folder


@pytest.fixture(scope="session")
def shipped_knowledge() -> KnowledgeBase:
    """The knowledge without anything of an office's own."""
    return load_knowledge(shipped_folder("knowledge"))


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
