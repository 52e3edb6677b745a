"""The ledger fills itself: what the clerk explains though its name is misheard, and what is refused."""

from dataclasses import replace

import pytest

from consult_assist.domain.guidance import Fact, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.knowledge import Amount, KnowledgeBase, Name, Programme
from consult_assist.domain.speech import Speaker, SpeakerAssigned
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.advisor import Advice, Advisor
from consult_assist.guidance.explanations import refuses
from tests.nothing_known import NOTHING_KNOWN

_FACTS = {
    "loan": ("緊急小口資金", "10万円以内の貸付。審査と返済がある", "10万円以内", "収入の証明"),
    "rent": ("住居確保給付金", "離職者の家賃を家主に払う", "家賃の実費。上限がある", "離職票"),
    "meals": ("食料支援", "食べ物をその日に渡す", "無料", "本人確認書類"),
    "care": ("介護保険", "要介護認定を受けて使う", "利用料の1割", "介護保険証"),
}


@pytest.fixture
def knowledge() -> KnowledgeBase:
    programmes = {
        item: Programme(
            id=item,
            name=name,
            category="",
            summary=summary,
            names=(Name(text=name),),
            amounts=(Amount(text=amount, as_of="2026-04", level="公的"),),
            documents=(paper,),
        )
        for item, (name, summary, amount, paper) in _FACTS.items()
    }
    return replace(NOTHING_KNOWN, programmes=programmes)


def _line(number: int, text: str, speaker: Speaker | None) -> TranscriptLine:
    return TranscriptLine(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=number * 5.0,
        end_s=number * 5.0 + 4,
        heard=text,
        text=text,
    )


def _term(number: int, programme: str, how: Match = Match.CUE) -> Term:
    return Term(
        utterance_id=f"u{number}",
        revision=0,
        start_char=0,
        end_char=2,
        name=programme,
        programme=programme,
        how=how,
    )


def _states(*batches: tuple[Advice, ...]) -> dict[str, LedgerState]:
    return {
        item.programme: item.state for batch in batches for item in batch if isinstance(item, LedgerEntry)
    }


def _say(
    advisor: Advisor, number: int, text: str, speaker: Speaker | None, *found: Term | Fact
) -> tuple[Advice, ...]:
    return advisor.advise(_line(number, text, speaker), found)


def _resident_in_need(advisor: Advisor) -> None:
    _say(advisor, 1, "お金が無い", Speaker.RESIDENT, _term(1, "loan"), _term(1, "rent"))


MISHEARD = "緊急告知識の方は10万円以内の貸付で、審査と返済があります"


def test_an_explanation_counts_although_the_name_was_misheard(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _resident_in_need(advisor)
    assert _states(_say(advisor, 2, MISHEARD, Speaker.CLERK)) == {"loan": LedgerState.TOLD}


def test_neither_the_resident_nor_a_question_explains(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _resident_in_need(advisor)
    assert not _states(_say(advisor, 2, MISHEARD, Speaker.RESIDENT))
    assert not _states(_say(advisor, 3, MISHEARD + "か", Speaker.CLERK))


def test_what_the_consultation_did_not_touch_is_not_explained_by_chance(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    assert not _states(_say(advisor, 2, MISHEARD, Speaker.CLERK))


def test_a_line_that_names_another_programme_explains_that_one(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _resident_in_need(advisor)
    named = _term(2, "rent", Match.EXACT)
    assert _states(_say(advisor, 2, MISHEARD, Speaker.CLERK, named)) == {"rent": LedgerState.TOLD}


def test_an_explanation_is_taken_back_when_the_resident_said_it(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _resident_in_need(advisor)
    _say(advisor, 2, MISHEARD, Speaker.CLERK)
    flipped = SpeakerAssigned(utterance_id="u2", speaker=Speaker.RESIDENT, by="clerk")
    assert _states(advisor.note(flipped)) == {"loan": LedgerState.UNTOLD}


def test_an_explanation_survives_a_restart(knowledge: KnowledgeBase) -> None:
    resident = _line(1, "お金が無い", Speaker.RESIDENT)
    told = LedgerEntry(programme="loan", state=LedgerState.TOLD, utterance_id="u2", by="program")
    advisor = Advisor(knowledge)
    advisor.restore([resident, _line(2, MISHEARD, Speaker.CLERK)], {"u1": [_term(1, "loan")]}, [told])
    assert not _states(_say(advisor, 3, "はい", Speaker.RESIDENT))


def test_a_refusal_has_to_be_checked(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _say(advisor, 1, "家賃のお金はもらえますか", Speaker.RESIDENT, _term(1, "rent"))
    refused = _say(advisor, 2, "それは対象になりません", Speaker.CLERK)
    named_later = _say(advisor, 3, "住居確保給付金はまた", Speaker.CLERK, _term(3, "rent", Match.EXACT))
    assert _states(refused, named_later) == {"rent": LedgerState.CHECK}


def test_a_refusal_that_may_mean_several_programmes_means_none(knowledge: KnowledgeBase) -> None:
    advisor = Advisor(knowledge)
    _resident_in_need(advisor)
    assert not _states(_say(advisor, 2, "それは対象になりません", Speaker.CLERK))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("残念ですが、対象にはなりません", True),
        ("この手当の対象外です", True),
        ("所得が多い場合は、対象になりません", False),
        ("二十歳を過ぎると対象外になります", False),
        ("手帳がない方は対象になりません", False),
        ("所得が多い場合は、対象になりません。ですので対象外です", True),
        ("対象になります", False),
    ],
)
def test_a_condition_is_no_refusal(text: str, refused: bool) -> None:
    assert refuses(text) is refused
