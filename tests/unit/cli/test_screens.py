"""The exit status of the command that shows the screens."""

from pathlib import Path

import pytest

from consult_assist.app.settings import Settings
from consult_assist.cli import consulting
from consult_assist.cli.parser import Options
from consult_assist.tui.app import ConsultAssistApp


@pytest.mark.parametrize("status", [0, 1])
def test_the_command_ends_as_the_screens_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, status: int
) -> None:
    def run(app: ConsultAssistApp) -> None:
        app._return_code = status

    monkeypatch.setattr(ConsultAssistApp, "run", run)
    monkeypatch.setattr(consulting, "_check_terminal", lambda: None)
    assert consulting.open_screens(Settings(data_folder=tmp_path), Options()) == status
