"""`models list`: what is there, and whether the model that is set is among it."""

import argparse
from pathlib import Path

import pytest
from rich.cells import cell_len

from consult_assist.app.settings import Settings
from consult_assist.cli.upkeep import list_models


def listed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = list_models(settings, argparse.Namespace())
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_model_of_the_catalogue_needs_no_remark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, listing, remark = listed(Settings(models_folder=tmp_path), capsys)
    assert (status, remark) == (0, "")
    assert "base" in listing


def test_a_model_that_is_set_and_unknown_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, listing, remark = listed(Settings(models_folder=tmp_path, model="bsae"), capsys)
    assert status == 1
    assert "base" in listing
    assert "「bsae」" in remark
    assert remark.endswith("直してください。\n")


def test_a_folder_with_a_japanese_name_stands_in_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "窓口用").mkdir()
    (tmp_path / "窓口用" / "model.bin").touch()
    _, listing, _ = listed(Settings(models_folder=tmp_path), capsys)
    assert len({cell_len(line.partition(" MB")[0]) for line in listing.splitlines()}) == 1


def test_a_model_folder_that_is_set_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    settings = Settings(models_folder=tmp_path / "models", model=str(folder))
    status, listing, remark = listed(settings, capsys)
    assert (status, remark) == (0, "")
    assert f"{folder} " in listing
