"""Every edge of the rules in docs/decisions/0024-exercises.md."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.exercise import (
    CueKind,
    CueScored,
    CueState,
    ExerciseScored,
    JumpedBack,
    ProgrammeTakenBack,
)
from consult_assist.trainer.questions import same_question
from consult_assist.trainer.scoring import score_attempt
from consult_assist.trainer.timing import ACT_S, limit_s
from tests.unit.trainer.exercises import EXERCISE, KNOWLEDGE, LINES, asked, at, called, line, raised

END = at(80.0, Finished(duration_s=80.0))
LIMIT_S = 33.0
"""Where the resident has spoken once more after the first cue."""


def score(*acts: StampedEvent, heard_to_end: bool = True) -> ExerciseScored:
    return score_attempt(EXERCISE, [*acts, END] if heard_to_end else acts, KNOWLEDGE)


def cue(scored: ExerciseScored, kind: CueKind, target: str) -> CueScored:
    (found,) = (item for item in scored.cues_of(kind) if item.target == target)
    return found


@pytest.mark.parametrize(
    ("sound_s", "state", "after_s"),
    [
        pytest.param(0.0, CueState.EARLY, 0.0, id="before anything was said"),
        pytest.param(5.0, CueState.EARLY, 0.0, id="at the very start: no word of it was heard"),
        pytest.param(5.1, CueState.NOTICED, 0.0, id="while it is said"),
        pytest.param(15.0, CueState.NOTICED, 0.0, id="at its end"),
        pytest.param(20.0, CueState.NOTICED, 5.0, id="in the clerk's turn"),
        pytest.param(LIMIT_S, CueState.NOTICED, 18.0, id="exactly at the limit"),
        pytest.param(LIMIT_S + 0.1, CueState.LATE, 18.1, id="just after the limit"),
        pytest.param(80.0, CueState.LATE, 65.0, id="at the end"),
    ],
)
def test_when_a_programme_is_noticed(sound_s: float, state: CueState, after_s: float) -> None:
    found = cue(score(raised(sound_s, "teate")), "programme", "teate")
    assert (found.state, found.after_s, found.limit_s) == (state, after_s, LIMIT_S)
    assert (found.line_id, found.start_s) == ("u0002", 5)
    assert found.reason


def test_a_programme_told_of_twice_is_one_cue_and_its_second_telling_is_late() -> None:
    scored = score(raised(75.0, "teate"))
    assert len(scored.cues_of("programme")) == 2
    found = cue(scored, "programme", "teate")
    assert found.state is CueState.LATE
    assert "もう一度話に出てから" in found.reason


def test_the_clerk_in_the_exercise_gives_a_programme_away() -> None:
    before, after = (cue(score(raised(sound_s, "teate")), "programme", "teate") for sound_s in (30.0, 43.0))
    assert (before.given_away, after.given_away) == (False, True)
    assert "職員の声が先に" in after.reason


def test_raising_again_counts_from_the_first_time() -> None:
    scored = score(raised(20.0, "teate"), raised(60.0, "teate"))
    assert cue(scored, "programme", "teate").at_s == 20.0
    assert scored.strays == ()


def test_what_was_taken_back_was_not_raised() -> None:
    taken_back = at(25.0, ProgrammeTakenBack(programme="teate"))
    scored = score(raised(20.0, "teate"), taken_back)
    found = cue(scored, "programme", "teate")
    assert (found.state, found.at_s) == (CueState.MISSED, None)
    assert "取り消しました" in found.reason


def test_what_was_taken_back_and_raised_again_counts_from_then() -> None:
    taken_back = at(25.0, ProgrammeTakenBack(programme="teate"))
    found = cue(score(raised(20.0, "teate"), taken_back, raised(50.0, "teate")), "programme", "teate")
    assert (found.state, found.at_s) == (CueState.LATE, 50.0)


def test_wrong_advice_taken_back_is_no_wrong_advice() -> None:
    assert score(raised(20.0, "kaigo"), at(22.0, ProgrammeTakenBack(programme="kaigo"))).strays == ()


def test_a_related_programme_is_partly_right() -> None:
    scored = score(raised(20.0, "iryouhi"))
    found = cue(scored, "programme", "teate")
    assert (found.state, found.instead, found.at_s) == (CueState.RELATED, "iryouhi", 20.0)
    assert "近い制度" in found.reason
    (stray,) = scored.strays_of("programme", fitting=True)
    assert stray.target == "iryouhi"


def test_a_related_programme_takes_nothing_from_the_right_one() -> None:
    scored = score(raised(20.0, "iryouhi"), raised(22.0, "teate"))
    assert cue(scored, "programme", "teate").state is CueState.NOTICED


def test_also_right_is_not_wrong_advice_and_anything_else_is() -> None:
    scored = score(raised(20.0, "enjo"), raised(21.0, "kaigo"), raised(22.0, "unknown"))
    assert [act.target for act in scored.strays_of("programme", fitting=True)] == ["enjo"]
    assert [act.target for act in scored.strays_of("programme", fitting=False)] == ["kaigo", "unknown"]


def test_raising_everything_at_the_start_is_no_noticing() -> None:
    scored = score(*(raised(0.0, item) for item in KNOWLEDGE.programmes))
    assert scored.cues_of("programme", CueState.NOTICED) == ()
    assert len(scored.cues_of("programme", CueState.EARLY)) == 2
    assert [act.target for act in scored.strays_of("programme", fitting=False)] == ["kaigo"]


@pytest.mark.parametrize(
    ("sound_s", "state"),
    [(27.0, CueState.EARLY), (30.0, CueState.NOTICED), (44.0, CueState.NOTICED), (44.1, CueState.LATE)],
)
def test_a_danger_is_in_time_until_the_reply_has_ended(sound_s: float, state: CueState) -> None:
    assert cue(score(called(sound_s, "dv")), "danger", "dv").state is state


def test_a_danger_that_no_words_tell_of_is_named() -> None:
    scored = score(called(30.0, "suicide"))
    assert cue(scored, "danger", "dv").state is CueState.MISSED
    assert [act.target for act in scored.strays_of("danger", fitting=False)] == ["suicide"]


def test_a_danger_that_may_be_called_too_is_no_false_alarm() -> None:
    exercise = replace(EXERCISE, protocols_ok=("suicide",))
    scored = score_attempt(exercise, [called(30.0, "suicide"), called(31.0, "elder-abuse"), END], KNOWLEDGE)
    (stray,) = scored.strays_of("danger", fitting=True)
    assert (stray.target, "確かめてよい危険" in stray.reason) == ("suicide", True)
    assert [act.target for act in scored.strays_of("danger", fitting=False)] == ["elder-abuse"]
    assert cue(scored, "danger", "dv").state is CueState.MISSED


@pytest.mark.parametrize(
    "question",
    [
        "離婚の届けはいつ出しましたか",
        "いつ離婚されたんですか？",
        "離婚なさったのはいつですか。",
        "離婚したのは何月ですか",
    ],
)
def test_a_question_counts_by_its_meaning(question: str) -> None:
    scored = score(asked(20.0, question))
    (found,) = scored.cues_of("question")
    assert found.state is CueState.NOTICED
    assert scored.strays == ()


@pytest.mark.parametrize(
    ("put", "alike", "same"),
    [
        ("よく休めていますか", 0.9, True),
        ("よく休めていますか", 0.5, False),
        ("家賃はいくらですか", 0.9, False),  # money is no date, however alike the sentences
    ],
)
def test_meaning_counts_where_words_differ_but_not_against_what_is_asked_for(
    put: str, alike: float, same: bool
) -> None:
    assert same_question(put, "離婚はいつでしたか", lambda *_: alike) is same


def test_another_question_is_neither_right_nor_wrong() -> None:
    scored = score(asked(20.0, "お仕事は何をされていますか"), asked(21.0, "  "))
    assert [item.state for item in scored.cues_of("question")] == [CueState.MISSED]
    (stray,) = scored.strays
    assert (stray.kind, stray.fitting) == ("question", True)


def test_an_attempt_without_acts_misses_everything_it_heard() -> None:
    scored = score()
    assert {item.state for item in scored.cues} == {CueState.MISSED}
    assert (scored.strays, scored.heard_s) == ((), 80.0)
    assert all(item.reason for item in scored.cues)


def test_what_was_not_heard_is_not_missed() -> None:
    scored = score(raised(20.0, "teate"), at(30.0, JumpedBack(to_s=5.0)), heard_to_end=False)
    assert cue(scored, "danger", "dv").state is CueState.UNHEARD
    assert cue(scored, "programme", "youikuhi").state is CueState.UNHEARD
    assert (scored.heard_s, scored.jumps) == (30.0, 1)


def test_nothing_at_all_is_no_failure() -> None:
    scored = score(heard_to_end=False)
    assert {item.state for item in scored.cues} == {CueState.UNHEARD}


ACTS = st.one_of(
    st.builds(raised, st.floats(0, 90), st.sampled_from([*KNOWLEDGE.programmes, "unknown"])),
    st.builds(
        lambda at_s, item: at(at_s, ProgrammeTakenBack(programme=item)),
        st.floats(0, 90),
        st.sampled_from([*KNOWLEDGE.programmes]),
    ),
    st.builds(called, st.floats(0, 90), st.sampled_from(["dv", "suicide"])),
    st.builds(asked, st.floats(0, 90), st.sampled_from(["いつ離婚しましたか", "お名前は", ""])),
)


@given(st.lists(ACTS, max_size=12))
def test_whatever_is_done_each_cue_is_judged_once_and_each_act_counts_once(acts: list[StampedEvent]) -> None:
    scored = score(*sorted(acts, key=lambda stamped: stamped.sound_s))
    assert [(item.kind, item.target) for item in scored.cues] == [
        ("programme", "teate"),
        ("question", "離婚の届けはいつ出しましたか"),
        ("danger", "dv"),
        ("programme", "youikuhi"),
    ]
    assert all(item.reason for item in scored.cues)
    assert all(act.reason for act in scored.strays)
    assert all((item.at_s is None) == (item.state is CueState.MISSED) for item in scored.cues)
    expected = {item.target for item in scored.cues}
    assert not expected & {act.target for act in scored.strays}


def limits(*texts: str, danger: bool = False) -> float:
    lines: Sequence[tuple[str, str]] = [(text[0], text[1:]) for text in texts]
    speakers = {"R": "resident", "C": "clerk"}
    return limit_s(
        [line(n, speakers[who], n * 10, n * 10 + 9, text) for n, (who, text) in enumerate(lines)],
        0,
        danger=danger,
    )


def test_a_turn_goes_on_while_the_other_only_agrees() -> None:
    assert limits("R困っていて。", "Cはい。", "R家賃が。", "Cいつからですか。", "R先月です。") == 49
    assert limits("R困っていて。", "Cそうですか。", "R殴られて。", "C今夜は安全ですか。", danger=True) == 39


def test_who_acts_at_once_is_never_late() -> None:
    quick = [
        line(1, "resident", 0, 2, "夫に殴られて。"),
        line(2, "clerk", 2.1, 3, "それは。"),
        line(3, "resident", 3.1, 30, "あの。"),
    ]
    assert limit_s(quick, 0, danger=True) == 2 + ACT_S


def test_the_last_cue_is_in_time_to_the_end() -> None:
    assert limit_s(LINES, 7, danger=False) == 80 + ACT_S


def test_the_score_names_the_exercise_as_it_was() -> None:
    scored = score_attempt(replace(EXERCISE, digest="x"), [END], KNOWLEDGE, hints=True)
    assert (scored.exercise, scored.digest, scored.hints) == ("01-test", "x", True)
