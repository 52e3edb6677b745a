"""How likely a consultation concerns a programme."""

from dataclasses import replace

from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.mentions import Mention, MentionHistory
from consult_assist.guidance.relevance import MIN_PROBABILITY, RelevanceModel

N_CHARS = 100
ALIKE = Term(
    utterance_id="u1", revision=0, start_char=0, end_char=20, name="例", how=Match.CUE, confidence=0.5
)
CUED = replace(ALIKE, name="家賃 払えない", confidence=1.0)
NAMED = replace(ALIKE, name="制度", how=Match.EXACT, confidence=1.0)


def _programme(programme: str, *related: str) -> Programme:
    return Programme(id=programme, name="", category="", summary="", names=(), related=related)


def _mentions(*terms: Term, by_clerk: bool = False) -> MentionHistory:
    mentions = MentionHistory()
    for term in terms:
        mentions.add(Mention(term, "", by_clerk=by_clerk), 0.0)
    return mentions


def _chance_of_b(**all_mentions: MentionHistory) -> float:
    programmes = (_programme("a", "b", "c", "d"), _programme("b"), _programme("c"), _programme("d", "b", "c"))
    model = RelevanceModel({programme.id: programme for programme in programmes})
    return model.probabilities(["b"], all_mentions, facts={}, n_chars=N_CHARS, now_s=0.0)["b"]


def test_the_words_of_a_cue_are_enough_and_one_likeness_is_not() -> None:
    assert _chance_of_b(b=_mentions(CUED)) >= MIN_PROBABILITY
    assert _chance_of_b(b=_mentions(ALIKE)) < MIN_PROBABILITY


def test_likenesses_add_up_also_those_of_related_programmes() -> None:
    once, twice = _chance_of_b(b=_mentions(ALIKE)), _chance_of_b(b=_mentions(ALIKE, ALIKE))
    beside = _chance_of_b(b=_mentions(ALIKE), a=_mentions(ALIKE))
    assert once < beside < twice


def test_two_named_ones_bring_what_both_list_first_and_what_is_only_told_does_so_less() -> None:
    named, told = _mentions(NAMED, by_clerk=True), _mentions(CUED)
    assert _chance_of_b(a=named, d=named) >= MIN_PROBABILITY
    assert _chance_of_b(a=named) < MIN_PROBABILITY
    assert _chance_of_b(a=told, d=told) < MIN_PROBABILITY
    assert _chance_of_b(a=named) > _chance_of_b(a=told) > _chance_of_b()


def test_a_related_programme_that_no_knowledge_holds_counts_for_nothing() -> None:
    model = RelevanceModel({"a": _programme("a", "gone")})
    assert model.probabilities(["a"], {}, facts={}, n_chars=N_CHARS, now_s=0.0)["a"] < MIN_PROBABILITY


def test_a_programme_counts_more_for_those_that_it_lists_than_they_do_for_it() -> None:
    programmes = {"a": _programme("a", "x", "y", "b"), "b": _programme("b")}

    def probability(of: str, beside: str) -> float:
        return RelevanceModel(programmes).probabilities(
            [of], {beside: _mentions(CUED)}, facts={}, n_chars=N_CHARS, now_s=0.0
        )[of]

    unrelated = RelevanceModel(programmes).probabilities(["b"], {}, facts={}, n_chars=N_CHARS, now_s=0.0)["b"]
    assert probability(of="b", beside="a") > probability(of="a", beside="b") > unrelated
