"""What every analyzer promises, the fake included."""

from collections.abc import Sequence

import pytest

from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.knowledge import DangerProtocol, Name, Programme
from consult_assist.domain.speech import Revision
from consult_assist.nlp.base import Analyzer
from consult_assist.nlp.ginza import GinzaModel
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.nlp.sudachi import SudachiAnalyzer

MISHEARD = "自動扶養手当の申請をしたいです。家賃は5万円です"
CORRECTED = "児童扶養手当の申請をしたいです。家賃は5万円です"
PROGRAMMES = {
    "jidou-fuyou-teate": Programme(
        id="jidou-fuyou-teate",
        name="児童扶養手当",
        category="",
        summary="",
        names=(Name(text="児童扶養手当"),),
    )
}
PROTOCOLS: dict[str, DangerProtocol] = {}


def _scripted() -> ScriptedAnalyzer:
    return ScriptedAnalyzer(
        {
            MISHEARD: (
                Revision(utterance_id="", revision=0, text=CORRECTED, by="terms"),
                Term(
                    utterance_id="",
                    revision=0,
                    start_char=0,
                    end_char=6,
                    name="児童扶養手当",
                    programme="jidou-fuyou-teate",
                    how=Match.READING,
                ),
                Fact(
                    name="rent_monthly",
                    value=50_000,
                    utterance_id="",
                    revision=0,
                    start_char=19,
                    end_char=22,
                ),
            )
        }
    )


@pytest.fixture(scope="module", params=["sudachi", "ginza", "scripted"])
def analyzer(request: pytest.FixtureRequest) -> Analyzer:
    match request.param:
        case "sudachi":
            return SudachiAnalyzer(PROGRAMMES, PROTOCOLS, ())
        case "ginza":
            model: GinzaModel = request.getfixturevalue("ginza")
            return SudachiAnalyzer(PROGRAMMES, PROTOCOLS, (), context=model.context, entities=model)
        case _:
            return _scripted()


def _texts(found: Sequence[Revision | Term | Fact], text: str) -> str:
    revised = [item.text for item in found if isinstance(item, Revision)]
    return revised[-1] if revised else text


def test_a_correction_comes_first_and_the_rest_indexes_it(analyzer: Analyzer) -> None:
    found = analyzer.analyze("u0007", 2, MISHEARD)
    first, *rest = found
    assert isinstance(first, Revision)
    assert (first.utterance_id, first.revision, first.text, first.by) == ("u0007", 3, CORRECTED, "terms")
    spans = [(item.start_char, item.end_char) for item in rest if not isinstance(item, Revision)]
    assert spans == [(0, 6), (19, 22)]
    assert {item.revision for item in rest} == {3}
    assert {item.utterance_id for item in rest} == {"u0007"}
    assert [_texts(found, MISHEARD)[start:end] for start, end in spans] == ["児童扶養手当", "5万円"]


def test_nothing_is_found_in_nothing(analyzer: Analyzer) -> None:
    assert list(analyzer.analyze("u0001", 0, "")) == []


def test_the_same_text_gives_the_same_findings(analyzer: Analyzer) -> None:
    assert analyzer.analyze("u0001", 0, MISHEARD) == analyzer.analyze("u0001", 0, MISHEARD)


def test_half_a_character_stops_nothing(analyzer: Analyzer) -> None:
    found = analyzer.analyze("u0001", 0, f"\udcff{MISHEARD}", before="\ud83d", asked="\ud83d")
    assert all(isinstance(item, Revision | Term | Fact) for item in found)
