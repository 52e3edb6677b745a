"""The language model as it is loaded here against the one spaCy loads: the same, in less memory."""

import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.strings import get_string_id
from spacy.vectors import Vectors  # type: ignore[import-not-found]

from consult_assist.domain.guidance import Fact
from consult_assist.nlp.ginza import GinzaModel
from consult_assist.nlp.repair.word_vectors import open_vectors
from consult_assist.nlp.sudachi import SudachiAnalyzer

WORDS = ["家賃", "児童", "母親", "払う", "、", "この語は語彙に無い"]


@pytest.fixture(scope="module")
def analyzer(ginza: GinzaModel) -> SudachiAnalyzer:
    return SudachiAnalyzer({}, {}, (), context=ginza.context, entities=ginza)


def test_mapped_vectors_are_spacys_vectors() -> None:
    folder = Path(spacy.util.get_package_path("ja_ginza")) / "ja_ginza-5.3.0" / "vocab"
    theirs = Vectors().from_disk(folder, exclude=["strings"])
    keys = [get_string_id(word) for word in WORDS]
    rows = theirs.find(keys=keys)
    assert (rows >= 0).any()
    assert (rows < 0).any()
    expected = theirs.data[rows]
    expected[rows < 0] = 0
    np.testing.assert_array_equal(open_vectors(folder).get_batch(keys), expected)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_dictionary_is_mapped_once_for_rules_and_model(analyzer: SudachiAnalyzer) -> None:
    for one in (analyzer, SudachiAnalyzer({}, {}, (), entities=GinzaModel())):
        assert one.analyze("u0001", 0, "田中花子と申します")
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    assert sum("system.dic" in line for line in maps.splitlines()) == 1


@pytest.mark.parametrize(
    ("asked", "said", "names"),
    [
        ("お名前とお年を。", "大野健二。68です", ["大野健二"]),
        ("お名前を。", "ええと、大野、大野健二です", ["大野健二"]),
        ("お名前を。", "大野健二、昭和33年", ["大野健二"]),
        ("お子さんのお名前を。", "大野健二、12です", []),
        ("どなたからの紹介ですか。", "大野健二、68の人です", []),
    ],
)
def test_a_name_that_was_asked_for_needs_no_predicate(
    analyzer: SudachiAnalyzer, asked: str, said: str, names: list[str]
) -> None:
    found = analyzer.analyze("u0001", 0, said, asked=asked)
    assert [fact.value for fact in found if isinstance(fact, Fact) and fact.name == "name"] == names


def test_no_word_that_anybody_said_stays_in_the_model(ginza: GinzaModel, analyzer: SudachiAnalyzer) -> None:
    """An erased name would be in memory until the program ends, and every new word takes room for good."""
    known = set(ginza._model.vocab.strings)
    found = analyzer.analyze("u0001", 0, "佐々木花子と申します")
    assert [fact.value for fact in found if isinstance(fact, Fact)] == ["佐々木花子"]
    assert set(ginza._model.vocab.strings) == known
