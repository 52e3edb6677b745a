"""Names that are said only to be denied."""

import pytest

from consult_assist.domain.guidance import Match, Term
from consult_assist.guidance.negation import is_denied

NAME = "生活保護"


def _term(how: Match) -> Term:
    return Term(
        utterance_id="u1",
        revision=0,
        start_char=0,
        end_char=len(NAME),
        name=NAME,
        programme="seikatsu-hogo",
        how=how,
    )


@pytest.mark.parametrize(
    "behind",
    [
        "ではないですよ",
        "じゃないんですけど",
        "ではなくて、別のお金のほうです",
        "とかじゃないです",
        "ではありません",
    ],
)
def test_a_name_is_denied_by_the_copula(behind: str) -> None:
    assert is_denied(NAME + behind, _term(Match.EXACT))


@pytest.mark.parametrize(
    "behind",
    [
        "じゃないですか",
        "じゃないと暮らせません",
        "ではないかと",
        "じゃなくてもいいです",
        "を受けたくないです",
        "は、無理じゃないですか",
    ],
)
def test_doubts_conditions_and_wishes_deny_no_name(behind: str) -> None:
    assert not is_denied(NAME + behind, _term(Match.EXACT))


def test_a_situation_is_no_name() -> None:
    assert not is_denied(f"{NAME}ではないです", _term(Match.CUE))
