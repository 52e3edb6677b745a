"""Typed talk through the real GiNZA and the advisor: what a clerk would see."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult_assist.domain.guidance import (
    Alert,
    Fact,
    LedgerEntry,
    LedgerState,
    Match,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase, Name, Programme
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.guidance.advisor import Advice, Advisor
from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache
from consult_assist.nlp.ginza import GinzaModel
from consult_assist.nlp.sudachi import SudachiAnalyzer
from tests.nothing_known import NOTHING_KNOWN


def _programme(programme_id: str, name: str, *cues: str) -> Programme:
    return Programme(id=programme_id, name=name, category="", summary="", names=(Name(text=name),), cues=cues)


KNOWLEDGE = replace(
    NOTHING_KNOWN,
    programmes={
        programme.id: programme
        for programme in (
            _programme("juukyo-kakuho", "住居確保給付金", "家賃|部屋代 払えない|滞納"),
            _programme("jidou-fuyou-teate", "児童扶養手当", "ひとり親|母子家庭 お金 ない"),
            _programme("shuugaku-enjo", "就学援助", "給食費|学用品 払えない|足りない"),
        )
    },
    protocols={
        "dv": DangerProtocol(id="dv", title="DV", steps=("安全",), contacts=(), cues=("夫|旦那 殴られる",))
    },
    vocabulary=(Name(text="滞納"), Name(text="家賃")),
)


def _analyzer(knowledge: KnowledgeBase, model: GinzaModel, kept: ArrayCache = NO_CACHE) -> SudachiAnalyzer:
    return SudachiAnalyzer(
        knowledge.programmes,
        knowledge.protocols,
        knowledge.vocabulary,
        knowledge.words,
        kept=kept,
        context=model.context,
        entities=model,
    )


@pytest.fixture(scope="module")
def analyzer(ginza: GinzaModel) -> SudachiAnalyzer:
    return _analyzer(KNOWLEDGE, ginza)


class _Counter:
    """A counter at which lines are spoken one after the other."""

    def __init__(self, analyzer: SudachiAnalyzer, knowledge: KnowledgeBase) -> None:
        self._analyzer, self._advisor = analyzer, Advisor(knowledge)
        self._numbers = count(1)
        self._transcript = Transcript()
        self.found: list[Revision | Term | Fact] = []

    def say(self, text: str, speaker: Speaker | None = None) -> tuple[Advice, ...]:
        number = next(self._numbers)
        utterance = Utterance(
            id=f"u{number:04d}",
            channel=0,
            speaker=speaker,
            start_s=number * 5.0,
            end_s=number * 5.0 + 4,
            heard=text,
            text=text,
        )
        self._transcript.apply(utterance)
        self.found = list(self._analyzer.analyze(utterance.id, 0, text))
        for event in self.found:
            self._transcript.apply(event)
        line = self._transcript.get(utterance.id)
        assert line is not None
        return self._advisor.advise(line, [item for item in self.found if not isinstance(item, Revision)])


def test_a_consultation_is_understood(analyzer: SudachiAnalyzer) -> None:
    counter = _Counter(analyzer, KNOWLEDGE)
    assert counter.say("家賃の滞納はありませんか", Speaker.CLERK) == ()
    advice = counter.say("家賃をたいのうしていて、もう三か月になるんです", Speaker.RESIDENT)
    (change,) = (item for item in advice if isinstance(item, SuggestionsChanged))
    assert change.shown == ("juukyo-kakuho",)
    assert "滞納" in change.why[0].reason
    advice = counter.say("充許確保給付金という制度があります", Speaker.CLERK)
    assert (
        LedgerEntry(programme="juukyo-kakuho", state=LedgerState.TOLD, utterance_id="u0003", by="program")
        in advice
    )
    advice = counter.say("実は旦那に殴られているんです", Speaker.RESIDENT)
    assert Alert(protocol="dv", utterance_id="u0004") in advice


def test_who_speaks_and_when_they_were_born(analyzer: SudachiAnalyzer) -> None:
    found = analyzer.analyze("u0001", 0, "佐藤花子と申します。生年月日は平成元年3月5日です")
    assert [(item.name, item.value) for item in found if isinstance(item, Fact)] == [
        ("name", "佐藤花子"),
        ("birth_date", "1989-03-05"),
    ]


def test_a_personal_number_is_covered_before_anything_else(analyzer: SudachiAnalyzer) -> None:
    found = analyzer.analyze("u0001", 0, "番号は 1234 5678 9012 で、家賃は5万円です")
    assert isinstance(found[0], Revision)
    assert "1234" not in found[0].text
    assert [item.value for item in found[1:] if isinstance(item, Fact)] == [50_000]


@settings(max_examples=40)
@given(
    st.text(max_size=60)
    | st.text(alphabet="児童自動扶養手当家賃が払えないたいのう、。？1234万円か月歳です㈱ｶﾞ𠮷", max_size=60),
    st.sampled_from(["", "家賃は", "家賃はいくらですか。"]),
)
def test_any_text_is_survived_and_spans_lie_within_it(
    analyzer: SudachiAnalyzer, text: str, before: str
) -> None:
    found = analyzer.analyze("u0001", 0, text, before=before)
    latest = found[0].text if found and isinstance(found[0], Revision) else text
    for item in found:
        if not isinstance(item, Revision):
            assert 0 <= item.start_char < item.end_char <= len(latest)


@pytest.fixture(scope="module")
def shipped(shipped_knowledge: KnowledgeBase, ginza: GinzaModel, kept: ArrayCache) -> SudachiAnalyzer:
    return _analyzer(shipped_knowledge, ginza, kept)


def test_the_shipped_knowledge_hears_through_errors(shipped: SudachiAnalyzer) -> None:
    terms = {
        (term.programme, term.how)
        for text in (
            "集学援助のことで",
            "自動扶養手当はもらえますか",
            "充許確保給付金の申請",
            "中学演女を受けたい",
        )
        for term in shipped.analyze("u0001", 0, text)
        if isinstance(term, Term) and term.how is not Match.CUE
    }
    assert terms == {
        ("shuugaku-enjo", Match.READING),
        ("jidou-fuyou-teate", Match.READING),
        ("juukyo-kakuho", Match.READING),
        ("shuugaku-enjo", Match.SOUND),
    }


@pytest.mark.parametrize(
    "said",
    [
        "息子は浩二と言います",
        "担当の井上さんはいますか",
        "夫の健が亡くなりました",
        "岡山から引っ越してきました",
        "岐阜に住んでいます",
        "三重県の津市から来ました",
        "帯状疱疹と診断されました",
        "母が子宮がんで入院しています",
        "母が膀胱炎で入院しています",
        "パワハラで辞めました",
        "体の機能が落ちてきました",
        "予約の機能が使えません",
    ],
)
def test_what_people_may_well_have_said_stays_as_it_was_heard(shipped: SudachiAnalyzer, said: str) -> None:
    assert not [hit for hit in shipped.analyze("u0001", 0, said) if isinstance(hit, Revision)]
