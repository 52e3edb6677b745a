"""How sure the words of a cue are: with examples they are held against them, without they stand alone."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.domain.guidance import Term
from consult_assist.domain.knowledge import DangerProtocol, Programme
from consult_assist.nlp.situations.matcher import (
    FoundSituation,
    SituationMatcher,
    Situations,
    read_situations,
)
from consult_assist.nlp.sudachi import SudachiAnalyzer

EVERYDAY = ("いい天気ですね", "番号札を取りました")
FAR_FROM_THE_CUE = ("いつも監視されて外に出してもらえません",)


class _SameForAll:
    """Finds all sentences alike, so that only their sound counts."""

    def encode(self, sentence: str) -> NDArray[np.float32]:
        return np.full(512, 512**-0.5, dtype=np.float32)

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.encode(sentence) for sentence in sentences])


def _confidence(text: str, examples: tuple[str, ...]) -> float:
    """Return how sure the one cue in a text is, with these examples of what it points to."""
    programme = Programme(
        id="p", name="制度", category="", summary="", names=(), cues=("灯油",), examples=examples
    )
    programmes = {"p": programme}
    protocols = {
        "d": DangerProtocol(
            id="d", title="危険", steps=(), contacts=(), cues=("殴られる",), examples=examples
        )
    }
    situations = read_situations(programmes.values(), protocols.values(), EVERYDAY, _SameForAll())
    analyzer = SudachiAnalyzer(programmes, protocols, (), situations=situations)
    found = analyzer.analyze("u1", 0, text)
    (term,) = (item for item in found if isinstance(item, Term) and item.name in {"灯油", "殴られる"})
    return term.confidence


@pytest.mark.parametrize("text", ["灯油が高くて困ります", "隣の人に殴られました"])
def test_words_without_any_example_to_compare_with_are_as_sure_as_they_are(text: str) -> None:
    assert _confidence(text, ()) == 1
    assert _confidence(text, FAR_FROM_THE_CUE) < 1


class _AsSureAs:
    """Stands for a matcher that takes everything to be about one programme, this surely."""

    def __init__(self, confidence: float) -> None:
        self._confidence = confidence

    def find(self, text: str) -> list[FoundSituation]:
        return [FoundSituation("p", "灯油が買えません", self._confidence)] if text else []

    def has_examples(self, subject: str) -> bool:
        return bool(subject)

    def is_opposed(self, text: str) -> bool:
        return not text


@pytest.mark.parametrize(("alike", "sure"), [(0.3, 1.0), (0.2, 0.25)])
def test_the_words_of_a_cue_stand_where_the_sentence_is_enough_like_the_examples(
    alike: float, sure: float
) -> None:
    programme = Programme(id="p", name="制度", category="", summary="", names=(), cues=("灯油",))
    programmes = cast(SituationMatcher, _AsSureAs(alike))
    protocols = read_situations((), (), EVERYDAY, _SameForAll()).protocols
    analyzer = SudachiAnalyzer({"p": programme}, {}, (), situations=Situations(programmes, protocols))
    found = analyzer.analyze("u1", 0, "灯油が高くて困ります")
    assert [item.confidence for item in found if isinstance(item, Term) and item.name == "灯油"] == [sure]
