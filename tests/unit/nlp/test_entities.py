"""What the language model is asked to read: only where a name or an illness may be told."""

import pytest

from consult_assist.nlp.entities import may_hold_entities
from consult_assist.nlp.passage import read_passage
from consult_assist.nlp.tokens import SudachiTokenizer


def _may_hold(text: str, before: str = "") -> bool:
    return may_hold_entities(read_passage(before + text, SudachiTokenizer(), since=len(before)))


@pytest.mark.parametrize(
    "text",
    [
        "山田花子と申します",
        "佐藤、42歳です",
        "あの、名前は佐藤といいます",
        "医者にメニエール病と言われて",
        "喘息がひどいんですけど",
    ],
)
def test_the_model_reads_what_may_be_a_name_or_an_illness(text: str) -> None:
    assert _may_hold(text)


@pytest.mark.parametrize("text", ["", "はい", "家賃が払えなくて困っています", "お名前は田中さんですか"])
def test_the_model_need_not_read_what_names_nobody(text: str) -> None:
    assert not _may_hold(text)


def test_an_answer_is_read_with_its_question_and_no_further() -> None:
    assert _may_hold("大野とし子、68。", before="お名前とお年を。")
    assert not _may_hold("大野とし子、68。", before="お子さんのお名前を。")
    assert _may_hold("佐藤です", before="お名前は。")
    assert not _may_hold("家賃が払えなくて", before="山田花子と申します。")
