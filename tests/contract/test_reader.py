"""Every reader of the knowledge: the dictionary's, and the one that tests script."""

import pytest

from consult_assist.domain.knowledge import CueWords
from consult_assist.knowledge.base import Reader
from consult_assist.nlp.reader import SudachiReader
from tests.unit.knowledge.test_linter import ScriptedReader


@pytest.fixture(params=["sudachi", "scripted"])
def reader(request: pytest.FixtureRequest) -> Reader:
    return SudachiReader(CueWords()) if request.param == "sudachi" else ScriptedReader()


def test_names_are_read_in_katakana(reader: Reader) -> None:
    assert reader.reading("母子寮") == "ボシリョウ"
    assert reader.reading("鱻券") is None


def test_only_cues_that_contradict_themselves_are_idle(reader: Reader) -> None:
    cues = ["家賃 高い", "家賃|部屋代 払えない", "家賃 !家賃"]
    assert list(reader.idle_cues(cues)) == ["家賃 !家賃"]
