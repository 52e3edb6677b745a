"""Situations told without a name: what is like the examples, and what only shares their words."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.nlp.base import SentenceEncoder
from consult_assist.nlp.situations.calibration import ONE_MEANT, SEVERAL_MEANT
from consult_assist.nlp.situations.matcher import SituationMatcher
from consult_assist.nlp.situations.sentence_bank import SentenceBank
from consult_assist.nlp.tokens import SudachiTokenizer

EXAMPLES = {
    "rent": ("家賃が払えません", "来月の家賃が払えなくて", "家賃を三か月ためてしまいました"),
    "school": ("給食費が払えません", "修学旅行のお金が出せなくて", "ランドセルを買うお金がありません"),
    "care": ("母の介護が大変です", "父の物忘れがひどくて", "母が一人でお風呂に入れません"),
}
EVERYDAY = ("いい天気ですね", "番号札を取りました", "印鑑証明をください", "ありがとうございました")


class _CharacterEncoder:
    """Counts characters: enough meaning for a test, and the same on every machine."""

    def encode(self, sentence: str) -> NDArray[np.float32]:
        counts = np.zeros(512, dtype=np.float32)
        for character in sentence:
            counts[ord(character) % 512] += 1
        return counts / np.linalg.norm(counts)

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.encode(sentence) for sentence in sentences])


def _read(
    examples: Mapping[str, Sequence[str]], everyday: Sequence[str], encoder: SentenceEncoder
) -> SituationMatcher:
    sentences = [*(line for lines in examples.values() for line in lines), *everyday]
    return SituationMatcher(examples, everyday, SentenceBank(sentences, encoder, SudachiTokenizer()))


@cache
def _matcher() -> SituationMatcher:
    return _read(EXAMPLES, EVERYDAY, _CharacterEncoder())


def _subjects(text: str) -> list[str]:
    return [found.subject for found in _matcher().find(text)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("家賃が払えなくなりました", "rent"),
        ("修学旅行のお金が出せません", "school"),
        ("母がお風呂に入れなくて大変です", "care"),
    ],
)
def test_the_subject_whose_examples_are_nearest_comes_first(text: str, subject: str) -> None:
    assert _subjects(text)[0] == subject


def test_a_misheard_word_is_found_by_its_sound() -> None:
    assert _subjects("矢賃がはらえません")[0] == "rent"


@pytest.mark.parametrize("text", ["今日はいい天気ですね", "印鑑証明をお願いします", "はい", ""])
def test_everyday_talk_finds_nothing(text: str) -> None:
    assert _subjects(text) == []


def test_what_denies_the_examples_is_not_like_them() -> None:
    assert "rent" not in _subjects("家賃は払えています")


def test_words_that_are_known_are_compared_however_short_and_whatever_is_denied() -> None:
    assert "rent" not in _subjects("家賃は払えています")
    assert _matcher().confidence("家賃は払えています", "rent") > _matcher().confidence(
        "いい天気ですね", "rent"
    )


def test_what_people_mostly_state_does_not_count_where_it_is_denied() -> None:
    examples = {"rent": (*EXAMPLES["rent"], "家賃の滞納があります", "滞納しています", "家賃を滞納しました")}
    matcher = _read(examples, EVERYDAY, _CharacterEncoder())
    assert matcher.find("家賃の滞納をしています")
    assert not matcher.find("家賃の滞納はしていません")


@pytest.mark.parametrize("text", ["住む部屋がありません", "一人では部屋に入れられません"])
def test_what_is_missed_or_cannot_be_done_is_no_denial(text: str) -> None:
    stated = (
        "部屋がある",
        "部屋があります",
        "部屋がありました",
        "部屋に入れた",
        "部屋に入れました",
        "部屋に入れます",
    )
    matcher = _read(
        {"home": (*stated, "住む部屋がなくて", "部屋に入れません")}, EVERYDAY, _CharacterEncoder()
    )
    assert matcher.find(text)


def test_what_one_will_not_do_is_no_denial() -> None:
    examples = {"rent": (*EXAMPLES["rent"], "家賃の滞納があります", "滞納しています", "家賃を滞納しました")}
    matcher = _read(examples, EVERYDAY, _CharacterEncoder())
    assert matcher.is_opposed("滞納はしていません")
    assert not matcher.is_opposed("滞納したくないです")


def test_what_one_suffers_is_denied_by_the_form_that_elsewhere_says_one_cannot() -> None:
    stated = (
        "夫に叩かれました",
        "毎晩叩かれています",
        "父にも叩かれます",
        "母の世話をしています",
        "母を世話しました",
        "世話をします",
    )
    matcher = _read({"dv": stated}, EVERYDAY, _CharacterEncoder())
    assert matcher.is_opposed("夫に叩かれるなんてことはありません")
    assert not matcher.is_opposed("母の世話をされません")


def test_what_is_found_names_the_example_a_clerk_can_change() -> None:
    best = _matcher().find("来月の家賃がもう払えなくて")[0]
    assert best.example == "来月の家賃が払えなくて"
    assert 0 < best.confidence <= 1


def test_what_is_weighed_over_a_talk_tells_of_more_subjects_than_a_banner() -> None:
    sentences = [*(line for lines in EXAMPLES.values() for line in lines), *EVERYDAY]
    bank = SentenceBank(sentences, _CharacterEncoder(), SudachiTokenizer())
    several, one = (
        {hit.subject: hit.confidence for hit in matcher.find("家賃と給食費が払えません")}
        for matcher in (
            SituationMatcher(EXAMPLES, EVERYDAY, bank, calibration=calibration)
            for calibration in (SEVERAL_MEANT, ONE_MEANT)
        )
    )
    assert several.keys() >= one.keys() >= {"rent"}
    assert all(several[subject] > sure for subject, sure in one.items())
    first, second = "school", "rent"
    assert several[second] / several[first] > one[second] / one[first]


def test_a_knowledge_base_without_examples_finds_nothing() -> None:
    assert _read({}, (), _NoEncoder()).find("家賃が払えません") == []


class _NoEncoder(_CharacterEncoder):
    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        assert not sentences
        return np.empty((0, 512), dtype=np.float32)
