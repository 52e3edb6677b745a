import re

import pytest

from consult_assist.nlp.facts.passage import overlap, read_passage
from consult_assist.nlp.tokens import SudachiTokenizer
from tests.unit.nlp.facts.plain_analyzer import facts_in, found_in

TOKENIZER = SudachiTokenizer()


def test_a_match_in_a_clause_has_its_place_in_the_whole_text() -> None:
    passage = read_passage("先月会社を辞めて、家賃は六万円です。", TOKENIZER)
    part = passage.parts[-1]
    match = re.search(r"(?P<topic>家賃)は(?P<amount>六万)円", part.text)
    assert match
    cut = [
        slice(*part.span(match)),
        slice(*part.span(match, "amount")),
        slice(*part.span(match, last="topic")),
    ]
    assert [passage.text[place] for place in cut] == ["家賃は六万円", "六万円", "家賃"]


def test_only_what_is_said_now_and_stated_is_read() -> None:
    passage = read_passage("家賃は六万円です。仕事はありますか。夫が働いています。", TOKENIZER, since=9)
    assert [part.text for part in passage.stated_clauses()] == ["夫が働いています。"]


def test_stretches_that_only_touch_do_not_overlap() -> None:
    assert overlap((0, 3), (2, 5))
    assert not overlap((0, 3), (3, 5))


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("生年月日を、お願いします。", "昭和の、ええと、二十九年の五月十日", ["birth_date=1954-05-10"]),
        ("", "わたし、離婚、しました。去年", ["marital=離婚"]),
        ("いつ頃辞められたんですか。", "えーと、去年の、十一月だったと思います", ["job_lost=去年の十一月"]),
    ],
)
def test_a_pause_inside_a_phrase_is_passed_over(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


def test_a_fact_behind_a_pause_keeps_its_characters() -> None:
    said = "昭和の、ええと、二十九年の五月十日です"
    (fact,) = found_in(said, "生年月日は。")
    assert said[fact.start_char : fact.end_char] == "昭和の、ええと、二十九年の五月十日"
