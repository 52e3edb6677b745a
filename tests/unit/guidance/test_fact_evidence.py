"""Facts that speak for a programme, and those that are taken back."""

from dataclasses import replace

import pytest

from consult_assist.domain.guidance import Fact
from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.fact_evidence import FactEvidence

PROGRAMME = Programme(id="p", name="", category="", summary="", names=(), facts=("収入 0〜15万円",))


def _income(line: str, value: int, *, corrects: bool = False) -> Fact:
    return Fact(
        name="income_monthly",
        value=value,
        utterance_id=line,
        revision=0,
        start_char=0,
        end_char=3,
        corrects=corrects,
    )


def test_a_fact_that_a_later_line_takes_back_speaks_for_nothing() -> None:
    signs = FactEvidence({"p": PROGRAMME})
    signs.hear("u1", [_income("u1", 120_000)], 1.0)
    assert set(signs.weights()) == {"p"}
    signs.hear("u2", [], 2.0)
    signs.hear("u3", [_income("u3", 220_000, corrects=True)], 3.0)
    assert signs.weights() == {}
    signs.hear("u4", [_income("u4", 110_000)], 4.0)
    assert signs.lines("p") == ("u4",)


def test_a_line_that_is_heard_again_counts_once_and_stays_corrected() -> None:
    signs = FactEvidence({"p": PROGRAMME})
    for _ in range(2):
        signs.hear("u1", [_income("u1", 120_000)], 1.0)
        assert set(signs.weights()) == {"p"}
    signs.hear("u2", [_income("u2", 220_000, corrects=True)], 2.0)
    signs.hear("u1", [_income("u1", 120_000)], 1.0)
    assert signs.weights() == {}


def test_what_was_corrected_counts_again_once_the_correction_is_gone() -> None:
    signs = FactEvidence({"p": PROGRAMME})
    signs.hear("u1", [_income("u1", 120_000)], 1.0)
    signs.hear("u2", [_income("u2", 220_000, corrects=True)], 2.0)
    signs.hear("u2", [], 2.0)
    assert signs.lines("p") == ("u1",)


def test_a_fact_that_many_programmes_list_tells_less_and_two_say_what_can_be_said() -> None:
    def programme(number: int) -> Programme:
        return Programme(id=f"q{number}", name="", category="", summary="", names=(), facts=("家賃",))

    rare = Programme(
        id="r", name="", category="", summary="", names=(), facts=("収入 0〜15万円", "離職", "手持金")
    )
    signs = FactEvidence({"r": rare} | {f"q{number}": programme(number) for number in range(5)})

    def fact(name: str, value: int | str) -> Fact:
        return replace(_income("u1", 0), name=name, value=value)

    signs.hear("u1", [fact("rent_monthly", 50_000), fact("income_monthly", 120_000)], 1.0)
    assert signs.weights()["q0"] == pytest.approx(1.0)
    assert signs.weights()["r"] > 1.5
    signs.hear("u2", [replace(fact("job_lost", "8月"), utterance_id="u2")], 2.0)
    two = signs.weights()["r"]
    signs.hear("u3", [replace(fact("cash", 8_000), utterance_id="u3")], 3.0)
    assert signs.weights()["r"] == pytest.approx(two)
