"""Which dangers words raise: sure signs alone, doubtful ones in company."""

from consult_assist.domain.guidance import Match, Term
from consult_assist.guidance.dangers import raised


def _sign(protocol: str | None, confidence: float = 1.0) -> Term:
    return Term(
        utterance_id="u1",
        revision=0,
        start_char=0,
        end_char=3,
        name="怖い",
        protocol=protocol,
        how=Match.CUE,
        confidence=confidence,
    )


def test_a_sure_sign_raises_its_protocol_alone() -> None:
    assert raised([_sign("dv"), _sign(None), _sign("suicide"), _sign("dv")]) == ("dv", "suicide")


def test_a_doubtful_sign_raises_nothing_alone() -> None:
    assert raised([_sign("dv", 0.25), _sign("dv", 0.25)]) == ()


def test_a_doubtful_sign_counts_beside_an_earlier_one_of_the_same_danger() -> None:
    assert raised([_sign("dv", 0.25)], before=[_sign("dv", 0.25)]) == ("dv",)
    assert raised([_sign("dv", 0.25)], before=[_sign("suicide")]) == ()
