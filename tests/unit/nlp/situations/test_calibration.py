"""How sure likeness makes of what is meant."""

from dataclasses import replace

import pytest

from consult_assist.nlp.situations.calibration import ONE_MEANT, SEVERAL_MEANT


def test_one_as_near_as_everyday_talk_is_about_half_as_sure_as_can_be() -> None:
    plain = replace(ONE_MEANT, bias=0.0)
    assert plain.confidences([0.6], lead=0.0) == [pytest.approx(0.45)]
    assert plain.confidences([0.6], lead=1.0) == [pytest.approx(0.9)]
    assert ONE_MEANT.confidences([0.6], lead=0.0)[0] > 0.45  # a need has a head start


def test_what_falls_behind_is_less_sure_and_less_so_where_several_may_be_meant() -> None:
    for calibration in (ONE_MEANT, SEVERAL_MEANT):
        first, second = calibration.confidences([0.6, 0.5], lead=0.1)
        assert second < first
    (_, of_one), (_, of_several) = (
        calibration.confidences([0.6, 0.5], lead=1.0) for calibration in (ONE_MEANT, SEVERAL_MEANT)
    )
    assert of_one < of_several


def test_each_other_as_near_takes_some_of_it_away() -> None:
    (alone,) = ONE_MEANT.confidences([0.6], lead=0.1)
    assert ONE_MEANT.confidences([0.6, 0.6, 0.6], lead=0.1) == [pytest.approx(alone / 1.2)] * 3


def test_nothing_near_is_nothing_sure() -> None:
    assert SEVERAL_MEANT.confidences([], lead=0.1) == []
