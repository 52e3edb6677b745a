"""How alike two readings sound: morae, what it costs to mistake one for another, and the search for names.

The search runs over a lattice, because a misheard word has several possible readings; an edit distance
between two strings (as libraries offer) cannot follow that, so numpy aligns all names at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from consult_assist.japanese.kana import LONG

UNIT = 100
"""Cost of a whole mora that is missing, added or quite different."""

_CONSONANTS: dict[str, str] = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サ.スセソ", "sh": ".シ...", "t": "タ..テト", "ch": ".チ...",
    "ts": "..ツ..", "n": "ナニヌネノ", "h": "ハヒ.ヘホ", "f": "..フ..", "m": "マミムメモ", "y": "ヤ.ユ.ヨ",
    "r": "ラリルレロ", "w": "ワ...ヲ", "g": "ガギグゲゴ", "z": "ザ.ズゼゾ", "j": ".ジ...", "d": "ダ..デド",
    "b": "バビブベボ", "p": "パピプペポ", "v": "..ヴ..",
}  # fmt: skip
_SAME = {"ヂ": "ジ", "ヅ": "ズ", "ヰ": "イ", "ヱ": "エ", "ヲ": "オ"}
_VOWELS = "aiueo"
_SMALL_VOWEL = {
    "ャ": "a",
    "ュ": "u",
    "ョ": "o",
    "ァ": "a",
    "ィ": "i",
    "ゥ": "u",
    "ェ": "e",
    "ォ": "o",
    "ヮ": "a",
}
_NEAR = {
    frozenset(pair.split("-")): cost
    for cost, pairs in (
        (20, "sh-ch s-sh ts-s j-z ts-ch d-z f-h j-sh j-ch"),
        (25, "k-g s-z t-d h-b h-p b-p p-f t-ch t-ts n-m m-b r-d v-b g-n z-ts"),
        (35, "k-t k-h r-n t-p p-k h-s d-b d-g r-t -y -w -h y-j n-d sh-h y-r m-n s-t k-ch -k w-b"),
    )
    for pair in pairs.split()
}
_NEAR_VOWELS = {frozenset("ie"): 35, frozenset("uo"): 35, frozenset("ao"): 40, frozenset("iu"): 40}
_LOSS = {LONG: 30, "ッ": 35, "ン": 60, "ア": 80, "イ": 60, "ウ": 50, "エ": 80, "オ": 80}
UNREADABLE = "？"
"""Stands for a character that has no known reading."""


def _inventory() -> tuple[str, ...]:
    plain = [kana for row in _CONSONANTS.values() for kana in row if kana != "."]
    heads = [kana for kana in plain if kana not in "ャュョ"]
    small = [head + tail for head in heads for tail in "ャュョァィゥェォヮ"]
    return (UNREADABLE, LONG, "ッ", "ン", *plain, *small)


_MORAE = _inventory()
_INDEX = {mora: index for index, mora in enumerate(_MORAE)}


@cache
def _phones(mora: str) -> tuple[str, bool, str]:
    """Return consonant, whether a small y glides, and vowel."""
    head = _SAME.get(mora[0], mora[0])
    consonant = next((name for name, row in _CONSONANTS.items() if head in row), None)
    if consonant is None:
        return mora, False, ""
    vowel = _VOWELS[_CONSONANTS[consonant].index(head)]
    if len(mora) == 1:
        return consonant, False, vowel
    return consonant, mora[1] in "ャュョ" and consonant not in ("sh", "ch", "j"), _SMALL_VOWEL[mora[1]]


def substitution_cost(one: str, other: str) -> int:
    """Return the cost of hearing one mora for another, 0 … UNIT."""
    one, other = _SAME.get(one, one), _SAME.get(other, other)
    if one == other:
        return 0
    if UNREADABLE in (one, other):
        return 70
    special = {one, other} & {LONG, "ッ", "ン"}
    if special:
        if LONG in special and ({one, other} & set("アイウエオ")):
            return 5
        if len(special) == 2:
            return 50
        return 30 if "ッ" in special and {one, other} & {"ク", "ツ", "チ", "キ"} else 90
    (c1, g1, v1), (c2, g2, v2) = _phones(one), _phones(other)
    consonant = 0 if c1 == c2 else _NEAR.get(frozenset((c1, c2)), 60)
    vowel = 0 if v1 == v2 else _NEAR_VOWELS.get(frozenset((v1, v2)), 50)
    return min(UNIT, consonant + vowel + (20 if g1 != g2 else 0))


def loss_cost(mora: str) -> int:
    """Return the cost of a mora that was dropped or put in."""
    return _LOSS.get(mora, UNIT)


@cache
def _tables() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    substitution = np.array([[substitution_cost(a, b) for b in _MORAE] for a in _MORAE], dtype=np.int64)
    return substitution, np.array([loss_cost(mora) for mora in _MORAE], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Edge:
    """One way to read the characters `start` … `end`; `penalty` makes an unlikely reading dearer."""

    start: int
    end: int
    morae: tuple[str, ...]
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Alignment:
    """A name heard between two character positions, and what the differences cost in all."""

    name: int
    start: int
    end: int
    cost: int


_SHIFT = 1 << 20
"""Cost and start position travel in one integer, so that a minimum keeps both."""


class SoundIndex:
    """Readings of many names, ready to be sought in a lattice at once."""

    def __init__(self, readings: Sequence[tuple[str, ...]]) -> None:
        """Prepare the search.

        Args:
            readings: one tuple of morae a name, none of them empty.
        """
        self._substitution, self._loss = _tables()
        self._n_morae = np.array([len(reading) for reading in readings], dtype=np.int64)
        width = int(self._n_morae.max(initial=1))
        codes = np.zeros((len(readings), width), dtype=np.int64)
        for row, reading in enumerate(readings):
            codes[row, : len(reading)] = [_INDEX.get(mora, 0) for mora in reading]
        self._columns = self._substitution[:, codes] * _SHIFT
        self._skips = np.zeros((len(readings), width + 1), dtype=np.int64)
        self._skips[:, 1:] = np.cumsum(self._loss[codes], axis=1) * _SHIFT
        self._rows = np.arange(len(readings))

    def search(self, edges: Iterable[Edge], limits: Sequence[int]) -> list[Alignment]:
        """Return for every name and end position the cheapest place where it may have been said.

        Args:
            edges: the lattice; every position reached has edges that begin there, or is an end.
            limits: dearest cost for each name.
        """
        if not len(self._rows):
            return []
        by_start: dict[int, list[Edge]] = {}
        for edge in edges:
            by_start.setdefault(edge.start, []).append(edge)
        reached: dict[int, NDArray[np.int64]] = {}
        allowed = np.asarray(limits, dtype=np.int64)
        found: list[Alignment] = []
        for position in sorted({*by_start, *(edge.end for group in by_start.values() for edge in group)}):
            table = reached.pop(position, None)
            fresh = self._skips + position
            if table is not None:
                found += self._ends(table, position, allowed)
                fresh = np.minimum(table, fresh)
            for edge in by_start.get(position, ()):
                after = self._walk(fresh, edge)
                known = reached.get(edge.end)
                reached[edge.end] = after if known is None else np.minimum(known, after)
        return found

    def _walk(self, table: NDArray[np.int64], edge: Edge) -> NDArray[np.int64]:
        table = table + edge.penalty * _SHIFT if edge.penalty else table
        for mora in edge.morae:
            code = _INDEX.get(mora, 0)
            after = table + self._loss[code] * _SHIFT
            np.minimum(after[:, 1:], table[:, :-1] + self._columns[code], out=after[:, 1:])
            table = np.minimum.accumulate(after - self._skips, axis=1) + self._skips
        return table

    def _ends(self, table: NDArray[np.int64], position: int, allowed: NDArray[np.int64]) -> list[Alignment]:
        final = table[self._rows, self._n_morae]
        costs = final // _SHIFT
        return [
            Alignment(int(row), int(final[row] % _SHIFT), position, int(costs[row]))
            for row in np.flatnonzero(costs <= allowed)
            if int(final[row] % _SHIFT) < position
        ]
