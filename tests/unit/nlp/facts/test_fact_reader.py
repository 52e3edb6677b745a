"""What all facts have in common."""

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.facts.plain_analyzer import found_in, plain_analyzer


def test_a_span_points_at_the_value_and_not_at_what_it_is_for() -> None:
    text = "えっと、家賃は６万円で"
    (fact,) = (item for item in plain_analyzer().analyze("u0001", 3, text) if isinstance(item, Fact))
    assert text[fact.start_char : fact.end_char] == "６万円"
    assert (fact.utterance_id, fact.revision) == ("u0001", 3)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("家賃は6万円です", 60_000),
        ("家賃を三ヶ月滞納しています", 3),
        ("子どもが2人います", 2),
        ("私は32歳です", 32),
        ("小学三年生です", "小学3年生"),
        ("電話は060の1234の5678です", "06012345678"),
        ("ガス代を三、四か月滞納してます", "3〜4"),
    ],
)
def test_what_can_be_counted_with_is_a_number_and_the_rest_is_text(said: str, value: int | str) -> None:
    assert [fact.value for fact in found_in(said)] == [value]
