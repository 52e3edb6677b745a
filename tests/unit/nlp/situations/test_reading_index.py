"""How alike two readings are by the pieces they share."""

import numpy as np
import pytest

from consult_assist.nlp.situations.reading_index import ReadingIndex, index_readings


def test_readings_are_alike_by_the_pieces_they_share() -> None:
    index = ReadingIndex(index_readings(["ヤチンガハラエマセン", "テンキガイイデス", "ヤチンノコト"]))
    alike = index.similarities("ヤチンガハラエナイ")
    assert alike[0] > alike[2] > alike[1] == 0
    assert index.similarities("ヤチンガハラエマセン")[0] == pytest.approx(1)


@pytest.mark.parametrize("reading", ["", "ア", "ンンンン"])
def test_a_reading_without_known_pieces_is_like_nothing(reading: str) -> None:
    assert not ReadingIndex(index_readings(["ヤチンガハラエマセン"])).similarities(reading).any()
    assert ReadingIndex(index_readings([])).similarities(reading).shape == (0,)


def test_what_sounds_alike_shares_its_values() -> None:
    readings = ["ヤチンガハラエマセン", "テンキガイイデス", "ヤチンノコト"]
    index, values = ReadingIndex(index_readings(readings)), np.array([1, -1, 0.5], dtype=np.float32)
    cosines = np.stack([index.similarities(reading) for reading in readings])
    assert index.kernel_dot(values) == pytest.approx(cosines @ values, abs=1e-5)


def test_folded_readings_are_nearly_as_alike() -> None:
    readings = ["ヤチンガハラエマセン", "ヤチンガハラエナイ", "テンキガイイデス"]
    index = ReadingIndex(index_readings(readings))
    folded = index.hashed_features(1024)
    assert folded @ index.hash_features(readings[1], 1024) == pytest.approx(
        index.similarities(readings[1]), abs=0.1
    )
