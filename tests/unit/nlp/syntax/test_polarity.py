"""Whether a predicate is affirmed or denied, and in which voice."""

import pytest

from consult_assist.nlp.syntax.polarity import read_polarity
from consult_assist.nlp.tokens import SudachiTokenizer


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("殴られました", False),
        ("払えてません", True),
        ("払わないことはない", False),
        ("殴られたことは一度もない", True),
        ("殴るなんて絶対にない", True),
        ("殴られたとは思っていません", True),
        ("払わなければならない", False),
        ("死にたくないです", True),
        ("死にたくなる", False),
        ("殺されるんじゃないかと怖い", False),
        ("払わねえなあ", True),
        ("払えましたねえ", False),
    ],
)
def test_what_is_denied_in_the_end_is_negated(text: str, negated: bool) -> None:
    assert read_polarity(SudachiTokenizer().words(text), 0).negated is negated


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("払います", set()),
        ("払えない", {"able"}),
        ("殴られました", {"passive"}),
        ("辞めたいです", {"wanting"}),
        ("借りようと思います", {"intending"}),
        ("死にそうです", {"seeming"}),
        ("食べられなくなった", {"passive", "becoming"}),
    ],
)
def test_the_voice_is_read_from_the_ending(text: str, voice: set[str]) -> None:
    assert read_polarity(SudachiTokenizer().words(text), 0).voice == voice


def test_the_predicate_ends_behind_its_auxiliaries() -> None:
    tokens = SudachiTokenizer().words("払えてませんから困ります")
    polarity = read_polarity(tokens, 0)
    assert "".join(token.surface for token in tokens[: polarity.end]) == "払えてません"
