"""How alike two readings sound: morae, what it costs to mistake one for another, and the search for names.

The search runs over a lattice, because a misheard word has several possible readings; an edit distance
between two strings (as libraries offer) cannot follow that, so numpy aligns all names at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
        (30, "ts-k -h"),
        (35, "k-t k-h r-n t-p p-k h-s d-b d-g r-t -y -w y-j n-d sh-h y-r m-n s-t k-ch -k w-b"),
        (45, "-g g-h j-n y-k -j ch-n"),
    )
    for pair in pairs.split()
}
_NEAR_VOWELS = {frozenset("ie"): 35, frozenset("uo"): 35, frozenset("ao"): 40, frozenset("iu"): 40}
_LOSS = {
    LONG: 25, "ッ": 35, "ン": 55, "ア": 80, "イ": 50, "ウ": 50, "エ": 70, "オ": 60,
    "シ": 75, "フ": 60, "ヒ": 70, "ク": 80, "キ": 75, "ツ": 80,
}  # fmt: skip
"""What hardly sounds is lost most easily: long vowels, small っ, whispered i and u.

Source: our own measurement, 15,600 morae that Whisper base wrote down, docs/decisions/0008-repair.md.
"""
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
    if special := {one, other} & {LONG, "ッ", "ン"}:
        return _special_cost(special, {one, other} - special)
    (c1, g1, v1), (c2, g2, v2) = _phones(one), _phones(other)
    consonant = 0 if c1 == c2 else _NEAR.get(frozenset((c1, c2)), 60)
    vowel = 0 if v1 == v2 else _NEAR_VOWELS.get(frozenset((v1, v2)), 50)
    return min(UNIT, consonant + vowel + (20 if g1 != g2 else 0))


def _special_cost(special: Set[str], plain: Set[str]) -> int:
    """Return the cost where at least one of two morae is ー, っ or ん."""
    if LONG in special and plain & set("アイウエオ"):
        return 5
    if not plain:
        return 50
    if "ン" in special and plain & {"ニ", "ミ"}:
        return 55
    return 30 if "ッ" in special and plain & {"ク", "ツ", "チ", "キ"} else 90


def loss_cost(mora: str) -> int:
    """Return the cost of a mora that was dropped or put in."""
    return _LOSS.get(mora, UNIT)


def likeness(cost: int, n_morae: int) -> float:
    """Return how alike a reading is to a name of that many morae, 1 (the same) … 0."""
    return max(0.0, 1.0 - cost / (UNIT * max(1, n_morae)))


@cache
def _tables() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    substitution = np.array([[substitution_cost(a, b) for b in _MORAE] for a in _MORAE], dtype=np.int32)
    return substitution, np.array([loss_cost(mora) for mora in _MORAE], dtype=np.int32)


@dataclass(frozen=True, slots=True, repr=False)
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


_SHIFT = 1 << 13
"""Cost and start position travel in one 32-bit integer, so that a minimum keeps both."""
MOST_POSITIONS = _SHIFT
_WIDTHS = (8, 14, 1000)
"""Names are aligned in groups of like length, so that short ones do not pay for long ones."""


class SoundIndex:
    """Readings of many names, ready to be sought in a lattice at once."""

    def __init__(self, readings: Sequence[tuple[str, ...]]) -> None:
        """Prepare the search.

        Args:
            readings: one tuple of morae a name, none of them empty.
        """
        self._groups: list[_Group] = []
        left = list(enumerate(readings))
        for width in _WIDTHS:
            chosen = [(name, reading) for name, reading in left if len(reading) <= width]
            left = [(name, reading) for name, reading in left if len(reading) > width]
            if chosen:
                self._groups.append(_Group(chosen))

    def search(self, edges: Iterable[Edge], limits: Sequence[int]) -> list[Alignment]:
        """Return for every name and end position the cheapest place where it may have been said.

        Args:
            edges: the lattice, at positions below `MOST_POSITIONS`.
            limits: dearest cost for each name.
        """
        by_start: dict[int, list[Edge]] = {}
        for edge in edges:
            by_start.setdefault(edge.start, []).append(edge)
        dearest = np.asarray(limits, dtype=np.int32)
        return [found for group in self._groups for found in group.search(by_start, dearest)]


class _Group:
    """Names of like length as one table: a row a name, a column a mora."""

    def __init__(self, readings: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        substitution, loss = _tables()
        self._names = np.array([name for name, _ in readings])
        self._n_morae = np.array([len(reading) for _, reading in readings])
        codes = np.zeros((len(readings), int(self._n_morae.max())), dtype=np.int32)
        for row, (_, reading) in enumerate(readings):
            codes[row, : len(reading)] = [_INDEX.get(mora, 0) for mora in reading]
        self._loss = loss * _SHIFT
        self._columns = substitution[:, codes] * _SHIFT
        self._skips = np.zeros((codes.shape[0], codes.shape[1] + 1), dtype=np.int32)
        self._skips[:, 1:] = np.cumsum(loss[codes], axis=1) * _SHIFT
        self._rows = np.arange(len(readings))

    def search(self, by_start: Mapping[int, Sequence[Edge]], limits: NDArray[np.int32]) -> list[Alignment]:
        """Walk the lattice from left to right, keeping the cheapest table at each position."""
        reached: dict[int, NDArray[np.int32]] = {}
        allowed = limits[self._names]
        found: list[Alignment] = []
        for position in sorted({*by_start, *(edge.end for group in by_start.values() for edge in group)}):
            table = reached.pop(position, None)
            fresh = self._skips + np.int32(position)
            if table is not None:
                found += self._ends(table, position, allowed)
                fresh = np.minimum(table, fresh)
            for edge in by_start.get(position, ()):
                after = self._walk(fresh, edge)
                known = reached.get(edge.end)
                reached[edge.end] = after if known is None else np.minimum(known, after)
        return found

    def _walk(self, table: NDArray[np.int32], edge: Edge) -> NDArray[np.int32]:
        table = table + np.int32(edge.penalty * _SHIFT) if edge.penalty else table
        for mora in edge.morae:
            code = _INDEX.get(mora, 0)
            after = table + self._loss[code]
            np.minimum(after[:, 1:], table[:, :-1] + self._columns[code], out=after[:, 1:])
            after -= self._skips
            np.minimum.accumulate(after, axis=1, out=after)
            after += self._skips
            table = after
        return table

    def _ends(
        self, table: NDArray[np.int32], position: int, allowed: NDArray[np.int32]
    ) -> Iterator[Alignment]:
        final = table[self._rows, self._n_morae]
        for row in np.flatnonzero(final // _SHIFT <= allowed):
            cost, start = divmod(int(final[row]), _SHIFT)
            if start < position:
                yield Alignment(int(self._names[row]), start, position, cost)
