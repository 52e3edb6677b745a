"""Content words: their forms, what denies them, and what they are about."""

from consult_assist.nlp.syntax.content_words import ContentWord, read_content_words
from consult_assist.nlp.tokens import SudachiTokenizer


def _words(text: str) -> dict[str, ContentWord]:
    tokenizer = SudachiTokenizer()
    tokens = tokenizer.words(text)
    return {tokens[word.first].surface: word for word in read_content_words(tokens, tokenizer)}


def test_a_noun_is_denied_by_the_predicate_that_speaks_of_it() -> None:
    words = _words("病気で仕事がない")
    assert words["仕事"].denied_by == words["ない"].first
    assert words["病気"].denied_by is None
    assert words["ない"].about == {words["仕事"].first}


def test_what_there_is_only_a_little_of_is_there_and_is_spoken_of() -> None:
    little, none = _words("薬は一回分しかない"), _words("薬はない")
    assert none["薬"].denied_by == none["ない"].first
    assert little["薬"].denied_by is None
    assert little["ない"].about == {little["薬"].first}


def test_what_there_is_not_is_about_the_verb_that_describes_it_too() -> None:
    words = _words("住む家がない")
    assert words["ない"].about == {words["住む"].first, words["家"].first}


def test_there_is_not_is_one_word_however_it_is_said() -> None:
    for text, predicate in (
        ("借金はありません", "あり"),
        ("借金はない", "ない"),
        ("お金がなくなった", "なくなっ"),
    ):
        assert "無い" in _words(text)[predicate].keys, text
        assert not _words(text)[predicate].negated, text


def test_a_particle_is_read_past_the_title_of_a_person() -> None:
    assert _words("旦那さんには殴られません")["旦那"].particle == "には"


def test_a_noun_with_a_verb_of_doing_is_a_predicate() -> None:
    words = _words("家賃を滞納していません")
    assert words["滞納"].predicate
    assert words["滞納"].negated
    assert not words["家賃"].predicate
