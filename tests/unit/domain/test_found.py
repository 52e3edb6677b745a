"""Which facts a later line takes back."""

from consult_assist.domain.found import retracted_facts
from consult_assist.domain.guidance import Fact


def _fact(line: str, value: int, *, corrects: bool = False, name: str = "rent_monthly") -> Fact:
    return Fact(
        name=name, value=value, utterance_id=line, revision=0, start_char=0, end_char=3, corrects=corrects
    )


def _gone(*facts: Fact, lines: str = "abcdefg") -> list[int | str]:
    by_line: dict[str, list[Fact]] = {}
    for fact in facts:
        by_line.setdefault(fact.utterance_id, []).append(fact)
    return [fact.value for fact in retracted_facts(lines, by_line)]


def test_a_correction_takes_back_the_one_value_just_before() -> None:
    assert _gone(_fact("a", 5), _fact("c", 6, corrects=True)) == [5]
    assert _gone(_fact("a", 5), _fact("c", 6)) == []
    assert _gone(_fact("a", 5, name="debt"), _fact("c", 6, corrects=True)) == []
    assert _gone(_fact("a", 5), _fact("f", 6, corrects=True)) == []


def test_where_several_may_be_meant_all_stand() -> None:
    assert _gone(_fact("a", 5), _fact("a", 4), _fact("c", 6, corrects=True)) == []


def test_a_correction_may_be_corrected() -> None:
    assert sorted(
        map(int, _gone(_fact("a", 5), _fact("b", 6, corrects=True), _fact("c", 7, corrects=True)))
    ) == [5, 6]


def test_a_value_that_was_repeated_is_taken_back_each_time() -> None:
    assert _gone(_fact("a", 5), _fact("c", 5), _fact("d", 6, corrects=True)) == [5, 5]
    assert _gone(_fact("a", 4), _fact("c", 5), _fact("d", 6, corrects=True)) == [5]
