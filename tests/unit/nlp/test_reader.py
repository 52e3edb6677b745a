"""Cues that hold, and cues that cannot."""

import pytest

from consult_assist.domain.knowledge import CueWords
from consult_assist.nlp.reader import SudachiReader


@pytest.mark.parametrize(
    "cue",
    [
        "殴られる !学校|友達",
        "給食費 払えない|滞納|免除",
        "離婚 したい|する",
        "修学旅行 行けない|お金",
        "ＤＶ",
    ],
)
def test_a_cue_in_use_holds(cue: str) -> None:
    assert list(SudachiReader(CueWords()).idle_cues([cue])) == []


def test_one_alternative_that_holds_is_enough() -> None:
    cue = "家賃|部屋代|敷金|礼金|電気代 払えない !家賃|部屋代|敷金|礼金"
    assert list(SudachiReader(CueWords()).idle_cues([cue])) == []


@pytest.mark.parametrize("cue", ["家賃 払えない !家賃", "。"])
def test_a_cue_that_forbids_itself_does_not(cue: str) -> None:
    assert list(SudachiReader(CueWords()).idle_cues([cue])) == [cue]


def test_a_cue_that_cannot_be_read_is_the_loaders_business() -> None:
    assert list(SudachiReader(CueWords()).idle_cues(["家賃|"])) == []


@pytest.mark.parametrize(
    ("text", "reading"),
    [("ファミリー・サポート", "ファミリーサポート"), ("DV相談", "ディーブイソウダン"), ("鱻手当", None)],
)
def test_signs_need_no_reading_but_kanji_do(text: str, reading: str | None) -> None:
    assert SudachiReader(CueWords()).reading(text) == reading
