"""Half-typed words and whole sentences → programmes, danger protocols and contacts, and why."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import jaconv
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sudachipy import SplitMode

from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.search import Hit, Why
from consult_assist.japanese.kana import is_kana
from consult_assist.japanese.romaji import sound_letters
from consult_assist.nlp.search.ngrams import NgramIndex
from consult_assist.nlp.search.search_lines import Line, collect_lines, shown_cue
from consult_assist.nlp.tokens import core_dictionary

_Score = NDArray[np.float32]
_WORTH: dict[Why, float] = {
    Why.EXAMPLE: 0.72,
    Why.SUMMARY: 0.68,
    Why.CUE: 0.68,
    Why.NOTE: 0.68,
    Why.TARGET: 0.64,
    Why.QUESTION: 0.55,
    Why.UNVERIFIED: 0.46,
}
"""A line of text against a name, which is worth 1."""
_OTHER_WORTH = 0.5
_BY_SOUND = 0.92
"""The same reading in other characters against the same characters."""
_SOUND_SHARE = 1 / 3
"""Share of the reading where a sentence with kanji is compared with lines of text."""
_SHARES = (0.97, 0.4, 0.3, 0.2, 0.2, 0.1)
"""How much an entry's second, third … best line counts: many who say nearly so against one who says just so.

Source: benchmarks/search.py, on 198 searches and 325 sentences.
"""
_MIN_SCORE = 0.2
_MIN_SHARE = 0.45
"""What fits less than this share of the best is noise below it."""
_LEAST_FIT = (0.46, 0.57, 0.009, 0.21)
"""How much of what was typed one line must hold, by the letters of its sound: at most, at none, less for each
letter, at least. Of random letters no line holds so much, and the fewer the more there are.

Source: benchmarks/search.py: of 2 to 24 random kana 0.22 are still answered for 0.79, of half a search all.
"""
_MIN_SIMILARITY = 60
_MAX_QUERY_CHARS = 400
"""What is pasted may be far longer than any sentence, and than the dictionary takes."""
_MAX_LINES = 300
_SHORT_NAME = 3
_SIGNS = re.compile(r"[\W_]+")
_KANJI = re.compile("[一-龠々]")


@dataclass(slots=True)
class _Found:
    """For each entry its score, and the line that the reason is taken from."""

    score: _Score
    line: NDArray[np.int64]
    line_score: _Score = field(init=False)

    def __post_init__(self) -> None:
        self.line_score = np.zeros_like(self.score)


class KnowledgeSearch:
    """An index over everything the office knows. For use by one thread at a time."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Index every line by its characters and by its reading; less than a second for 65 programmes."""
        self._tokenizer = core_dictionary().create(mode=SplitMode.C)
        self._entries, self._lines = collect_lines(knowledge)
        surfaces = [_folded(line.text) for line in self._lines]
        readings = [(line.reading or self._reading(line.text)).replace("\n", " ") for line in self._lines]
        sounds = sound_letters("\n".join(readings)).split("\n")
        self._owners = np.array([line.entry for line in self._lines], dtype=np.int64)
        self._worth = np.array([_WORTH.get(line.why, _OTHER_WORTH) for line in self._lines], dtype=np.float32)
        self._by_surface = NgramIndex(surfaces, 2)
        self._by_sound = NgramIndex(sounds, 3)
        names = [place for place, line in enumerate(self._lines) if line.why is Why.NAME]
        self._names = np.array(names, dtype=np.int64)
        self._surfaces = _Names([surfaces[place] for place in names])
        self._sounds = _Names([sounds[place] for place in names])
        self._readings = {place: readings[place] for place in names}

    @property
    def n_lines(self) -> int:
        """How many lines are looked into."""
        return len(self._lines)

    def find(self, query: str, limit: int) -> Sequence[Hit]:
        """Return what fits, best first; words apart may stand in different lines of an entry.

        Args:
            query: as it stands in the field, half typed or half converted.
            limit: how many are wanted.
        """
        parts = [part for part in query[:_MAX_QUERY_CHARS].split() if _says_something(_folded(part))]
        if not parts:
            return []
        n_entries = len(self._entries)
        total = _Found(np.zeros(n_entries, np.float32), np.full(n_entries, -1))
        lengths = np.array([len(sound_letters(self._reading(part))) + 1 for part in parts], np.float32)
        for part, weight in zip(parts, lengths / lengths.sum(), strict=True):
            found = self._by_entry(self._score_lines(part))
            total.score += weight * found.score
            better = weight * found.line_score > total.line_score
            total.line[better] = found.line[better]
            total.line_score[better] = weight * found.line_score[better]
        order = np.argsort(-total.score, kind="stable")[:limit]
        return [
            self._hit(int(entry), int(total.line[entry]), parts)
            for entry in order
            if total.score[entry] >= max(_MIN_SCORE, _MIN_SHARE * total.score[order[0]])
        ]

    def _score_lines(self, part: str) -> _Score:
        """Return for each line how well it fits one word or sentence, 0…1."""
        surface, sound = _folded(part), sound_letters(self._reading(part))
        written, heard = self._by_surface.cover(surface), self._by_sound.cover(sound)
        if _KANJI.search(part):
            cover = (1 - _SOUND_SHARE) * written + _SOUND_SHARE * heard
        else:
            cover = np.maximum(written, _BY_SOUND * heard)
        names = np.maximum(self._surfaces.alike(surface), _BY_SOUND * self._sounds.alike(sound))
        if max(cover.max(initial=0), names.max(initial=0)) < _least_fit(len(sound)):
            return np.zeros_like(cover)
        score = cover * self._worth
        score[self._names] = names
        return score

    def _by_entry(self, score: _Score) -> _Found:
        """Return for each entry its best line, and the sum of its best lines."""
        n_lines = min(_MAX_LINES, len(score))
        top = np.argpartition(-score, n_lines - 1)[:n_lines] if n_lines else np.zeros(0, np.int64)
        top = top[np.lexsort((top, -score[top]))]
        found = _Found(np.zeros(len(self._entries), np.float32), np.full(len(self._entries), -1))
        seen = np.zeros(len(self._entries), np.int64)
        for place, entry, line_score in zip(top, self._owners[top], score[top], strict=True):
            if seen[entry] == 0:
                found.line[entry], found.line_score[entry] = place, line_score
            if seen[entry] < len(_SHARES):
                found.score[entry] += _SHARES[seen[entry]] * line_score * (1 - found.score[entry])
            seen[entry] += 1
        return found

    def _hit(self, entry: int, place: int, parts: Sequence[str]) -> Hit:
        found, line = self._entries[entry], self._lines[place]
        why, text, name = line.why, line.text, ""
        if why is Why.NAME:
            why, text = self._why_name(place, parts)
            name = line.text
        elif why is Why.CUE:
            text = shown_cue(line.text, _pairs(parts))
        return Hit(
            kind=found.kind,
            id=found.id,
            title=found.title,
            why=why,
            line=text,
            name=name,
            unverified=found.unverified,
        )

    def _why_name(self, place: int, parts: Sequence[str]) -> tuple[Why, str]:
        line: Line = self._lines[place]
        surface, reading = _folded(line.text), self._readings[place]
        sound = sound_letters(reading)
        for part in parts:
            if (typed := _folded(part)) in surface or surface in typed:
                return Why.NAME, line.text
        for part in parts:
            if (typed := sound_letters(self._reading(part))) and (typed in sound or sound in typed):
                return Why.READING, str(jaconv.kata2hira(reading))
        return Why.ALIKE, line.text

    def _reading(self, text: str) -> str:
        """Return the text in kana as far as it can be read; letters and digits stay."""
        if not _KANJI.search(text):
            return text
        return "".join(
            reading
            if is_kana(reading := morpheme.reading_form()) and reading != "キゴウ"
            else morpheme.surface()
            for morpheme in self._tokenizer.tokenize(text)
        )


class _Names:
    """Names in one spelling, compared whole with what was typed."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._array = np.array(names, dtype=np.str_)
        self._lengths = np.array([len(name) for name in names], dtype=np.float32)

    def alike(self, typed: str) -> _Score:
        """Return how well each name fits: while it is being typed, with errors, or inside a sentence.

        Returns:
            `(n_names,) float32, 0…1`.
        """
        if not typed or not self._names:
            return np.zeros(len(self._names), dtype=np.float32)
        part, whole = (
            np.asarray(
                process.cdist([typed], self._names, scorer=scorer, score_cutoff=_MIN_SIMILARITY)[0],
                dtype=np.float32,
            )
            / 100
            for scorer in (fuzz.partial_ratio, fuzz.ratio)
        )
        shorter = np.minimum(1, self._lengths / len(typed))
        begins = np.strings.startswith(self._array, typed)
        inside = (self._lengths >= _SHORT_NAME) & (np.strings.find(typed, self._array) >= 0)
        beginning = part**2 * shorter * (0.85 + 0.05 * begins + 0.1 * whole)
        return np.asarray(
            np.maximum(np.maximum(beginning, whole**1.5), inside * (0.5 + 0.3 * shorter)), dtype=np.float32
        )


def _least_fit(n_letters: int) -> float:
    """Return what share of so many letters a line must hold to be more than a coincidence."""
    limit, at_none, less, least = _LEAST_FIT
    return min(limit, max(least, at_none - less * n_letters))


def _says_something(folded: str) -> bool:
    """Return whether a text is more than one key held down."""
    return len(set(folded)) > 1 or 0 < len(folded) < _SHORT_NAME or folded.isdecimal()


def _folded(text: str) -> str:
    """Return the characters that count, katakana as hiragana."""
    folded: str = jaconv.kata2hira(unicodedata.normalize("NFKC", text).lower())
    return _SIGNS.sub("", folded)


def _pairs(parts: Sequence[str]) -> list[str]:
    """Return the pairs of neighbouring characters that were typed, and what was typed alone."""
    return [one + other for part in parts for one, other in pairwise(part)] or list(parts)
