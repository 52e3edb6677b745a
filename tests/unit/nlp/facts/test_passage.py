import re

from consult_assist.nlp.facts.passage import overlap, read_passage
from consult_assist.nlp.tokens import SudachiTokenizer

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
