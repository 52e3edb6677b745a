"""Scores and reasons."""

from dataclasses import replace

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import KnowledgeBase, Programme
from consult_assist.guidance.one_sentence import rank_programmes
from tests.nothing_known import NOTHING_KNOWN

TEXT = "家賃がもう払えないんです。生活保護は受けられますか"


def _knowledge(*ids: str) -> KnowledgeBase:
    programmes = {item: Programme(id=item, name=item, category="", summary="", names=()) for item in ids}
    return replace(NOTHING_KNOWN, programmes=programmes)


def _term(programme: str, how: Match, words: str, name: str = "名前") -> Term:
    start = TEXT.index(words)
    return Term(
        utterance_id="u0001",
        revision=0,
        start_char=start,
        end_char=start + len(words),
        name=name,
        programme=programme,
        how=how,
    )


def test_a_name_stands_over_several_cues_over_one() -> None:
    knowledge = _knowledge("exact", "reading", "sound", "cues", "cue")
    terms = [
        _term("cue", Match.CUE, "家賃", name="家賃"),
        *(_term("cues", Match.CUE, "払えない", name=f"家賃 払えない {n}") for n in range(9)),
        _term("sound", Match.SOUND, "生活保護"),
        _term("reading", Match.READING, "生活保護"),
        _term("exact", Match.EXACT, "生活保護"),
    ]
    ranked = rank_programmes(terms, knowledge, TEXT)
    assert [item.programme for item in ranked] == ["exact", "reading", "sound", "cues", "cue"]
    assert ranked[0].how is Match.EXACT


def test_reasons_quote_what_was_said() -> None:
    knowledge = _knowledge("named", "told", "heard")
    terms = [
        _term("named", Match.EXACT, "生活保護"),
        _term("told", Match.CUE, "家賃がもう払えない", name="家賃 払えない"),
        _term("told", Match.CUE, "払えない", name="払えない"),
        _term("heard", Match.SOUND, "生活", name="生活福祉資金"),
    ]
    reasons = {item.programme: item.reason for item in rank_programmes(terms, knowledge, TEXT)}
    assert reasons == {
        "named": "『生活保護』と話された",
        "told": "『家賃がもう払えないんです』と話された（ほか 1 件）",
        "heard": "『生活』（生活福祉資金か）と話された",
    }


def test_a_doubtful_situation_that_is_quoted_is_none_of_the_others() -> None:
    doubtful = replace(_term("told", Match.CUE, "生活", name="生活が苦しい"), confidence=0.84)
    sure = [_term("told", Match.CUE, "払えない", name=name) for name in ("払えない", "家賃 払えない")]
    (ranked,) = rank_programmes([doubtful, *sure], _knowledge("told"), TEXT)
    assert ranked.reason == "『生活保護は受けられますか』と話された（ほか 2 件）"


def test_protocols_and_unknown_programmes_are_left_out() -> None:
    terms = [_term("gone", Match.EXACT, "生活保護")]
    assert rank_programmes(terms, _knowledge("other"), TEXT) == []
