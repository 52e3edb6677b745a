"""What the language model is asked to read: only where a name or an illness may be told."""

from typing import Any, NamedTuple

import pytest

from consult_assist.nlp.facts.entities import find_entities, may_hold_entities
from consult_assist.nlp.facts.passage import read_passage
from consult_assist.nlp.facts.whose import of_the_home
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


class _Entity(NamedTuple):
    text: str
    label_: str
    start_char: int
    end_char: int


class _Doc(NamedTuple):
    ents: tuple[_Entity, ...]


def _names(text: str, entity: str, before: str = "", label: str = "Person") -> list[int | str]:
    passage = read_passage(before + text, SudachiTokenizer(), since=len(before))
    start = text.find(entity)
    found = _Entity(entity, label, start, start + len(entity))
    doc: Any = _Doc((found,) if entity else ())
    return [fact.value for fact in of_the_home(passage, find_entities(passage, doc, len(before)))]


def test_a_name_is_that_of_whoever_it_was_asked_of() -> None:
    assert _names("田中一郎。", "田中一郎", "お父様のお名前をお願いします。") == ["田中一郎"]
    assert _names("父は大野勝です。", "大野勝", "お父様のお名前をお願いします。") == ["大野勝"]
    assert _names("わたしは田中健、54です。", "田中健", "お父様のお名前をお願いします。田中一郎。") == [
        "田中健"
    ]
    assert _names("担当は田中健、54番です。", "田中健") == []


def test_a_name_of_several_foreign_words_is_read_where_it_was_asked_for() -> None:
    assert _names("グエン・ティ・ランです。", "", "お名前を伺えますか。") == ["グエン・ティ・ラン"]
    assert _names("グエン・ティ・ランです。", "", "お国はどちらですか。") == []


def test_what_a_colleague_has_is_no_illness_of_the_family() -> None:
    assert _names("うつ病になって", "うつ病", label="Disease") == ["うつ病"]
    assert _names("同僚がうつ病になって", "うつ病", label="Disease") == []


@pytest.mark.parametrize(
    ("said", "people", "names"),
    [
        ("夫は田中健、私は田中花です", ("田中健", "田中花"), ["田中花"]),
        ("夫が田中健で、私は田中花です", ("田中健", "田中花"), ["田中花"]),
        ("父は大野勝です。", ("大野勝",), ["大野勝"]),
        ("大野勝、私は長男です。", ("大野勝",), ["大野勝"]),
    ],
)
def test_the_name_of_kin_is_not_that_of_who_speaks(
    said: str, people: tuple[str, ...], names: list[str]
) -> None:
    asked = "お名前は。"
    passage = read_passage(asked + said, SudachiTokenizer(), since=len(asked))
    entities = (_Entity(name, "Person", said.find(name), said.find(name) + len(name)) for name in people)
    doc: Any = _Doc(tuple(entities))
    assert [fact.value for fact in find_entities(passage, doc, len(asked))] == names


@pytest.mark.parametrize(
    ("before", "said", "name"),
    [
        ("どなたのことでしょう。", "ご本人は林和子さん、80歳です。", "林和子"),
        ("どなたのことでしょう。", "担当の利用者さんで、林和子さんです。", "林和子"),
        ("どうぞ。", "森さんという40代の女性です。", "森"),
        ("ご本人のお名前もお願いします。", "林和子さんです。", "林和子"),
        ("順にどうぞ。", "名前は林和子、生年月日は昭和20年です。", "林和子"),
        ("お名前をおっしゃってください。", "林和子、昭和20年です。", "林和子"),
        ("お名前は、どなたで出しますか。", "私の名前で、林和子です。", "林和子"),
        ("そのあとは。", "林和子ち言います。", "林和子"),
    ],
)
def test_a_name_is_given_in_a_list_or_for_somebody_else(before: str, said: str, name: str) -> None:
    assert _may_hold(said, before)
    assert _names(said, name, before) == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("林和子さんに言われて来ました。", "林和子"),
        ("隣の林和子さんの件で来ました。", "林和子"),
        ("係の方が森さんという男性でした。", "森"),
        ("息子の名前は林一郎、生年月日は昭和50年です。", "林一郎"),
    ],
)
def test_who_is_only_spoken_of_gives_no_name(said: str, name: str) -> None:
    assert _names(said, name) == []
