"""The exercises that are shipped: file, sound, scenario and knowledge belong together."""

import tomllib
from pathlib import Path

import pytest
import soundfile

from consult_assist.app.training.files import SUFFIX, exercise_faults, read_exercise
from consult_assist.domain.exercise import Exercise
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.speech import Speaker
from consult_assist.resources import shipped_folder

SAMPLES, EXERCISES = shipped_folder("samples"), shipped_folder("exercises")
FILES = [*sorted(SAMPLES.glob(f"*{SUFFIX}")), *sorted(EXERCISES.glob(f"*{SUFFIX}"))]
NAMES = [file.name.removesuffix(SUFFIX) for file in FILES]
MAX_BYTES = 12_000_000
MIN_S, MAX_S = 120, 300
SAMPLES_LEAST_S = 90

every_exercise = pytest.mark.parametrize("file", FILES, ids=NAMES)


def exercises_in(folder: Path) -> list[Exercise]:
    return [read_exercise(file, shipped=True) for file in FILES if file.parent == folder]


def protocols_of(exercise: Exercise) -> set[str]:
    return {protocol for line in exercise.lines for protocol in line.protocols}


@every_exercise
def test_uses_what_the_knowledge_holds(shipped_knowledge: KnowledgeBase, file: Path) -> None:
    assert [(fault.key, fault.message) for fault in exercise_faults(file, shipped_knowledge)] == []
    assert set(read_exercise(file).record) <= {
        field.name for field in shipped_knowledge.templates["madoguchi"].fields
    }


@every_exercise
def test_sound_is_as_long_as_the_talk(file: Path) -> None:
    exercise = read_exercise(file)
    assert exercise.sound is not None
    sound = soundfile.info(exercise.sound)
    assert (SAMPLES_LEAST_S if file.parent == SAMPLES else MIN_S) <= sound.duration <= MAX_S
    assert exercise.duration_s < sound.duration < exercise.duration_s + 2
    assert {line.channel for line in exercise.lines} == set(range(sound.channels))


@every_exercise
def test_says_what_its_scenario_says(file: Path) -> None:
    scenario = tomllib.loads(
        file.with_name(file.name.replace(SUFFIX, ".scenario.toml")).read_text(encoding="utf-8")
    )
    exercise = read_exercise(file)
    assert [(line["speaker"], line["text"]) for line in scenario["lines"]] == [
        (line.speaker, line.text) for line in exercise.lines
    ]
    assert [line.get("ask", []) for line in scenario["lines"]] == [list(line.ask) for line in exercise.lines]
    assert (scenario["level"], scenario["goals"]) == (exercise.level, list(exercise.goals))


@every_exercise
def test_gives_a_trainee_something_to_do(file: Path) -> None:
    exercise = read_exercise(file)
    assert {line.speaker for line in exercise.lines} == {Speaker.CLERK, Speaker.RESIDENT}
    assert sum(bool(line.programmes) for line in exercise.lines) >= 4
    assert sum(bool(line.ask) for line in exercise.lines) >= 4
    assert {"chief_complaint", "hearing", "guidance", "response", "next"} <= set(exercise.record)


def test_the_set_covers_dangers_levels_and_ways_of_hearing(shipped_knowledge: KnowledgeBase) -> None:
    exercises = exercises_in(EXERCISES)
    assert len(exercises) == 12
    assert set().union(*map(protocols_of, exercises)) == set(shipped_knowledge.protocols)
    assert any(not protocols_of(exercise) for exercise in exercises)
    assert min([exercise.level for exercise in exercises].count(level) for level in (1, 2, 3)) >= 3
    assert sum(any(line.channel for line in exercise.lines) for exercise in exercises) == 2
    assert len({exercise.title for exercise in exercises}) == 12


def test_the_set_stays_small() -> None:
    assert sum(path.stat().st_size for path in EXERCISES.iterdir()) < MAX_BYTES
