"""A group's exercises in a real store: counted without names, written to a file, and let go of."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from consult_assist.app.settings import Settings
from consult_assist.app.training.group import forget_by_rule, forget_tries, group_results
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.exercise_results import report_exercises
from consult_assist.cli.exercises import show_exercise
from consult_assist.cli.parser import build_parser
from consult_assist.domain.consultation import Consent, Finished, Started
from consult_assist.domain.exercise import CueScored, CueState, ExerciseScored, ProgrammeRaised
from consult_assist.domain.record import ConsultationRecord
from consult_assist.storage.base import Store

NOW = datetime.now(UTC)


def keep_attempt(store: Store, trainee: str, days_ago: int, state: CueState) -> None:
    begun_at = NOW - timedelta(days=days_ago)
    name = f"{begun_at:%Y%m%d-%H%M%S}-{trainee}"
    cue = CueScored(
        line_id="u0002",
        kind="programme",
        target="jidou-fuyou-teate",
        state=state,
        start_s=4.9,
        end_s=12.6,
        limit_s=30.0,
    )
    for event in (
        Started(
            id=name,
            started_at=begun_at,
            operator=trainee,
            source="exercise:01-hitorioya",
            purpose="exercise",
            consent=Consent.HANDWRITTEN,
        ),
        ProgrammeRaised(programme="jidou-fuyou-teate"),
        ConsultationRecord(template="madoguchi", fields=()),
        ExerciseScored(exercise="01-hitorioya", heard_s=60.0, cues=(cue,)),
        Finished(duration_s=60.0),
    ):
        store.append(name, event, at=begun_at, at_s=0.0, sound_s=0.0)


def settings(folder: Path, keep_days: int | None = None) -> Settings:
    return Settings(data_folder=folder, exercise_keep_days=keep_days)


def test_counts_stay_until_they_are_let_go_of(tmp_path: Path) -> None:
    desk = build_workplace(settings(tmp_path, keep_days=30))
    keep_attempt(desk.store, "阿部", 40, CueState.MISSED)
    keep_attempt(desk.store, "馬場", 3, CueState.NOTICED)
    results = group_results(desk)
    assert (results.n_tries, results.n_trainees) == (2, 2)
    assert [cue.target for cue in results.missed] == ["jidou-fuyou-teate"]
    assert results.said(results.missed[0])[0] == "0:04"
    assert forget_by_rule(desk) == 1
    assert forget_by_rule(desk) == 0
    assert group_results(desk).n_tries == 1
    assert forget_tries(desk, NOW) == 1
    assert group_results(desk).n_tries == 0
    assert desk.store.verify() == []
    desk.store.close()


def test_the_tables_go_to_a_workbook_without_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = build_workplace(settings(tmp_path))
    keep_attempt(desk.store, "阿部", 2, CueState.LATE)
    desk.store.close()
    file = tmp_path / "結果.xlsx"
    assert report("--output", str(file), folder=tmp_path) == 0
    book = load_workbook(file)
    cells = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert "児童扶養手当" in cells
    assert "はじめて" in cells
    assert "くり返した人の最新" not in cells
    assert not any("阿部" in cell for cell in cells)
    assert report(folder=tmp_path) == 0
    printed = capsys.readouterr().out
    assert "【見のがし】" in printed
    assert "阿部" not in printed


def test_an_exercise_is_shown_with_the_labels_of_the_form_it_is_written_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = build_parser().parse_args(["exercise", "show", "12-mago-no-denwa"])
    assert show_exercise(settings(tmp_path), options) == 0
    printed = capsys.readouterr().out
    assert "【聴取内容】" in printed
    assert "【そのほか聞いたこと】" not in printed
    assert "ほかに確かめてよい危険: 児童虐待" in printed


def report(*options: str, folder: Path) -> int:
    return report_exercises(settings(folder), build_parser().parse_args(["exercise", "results", *options]))
