"""Readings, morae and the search by sound."""

import numpy as np
import pytest

from consult_assist.japanese.folding import fold
from consult_assist.japanese.kana import split_morae
from consult_assist.japanese.phonetics import Edge, PairIndex, PhoneticIndex, loss_cost, substitution_cost


@pytest.mark.parametrize(
    ("reading", "morae"),
    [
        ("シュウガクエンジョ", ["シュ", "ー", "ガ", "ク", "エ", "ン", "ジョ"]),
        ("せいかつほご", ["セ", "ー", "カ", "ツ", "ホ", "ゴ"]),
        ("ファミリー・サポート", ["ファ", "ミ", "リ", "ー", "サ", "ポ", "ー", "ト"]),
        ("ﾊﾛｰﾜｰｸ", ["ハ", "ロ", "ー", "ワ", "ー", "ク"]),
    ],
)
def test_morae(reading: str, morae: list[str]) -> None:
    assert list(split_morae(reading)) == morae


def test_likely_confusions_cost_less_than_unlikely_ones() -> None:
    assert substitution_cost("シュ", "シュ") == 0
    assert substitution_cost("シュ", "チュ") < substitution_cost("キョ", "ヨ") < substitution_cost("ボ", "シ")
    assert substitution_cost("ー", "ウ") < 10


def _edges(*readings: str) -> list[Edge]:
    return [Edge(place, place + 1, split_morae(reading)) for place, reading in enumerate(readings)]


def test_a_name_is_found_where_it_sounds_alike() -> None:
    index = PhoneticIndex([split_morae("シュウガクエンジョ"), split_morae("セイカツホゴ")])
    found = index.search(_edges("コノ", "チュウ", "ガク", "エン", "ジョ", "ヲ"), [100, 100])
    best = min(found, key=lambda alignment: alignment.cost)
    assert (best.name, best.start, best.end, best.cost) == (0, 1, 5, 20)
    assert {alignment.name for alignment in found} == {0}


def test_the_cheapest_of_several_readings_counts() -> None:
    index = PhoneticIndex([split_morae("タイノウ")])
    edges = [Edge(0, 2, split_morae("オオノ")), *_edges("タイ", "ノウ")]
    assert min(alignment.cost for alignment in index.search(edges, [50])) == 0


def test_an_index_without_names_finds_nothing() -> None:
    assert PhoneticIndex([]).search(_edges("ア", "イ"), []) == []


def test_folded_positions_lead_back_to_the_text_as_it_stands() -> None:
    folded = fold("㈱ＡＢｶﾞ児")
    assert folded.text == "(株)abガ児"
    assert folded.span(0, 3) == (0, 1)
    assert folded.span(5, 6) == (3, 5)
    assert folded.position(5) == 6


def test_only_names_that_share_enough_pairs_of_morae_are_aligned() -> None:
    index = PairIndex([split_morae("シュウガクエンジョ"), split_morae("セイカツホゴ")])
    far = np.array([200, 200], dtype=np.int32)
    by_start = {0: [Edge(0, 1, split_morae("チュウガク"))], 1: [Edge(1, 2, split_morae("エンジョ"))]}
    assert index.find(by_start, far).tolist() == [0]
    assert index.find({0: [Edge(0, 1, split_morae("コンニチワ"))]}, far).tolist() == []


def test_what_hardly_sounds_is_lost_more_easily_than_a_full_mora() -> None:
    assert loss_cost("ー") < loss_cost("フ") < loss_cost("マ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("シュ", "チュ"), ("キョ", "ヨ"), ("ー", "ウ"), ("ン", "ニ"), ("ジ", "シ"), ("ボ", "シ"), ("ッ", "？")],
)
def test_the_search_counts_a_mora_heard_for_another_as_such(one: str, other: str) -> None:
    word = ("タ", "カ", "ノ", "ハ")
    (found,) = PhoneticIndex([(*word, one)]).search([Edge(0, 5, (*word, other))], [500])
    assert found.cost == min(substitution_cost(one, other), loss_cost(one) + loss_cost(other))
