"""Words that only the way people put things can bring back, and what stays as it was heard."""

from collections.abc import Sequence

import pytest

from consult_assist.domain.knowledge import Name
from consult_assist.nlp.repair.char_ngram_lm import CharNgramModel
from consult_assist.nlp.repair.lexicon import collect_said, collect_words
from consult_assist.nlp.repair.names import NameMatcher
from consult_assist.nlp.repair.rewriting import Rewriter
from consult_assist.nlp.repair.text_repair import TextRepairer
from consult_assist.nlp.tokens import SudachiTokenizer

_EXAMPLES = [
    "昨日から何も食べていません",
    "昨日からご飯を食べていない",
    "昨日から水だけです",
    "会社の寮を出ることになりました",
    "寮を出ることになって行く所がない",
    "寮を出て車で寝ています",
    "子どもを預かりの保育に入れたい",
    "一時預かりを使いたい",
    "預かりを頼める人がいない",
    "夫が急死して",
    "夫が急死しました",
    "夫が急死したんです",
    "今年の春に",
    "今年の夏に",
    "今年の秋に",
]


class _Told:
    """Knows of two words what they go with."""

    def gain(self, one: str, other: str, around: Sequence[str]) -> float | None:
        going = {
            ("機能", "昨日"): {"食べる": 0.2, "落ちる": -0.1},
            ("量", "寮"): {"出る": 0.0, "増える": -0.3},
            ("県庁", "健康"): {"勤める": 0.5},
        }
        known = [better for word, better in going[one, other].items() if word in around]
        return min(known, default=None)

    def is_common(self, word: str) -> bool:
        return word in {"機能", "量", "照明", "県庁"}


@pytest.fixture(scope="module")
def rewriter() -> Rewriter:
    tokenizer = SudachiTokenizer()
    words = collect_words((), (), [Name(text=text) for text in ("保育", "健康", "意見")], tokenizer)
    said = collect_said(_EXAMPLES, words, tokenizer)
    repairer = TextRepairer(words, tokenizer, CharNgramModel(_EXAMPLES), said, _Told())
    return Rewriter(NameMatcher([], (), tokenizer), repairer)


@pytest.mark.parametrize(
    ("heard", "better"),
    [
        ("機能から何も食べていません", "昨日から何も食べていません"),
        ("量を出ることになって", "寮を出ることになって"),
        ("あずかりの保育に入れたい", "預かりの保育に入れたい"),
        (" アスカリの保育に入れたい", " 預かりの保育に入れたい"),
    ],
)
def test_an_everyday_word_is_brought_back_where_people_put_it_so(
    rewriter: Rewriter, heard: str, better: str
) -> None:
    assert rewriter.rewrite(heard)[0] == better


@pytest.mark.parametrize(
    "heard",
    [
        *_EXAMPLES,
        "体の機能が落ちました",
        "量を出ることが増えました",
        "機能から",
        "県庁に勤めています",
        "また払わんといけんのか",
        "帰りが急事になります",
        "ご都市の娘がいます",
        "あずさんが来ます",
    ],
)
def test_what_may_be_meant_so_or_be_a_figure_or_a_name_is_left_alone(rewriter: Rewriter, heard: str) -> None:
    assert rewriter.rewrite(heard)[0] == heard


def test_a_word_in_common_use_is_not_unlikely_because_no_example_holds_it() -> None:
    phrasing = CharNgramModel(_EXAMPLES)
    unseen = phrasing.gain_bits("照明の春に", 0, 2, "今年")
    assert phrasing.gain_bits("照明の春に", 0, 2, "今年", max_bits=16.0) < unseen - 8
    assert phrasing.gain_bits("今年の春に", 0, 2, "今年", max_bits=16.0) == 0


def test_phrasing_counts_what_stands_before_and_behind() -> None:
    phrasing = CharNgramModel(_EXAMPLES)
    assert phrasing.gain_bits("機能から何も", 0, 2, "昨日") > phrasing.gain_bits("機能", 0, 2, "昨日") > 0
    assert phrasing.gain_bits("昨日から", 0, 2, "昨日") == 0
    assert CharNgramModel([]).gain_bits("機能", 0, 2, "昨日") == pytest.approx(0)


def test_words_of_the_counter_and_rare_ones_are_not_collected_again() -> None:
    tokenizer = SudachiTokenizer()
    words = collect_words((), (), [Name(text="昨日")], tokenizer)
    said = {word.text for word in collect_said(_EXAMPLES, words, tokenizer)}
    assert {"寮", "預かり"} <= said
    assert not said & {"昨日", "春", "保育"}
