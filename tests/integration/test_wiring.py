"""Wiring: what is wrong is said before anything is opened, and what is costly is loaded once."""

from pathlib import Path

import pytest

from consult_assist.app import wiring
from consult_assist.app.settings import Settings
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.errors import SettingsError
from consult_assist.nlp.scripted import ScriptedAnalyzer


def test_an_unknown_template_is_said_and_the_known_ones_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"様式「madoguti」がありません。.*madoguchi"):
        wiring.build_workplace(Settings(data_folder=tmp_path, template="madoguti"))
    assert not (tmp_path / "records.sqlite3").exists()


def test_the_equipment_check_and_the_sessions_share_one_analyzer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ScriptedAnalyzer] = []

    def load(knowledge: KnowledgeBase) -> ScriptedAnalyzer:
        made.append(ScriptedAnalyzer({}))
        return made[-1]

    monkeypatch.setattr(wiring, "_load_analyzer", load)
    workplace = wiring.build_workplace(Settings(data_folder=tmp_path))
    try:
        for _ in range(2):
            assert next(result for check in workplace.checks if (result := check()).name == "日本語の辞書").ok
        assert [workplace.load_analyzer()] == made
    finally:
        workplace.store.close()
