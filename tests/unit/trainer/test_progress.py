"""A group over time: months, first and latest attempts, what is missed, and nobody's name."""

from datetime import UTC, datetime, timedelta, timezone

from consult_assist.domain.exercise import (
    CueKind,
    CueScored,
    CueState,
    ExerciseScored,
    FactScored,
    FactState,
    StrayAct,
    Try,
)
from consult_assist.domain.ratio import Ratio
from consult_assist.domain.record import ConsultationRecord
from consult_assist.trainer.progress import by_exercise, by_month, most_missed, shares_of, wrong_advice

JAPAN = timezone(timedelta(hours=9))
RECORD = ConsultationRecord(template="madoguchi", fields=())


def cue(target: str, state: CueState, kind: CueKind = "programme", line_id: str = "u0002") -> CueScored:
    return CueScored(
        line_id=line_id, kind=kind, target=target, state=state, start_s=5.0, end_s=9.0, limit_s=20.0
    )


def wrong(target: str) -> StrayAct:
    return StrayAct(kind="programme", target=target, at_s=8.0, fitting=False)


def attempt(
    trainee: str,
    day: datetime,
    *cues: CueScored,
    exercise: str = "rikon",
    strays: tuple[StrayAct, ...] = (),
    facts: tuple[FactScored, ...] = (),
) -> Try:
    scored = ExerciseScored(exercise=exercise, heard_s=60.0, cues=cues, strays=strays, facts=facts)
    return Try(id=f"{day:%Y%m%d}-{trainee}", begun_at=day, trainee=trainee, scored=scored, record=RECORD)


def day(month: int, number: int, hour: int = 3) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def test_what_was_not_heard_does_not_count_and_late_is_not_in_time() -> None:
    shares = shares_of(
        [
            attempt(
                "a",
                day(10, 1),
                cue("x", CueState.NOTICED),
                cue("y", CueState.EARLY),
                cue("z", CueState.LATE),
                cue("w", CueState.UNHEARD),
                cue("dv", CueState.MISSED, "danger"),
                facts=(
                    FactScored(line_id="u0002", name="children", value=2, state=FactState.WRITTEN),
                    FactScored(line_id="u0002", name="rent_monthly", value=1, state=FactState.MISSING),
                    FactScored(line_id="u0004", name="child_age", value=3, state=FactState.UNHEARD),
                ),
            ).scored
        ]
    )
    assert shares == {
        "danger": Ratio(0, 1),
        "programme": Ratio(2, 3),
        "question": Ratio(0, 0),
        "record": Ratio(1, 2),
    }


def test_a_month_begins_at_local_midnight_and_counts_heads() -> None:
    tries = [
        attempt("b", day(10, 31, 15), cue("x", CueState.NOTICED)),  # midnight in Japan
        attempt("a", day(10, 31, 14), cue("x", CueState.MISSED)),
        attempt("b", day(11, 3), cue("x", CueState.NOTICED)),
    ]
    october, november = by_month(tries, JAPAN)
    assert (october.month, october.n_tries, october.n_trainees) == ("2026-10", 1, 1)
    assert (november.month, november.n_tries, november.n_trainees) == ("2026-11", 2, 1)
    assert (october.shares["programme"], november.shares["programme"]) == (Ratio(0, 1), Ratio(2, 2))


def test_first_attempts_stand_against_the_latest_of_those_who_tried_again() -> None:
    tries = [
        attempt("a", day(11, 5), cue("x", CueState.NOTICED)),
        attempt("a", day(11, 1), cue("x", CueState.MISSED)),
        attempt("a", day(11, 3), cue("x", CueState.MISSED)),
        attempt("b", day(11, 2), cue("x", CueState.NOTICED)),
    ]
    (progress,) = by_exercise(tries)
    assert (progress.exercise, progress.n_tries, progress.n_trainees) == ("rikon", 4, 2)
    assert progress.first["programme"] == Ratio(1, 2)
    assert progress.latest["programme"] == Ratio(1, 1)


def test_cues_most_often_missed_come_first_with_how_many_heard_them() -> None:
    tries = [
        attempt(
            "a", day(11, 1), cue("x", CueState.LATE), cue("y", CueState.MISSED), cue("z", CueState.NOTICED)
        ),
        attempt("b", day(11, 1), cue("x", CueState.UNHEARD), cue("y", CueState.RELATED)),
        attempt("b", day(11, 2), cue("x", CueState.NOTICED), cue("y", CueState.NOTICED)),
    ]
    assert [(item.target, item.missed, item.late) for item in most_missed(tries)] == [
        ("y", Ratio(2, 3), 0),
        ("x", Ratio(1, 2), 1),
    ]


def test_wrong_advice_counts_once_an_attempt() -> None:
    tries = [
        attempt("a", day(11, 1), strays=(wrong("p"), wrong("q"))),
        attempt("b", day(11, 1), strays=(wrong("q"), wrong("q"))),
    ]
    assert [(item.target, item.n_tries) for item in wrong_advice(tries)] == [("q", 2), ("p", 1)]
