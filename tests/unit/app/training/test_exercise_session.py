"""An attempt at an exercise: what is shown when, what is kept, what counts as when it was done."""

from dataclasses import replace

import pytest

from consult_assist.app.live.status import Phase
from consult_assist.app.training.session import Way
from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import ExerciseScored, JumpedBack, ProgrammeRaised, QuestionPut
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.speech import Draft, Utterance
from consult_assist.errors import StoreError
from tests.tui.exercise_facts import EXERCISE, Attempt, NotingPlayer
from tests.unit.app.troubled_stores import FullDisk


def shown(attempt: Attempt) -> list[Event]:
    """What a screen is told."""
    events: list[Event] = []
    attempt.session.subscribe(lambda stamped: events.append(stamped.event))
    return events


def test_lines_grow_while_they_are_spoken_and_stand_when_they_end() -> None:
    attempt = Attempt()
    told = shown(attempt)
    attempt.session.start()
    attempt.hear_until(0.5)
    assert not [event for event in told if isinstance(event, Draft | Utterance)]
    attempt.hear_until(2.5)
    draft = next(event for event in told if isinstance(event, Draft))
    assert EXERCISE.lines[0].text.startswith(draft.text)
    assert 0 < len(draft.text) < len(EXERCISE.lines[0].text)
    attempt.hear_until(4.0)
    assert [event.id for event in told if isinstance(event, Utterance)] == ["u0001"]
    attempt.hear_until(30.0)
    assert [event.id for event in told if isinstance(event, Utterance)] == [
        "u0001",
        "u0002",
        "u0003",
        "u0004",
    ]
    assert attempt.session.play.ended


def test_the_speed_moves_the_clock_and_the_sound_alike() -> None:
    attempt = Attempt(Way(speed=2.0, trainee="研修"))
    attempt.session.start()
    attempt.clock.now_s += 5.0
    assert attempt.session.status().sound_s == 10.0
    assert attempt.player.played == [(0.0, None, 2.0)]


def test_stopping_stops_both_and_going_on_goes_on_from_there() -> None:
    attempt = Attempt()
    attempt.session.start()
    attempt.hear_until(6.0)
    attempt.session.pause()
    attempt.clock.now_s += 60.0
    assert attempt.session.status().sound_s == 6.0
    assert attempt.session.status().phase is Phase.PAUSED
    attempt.session.resume()
    assert attempt.player.played == [(0.0, None, 1.0), (6.0, None, 1.0)]


def test_an_act_counts_from_the_furthest_place_although_the_trainee_went_back() -> None:
    attempt = Attempt()
    attempt.session.start()
    attempt.hear_until(17.0)
    attempt.session.jump("u0002")
    attempt.clock.now_s += 1.0
    assert attempt.session.status().sound_s == 6.0
    assert (again := attempt.session.play.heard_again) is not None
    assert again.id == "u0002"
    attempt.session.raise_programme("jidou-fuyou-teate")
    act = next(stamped for stamped in attempt.acts if isinstance(stamped.event, ProgrammeRaised))
    assert act.sound_s == 17.0
    assert [s.event.to_s for s in attempt.acts if isinstance(s.event, JumpedBack)] == [5.0]


def test_going_back_hears_the_line_again_and_then_the_one_before() -> None:
    attempt = Attempt()
    attempt.session.start()
    attempt.hear_until(18.0)
    attempt.session.go_back()
    assert attempt.session.status().sound_s == 16.0
    attempt.session.go_back()
    assert attempt.session.status().sound_s == 5.0


def test_where_nothing_may_be_stopped_nothing_stops() -> None:
    attempt = Attempt(Way(stops=False, trainee="研修"))
    attempt.session.start()
    attempt.hear_until(18.0)
    attempt.session.pause()
    attempt.session.go_back()
    assert not attempt.session.hold()
    attempt.clock.now_s += 1.0
    assert attempt.session.status().sound_s == 19.0


def test_a_second_time_takes_back() -> None:
    attempt = Attempt()
    session = attempt.session
    session.start()
    for _ in range(2):
        session.raise_programme("jukyo-kakuho")
        session.call_danger("dv")
    kept = [stamped.event.type for stamped in attempt.acts[1:]]
    assert kept == ["programme_raised", "danger_called", "programme_taken_back", "danger_taken_back"]
    assert not session.raised
    assert not session.called


def test_no_personal_number_is_kept_that_a_question_holds() -> None:
    attempt = Attempt()
    attempt.session.start()
    attempt.session.put_question("番号は123456789018ですか")
    (put,) = [item.event for item in attempt.acts if isinstance(item.event, QuestionPut)]
    assert put.text == attempt.session.asked[0] == f"番号は{'〓' * 12}ですか"


def test_what_was_said_is_not_kept_and_the_score_is() -> None:
    attempt = Attempt()
    session = attempt.session
    session.start()
    attempt.hear_until(16.0)
    session.raise_programme("jidou-fuyou-teate")
    session.put_question("養育費はもらっていますか")
    session.edit_field("choshu", "収入 月9万円")
    session.finish()
    session.finish()
    events = [stamped.event for stamped in attempt.acts]
    assert not [event for event in events if isinstance(event, Utterance | Draft)]
    assert [event for event in events if isinstance(event, QuestionPut)]
    scores = [event for event in events if isinstance(event, ExerciseScored)]
    assert scores == [session.scored]
    assert events[-1] == Finished(duration_s=16.0)
    assert session.status().phase is Phase.FINISHED


def test_what_is_done_after_finishing_failed_is_kept_and_scored() -> None:
    store = FullDisk()
    attempt = Attempt(store=store)
    session = attempt.session
    session.start()
    attempt.hear_until(16.0)
    store.full = True
    with pytest.raises(StoreError):
        session.finish()
    store.full = False
    session.edit_field("choshu", "収入 月9万円")
    record = session.finish()
    assert [line.text for field in record.fields for line in field.lines] == ["収入 月9万円"]
    events = [stamped.event for stamped in attempt.acts]
    assert [event for event in events if isinstance(event, ConsultationRecord)] == [record]
    assert [event for event in events if isinstance(event, ExerciseScored)] == [session.scored]


def test_leaving_keeps_no_score() -> None:
    attempt = Attempt()
    attempt.session.start()
    attempt.session.leave()
    assert not [s for s in attempt.acts if isinstance(s.event, ExerciseScored)]
    assert isinstance(attempt.acts[-1].event, Finished)


def test_without_a_loudspeaker_the_text_goes_on_and_one_sentence_says_so() -> None:
    attempt = Attempt(player=NotingPlayer(silent=True))
    told = shown(attempt)
    attempt.session.start()
    attempt.hear_until(4.0)
    assert attempt.session.play.silence == "音を出せないので、文字だけで進めます。"
    assert [event.id for event in told if isinstance(event, Utterance)] == ["u0001"]


def test_an_exercise_of_text_only_needs_no_loudspeaker() -> None:
    attempt = Attempt(exercise=replace(EXERCISE, sound=None), player=NotingPlayer(silent=True))
    attempt.session.start()
    attempt.hear_until(10.0)
    assert attempt.session.play.silence is None
    assert attempt.session.status().sound_s == 10.0


def test_who_interrupts_is_seen_beside_who_speaks_on() -> None:
    resident = EXERCISE.lines[1]
    clerk = replace(EXERCISE.lines[2], start_s=8.0, end_s=10.0)
    attempt = Attempt(exercise=replace(EXERCISE, lines=(resident, clerk)))
    told = shown(attempt)
    attempt.session.start()
    attempt.hear_until(9.0)
    assert len({event.channel for event in told if isinstance(event, Draft)}) == 2
    attempt.hear_until(11.0)
    drafts = [event for event in told if isinstance(event, Draft)]
    assert resident.text.startswith(drafts[-1].text)
    assert drafts[-1].channel != next(event.channel for event in told if isinstance(event, Utterance))
