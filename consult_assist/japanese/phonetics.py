"""How alike two readings sound: morae, what it costs to mistake one for another, and the search for names.

The search runs over a lattice, because a misheard word has several possible readings; an edit distance
between two strings (as libraries offer) cannot follow that, so numpy aligns all names at once.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

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
"""What it costs to hear one consonant or vowel as another; the rarer the confusion, the costlier.

Source: as for `_LOSS`.
"""
_LOSS = {
    LONG: 25, "ッ": 35, "ン": 55, "ア": 80, "イ": 50, "ウ": 50, "エ": 70, "オ": 60,
    "シ": 75, "フ": 60, "ヒ": 70, "ク": 80, "キ": 75, "ツ": 80,
}  # fmt: skip
"""What hardly sounds is lost most easily: long vowels, small っ, whispered i and u.

Source: our own measurement, 15,600 morae that Whisper base wrote down, docs/decisions/0018-names-by-sound.md.
"""
UNREADABLE = "？"
"""Stands for a character that has no known reading."""
_ODD = frozenset({UNREADABLE, LONG, "ッ", "ン"})
_GLIDE = 20


def _inventory() -> tuple[str, ...]:
    plain = [kana for row in _CONSONANTS.values() for kana in row if kana != "."]
    small = [head + tail for head in plain for tail in "ャュョァィゥェォヮ"]
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
    return min(UNIT, _consonant_cost(c1, c2) + _vowel_cost(v1, v2) + _GLIDE * (g1 != g2))


def _consonant_cost(one: str, other: str) -> int:
    return 0 if one == other else _NEAR.get(frozenset((one, other)), 60)


def _vowel_cost(one: str, other: str) -> int:
    return 0 if one == other else _NEAR_VOWELS.get(frozenset((one, other)), 50)


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


def similarity(cost: int, n_morae: int) -> float:
    """Return how alike a reading is to a name of that many morae, 1 (the same) … 0."""
    return max(0.0, 1.0 - cost / (UNIT * max(1, n_morae)))


@cache
def _tables() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return what each mora costs for each other, and lost; made of its parts, as one by one takes long."""
    odd = [place for place, mora in enumerate(_MORAE) if mora in _ODD]
    consonants, glides, vowels = zip(*map(_phones, _MORAE), strict=True)
    substitution = _between(consonants, _consonant_cost) + _between(vowels, _vowel_cost)
    substitution += _GLIDE * np.not_equal.outer(glides, glides)
    np.minimum(substitution, UNIT, out=substitution)
    substitution[odd] = [[substitution_cost(_MORAE[place], mora) for mora in _MORAE] for place in odd]
    substitution[:, odd] = substitution[odd].T
    return substitution, np.array([loss_cost(mora) for mora in _MORAE], dtype=np.int32)


def _between(parts: Sequence[str], cost: Callable[[str, str], int]) -> NDArray[np.int32]:
    """Return what each part costs for each other."""
    known = sorted(set(parts))
    places = [known.index(part) for part in parts]
    costs = np.array([[cost(one, other) for other in known] for one in known], dtype=np.int32)
    return costs[np.ix_(places, places)]


@dataclass(frozen=True, slots=True, repr=False)
class Edge:
    """One way to read the characters `start` … `end`; `penalty` makes an unlikely reading costlier."""

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


_KINDS = ("k g", "s sh z j t ts ch d", "h b p f v", "n m", "r")
"""Consonants that are taken for each other; between kinds a difference is rare."""
_AS_GOOD_AS_SAME = 15
_PAIRS_OF_ONE_SIGN = 2
"""What may cost so little differs by a long vowel at most, which stands in two pairs."""
_SHARE_OF_PAIRS = 0.5
"""At one half nothing is lost, at six tenths 2 % of names. Source: docs/decisions/0018-names-by-sound.md."""


@cache
def _rough(mora: str) -> int:
    """Return a mora's vowel and kind of consonant as one small number; 0 for what is easily lost."""
    if mora in (LONG, "ッ", UNREADABLE):
        return 0
    if mora == "ン":
        return 1
    consonant, _, vowel = _phones(mora)
    kind = _KIND_OF.get(consonant, 0)
    return 2 + kind * len(_VOWELS) + max(0, _VOWELS.find(vowel))


_KIND_OF = {consonant: number for number, kind in enumerate(_KINDS, start=1) for consonant in kind.split()}
_ROUGH = 2 + 6 * len(_VOWELS)


class PairIndex:
    """Finds the names of which enough pairs of neighbouring morae can be read in a lattice at all."""

    def __init__(self, readings: Sequence[tuple[str, ...]]) -> None:
        holders: dict[int, list[int]] = {}
        minimum, n_pairs = np.zeros((2, len(readings)), dtype=np.int64)
        for name, reading in enumerate(readings):
            pairs = set(_pairs([rough for mora in reading if (rough := _rough(mora))]))
            minimum[name], n_pairs[name] = math.ceil(_SHARE_OF_PAIRS * len(pairs)), len(pairs)
            for pair in pairs:
                holders.setdefault(pair, []).append(name)
        self._holders = {pair: np.array(names, dtype=np.int64) for pair, names in holders.items()}
        self._minimum = minimum
        self._n_pairs = n_pairs

    def find(self, by_start: Mapping[int, Sequence[Edge]], limits: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return the numbers of the names that may have been said at no more than these costs."""
        holders = [self._holders[pair] for pair in _lattice_pairs(by_start) if pair in self._holders]
        if not holders:
            return np.flatnonzero(self._minimum == 0)
        counts = np.bincount(np.concatenate(holders), minlength=len(self._minimum))
        strict = np.where(limits <= _AS_GOOD_AS_SAME, self._n_pairs - _PAIRS_OF_ONE_SIGN, 0)
        return np.flatnonzero(counts >= np.maximum(self._minimum, strict))


def _pairs(rough: Sequence[int]) -> Iterator[int]:
    return (one * _ROUGH + other for one, other in pairwise(rough))


def _lattice_pairs(by_start: Mapping[int, Sequence[Edge]]) -> set[int]:
    """Return every pair of neighbouring morae on any way through the lattice."""
    found: set[int] = set()
    before: dict[int, set[int]] = {}
    for position in sorted(by_start):
        lasts = before.pop(position, set())
        for edge in by_start[position]:
            rough = [number for mora in edge.morae if (number := _rough(mora))]
            if not rough:
                before.setdefault(edge.end, set()).update(lasts)
                continue
            found.update(_pairs(rough))
            found.update(last * _ROUGH + rough[0] for last in lasts)
            before.setdefault(edge.end, set()).add(rough[-1])
    return found


_SHIFT = 1 << 13
"""Cost and start position travel in one 32-bit integer, so a minimum keeps both; no position is larger."""


class PhoneticIndex:
    """Readings of many names, ready to be sought in a lattice at once."""

    def __init__(self, readings: Sequence[tuple[str, ...]]) -> None:
        """Prepare the search.

        Args:
            readings: one tuple of morae a name, none of them empty.
        """
        self._n_morae = np.array([len(reading) for reading in readings], dtype=np.int64)
        self._codes = np.zeros((max(map(len, readings), default=0), len(readings)), dtype=np.int32)
        for column, reading in enumerate(readings):
            self._codes[: len(reading), column] = [_INDEX.get(mora, 0) for mora in reading]
        self._likely = PairIndex(readings)

    def search(self, edges: Iterable[Edge], limits: Sequence[int] | NDArray[np.int32]) -> list[Alignment]:
        """Return for every name and end position the cheapest place where it may have been said.

        Args:
            edges: the lattice, at positions below 8,192.
            limits: highest cost for each name.
        """
        by_start: dict[int, list[Edge]] = {}
        for edge in edges:
            by_start.setdefault(edge.start, []).append(edge)
        max_costs = np.asarray(limits, dtype=np.int32)
        names = self._likely.find(by_start, max_costs)
        if not len(names):
            return []
        n_morae = self._n_morae[names]
        table = _Table(names, self._codes[: int(n_morae.max()), names], n_morae)
        return table.search(by_start, (max_costs[names] + 1) * _SHIFT)


class _Table:
    """Some names, a column each, a row a mora: what runs over the morae then runs over all names at once."""

    def __init__(
        self, names: NDArray[np.int64], codes: NDArray[np.int32], n_morae: NDArray[np.int64]
    ) -> None:
        self._names = names
        self._codes = codes
        self._n_morae = n_morae
        self._substitution, loss = _tables()
        self._loss = loss * _SHIFT
        self._costs: dict[int, NDArray[np.int32]] = {}
        self._skips = np.zeros((codes.shape[0] + 1, codes.shape[1]), dtype=np.int32)
        np.cumsum(self._loss[codes], axis=0, out=self._skips[1:])
        self._columns = np.arange(len(names))

    def search(self, by_start: Mapping[int, Sequence[Edge]], limits: NDArray[np.int32]) -> list[Alignment]:
        """Walk the lattice from left to right, keeping the cheapest table at each position."""
        reached: dict[int, NDArray[np.int32]] = {}
        found: list[Alignment] = []
        for position in sorted({*by_start, *(edge.end for group in by_start.values() for edge in group)}):
            table = reached.pop(position, None)
            fresh = self._skips + np.int32(position)
            if table is not None:
                found += self._ends(table, position, limits)
                np.minimum(table, fresh, out=fresh)
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
            np.minimum(after[1:], table[:-1] + self._cost(code), out=after[1:])
            after -= self._skips
            for shorter, longer in pairwise(after):  # four times as fast as `accumulate`
                np.minimum(shorter, longer, out=longer)
            after += self._skips
            table = after
        return table

    def _cost(self, code: int) -> NDArray[np.int32]:
        cost = self._costs.get(code)
        if cost is None:
            cost = self._costs[code] = (self._substitution[code] * np.int32(_SHIFT))[self._codes]
        return cost

    def _ends(
        self, table: NDArray[np.int32], position: int, allowed: NDArray[np.int32]
    ) -> Iterator[Alignment]:
        final = table[self._n_morae, self._columns]
        for column in np.flatnonzero(final < allowed):
            cost, start = divmod(int(final[column]), _SHIFT)
            if start < position:
                yield Alignment(int(self._names[column]), start, position, cost)
