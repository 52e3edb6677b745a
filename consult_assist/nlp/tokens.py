"""Text → tokens with dictionary forms and readings, by SudachiPy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from consult_assist.japanese.kana import is_kana, katakana
from consult_assist.japanese.sentences import split_sentences
from consult_assist.text_cache import text_cache

SIGNS = frozenset({"補助記号", "空白"})
"""Kinds of tokens that nobody says, though the dictionary reads many of them キゴウ."""
PARTICLES = frozenset({"助詞", "助動詞"})
_CHUNK_CHARS = 400
_HALVES = re.compile("[\ud800-\udfff]")
_NO_READING = frozenset({"", "キゴウ"})
_TEXTS_KEPT = 16
"""One utterance is cut up again by each that reads it."""
_WORDS_KEPT = 4096


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """One word as the dictionary knows it.

    Attributes:
        lemma: dictionary form as written (払える).
        normalized: the dictionary's one spelling of it (払う, 子供).
        reading: katakana of the surface; empty for signs and where nothing is known.
        pos: part of speech, from coarse to fine, with the conjugation.
        start: first character in the text.
        end: just after the last character.
        known: False for characters the dictionary has no word for.
    """

    surface: str
    lemma: str
    normalized: str
    reading: str
    pos: tuple[str, ...]
    start: int
    end: int
    known: bool

    @property
    def kind(self) -> str:
        """Return the coarse part of speech (名詞, 動詞 …)."""
        return self.pos[0]

    @property
    def is_name(self) -> bool:
        """Whether it is a proper noun, which is what misheard words are often taken for."""
        return self.pos[1] == "固有名詞"


@cache
def core_dictionary() -> Dictionary:
    """Return the dictionary, which is mapped from disk rather than read; opened once for all that cut words.

    Every one opened holds 27 MB of its own and maps the file anew, so that each page it touches counts again.
    """
    return Dictionary(dict="core")


class SudachiTokenizer:
    """SudachiPy with its core dictionary. For use by one thread at a time."""

    def __init__(self) -> None:
        self._dictionary = core_dictionary()
        self._short = self._dictionary.create(mode=SplitMode.A)
        self._long = self._dictionary.create(mode=SplitMode.C)
        self.words = text_cache(_TEXTS_KEPT)(self._words)
        self.names = text_cache(_TEXTS_KEPT)(self._names)
        self.lemma_reading = text_cache(_WORDS_KEPT)(self.reading)
        self.readings = text_cache(_WORDS_KEPT)(self._readings)

    def _words(self, text: str) -> tuple[Token, ...]:
        """Return the shortest dictionary words (扶養 · 手当)."""
        return tuple(token for start, chunk in chunks(text) for token in self._cut(self._short, chunk, start))

    def _names(self, text: str) -> tuple[Token, ...]:
        """Return the longest dictionary words (扶養手当), whose readings are the surest."""
        return tuple(token for start, chunk in chunks(text) for token in self._cut(self._long, chunk, start))

    def reading(self, text: str) -> str:
        """Return the katakana reading of a name."""
        return "".join(token.reading for token in self.names(text))

    def _cut(self, tokenizer: Tokenizer, chunk: str, offset: int) -> Iterator[Token]:
        for morpheme in tokenizer.tokenize(without_halves(chunk)):
            if morpheme.surface():
                yield _token(morpheme, offset)

    def _readings(self, surface: str) -> tuple[str, ...]:
        found = dict.fromkeys(
            morpheme.reading_form()
            for morpheme in self._dictionary.lookup(surface)
            if morpheme.reading_form() not in _NO_READING
        )
        return tuple(reading for reading in found if is_kana(reading))


def without_halves(text: str) -> str:
    """Return a text with 〓 for each half of a surrogate pair, which no library takes.

    A command line that is no Unicode holds such.
    """
    return _HALVES.sub("〓", text)


def _token(morpheme: Morpheme, offset: int) -> Token:
    surface, pos = morpheme.surface(), tuple(morpheme.part_of_speech())
    reading = "" if pos[0] in SIGNS else katakana(morpheme.reading_form())
    if not is_kana(reading):
        reading = katakana(surface) if is_kana(surface) else ""
    return Token(
        surface=surface,
        lemma=morpheme.dictionary_form(),
        normalized=morpheme.normalized_form(),
        reading=reading,
        pos=pos,
        start=offset + morpheme.begin(),
        end=offset + morpheme.end(),
        known=not morpheme.is_oov(),
    )


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text cut at sentence ends into pieces of bearable length, each with its position."""
    start = 0
    for sentence in split_sentences(text):
        yield from _bearable(text, start, start + len(sentence))
        start += len(sentence)


def _bearable(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for position in range(start, end, _CHUNK_CHARS):
        yield position, text[position : min(end, position + _CHUNK_CHARS)]
