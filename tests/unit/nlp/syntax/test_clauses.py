"""Sentences and clauses: where they end, and which are asked or only offered."""

import pytest

from consult_assist.nlp.syntax.clauses import Clause, Clauses, read_clauses
from consult_assist.nlp.tokens import SudachiTokenizer


def _read(text: str) -> tuple[Clauses, list[Clause]]:
    clauses = read_clauses(SudachiTokenizer().words(text))
    return clauses, list(dict.fromkeys(clauses.of_token))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("お金がないけど病院に行きたいです", [("お金がないけど", "link"), ("病院に行きたいです", "end")]),
        ("家賃が払えなくて困っています", [("家賃が払えなくて", "te"), ("困っています", "end")]),
        ("離婚したら手当が出ます", [("離婚したら", "if"), ("手当が出ます", "end")]),
        ("家賃が払えません助けてください", [("家賃が払えません", "end"), ("助けてください", "end")]),
        ("仕事を探しています", [("仕事を探しています", "end")]),
    ],
)
def test_a_text_is_cut_where_something_else_is_stated(text: str, cut: list[tuple[str, str]]) -> None:
    _, clauses = _read(text)
    assert [(clause.text, clause.ending) for clause in clauses] == cut


def test_a_sentence_ends_with_a_polite_predicate_without_any_punctuation() -> None:
    _, clauses = _read("家賃が払えません助けてください。お願いします")
    assert [clause.sentence for clause in clauses] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("仕事を辞めたんですけど手当はありますか", ["手当はありますか"]),
        ("殴られて逃げてきたんですか", ["殴られて", "逃げてきたんですか"]),
        ("離婚したかどうか教えてください", ["離婚したかどうか教えてください"]),
        ("お辞めになったのかな", ["お辞めになったのかな"]),
        ("もう死ぬしかないのかな", []),
        ("ひと月6万8千円か", []),
        ("食べ物がなくてどうすればいいですか", []),
    ],
)
def test_a_question_is_what_another_is_to_answer_and_no_plea(text: str, asked: list[str]) -> None:
    read, clauses = _read(text)
    assert [clause.text for clause in clauses if clause.number in read.asked] == asked


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("家賃が払えない方は給付金が使えます", ["家賃が払えない方"]),
        ("お困りでしたらどうぞ", ["お困りでしたら"]),
        ("家賃が払えなかったら追い出されます", []),
    ],
)
def test_a_condition_is_offered_with_a_service_or_politely(text: str, offered: list[str]) -> None:
    read, clauses = _read(text)
    assert [clause.text for clause in clauses if clause.number in read.offered] == offered
