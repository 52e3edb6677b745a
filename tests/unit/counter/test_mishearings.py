import re

import pytest

from consult_assist.counter.mishearings import MISHEARD, heard, misheard
from consult_assist.japanese.folding import fold


@pytest.mark.parametrize("word", MISHEARD)
def test_a_word_is_heard_as_it_is_and_as_the_recogniser_writes_it(word: str) -> None:
    assert re.fullmatch(heard(word), word)
    assert all(re.fullmatch(heard(word), spelling) for spelling in MISHEARD[word])


@pytest.mark.parametrize("word", MISHEARD)
def test_only_the_wrong_spellings_are_misheard(word: str) -> None:
    assert re.fullmatch(misheard(word), word) is None


@pytest.mark.parametrize("spelling", [word for words in MISHEARD.values() for word in words])
def test_spellings_stand_as_folded_text_has_them(spelling: str) -> None:
    assert fold(spelling).text == spelling


def test_a_spelling_joins_the_rest_of_a_pattern() -> None:
    assert re.findall(rf"{heard('給料')}が", "給料が出て、吸料がない") == ["給料が", "吸料が"]
