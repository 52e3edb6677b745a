"""The sample consultations that are shipped: sound, scenario and gold file belong together."""

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

SAMPLES = Path(__file__).parents[2] / "recordings" / "samples"
NAMES = sorted(path.name.removesuffix(".scenario.toml") for path in SAMPLES.glob("*.scenario.toml"))
PROGRAMMES = {path.stem for path in (SAMPLES.parents[1] / "knowledge" / "programmes").glob("*.toml")}
PROTOCOLS = {"dv", "child-abuse", "elder-abuse", "disability-abuse", "suicide", "destitution"}
RATE_HZ = 16_000


def scenario_of(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / f"{name}.scenario.toml").read_text(encoding="utf-8"))


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((SAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def test_five_consultations_differ_in_topic_and_one_is_in_stereo_and_one_with_noise() -> None:
    scenarios = [scenario_of(name) for name in NAMES]
    assert len({scenario["title"] for scenario in scenarios}) == 5
    assert [scenario.get("channels", 1) for scenario in scenarios].count(2) == 1
    assert ["noise" in scenario for scenario in scenarios].count(True) == 1


@pytest.mark.parametrize("name", NAMES)
def test_gold_file_says_what_the_scenario_says(name: str) -> None:
    gold, scenario = gold_of(name), scenario_of(name)
    said = [(line["speaker"], line["text"], line.get("programmes", [])) for line in scenario["lines"]]
    assert [(u["speaker"], u["text"], u["programmes"]) for u in gold["utterances"]] == said
    assert gold["id"] == name
    assert (SAMPLES / gold["audio"]).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_gold_file_uses_the_ids_of_the_knowledge_base(name: str) -> None:
    gold = gold_of(name)
    meant = {programme for u in gold["utterances"] for programme in u["programmes"]}
    assert meant | set(gold["programmes_ok"]) <= PROGRAMMES
    assert not meant & set(gold["programmes_ok"])
    assert {alert for u in gold["utterances"] for alert in u["alerts"]} <= PROTOCOLS
    assert all(not u["programmes"] for u in gold["utterances"] if u["speaker"] == "clerk")
    assert all(
        gold["utterances"][item["utterance"]]["speaker"] == "resident"
        for item in gold["facts"] + gold["critical"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_speech_stands_where_the_gold_file_says(name: str) -> None:
    gold, channels = gold_of(name), scenario_of(name).get("channels", 1)
    samples, rate_hz = soundfile.read(SAMPLES / gold["audio"], dtype="float32", always_2d=True)
    assert (rate_hz, samples.shape[1]) == (RATE_HZ, channels)
    assert 90 <= len(samples) / RATE_HZ <= 180

    def level(start_s: float, end_s: float, channel: int) -> float:
        stretch = samples[int(start_s * RATE_HZ) : int(end_s * RATE_HZ), channel]
        return float(np.sqrt(np.mean(stretch**2)))

    previous_s = 0.0
    for u in gold["utterances"]:
        assert previous_s + 0.2 < u["start_s"] < u["end_s"] < len(samples) / RATE_HZ
        pause = level(u["start_s"] - 0.2, u["start_s"], u["channel"])
        assert level(u["start_s"], u["end_s"], u["channel"]) > 3 * pause
        previous_s = u["end_s"]
