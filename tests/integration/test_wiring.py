"""Wiring: what is wrong is said before anything is opened, and what is costly is loaded once."""

import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from consult_assist.app import wiring
from consult_assist.app.live.assembly import new_pipeline
from consult_assist.app.live.starting import load_ahead
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import language, recognition, sound
from consult_assist.asr import device
from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.scripted import ScriptedSource
from consult_assist.diarization.base import VoiceEncoder
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.errors import ModelError, SettingsError, StoreError
from consult_assist.models import find
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.vad.scripted import ScriptedDetector


def test_an_unknown_template_is_said_and_the_known_ones_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"様式「madoguti」がありません。.*madoguchi"):
        wiring.build_workplace(Settings(data_folder=tmp_path, template="madoguti"))
    assert not (tmp_path / "records.sqlite3").exists()


def test_the_check_goes_on_where_the_data_folder_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "load_analyzer", lambda *_: ScriptedAnalyzer({}))
    (tmp_path / "file").touch()
    results = {
        result.name: result
        for check in wiring.equipment(Settings(data_folder=tmp_path / "file" / "data"))
        for result in [check()]
    }
    assert len(results) == 8
    assert not results["保存場所"].ok
    assert "作れません" in results["保存場所"].message
    assert results["日本語の辞書"].ok


def test_the_folder_that_is_away_is_named_not_the_one_around_it(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_bytes(b"")
    with pytest.raises(StoreError, match="recordings を作れません"):
        wiring.build_workplace(Settings(data_folder=tmp_path))


def test_the_check_names_the_data_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    settings = Settings(data_folder=tmp_path)
    results = [check() for check in wiring.equipment(settings)[4:5]]
    assert [result.name for result in results] == ["保存場所"]
    assert str(tmp_path) in results[0].message
    assert not (tmp_path / "records.sqlite3").exists()


def test_the_equipment_check_and_the_sessions_share_one_analyzer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ScriptedAnalyzer] = []

    def load(knowledge: KnowledgeBase, *_: object) -> ScriptedAnalyzer:
        made.append(ScriptedAnalyzer({}))
        return made[-1]

    monkeypatch.setattr(language, "load_analyzer", load)
    workplace = wiring.build_workplace(Settings(data_folder=tmp_path))
    try:
        for _ in range(2):
            assert next(result for check in workplace.checks if (result := check()).name == "日本語の辞書").ok
        assert [workplace.load_analyzer()] == made
    finally:
        workplace.store.close()


def test_two_who_ask_at_the_same_moment_share_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)
    made: list[ScriptedAnalyzer] = []

    def load(knowledge: KnowledgeBase, *_: object) -> ScriptedAnalyzer:
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.2)  # passes only where two are loading
        made.append(ScriptedAnalyzer({}))
        return made[-1]

    monkeypatch.setattr(language, "load_analyzer", load)
    workplace = wiring.build_workplace(Settings(data_folder=tmp_path))
    try:
        threads = [threading.Thread(target=workplace.load_analyzer) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 1
    finally:
        workplace.store.close()


def test_without_the_voice_weights_the_check_says_so_and_a_pipeline_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> VoiceEncoder:
        raise ModelError("声を聞き分ける部品がありません。")

    monkeypatch.setattr(sound, "load_voice_encoder", missing)
    workplace = wiring.build_workplace(Settings(data_folder=tmp_path))
    workplace = replace(
        workplace, load_recognizer=lambda: ScriptedRecognizer([]), new_detector=ScriptedDetector
    )
    try:
        check = next(result for check in workplace.checks if (result := check()).name == "話者の聞き分け")
        assert (check.ok, check.message) == (False, "声を聞き分ける部品がありません。")
        new_pipeline(workplace, ScriptedSource([np.zeros(1600, dtype=np.float32)]), live=True)
    finally:
        workplace.store.close()


def test_advice_tells_when_a_graphics_card_turns_out_not_to_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = device.Hardware(
        cards=1, libraries=True, cpu_types=frozenset({"int8"}), cuda_types=frozenset({"float16"})
    )
    on_cpu = device.Device(
        name="cpu", compute_type="int8", notice="GPU で認識できなかったため、CPU で認識します。"
    )
    asked: list[str] = []

    def load(settings: Settings) -> tuple[Recognizer, device.Device]:
        asked.append(settings.device)
        return ScriptedRecognizer([]), on_cpu

    base = find.ModelStatus(name="base", state=find.ModelState.READY, size_bytes=145_000_000)
    monkeypatch.setattr(device, "read_hardware", lambda: card)
    monkeypatch.setattr(find, "list_models", lambda folder: [base])
    monkeypatch.setattr(recognition, "load_on_device", load)
    advice = recognition.advise_models(Settings(data_folder=tmp_path), lambda step: None)
    assert (advice.device, advice.notice) == ("CPU、int8", on_cpu.notice)
    assert advice.machine.card_free_bytes is None
    assert asked[0] == "auto"
    assert set(asked[1:]) == {"cpu"}  # the card is not tried again, for whatever is measured


def test_loading_ahead_loads_the_rest_where_one_part_is_missing(tmp_path: Path) -> None:
    def missing() -> Recognizer:
        raise ModelError("モデルがありません。")

    loaded = threading.Event()

    def load() -> ScriptedAnalyzer:
        loaded.set()
        return ScriptedAnalyzer({})

    workplace = wiring.build_workplace(Settings(data_folder=tmp_path))
    try:
        load_ahead(replace(workplace, load_recognizer=missing, load_analyzer=load))
        assert loaded.wait(timeout=10)
    finally:
        workplace.store.close()
