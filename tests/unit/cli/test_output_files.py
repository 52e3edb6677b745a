"""Files that a command writes, and what is said where they cannot be."""

from pathlib import Path

import pytest

from consult_assist.cli.output_files import write_file
from consult_assist.errors import ConsultAssistError


@pytest.mark.parametrize(
    ("name", "advice"),
    [("", "ファイルの名前まで"), ("nowhere/a.csv", "nowhere を作るか"), ("file/a.csv", "空きと権限")],
)
def test_why_a_file_cannot_be_written_is_said(tmp_path: Path, name: str, advice: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConsultAssistError, match=advice):
        write_file(tmp_path / name, b"")
