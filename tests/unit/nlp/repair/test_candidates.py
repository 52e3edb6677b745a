"""What characters and tokens of a place tell: whether it may be a mishearing, and what that takes."""

import pytest

from consult_assist.japanese.kana import split_morae
from consult_assist.japanese.phonetics import Alignment
from consult_assist.nlp.repair.candidate_filters import odd_places
from consult_assist.nlp.repair.candidates import Candidate, Sentence, read_candidate
from consult_assist.nlp.repair.lexicon import Word
from consult_assist.nlp.tokens import SudachiTokenizer

TOKENIZER = SudachiTokenizer()


def _place(
    text: str,
    said: str,
    word: str,
    reading: str,
    cost: int = 0,
    *,
    names: bool = False,
    settled: bool = False,
) -> Candidate:
    tokens = tuple(TOKENIZER.names(text))
    edges = frozenset(
        edge for token in (*tokens, *TOKENIZER.words(text)) for edge in (token.start, token.end)
    )
    start = text.index(said)
    known = ((start, start + len(said)),) if settled else ()
    meant = Word(text=word, morae=split_morae(reading), weight=1.0, listed=True, names=names)
    found = Alignment(name=0, start=start, end=start + len(said), cost=cost)
    return read_candidate(found, meant, Sentence(text, tokens, edges, known, odd_places(tokens), 0))


def test_only_what_differs_is_looked_at() -> None:
    candidate = _place("体の機能", "体の機能", "体の昨日", "カラダノキノウ")
    assert (candidate.differing, candidate.head, candidate.tail) == ("機能", 2, 0)


@pytest.mark.parametrize(
    ("text", "said", "word", "reading", "cost", "hides"),
    [
        ("今年に理婚された場合は", "理婚", "離婚", "リコン", 0, True),  # read just so
        ("この重称がわかる", "重称", "住所", "ジュウショ", 40, True),  # what is left of other words
        ("量が多い", "量", "寮", "リョウ", 0, True),
        ("量が多い", "量", "寮", "リョウ", 20, False),  # a plain word that sounds differently
        ("家に行った", "家に", "絵に", "エニ", 0, False),  # a short word is hardly two others
        ("9時に来て", "9時", "急死", "キュウシ", 20, False),
        ("3歳時の", "歳時", "採時", "サイジ", 0, False),  # what a number counts
    ],
)
def test_which_words_can_hide_another(
    text: str, said: str, word: str, reading: str, cost: int, hides: bool
) -> None:
    assert _place(text, said, word, reading, cost).may_hide() is hides


@pytest.mark.parametrize(
    ("text", "said", "word", "reading", "cost", "bits"),
    [
        ("今年に理婚された場合は", "理婚", "離婚", "リコン", 0, 10.0),
        ("この重称がわかる", "重称", "住所", "ジュウショ", 40, 14.0),
        ("彼は昨日来た", "昨日", "機能", "キノウ", 20, 16.0),
        ("家は広い", "家は", "家具", "カグ", 20, None),  # particles
        ("9時に来て", "9時", "急死", "キュウシ", 20, None),  # figures
        ("量が多い", "量", "寮", "リョウ", 20, None),  # one plain character
    ],
)
def test_the_further_from_a_word_the_more_it_takes(
    text: str, said: str, word: str, reading: str, cost: int, bits: float | None
) -> None:
    assert _place(text, said, word, reading, cost).min_bits() == bits


def test_a_word_of_the_counter_gives_way_to_another_for_more() -> None:
    bits = [_place("量が多い", "量", "寮", "リョウ", settled=settled).min_bits() for settled in (False, True)]
    assert bits == [10.0, 14.0]


def test_the_phrasing_decides_on_no_figure_name_or_spelling() -> None:
    assert _place("この重称がわかる", "重称", "住所", "ジュウショ", 40).may_be_phrased()
    assert not _place("この重称がわかる", "重称", "住所", "ジュウショ", 40, names=True).may_be_phrased()
    assert not _place("3歳時の", "歳時", "採時", "サイジ").may_be_phrased()
    assert not _place("田中が来た", "田中", "棚か", "タナカ").may_be_phrased()
    assert not _place("受付の人", "受付", "受け付け", "ウケツケ").may_be_phrased()
