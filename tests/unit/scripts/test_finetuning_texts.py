"""The lines that the recogniser learns from: spelt as an office writes, and none of a measured set."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[3] / "scripts"


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return runpy.run_path(str(SCRIPTS / "finetuning_texts.py"))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("三ヶ月分", "3か月分"),
        ("百二十三円", "123円"),
        ("十二万円と二〇二四年", "12万円と2024年"),
        ("二、三日待つ", "2、3日待つ"),
        ("子供が六歳", "子どもが6歳"),
    ],
)
def test_numbers_are_written_in_digits(texts: dict[str, Any], said: str, written: str) -> None:
    assert texts["digits"](said) == written


@pytest.mark.parametrize(
    "text", ["一番大事", "千円札", "何十万円", "十分になりました", "一時保護", "二人暮らし"]
)
def test_words_that_only_hold_a_numeral_stay(texts: dict[str, Any], text: str) -> None:
    assert texts["digits"](text) == text


def test_all_texts_of_a_measured_set_are_known(texts: dict[str, Any]) -> None:
    entry = {"speaker": "clerk", "text": "お待たせしました。", "ask": ["何人ですか"], "start_s": 1.5}
    assert list(texts["_texts_in"]({"lines": [entry]})) == ["clerk", "お待たせしました。", "何人ですか"]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("契約の内容は分かりますか。", True),
        ("その、契約の内容は分かりますか。", True),
        ("寒いですね。契約の内容は、分かりますか。", True),
        ("契約の内容を書いてください。", False),
        ("その、", False),
    ],
)
def test_a_measured_sentence_is_known_in_every_dress(
    texts: dict[str, Any], text: str, *, measured: bool
) -> None:
    assert texts["is_measured"](text, {texts["bare"]("契約の内容は分かりますか")}) is measured
