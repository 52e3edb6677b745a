"""An attempt in a real store: kept like a consultation, found by its trainee, among no consultations."""

from dataclasses import replace

from consult_assist.app.live.starting import interrupted_consultations
from consult_assist.app.records.archive import list_records
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.training.exercises import list_exercises
from consult_assist.app.training.session import Way
from consult_assist.app.training.starting import begin_exercise
from consult_assist.app.training.tries import list_tries
from consult_assist.app.workplace import Workplace
from tests.tui.exercise_facts import NotingPlayer


def test_an_attempt_is_kept_and_found_again(workplace: Workplace) -> None:
    player = NotingPlayer()
    workplace = replace(workplace, player=player)
    exercise = next(item for item in list_exercises(workplace) if item.sound is not None)
    attempt = begin_exercise(workplace, exercise, Way(trainee="研修", speed=1.5))
    attempt.start()
    assert player.played == [(0.0, None, 1.5)]
    attempt.raise_programme("jidou-fuyou-teate")
    attempt.edit_field("hearing", "先月離婚した。")
    attempt.finish()
    begin_exercise(workplace, exercise, Way(trainee="研修")).leave()

    found = list_tries(workplace, trainee="研修")
    assert [item.id for item in found] == [attempt.id]
    assert found[0].scored == attempt.scored
    assert found[0].scored.exercise == exercise.id
    assert "先月離婚した。" in [line.text for field in found[0].record.fields for line in field.lines]
    assert not list_tries(workplace, trainee="ほかの人")
    assert not verify_records(workplace)
    assert not interrupted_consultations(workplace)
    assert not list_records(workplace)
