"""How a consultation begins, with the real parts but for what takes seconds to load."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from consult_assist.app.live.starting import replay_sound
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.errors import KnowledgeError
from consult_assist.nlp.base import Analyzer
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.resources import shipped_folder

SAMPLE = next(shipped_folder("samples").glob("02-*.flac"))


def loads() -> Analyzer:
    return ScriptedAnalyzer({})


def fails() -> Analyzer:
    raise KnowledgeError("読めません。")


@pytest.mark.parametrize("load", [loads, fails])
def test_a_replay_begins_once_guidance_is_ready_or_cannot_be(
    tmp_path: Path, load: Callable[[], Analyzer]
) -> None:
    steps: list[str] = []

    def model_digest() -> str:
        if not steps:
            steps.append("model")
        return "none"

    def load_analyzer() -> Analyzer:
        steps.append("guidance")
        return load()

    def load_recognizer() -> ScriptedRecognizer:
        steps.append("recognition")
        return ScriptedRecognizer([])

    place = replace(
        build_workplace(Settings(data_folder=tmp_path, tell_speakers=False)),
        load_analyzer=load_analyzer,
        load_recognizer=load_recognizer,
        model_digest=model_digest,
    )
    replay_sound(place, SAMPLE, speed=None)
    assert steps == ["model", "guidance", "recognition"]
