"""Exercises on disk: read with faults in Japanese, made of a consultation, put through the program."""

import errno
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from consult_assist.app.journal import Journal
from consult_assist.app.records.archive import list_records
from consult_assist.app.records.documents import open_record
from consult_assist.app.records.off_record import redact_line
from consult_assist.app.training import exercises, making
from consult_assist.app.training.checking import check_exercise, total
from consult_assist.app.training.files import SUFFIX, exercise_faults, read_exercise, text_from_exercise
from consult_assist.app.training.making import (
    propose_exercise,
    record_training_consent,
    save_exercise,
    with_stand_ins,
)
from consult_assist.app.workplace import Workplace
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.cli import exercises as commands
from consult_assist.cli.exercise_questions import walk_through
from consult_assist.cli.parser import build_parser
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.consultation import (
    Consent,
    ConsentWithdrawn,
    Finished,
    RecordingOpened,
    Started,
)
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import ExpectedFact
from consult_assist.domain.guidance import Alert, Fact, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.ratio import Ratio
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.errors import ExerciseError
from consult_assist.nlp.scripted import ScriptedAnalyzer

NAME_LINE = "山田花子です。離婚して、家賃は月5万2千円です。"
SIMPLE = """
title = "見本"
level = 1
goals = ["手当に気づく"]
programmes_ok = ["shuugaku-enjo"]
protocols_ok = ["child-abuse"]

[[lines]]
speaker = "clerk"
start_s = 0
end_s = 2
text = "こんにちは。"

[[lines]]
speaker = "resident"
start_s = 3.0
end_s = 6.0
text = "先月離婚して、子どもが二人います。"
programmes = ["jidou-fuyou-teate"]
ask = ["お子さんはおいくつですか"]
facts = [{ name = "children", value = 2 }]
readback = [{ kind = "count", value = "2人" }]

[record]
hearing = ["子ども2人"]
"""


def office_file(workplace: Workplace, text: str, name: str = "one") -> Path:
    folder = workplace.settings.exercises_folder
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}{SUFFIX}"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_exercise_is_read_and_written_as_it_is(workplace: Workplace) -> None:
    file = office_file(workplace, SIMPLE.replace("level = 1", "level = 1\nheld_on = 2026-04-02"))
    exercise = read_exercise(file)
    assert exercise.held_on == date(2026, 4, 2)
    assert [line.id for line in exercise.lines] == ["u0001", "u0002"]
    assert exercise.lines[1].facts == (ExpectedFact(name="children", value=2),)
    assert exercise.protocols_ok == ("child-abuse",)
    again = office_file(workplace, text_from_exercise(exercise), "two")
    assert replace(read_exercise(again), id="one", digest=exercise.digest) == exercise
    assert exercise_faults(file, workplace.knowledge) == ()


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("level = 1", "level = 4"), 3, "どれかを"),
        (("level = 1", "level = 1\nlevle = 2"), 4, "知らない項目"),
        (('goals = ["手当に気づく"]', "goals = []"), 4, "1 つ以上"),
        (("end_s = 6.0", "end_s = 2.5"), 17, "後にして"),
        (("start_s = 3.0", 'start_s = "三"'), 16, "数で"),
        (('speaker = "resident"', 'speaker = "clerk"'), 15, "相談者（resident）"),
        (('name = "children"', 'name = "kids"'), 21, "どれかを"),
        (("jidou-fuyou-teate", "shuugaku-enjo"), 5, "どちらかに"),
        (("jidou-fuyou-teate", "nothing-known"), 19, "知識にありません"),
        (("programmes = [", 'protocols = ["child-abuse"]\nprogrammes = ['), 6, "どちらかに"),
        (("child-abuse", "nothing-known"), 6, "危険時の手順 nothing-known は知識にありません"),
        (("level = 1", 'level = 1\nsound = "one.ogg"'), 4, "がありません"),
        (("level = 1", 'level = 1\nsound = "../one.ogg"'), 4, ""),
        (("level = 1", "level = "), 3, "閉じ忘れ"),
    ],
)
def test_faults_name_line_and_remedy(
    workplace: Workplace, change: tuple[str, str], line: int, says: str
) -> None:
    file = office_file(workplace, SIMPLE.replace(*change))
    (fault,) = exercises.faults_in_exercises(workplace)
    assert (fault.line, fault.entry, fault.file) == (line, "one", file)
    assert says in fault.message


def test_samples_and_exercises_of_the_program_are_listed_as_shipped(workplace: Workplace) -> None:
    assert {exercise.shipped for exercise in exercises.list_exercises(workplace)} == {True}


@pytest.mark.parametrize(
    "content",
    ["title =", f"title = {'[' * 5000}", f"title = {'1' * 5000}"],
    ids=["cut off", "brackets", "digits"],
)
def test_a_broken_exercise_hides_no_other(workplace: Workplace, content: str) -> None:
    office_file(workplace, SIMPLE)
    office_file(workplace, content, "broken")
    ids = [exercise.id for exercise in exercises.list_exercises(workplace)]
    assert "one" in ids
    assert "broken" not in ids
    with pytest.raises(ExerciseError, match="broken"):
        exercises.open_exercise(workplace, "broken")
    with pytest.raises(ExerciseError, match="exercise list"):
        exercises.open_exercise(workplace, "nowhere")


# -- made of a consultation --------------------------------------------------------------------------------


def said(number: int, speaker: Speaker, start_s: float, text: str) -> Utterance:
    return Utterance(
        id=f"u{number:04d}",
        channel=0,
        speaker=speaker,
        start_s=start_s,
        end_s=start_s + 4.0,
        heard=text,
        text=text,
    )


def fact(name: str, value: int | str, words: str) -> Fact:
    start = NAME_LINE.index(words)
    return Fact(
        name=name,
        value=value,
        utterance_id="u0002",
        revision=0,
        start_char=start,
        end_char=start + len(words),
    )


def hold(workplace: Workplace, *more: Event) -> None:
    """Keep a consultation with ten seconds of sound."""
    recordings = workplace.settings.recordings_folder
    soundfile.write(recordings / "c-01.flac", np.full(10 * SAMPLE_RATE_HZ, 0.5), SAMPLE_RATE_HZ)
    journal = Journal("c", workplace.store)
    entry = LedgerEntry(
        programme="jidou-fuyou-teate", state=LedgerState.TOLD, utterance_id="u0002", by="clerk"
    )
    name = Term(
        utterance_id="u0002",
        revision=0,
        start_char=NAME_LINE.index("離婚"),
        end_char=NAME_LINE.index("離婚") + 2,
        name="離婚",
        programme="jidou-fuyou-teate",
        how=Match.CUE,
    )
    for event in (
        Started(
            id="c",
            started_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
            operator="佐藤",
            source="none",
            consent=Consent.RECORDED,
        ),
        RecordingOpened(name="c-01.flac", start_s=0.0, channels=1),
        said(1, Speaker.CLERK, 0.0, "こんにちは。"),
        said(2, Speaker.RESIDENT, 5.0, NAME_LINE),
        name,
        fact("name", "山田花子", "山田花子"),
        fact("marital", "離婚", "離婚"),
        fact("rent_monthly", 52000, "5万2千円"),
        entry,
        Alert(protocol="dv", utterance_id="u0002"),
        said(3, Speaker.CLERK, 9.5, "そうでしたか。お子さんはおいくつですか。"),
        Finished(duration_s=14.0),
        *more,
    ):
        journal.emit(event)


def test_a_consultation_proposes_its_gold_with_names_and_numbers_covered(workplace: Workplace) -> None:
    hold(workplace)
    proposal = propose_exercise(workplace, "c", "made", sound=False)
    assert proposal.exercise.held_on == date(2026, 11, 22)
    line = proposal.exercise.lines[1]
    assert line.text == "［氏名1］です。離婚して、家賃は月［金額1］です。"
    assert line.protocols == ("dv",)
    assert line.programmes == ("jidou-fuyou-teate",)
    assert line.ask == ("お子さんはおいくつですか。",)
    assert {item.name: item.value for item in line.facts} == {
        "name": "［氏名1］",
        "marital": "離婚",
        "rent_monthly": "［金額1］",
    }
    text = text_from_exercise(proposal.exercise)
    assert not [words for words in ("山田", "花子", "佐藤", "5万", "52000") if words in text]


def test_a_value_that_a_later_line_put_right_is_not_expected(workplace: Workplace) -> None:
    text = NAME_LINE.replace("5万2千円", "5万3千円")
    later = "すみません、6万円でした。"
    rent = fact("rent_monthly", 53000, "5万2千円")
    hold(
        workplace,
        Revision(utterance_id="u0002", revision=1, text=text, by="clerk"),
        replace(rent, revision=1),
        said(4, Speaker.RESIDENT, 9.6, later),
        replace(rent, utterance_id="u0004", value=60000, start_char=6, end_char=9, corrects=True),
    )
    lines = propose_exercise(workplace, "c", "made", sound=False).exercise.lines
    names = [[item.name for item in line.facts] for line in lines]
    assert names == [[], [], [], ["rent_monthly"]]


def test_a_line_off_the_record_is_no_line_of_an_exercise(workplace: Workplace) -> None:
    hold(workplace)
    redact_line(workplace, "c", "u0001", by="佐藤")
    proposal = propose_exercise(workplace, "c", "made", sound=False)
    assert list(proposal.origins.values()) == ["u0002", "u0003"]


def test_stand_ins_give_the_exercise_values_again(workplace: Workplace) -> None:
    hold(workplace)
    proposal = propose_exercise(workplace, "c", "made", sound=False)
    made = with_stand_ins(proposal.exercise, {"［氏名1］": "見本太郎", "［金額1］": "6万円"})
    assert made.lines[1].text == "見本太郎です。離婚して、家賃は月6万円です。"
    assert {item.name: item.value for item in made.lines[1].facts}["rent_monthly"] == 60000


def test_a_trainer_walks_through_with_enter_and_numbers(workplace: Workplace) -> None:
    hold(workplace)
    exercise = propose_exercise(workplace, "c", "made", sound=False).exercise
    answers = iter(["1", "就学援助", "２", "", "7", "", "", "", "練習の題", "３"])
    made, silent = walk_through(lambda _: next(answers), exercise, workplace.knowledge, with_sound=True)
    assert made.lines[1].programmes == ("shuugaku-enjo",)
    assert made.lines[1].protocols == ()
    assert silent == {"u0002"}
    assert (made.title, made.level, made.goals) == ("練習の題", 3, ("「就学援助」の手がかりに気づく",))


def test_without_consent_there_is_no_sound(workplace: Workplace) -> None:
    hold(workplace)
    with pytest.raises(ExerciseError, match="同意が記録されていません"):
        propose_exercise(workplace, "c", "made", sound=True)
    record_training_consent(workplace, "c", given=True, by="佐藤")
    propose_exercise(workplace, "c", "made", sound=True)
    record_training_consent(workplace, "c", given=False, by="佐藤")
    with pytest.raises(ExerciseError, match="同意が記録されていません"):
        propose_exercise(workplace, "c", "made", sound=True)


def test_a_withdrawn_consultation_makes_no_exercise(workplace: Workplace) -> None:
    hold(workplace)
    Journal("c", workplace.store).keep(ConsentWithdrawn(erase_text=False))
    with pytest.raises(ExerciseError, match="取り消された"):
        propose_exercise(workplace, "c", "made", sound=False)


def test_replaced_words_are_silent_in_the_copied_sound(workplace: Workplace) -> None:
    hold(workplace)
    record_training_consent(workplace, "c", given=True, by="佐藤")
    workplace = replace(workplace, load_recognizer=lambda: ScriptedRecognizer(()))
    proposal = propose_exercise(workplace, "c", "made", sound=True)
    heard = {proposal.origins[line]: spans for line, spans in proposal.spans.items()}
    exercise = replace(proposal.exercise, title="題", goals=("気づく",))
    kept = save_exercise(workplace, exercise, heard)
    samples, _ = soundfile.read(str(kept.sound))

    def loud(at_s: float) -> bool:
        return bool(samples[round(at_s * SAMPLE_RATE_HZ)])

    assert loud(1.0)  # the clerk's greeting
    assert not loud(4.5)  # between the lines
    assert not loud(5.2)  # 山田花子
    assert loud(6.8)  # 離婚して
    assert not loud(8.4)  # 5万2千円
    record_training_consent(workplace, "c", given=False, by="佐藤")
    (fault,) = exercises.faults_in_exercises(workplace)
    assert "同意が取り消されています" in fault.message


def test_sound_of_one_microphone_and_then_two_is_copied(workplace: Workplace) -> None:
    later = np.full((4 * SAMPLE_RATE_HZ, 2), 0.5)
    soundfile.write(workplace.settings.recordings_folder / "c-02.flac", later, SAMPLE_RATE_HZ)
    hold(workplace, RecordingOpened(name="c-02.flac", start_s=10.0, channels=2))
    record_training_consent(workplace, "c", given=True, by="佐藤")
    exercise = propose_exercise(workplace, "c", "made", sound=True).exercise
    kept = save_exercise(
        workplace, replace(exercise, title="題", goals=("気づく",)), {"u0001": (), "u0003": ()}
    )
    samples, _ = soundfile.read(str(kept.sound))
    heard = [[bool(side) for side in samples[at_s * SAMPLE_RATE_HZ]] for at_s in (1, 12)]
    assert heard == [[True, False], [True, True]]


def test_no_voice_is_left_where_the_exercise_cannot_be_written(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    hold(workplace)
    record_training_consent(workplace, "c", given=True, by="佐藤")
    workplace = replace(workplace, load_recognizer=lambda: ScriptedRecognizer(()))
    proposal = propose_exercise(workplace, "c", "made", sound=True)
    exercise = replace(proposal.exercise, title="題", goals=("気づく",))
    monkeypatch.setattr(making, "write_whole", full)
    with pytest.raises(ExerciseError, match="書けません"):
        save_exercise(workplace, exercise, {"u0001": ()})
    assert not list(workplace.settings.exercises_folder.iterdir())


def test_a_name_that_is_taken_or_cannot_be_a_file_is_refused(workplace: Workplace) -> None:
    hold(workplace)
    office_file(workplace, SIMPLE)
    for name, says in (("one", "もうあります"), ("../x", "半角"), ("題名", "半角")):
        with pytest.raises(ExerciseError, match=says):
            propose_exercise(workplace, "c", name, sound=False)


def test_an_attempt_is_no_consultation(workplace: Workplace) -> None:
    hold(workplace)
    started = open_record(workplace, "c").summary
    Journal("t", workplace.store).keep(
        Started(
            id="t",
            started_at=started.started_at,
            operator="研修",
            source="exercise:one",
            purpose="exercise",
            consent=Consent.HANDWRITTEN,
        )
    )
    assert [summary.id for summary in list_records(workplace)] == ["c"]


# -- through the program -----------------------------------------------------------------------------------


def understanding(workplace: Workplace, found: Sequence[Revision | Term | Fact]) -> Workplace:
    analyzer = ScriptedAnalyzer({"先月離婚して、子どもが二人います。": found})
    return replace(workplace, load_analyzer=lambda: analyzer)


TEATE = Term(
    utterance_id="",
    revision=0,
    start_char=0,
    end_char=4,
    name="離婚",
    programme="jidou-fuyou-teate",
    how=Match.EXACT,
)
CHILDREN = Fact(name="children", value=2, utterance_id="", revision=0, start_char=8, end_char=13)


@pytest.mark.parametrize(
    ("found", "programmes", "facts", "record"),
    [
        ([TEATE, CHILDREN], Ratio(1, 1), Ratio(1, 1), Ratio(1, 1)),
        ([], Ratio(0, 1), Ratio(0, 1), Ratio(0, 1)),
    ],
)
def test_the_program_is_scored_as_a_trainee_is(
    workplace: Workplace, found: Sequence[Term | Fact], programmes: Ratio, facts: Ratio, record: Ratio
) -> None:
    exercise = read_exercise(office_file(workplace, SIMPLE))
    checked = check_exercise(understanding(workplace, found), exercise)
    assert not checked.heard
    assert checked.figures["programmes"] == programmes
    assert checked.figures["facts"] == facts
    assert checked.figures["record"] == record
    assert total([checked, checked])["facts"] == facts + facts


@pytest.mark.parametrize(
    ("minimum", "status"), [([], 0), (["案内=100"], 0), (["dangers=50"], 1), (["facts=101"], 1)]
)
def test_a_threshold_decides_the_exit_status(
    workplace: Workplace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    minimum: list[str],
    status: int,
) -> None:
    office_file(workplace, SIMPLE)
    ready = understanding(workplace, [TEATE, CHILDREN])
    monkeypatch.setattr(commands, "build_workplace", lambda _: ready)
    given = [part for item in minimum for part in ("--at-least", item)]
    options = build_parser().parse_args(
        ["exercise", "check", "one", "--output", str(tmp_path / "t.csv"), *given]
    )
    assert commands.check_exercises(workplace.settings, options) == status
    assert "one" in capsys.readouterr().out
    assert "見本" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("given", ["dangres=50", "dangers=nan"])
def test_a_misspelt_threshold_is_refused(workplace: Workplace, given: str) -> None:
    options = build_parser().parse_args(["exercise", "check", "--at-least", given])
    with pytest.raises(ExerciseError, match="dangers"):
        commands.check_exercises(workplace.settings, options)
